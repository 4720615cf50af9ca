import wrapAnsi from 'wrap-ansi';
import { bestOutput, type OutputReading, type SourcedOutput } from '../domain/full-output.ts';
import type { Invocation, Plugin } from '../domain/invocation.ts';
import { sanitiseLine, sanitiseLines } from '../domain/sanitise.ts';
import { isTerminal } from '../domain/status.ts';
import { searchPattern } from './search.ts';

/** One line of the output pane, safe to draw. */
export interface DetailLine {
  /** Place among the lines that are drawn, from 0. */
  readonly index: number;
  /** Index of the unwrapped line that it is, or is a part of. */
  readonly source: number;
  readonly kind: 'heading' | 'stdout' | 'stderr' | 'notice';
  readonly text: string;
}

type Unplaced = Pick<DetailLine, 'kind' | 'text'>;

/**
 * The output of a plugin from the best source that was read, stdout and stderr apart, with a notice wherever it is cut
 * and how to get the rest. `cliOptions` are those with which the AWS CLI reaches the same account.
 */
export function outputLines(
  invocation: Invocation,
  plugin: Plugin | undefined,
  reading: OutputReading | null,
  cliOptions: string,
): DetailLine[] {
  if (!plugin) return place([{ kind: 'notice', text: 'AWS lists no plugin of this invocation' }]);
  const { source, stdout, stderr, stdoutTruncated, stderrTruncated } = bestOutput(plugin.output, reading);
  const rest = source === 'ListCommandInvocations' ? getInvocationLines(invocation, plugin, cliOptions) : [];
  const lines = [
    ...readingNotice(reading),
    ...section('stdout', source, stdout),
    ...(stdoutTruncated ? cutNotice('stdout', rest) : []),
    ...section('stderr', source, stderr),
    ...(stderrTruncated ? cutNotice('stderr', rest) : []),
  ];
  return place(lines.length > 0 ? lines : [{ kind: 'notice', text: noOutput(plugin) }]);
}

/** The lines as they are drawn in so many cells when long ones are wrapped. */
export function wrapLines(lines: readonly DetailLine[], width: number): DetailLine[] {
  return lines
    .flatMap(({ text, ...line }) =>
      wrapAnsi(text, Math.max(1, width), { hard: true, trim: false, wordWrap: false })
        .split('\n')
        .map((part) => ({ ...line, text: part })),
    )
    .map((line, index) => ({ ...line, index }));
}

/** Indexes among the drawn lines at which unwrapped ones begin that contain the text, in any case. */
export function findLines(
  unwrapped: readonly DetailLine[],
  drawn: readonly DetailLine[],
  text: string,
): number[] {
  const pattern = searchPattern(text);
  if (pattern === null) return [];
  return unwrapped
    .filter((line) => line.kind !== 'heading' && line.text.search(pattern) >= 0)
    .map(({ source }) => drawn.findIndex((line) => line.source === source));
}

function place(lines: readonly Unplaced[]): DetailLine[] {
  return lines.map((line, index) => ({ ...line, index, source: index }));
}

function section(stream: 'stdout' | 'stderr', source: SourcedOutput['source'], text: string): Unplaced[] {
  if (text === '') return [];
  // What comes from elsewhere than the list says so.
  const heading = source === 'ListCommandInvocations' ? stream : `${stream} · ${source}`;
  return [
    { kind: 'heading', text: heading },
    ...sanitiseLines(text).map((line) => ({ kind: stream, text: line })),
  ];
}

/** Where the reading of more than the list holds stands; nothing once it is there. */
function readingNotice(reading: OutputReading | null): Unplaced[] {
  switch (reading?.kind) {
    case 'reading':
      return [{ kind: 'notice', text: 'reading more of the output' }];
    case 'failed':
      return [
        { kind: 'notice', text: sanitiseLine(`no more of the output than the list has: ${reading.message}`) },
      ];
    default:
      return [];
  }
}

/** `rest` is the command that gives more; empty where this already is the most that SSM gives. */
function cutNotice(stream: 'stdout' | 'stderr', rest: readonly string[]): Unplaced[] {
  const what =
    rest.length > 0
      ? `${stream} was cut by AWS; more of it with:`
      : `${stream} was cut by AWS here too; S3 or CloudWatch Logs have all of it, where the command was sent with them`;
  return [what, ...rest].map((text) => ({ kind: 'notice', text: sanitiseLine(text) }));
}

/** Short lines, that can be read at 80 columns, and pasted into a shell. */
function getInvocationLines(
  { commandId, instanceId }: Invocation,
  { name }: Plugin,
  cliOptions: string,
): string[] {
  return [
    `  aws ssm get-command-invocation ${cliOptions} \\`,
    `    --command-id ${commandId} \\`,
    `    --instance-id ${instanceId} --plugin-name ${name}`,
  ];
}

function noOutput(plugin: Plugin): string {
  return isTerminal(plugin) ? 'no output' : 'no output yet: AWS shows it when the step has ended';
}
