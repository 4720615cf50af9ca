import type { Invocation } from './invocation.ts';
import { type Phase, phaseOf } from './status.ts';

/** Counts by StatusDetails; only values that occur. */
export type Counts = Readonly<Record<string, number>>;

/** The StatusDetails under which targets are counted that were never listed. AWS has no such status. */
export const notListed = 'NotListed';

/** How many rows there are of each StatusDetails, most frequent first. */
export function countByStatusDetails(rows: readonly Pick<Invocation, 'statusDetails'>[]): Counts {
  const counts = new Map<string, number>();
  for (const { statusDetails } of rows) counts.set(statusDetails, (counts.get(statusDetails) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
}

export interface PhaseCounts extends Readonly<Record<Phase, number>> {
  /** Rows that are no longer listed as they were, and still to be looked up; they count in no phase. */
  readonly endUnread: number;
}

/** How many rows there are in each phase. */
export function countByPhase(rows: readonly Invocation[]): PhaseCounts {
  const counts = { failed: 0, unknown: 0, running: 0, waiting: 0, succeeded: 0, endUnread: 0 };
  for (const row of rows) counts[row.endUnread ? 'endUnread' : phaseOf(row)] += 1;
  return counts;
}
