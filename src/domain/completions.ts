import { finishedAt, type Invocation, later } from './invocation.ts';

/** How many invocations finished in each of several spans of the same length, one after the other. */
export interface Completions {
  /** Length of a span in milliseconds. */
  readonly span: number;
  readonly counts: readonly number[];
}

/** Spans that a person can reckon with, in seconds; above these, whole days. */
const spans = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 43_200];
const day = 86_400;

/**
 * Completions from `since` until `until` (epoch milliseconds) in at most `cells` spans; the last has not ended at `until`. The spans begin at `since` and double only now and then, so that what is drawn of them stays in its place.
 * Rows without a time of their own, which nothing ran on, do not count.
 */
export function countCompletions(
  rows: readonly Invocation[],
  since: number,
  until: number,
  cells: number,
): Completions {
  const length = Math.max(0, until - since);
  const fits = (seconds: number) => Math.floor(length / (seconds * 1000)) < cells;
  const seconds = spans.find(fits) ?? day * Math.ceil((length + 1) / (day * 1000 * Math.max(1, cells)));
  const span = seconds * 1000;
  const counts = new Array<number>(Math.floor(length / span) + 1).fill(0);
  for (const row of rows) {
    const at = finishedAt(row);
    if (at === null || at > until) continue;
    // What a clock that is off puts before the request is not lost.
    const index = Math.max(0, Math.floor((at - since) / span));
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return { span, counts };
}

/** When the last of the rows finished, in epoch milliseconds; null when none has. */
export function lastCompletion(rows: readonly Invocation[]): number | null {
  return rows.map(finishedAt).reduce(later, null);
}

const levels = '▁▂▃▄▅▆▇█';

/** One cell for each count, as high as its share of the largest; the lowest is for none only. */
export function sparkline(counts: readonly number[]): string {
  const most = Math.max(1, ...counts);
  return counts
    .map((count) => levels[count === 0 ? 0 : Math.ceil((count / most) * (levels.length - 1))])
    .join('');
}
