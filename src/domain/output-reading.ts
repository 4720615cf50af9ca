import type { Invocation, Plugin } from './invocation.ts';
import {
  type LogStreamLocation,
  logStreamOf,
  type ObjectLocation,
  parseObjectUrl,
  type StreamName,
} from './output-location.ts';
import { splitOutput } from './plugin-output.ts';
import { isTerminal } from './status.ts';
import { type TextRegion, wholeRegion } from './text-region.ts';

/** The call, or the service, that an output was read from. */
export type OutputSource = 'S3' | 'CloudWatch Logs' | 'GetCommandInvocation' | 'ListCommandInvocations';

/** What was read of one stream of a plugin's output. */
export interface StreamText {
  readonly source: OutputSource;
  readonly region: TextRegion;
  /** Whether there is more of it before and after the region. */
  readonly moreBefore: boolean;
  readonly moreAfter: boolean;
  /** Bytes of it in all, and how many of them come before the region; null where the source does not tell. */
  readonly total: number | null;
  readonly skipped: number | null;
  /** Whether AWS had cut it: this source will not give the rest. */
  readonly truncated: boolean;
}

/** What was read of a plugin's output, from the best sources that could be read. */
export interface OutputReading {
  readonly stdout: StreamText;
  readonly stderr: StreamText;
  /** One line for each better source that could not be read. */
  readonly notices: readonly string[];
  /** Whether something of it is being read. */
  readonly busy: boolean;
}

/** Where to look for one stream of a plugin's output, the best first. */
export type OutputPlace =
  | { readonly source: 'S3'; readonly location: ObjectLocation }
  | { readonly source: 'CloudWatch Logs'; readonly location: LogStreamLocation }
  | { readonly source: 'GetCommandInvocation' }
  | { readonly source: 'ListCommandInvocations' };

/**
 * S3 has all of it once the step has ended; CloudWatch Logs while it runs; GetCommandInvocation what the list cut. The
 * list has given its share already, but where only the gist of that is kept.
 */
export function placesOf(invocation: Invocation, plugin: Plugin, stream: StreamName): OutputPlace[] {
  const url = stream === 'stdout' ? plugin.outputLocation?.stdoutUrl : plugin.outputLocation?.stderrUrl;
  const object = parseObjectUrl(url ?? '');
  const region = object?.region ?? (plugin.outputLocation?.s3Region || null);
  const { logGroup } = invocation;
  const { stdoutTruncated, stderrTruncated } = splitOutput(plugin.output);
  return [
    ...(object && isTerminal(plugin) ? [{ source: 'S3', location: { ...object, region } } as const] : []),
    ...(logGroup === null
      ? []
      : [
          {
            source: 'CloudWatch Logs',
            location: logStreamOf(logGroup, invocation, plugin.name, stream),
          } as const,
        ]),
    ...(isTerminal(plugin) && (stdoutTruncated || stderrTruncated)
      ? [{ source: 'GetCommandInvocation' } as const]
      : []),
    ...(plugin.outputIsGist ? [{ source: 'ListCommandInvocations' } as const] : []),
  ];
}

/** What is kept of what the list gave of a plugin's output. */
export function listedReading({ output, outputIsGist }: Plugin): OutputReading {
  const { stdout, stderr, stdoutTruncated, stderrTruncated } = splitOutput(output);
  return {
    stdout: wholeText('ListCommandInvocations', stdout, stdoutTruncated),
    stderr: wholeText('ListCommandInvocations', stderr, stderrTruncated),
    notices: outputIsGist ? ['of this output only the telling line is kept; the rest is read again'] : [],
    busy: false,
  };
}

/** A stream of which there is nothing more to read. */
export function wholeText(source: OutputSource, text: string, truncated: boolean): StreamText {
  const region = wholeRegion(text);
  return { source, region, moreBefore: false, moreAfter: false, total: null, skipped: null, truncated };
}
