import { finishedAt, type Invocation } from './invocation.ts';
import { isTerminal } from './status.ts';

/** How far back completions count for the rate. Milliseconds. */
const recent = 60_000;
/** Fewer completions than this say nothing about the rate. */
const enough = 5;

/**
 * Milliseconds until all of `targets` have ended if they go on to end as fast as in the last minute; null when too few
 * have. `since` is when the command was requested, `now` the present, both in epoch milliseconds of AWS's clock.
 */
export function timeLeft(
  rows: readonly Invocation[],
  targets: number,
  since: number,
  now: number,
): number | null {
  const from = Math.max(since, now - recent);
  const ended = rows.filter(isTerminal);
  const finished = ended.filter((row) => (finishedAt(row) ?? Number.NEGATIVE_INFINITY) > from).length;
  const remaining = targets - ended.length;
  if (remaining <= 0 || finished < enough || now <= from) return null;
  return (remaining * (now - from)) / finished;
}
