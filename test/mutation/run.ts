/**
 * Changes the code that must not be wrong, bit by bit, and looks whether a test notices. `npm run mutate` does so to all
 * files of `stryker.config.json`, `npm run mutate -- <file>` to some; either fails where less than 90 % is noticed in one of
 * them.
 */
import { relative } from 'node:path';
import { Stryker } from '@stryker-mutator/core';

type Mutants = Awaited<ReturnType<Stryker['runMutationTest']>>;

const leastKilled = 90;
const files = process.argv.slice(2);
const started = performance.now();
const mutants = await new Stryker(files.length > 0 ? { mutate: files } : {}).runMutationTest();
const byFile = Map.groupBy(mutants, ({ fileName }) => relative(process.cwd(), fileName));
const shares = [...byFile].map(([file, those]) => tell(file, those));
process.stdout.write(`in ${((performance.now() - started) / 1000).toFixed(0)} s\n`);
if (shares.length === 0 || shares.some((share) => share < leastKilled)) process.exitCode = 1;

/** Writes a line on the mutants of one file. Gives the percentage that was noticed. */
function tell(file: string, all: Mutants): number {
  const count = (...wanted: string[]) => all.filter(({ status }) => wanted.includes(status)).length;
  const killed = count('Killed', 'Timeout');
  const survived = count('Survived', 'NoCoverage');
  const share = (100 * killed) / (killed + survived);
  process.stdout.write(
    `${file}: ${killed} of ${killed + survived} mutants killed, ${share.toFixed(1)} %, at least ${leastKilled} %\n`,
  );
  return share;
}
