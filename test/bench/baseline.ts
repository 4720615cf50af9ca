import type { Figure, Unit } from './figure.ts';

/** Calls and bytes by the id of the figure. They do not depend on the machine. */
export type Baseline = Readonly<Record<string, number>>;

/** A figure that is not what the baseline says it was. */
export interface Deviation {
  readonly id: string;
  readonly was: number;
  readonly is: number;
}

export interface Comparison {
  /** More than the baseline and its tolerance. */
  readonly exceeded: readonly Deviation[];
  /** Less than the baseline by more than the tolerance: the baseline is to be written anew. */
  readonly undercut: readonly Deviation[];
  /** Counted now, and not in the baseline. */
  readonly unknown: readonly string[];
}

/** Sizes of pages and times of day may vary a little; a call more for each sweep is far more than this. */
export const tolerance = 0.02;

const counted: ReadonlySet<Unit> = new Set(['calls', 'bytes']);

/** What of the figures is the same on every machine. */
export function countsOf(figures: readonly Figure[]): Baseline {
  return Object.fromEntries(
    figures.filter(({ unit }) => counted.has(unit)).map(({ id, ours }) => [id, ours.median]),
  );
}

/** Compares what was counted; what is only in the baseline was not measured this time. */
export function compareWithBaseline(baseline: Baseline, counts: Baseline): Comparison {
  const deviations = Object.entries(counts).flatMap(([id, is]) => {
    const was = baseline[id];
    return was === undefined ? [] : [{ id, was, is }];
  });
  return {
    exceeded: deviations.filter(({ was, is }) => is > was * (1 + tolerance)),
    undercut: deviations.filter(({ was, is }) => is < was * (1 - tolerance)),
    unknown: Object.keys(counts).filter((id) => baseline[id] === undefined),
  };
}
