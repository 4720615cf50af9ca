import type { StatusPair } from '../../src/domain/status.ts';
import { type StatusCount, StatusTally } from '../../src/domain/status-tally.ts';

/** The counts of these rows. */
export function tallyOf(rows: readonly StatusPair[]): readonly StatusCount[] {
  const tally = new StatusTally();
  for (const row of rows) tally.add(row);
  return tally.counts;
}
