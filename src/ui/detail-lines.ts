import wrapAnsi from 'wrap-ansi';
import type { Invocation, Plugin } from '../domain/invocation.ts';
import { splitOutput } from '../domain/plugin-output.ts';
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
 * The output of a plugin, stdout and stderr apart, with a notice wherever AWS cut it and how to get the rest.
 * `cliOptions` are those with which the AWS CLI reaches the same account.
 */
export function outputLines(
  invocation: Invocation,
  plugin: Plugin | undefined,
  cliOptions: string,
): DetailLine[] {
  if (!plugin) return place([{ kind: 'notice', text: 'AWS lists no plugin of this invocation' }]);
  const { stdout, stderr, stdoutTruncated, stderrTruncated } = splitOutput(plugin.output);
  const lines = [
    ...section('stdout', stdout),
    ...(stdoutTruncated ? cutNotice('stdout', invocation, plugin, cliOptions) : []),
    ...section('stderr', stderr),
    ...(stderrTruncated ? cutNotice('stderr', invocation, plugin, cliOptions) : []),
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

function section(stream: 'stdout' | 'stderr', text: string): Unplaced[] {
  if (text === '') return [];
  return [
    { kind: 'heading', text: stream },
    ...sanitiseLines(text).map((line) => ({ kind: stream, text: line })),
  ];
}

/** Short lines, that can be read at 80 columns, and pasted into a shell. */
function cutNotice(
  stream: 'stdout' | 'stderr',
  { commandId, instanceId }: Invocation,
  { name }: Plugin,
  cliOptions: string,
): Unplaced[] {
  return [
    `${stream} was cut by AWS; more of it with:`,
    `  aws ssm get-command-invocation ${cliOptions} \\`,
    `    --command-id ${commandId} \\`,
    `    --instance-id ${instanceId} --plugin-name ${name}`,
  ].map((text) => ({ kind: 'notice', text: sanitiseLine(text) }));
}

function noOutput(plugin: Plugin): string {
  return isTerminal(plugin) ? 'no output' : 'no output yet: AWS shows it when the step has ended';
}
