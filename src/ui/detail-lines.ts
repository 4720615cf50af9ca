import wrapAnsi from 'wrap-ansi';
import type { Invocation, Plugin } from '../domain/invocation.ts';
import { splitOutput } from '../domain/plugin-output.ts';
import { sanitiseLines } from '../domain/sanitise.ts';
import { isTerminal } from '../domain/status.ts';

/** One line of the output pane, safe to draw. */
export interface DetailLine {
  /** Place in the whole, from 0. */
  readonly index: number;
  readonly kind: 'heading' | 'stdout' | 'stderr' | 'notice';
  readonly text: string;
}

/** The output of a plugin, stdout and stderr apart, with a notice wherever AWS cut it and how to get the rest. */
export function outputLines(invocation: Invocation, plugin: Plugin): DetailLine[] {
  const { stdout, stderr, stdoutTruncated, stderrTruncated } = splitOutput(plugin.output);
  const rest = restCommand(invocation, plugin);
  const lines: Unplaced[] = [
    ...section('stdout', stdout, stdoutTruncated, rest),
    ...section('stderr', stderr, stderrTruncated, rest),
  ];
  return place(lines.length > 0 ? lines : [{ kind: 'notice', text: noOutput(plugin) }]);
}

/** The lines as they are drawn in so many cells when long ones are wrapped. */
export function wrapLines(lines: readonly DetailLine[], width: number): DetailLine[] {
  return place(
    lines.flatMap(({ kind, text }) =>
      wrapAnsi(text, Math.max(1, width), { hard: true, trim: false, wordWrap: false })
        .split('\n')
        .map((part) => ({ kind, text: part })),
    ),
  );
}

/** Indexes of the lines that contain the text, in any case; none for an empty text. */
export function findLines(lines: readonly DetailLine[], text: string): number[] {
  if (text === '') return [];
  const wanted = text.toLowerCase();
  return lines.flatMap((line, index) => (line.text.toLowerCase().includes(wanted) ? [index] : []));
}

type Unplaced = Omit<DetailLine, 'index'>;

function place(lines: readonly Unplaced[]): DetailLine[] {
  return lines.map((line, index) => ({ ...line, index }));
}

function section(stream: 'stdout' | 'stderr', text: string, truncated: boolean, rest: string): Unplaced[] {
  if (text === '' && !truncated) return [];
  const cut: Unplaced[] = truncated
    ? [{ kind: 'notice', text: `[${stream} cut by AWS; for more: ${rest}]` }]
    : [];
  return [
    { kind: 'heading', text: stream },
    ...sanitiseLines(text).map((line) => ({ kind: stream, text: line })),
    ...cut,
  ];
}

function restCommand({ commandId, instanceId }: Invocation, { name }: Plugin): string {
  const [line = ''] = sanitiseLines(
    `aws ssm get-command-invocation --command-id ${commandId} --instance-id ${instanceId} --plugin-name ${name}`,
  );
  return line;
}

function noOutput(plugin: Plugin): string {
  return isTerminal(plugin) ? 'no output' : 'no output yet: AWS shows it when the step has ended';
}
