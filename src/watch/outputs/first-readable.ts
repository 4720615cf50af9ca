import type { Plugin } from '../../domain/invocation.ts';
import type { StreamName } from '../../domain/output-location.ts';
import { type OutputPlace, placesOf } from '../../domain/output-reading.ts';
import { type PluginOutput, splitOutput } from '../../domain/plugin-output.ts';
import { RemoteError } from '../../domain/problem.ts';
import { isTerminal } from '../../domain/status.ts';
import type { ListedPlugin } from './listed-plugin.ts';
import { reasonAt } from './source-notices.ts';

/** The first place of a stream that can be opened, and what there is to say of those before it. */
export interface FirstReadable<Opened> {
  /** Null where only what is kept of the list is left. */
  readonly opened: Opened | null;
  /** One line for each place that could not be read. */
  readonly notices: readonly string[];
  /** The places that have nothing yet, and may have it later. */
  readonly awaited: readonly OutputPlace[];
}

/**
 * Opens the best place of a stream that can be read. `open` gives null where there is nothing.
 *
 * @throws what `open` throws that is no RemoteError: such a one is a notice
 */
export async function openFirstReadable<Opened>(
  { invocation, plugin }: ListedPlugin,
  stream: StreamName,
  open: (place: OutputPlace) => Promise<Opened | null>,
): Promise<FirstReadable<Opened>> {
  // Of an ended step without a word on this stream nobody has uploaded anything.
  const isSilent = isTerminal(plugin) && splitOutput(plugin.output)[stream] === '';
  const notices: string[] = [];
  const awaited: OutputPlace[] = [];
  for (const place of placesOf(invocation, plugin, stream)) {
    try {
      const opened = await open(place);
      if (opened !== null) return { opened, notices, awaited };
      if (!isSilent) awaited.push(place);
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      // Who may not list a bucket is told of an object that is not there that it is denied.
      const isAbsence = isSilent && place.source === 'S3' && error.problem.kind === 'access-denied';
      if (!isAbsence)
        notices.push(`${place.source} could not be read: ${reasonAt(place.source, error.problem)}`);
    }
  }
  return { opened: null, notices, awaited };
}

/** Whether an output has nothing of what the list has: GetCommandInvocation gives none of a step before its end. */
export function isBehindList(output: PluginOutput, plugin: Plugin, stream: StreamName): boolean {
  return output[stream] === '' && splitOutput(plugin.output)[stream] !== '';
}
