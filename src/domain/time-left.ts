import { finishedAt, type Invocation } from './invocation.ts';
import { isTerminal } from './status.ts';

/** How far back completions count for the rate. Milliseconds. */
const recent = 60_000;
/** Fewer completions than this say nothing about the rate. */
const enough = 5;
/** When nothing finishes for so long, and for so many times the usual gap, the rate no longer holds. Milliseconds. */
const silence = 15_000;
const gaps = 5;

/**
 * Milliseconds until all of `targets` have ended if they go on to end as fast as in the last minute; null when too few
 * have, or none has lately. `since` is when the command was requested, `now` the present, and `seenUntil` the time before
 * which all ends are known, all in epoch milliseconds of AWS's clock.
 */
export function timeLeft(
  rows: readonly Invocation[],
  targets: number,
  since: number,
  now: number,
  seenUntil = now,
): number | null {
  const from = Math.max(since, seenUntil - recent);
  let ended = 0;
  let counted = 0;
  let last = from;
  for (const row of rows) {
    if (!isTerminal(row)) continue;
    ended += 1;
    const at = finishedAt(row);
    if (at === null) continue;
    if (at > from && at <= seenUntil) counted += 1;
    last = Math.max(last, at);
  }
  const remaining = targets - ended;
  if (remaining <= 0 || counted < enough || seenUntil <= from) return null;
  const gap = (seenUntil - from) / counted;
  return now - last > Math.max(silence, gaps * gap) ? null : remaining * gap;
}
