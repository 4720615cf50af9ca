/** What several runs of one measurement gave. */
export interface Sample {
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly runs: number;
}

/** The median; of an even number of values the mean of the two in the middle. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = ascending(values);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The least value that at least `percent` of the values do not exceed. NaN of none. */
export function percentile(values: readonly number[], percent: number): number {
  const rank = Math.max(1, Math.ceil((percent / 100) * values.length));
  return ascending(values)[rank - 1] ?? Number.NaN;
}

export function sampleOf(values: readonly number[]): Sample {
  const sorted = ascending(values);
  return {
    median: median(sorted),
    least: sorted[0] ?? Number.NaN,
    most: sorted.at(-1) ?? Number.NaN,
    runs: sorted.length,
  };
}

/** The median of the ratios run by run: what changes the speed of the machine meets both runs of a pair. */
export function pairedRatio(ours: readonly number[], peers: readonly number[]): number {
  return median(ours.slice(0, peers.length).map((value, run) => value / (peers[run] ?? Number.NaN)));
}

function ascending(values: readonly number[]): number[] {
  return [...values].sort((one, other) => one - other);
}
