const shortest = 1_000;
const longest = 30_000;

/**
 * Milliseconds to wait after so many failures in a row (1 and up): from 1 s, doubling to at most 30 s, of which up to
 * half is left to chance, so that watchers who failed together do not come back together. `random` is 0 to 1.
 */
export function backoff(failures: number, random: number): number {
  const ceiling = Math.min(longest, shortest * 2 ** Math.min(failures, 10));
  return Math.max(shortest, ceiling * (0.5 + random / 2));
}
