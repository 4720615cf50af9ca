/** How many cases are tried: so many in the suite, and as many as FUZZ says, as `npm run fuzz` does. */
export function fuzzRuns(inSuite: number): number {
  return Number(process.env.FUZZ ?? inSuite);
}
