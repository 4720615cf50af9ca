/** How many cases are tried: so many in the suite, and as many as FUZZ_RUNS says by `npm run fuzz`. */
export function fuzzRuns(inSuite: number): number {
  return Number(process.env.FUZZ_RUNS ?? inSuite);
}
