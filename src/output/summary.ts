import { type Circumstances, nothingKnown } from '../domain/circumstances.ts';
import { type CommandOverview, commandTitle } from '../domain/command.ts';
import type { Conclusion } from '../domain/conclusion.ts';
import { rowDetail } from '../domain/detail.ts';
import { type FailureGroup, failuresOf, groupByCause } from '../domain/failure-groups.ts';
import { countOf, formatCount, formatSpan } from '../domain/format.ts';
import { exitCodeOf, type Invocation } from '../domain/invocation.ts';
import { sortRows } from '../domain/row-order.ts';
import { worstFirst } from '../domain/rows.ts';
import { sanitiseLine } from '../domain/sanitise.ts';
import { isTerminal, phaseOf } from '../domain/status.ts';
import { targetsText } from '../domain/targets.ts';
import { glyphs, toneOf, toneOfOutcome } from '../domain/tone.ts';
import { reasonOfCommand } from '../domain/verdict.ts';
import type { Paint } from './paint.ts';

/** What the closing summary tells about. */
export interface SummaryInput {
  readonly conclusion: Conclusion;
  readonly commandId: string;
  readonly command: CommandOverview | null;
  readonly rows: readonly Invocation[];
  readonly circumstances?: Circumstances;
  /** Milliseconds, as the `end` event counts them. */
  readonly durationMs: number;
}

/** Above this many failures the summary groups them by cause. */
const listedFailures = 20;
const idsOfGroup = 3;

/** The closing summary: verdict, counts, what did not succeed and why, and what the exit code means. */
export function summaryLines(input: SummaryInput, paint: Paint): string[] {
  const { conclusion, commandId, command, rows, circumstances = nothingKnown } = input;
  const title = command ? commandTitle(command) : '';
  const failures = sortRows(failuresOf(rows, conclusion.outcome), worstFirst);
  return [
    ['ssm-watch', sanitiseLine(title), commandId].filter((part) => part !== '').join('  '),
    paint(toneOfOutcome(conclusion.outcome), verdictLine(input)),
    ...countsLine(conclusion),
    ...(failures.length > listedFailures
      ? groupByCause(failures, circumstances)
          .slice(0, listedFailures)
          .map((group) => groupLine(group, paint))
      : failures.map((row) => failureLine(row, circumstances, paint))),
    `exit ${conclusion.exitCode}: ${exitMeaning(input)}`,
  ];
}

function verdictLine({ conclusion, command, rows, durationMs }: SummaryInput): string {
  const succeeded = rows.filter((row) => phaseOf(row) === 'succeeded').length;
  const all = Object.values(conclusion.counts).reduce((sum, count) => sum + count, 0);
  const missing = all - rows.length;
  const span = formatSpan(durationMs);
  const message = conclusion.message === null ? null : sanitiseLine(conclusion.message);
  const targeted = sanitiseLine((command && targetsText(command)) ?? '');
  const unknown = conclusion.commandStatus === null ? '; command status unknown' : '';
  switch (conclusion.outcome) {
    case 'success':
      return `success: ${countOf(all, 'invocation')} succeeded in ${span}${unknown}`;
    case 'failure': {
      const never =
        missing > 0 ? `, ${formatCount(missing)} of them never dispatched${inBrackets(targeted)}` : '';
      const reason = reasonOfCommand(conclusion, command);
      const status = sanitiseLine(ownStatusText(conclusion.commandStatus ?? '', reason));
      if (all === 0)
        return `failure: no invocation was listed${inBrackets(targeted)}, and the command itself is ${status}`;
      if (all === succeeded) {
        return `failure: every invocation succeeded, but the command itself is ${status}, after ${span}`;
      }
      return `failure: ${formatCount(succeeded)} of ${formatCount(all)} succeeded, ${formatCount(all - succeeded)} did not${never}, after ${span}${unknown}${reason === null ? '' : `; the command itself is ${status}`}`;
    }
    case 'no-targets':
      return `no targets: the command matched no instance${targeted === '' ? '' : `: ${targeted}`}`;
    default:
      if (message === null && isUnread({ command, rows }))
        return `${conclusion.outcome}: nothing was read of the rollout in ${span}`;
      return `${conclusion.outcome}: ${message ?? `${formatCount(succeeded)} of ${formatCount(all)} listed invocations had succeeded after ${span}`}`;
  }
}

/** `Failed`, `Failed (Incomplete)`. */
function ownStatusText(status: string, details: string | null): string {
  return details === null || details === status ? status : `${status} (${details})`;
}

function inBrackets(targeted: string): string {
  return targeted === '' ? '' : ` (targeted: ${targeted})`;
}

function countsLine({ counts }: Conclusion): string[] {
  const parts = Object.entries(counts).map(
    ([status, count]) => `${formatCount(count)} ${sanitiseLine(status)}`,
  );
  return parts.length === 0 ? [] : [`  ${parts.join('  ')}`];
}

function failureLine(row: Invocation, circumstances: Circumstances, paint: Paint): string {
  const code = exitCodeOf(row);
  const parts = [
    row.instanceId,
    row.instanceName,
    row.statusDetails,
    code === null ? '' : `exit ${code}`,
    rowDetail(row, circumstances),
  ];
  return `  ${paint(toneOf('failed'), glyphs.failed)} ${sanitiseLine(parts.filter((part) => part !== '').join('  '))}`;
}

function groupLine({ statusDetails, exitCode, cause, invocations }: FailureGroup, paint: Paint): string {
  const why = [statusDetails, exitCode === null ? '' : `exit ${exitCode}`, cause].filter(
    (part) => part !== '',
  );
  const first = invocations.slice(0, idsOfGroup).map(({ instanceId }) => instanceId);
  const more = invocations.length > idsOfGroup ? ', …' : '';
  const text = sanitiseLine(`${why.join(' · ')}  (${first.join(', ')}${more})`);
  return `  ${paint(toneOf('failed'), glyphs.failed)} ${formatCount(invocations.length)} × ${text}`;
}

type WhatWasRead = Pick<SummaryInput, 'command' | 'rows'>;

function isUnread({ command, rows }: WhatWasRead): boolean {
  return command === null && rows.length === 0;
}

/** What is known of the rollout's end, where there is no verdict. */
function openEnd(read: WhatWasRead, notOver: string): string {
  if (isUnread(read)) return 'nothing was read of the rollout';
  const isTold = (read.command?.status ?? null) !== null || !read.rows.every(isTerminal);
  return isTold ? notOver : 'whether the rollout is over cannot be told: command status unknown';
}

function exitMeaning({ conclusion, ...read }: SummaryInput): string {
  const { outcome, exitCode } = conclusion;
  if (exitCode === 0 && outcome !== 'success') return 'a demo exits so, however its rollout ends';
  switch (outcome) {
    case 'success':
      return 'the rollout is over and every invocation succeeded';
    case 'failure':
      return 'the rollout is over and not everything succeeded';
    case 'no-targets':
      return 'the rollout is over and there was no instance to run on';
    case 'in-progress':
      return openEnd(read, 'the rollout is not over yet');
    case 'timeout':
      return `the time given with --timeout is up; ${openEnd(read, 'the rollout is not over')}`;
    case 'interrupted':
      return `left before the end; ${openEnd(read, 'the rollout goes on')}`;
    case 'refused':
      return 'AWS refused, or could not be used';
    case 'broken':
      return 'ssm-watch itself broke';
  }
}
