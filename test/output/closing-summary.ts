import { concludeVerdict } from '../../src/domain/conclusion.ts';
import type { Invocation } from '../../src/domain/invocation.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import { createPaint } from '../../src/output/paint.ts';
import { type SummaryInput, summaryLines } from '../../src/output/summary.ts';
import { command, commandId, invocation, plugin } from '../helpers/fixtures.ts';

/** Exit 127, and its reason on stderr. */
export const failed = invocation({
  status: 'Failed',
  plugins: [
    plugin({
      status: 'Failed',
      responseCode: 127,
      output: '\n----------ERROR-------\nyum: command not found\n',
    }),
  ],
});

/** Not delivered before the timeout. */
export const late = invocation({
  instanceId: 'i-2',
  instanceName: '',
  status: 'TimedOut',
  statusDetails: 'DeliveryTimedOut',
});

export const running = invocation({ instanceId: 'i-3', status: 'InProgress' });

/** So many of a row, with IDs of their own. */
export const times = (count: number, row: Invocation) =>
  Array.from({ length: count }, (_, index) => ({
    ...row,
    instanceId: `i-${String(index).padStart(2, '0')}`,
  }));

/** The conclusion of a rollout that is over. */
export const verdict = (
  outcome: Verdict['outcome'],
  counts: Verdict['counts'],
  commandStatus: string | null = 'Success',
) => concludeVerdict({ outcome, counts, commandStatus });

/** The lines that are printed of it after 3m 12s. */
export function summary(
  conclusion: SummaryInput['conclusion'],
  rows: readonly Invocation[],
  colours = false,
): string[] {
  const own = command({ status: conclusion.commandStatus ?? 'Success' });
  const input = { conclusion, commandId, command: own, rows, durationMs: 192_000 };
  return summaryLines(input, createPaint(colours));
}
