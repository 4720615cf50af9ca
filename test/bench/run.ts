/**
 * The benchmarks: `npm run bench`.
 *
 *     npm run bench                      everything, in less than ten minutes
 *     npm run bench -- keys memory       only these
 *     npm run bench -- --short           calls and bytes only, in less than a minute: for CI
 *     npm run bench -- --json <file>     where the figures are written; default coverage/bench.json
 *     npm run bench -- --short --update  writes the baseline anew
 *
 * How it is measured. Whole processes are run in turn with their peers, A B A B …, after one run of each to warm up;
 * the table has medians, in brackets the least and the most of the runs, and as ratio the median of the ratios run by
 * run, so that a machine that slows down meets both. Peers are `aws` where it is on the path, bare node, and the
 * paginator of the SDK with nothing around it. What answers is a process of its own, with pages that were serialised
 * before anybody asked. The screen is timed in a real pty, from the writing of a key to the last byte of the frame that
 * answers it. Whole rollouts are watched in virtual time: the real poller and the real reader against the simulator's
 * model. "naive" is reckoned, not run: all pages of 50, every interval. CPU and memory come from /proc, and are missing
 * where there is none.
 *
 * The full run judges nothing by its exit code: times depend on the machine. `--short` does: its figures are calls and
 * bytes, which do not, and it ends with 1 when one of them exceeds baseline.json by more than the tolerance there is.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { type Baseline, compareWithBaseline, countsOf, type Deviation, tolerance } from './baseline.ts';
import { type Figure, isMet } from './figure.ts';
import { measureDay } from './measurements/day.ts';
import { measureFirstRows } from './measurements/first-rows.ts';
import { measureKeys } from './measurements/keys.ts';
import { measureLargeMemory, measureMemory } from './measurements/memory.ts';
import { measureRest } from './measurements/rest.ts';
import { measureLargeRollout, measureRollouts } from './measurements/rollouts.ts';
import { measureStart } from './measurements/start.ts';
import { countSweep, measureSweep } from './measurements/sweep.ts';
import { tableLines } from './table.ts';

type Measurements = Readonly<Record<string, () => Promise<Figure[]>>>;

/** What only counts. */
const counting: Measurements = {
  rollouts: measureRollouts,
  counts: countSweep,
};

const all: Measurements = {
  start: measureStart,
  'first-rows': measureFirstRows,
  sweep: measureSweep,
  keys: measureKeys,
  memory: measureMemory,
  'memory-50000': measureLargeMemory,
  'memory-day': measureDay,
  rest: measureRest,
  ...counting,
  'rollout-10000': measureLargeRollout,
};

const baselineFile = new URL('./baseline.json', import.meta.url);

const { values: options, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    short: { type: 'boolean', default: false },
    update: { type: 'boolean', default: false },
    json: { type: 'string', default: 'coverage/bench.json' },
  },
});

process.exitCode = await main();

async function main(): Promise<number> {
  const chosen = names.length > 0 ? names : Object.keys(options.short ? counting : all);
  const unknown = chosen.find((name) => all[name] === undefined);
  if (unknown !== undefined) {
    process.stderr.write(`no benchmark ${unknown}; there are ${Object.keys(all).join(', ')}\n`);
    return 2;
  }
  const machine = {
    node: process.version,
    cpus: cpus().length,
    cpu: cpus()[0]?.model ?? '',
    loadBefore: loadavg()[0],
  };
  const figures: Figure[] = [];
  let failed = false;
  for (const name of chosen) {
    const startedAt = performance.now();
    try {
      figures.push(...((await all[name]?.()) ?? []));
    } catch (error) {
      // What the others measured is not lost with it.
      process.stderr.write(`${name} could not be measured: ${String(error)}\n`);
      failed = true;
    }
    process.stderr.write(`${name}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
  }
  const { node, cpus: cores, cpu, loadBefore = Number.NaN } = machine;
  const load = `load ${loadBefore.toFixed(1)} before, ${loadavg()[0]?.toFixed(1)} after`;
  process.stdout.write(`\nnode ${node}, ${cores} × ${cpu}, ${load}\n\n${tableLines(figures).join('\n')}\n`);
  writeJson(figures, machine);
  const exitCode = options.short ? judgeCounts(countsOf(figures)) : 0;
  return failed ? 1 : exitCode;
}

function writeJson(figures: readonly Figure[], machine: object): void {
  mkdirSync(dirname(options.json), { recursive: true });
  const judged = figures.map((figure) => ({ ...figure, met: isMet(figure) }));
  const report = { at: new Date().toISOString(), machine, figures: judged };
  writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
  process.stdout.write(`\nwritten to ${options.json}\n`);
}

/** Gives the exit code. */
function judgeCounts(counts: Baseline): number {
  if (options.update) {
    writeFileSync(baselineFile, `${JSON.stringify({ ...readBaseline(), ...counts }, null, 2)}\n`);
    process.stdout.write('the baseline is written anew\n');
    return 0;
  }
  const { exceeded, undercut, unknown } = compareWithBaseline(readBaseline(), counts);
  const tell = (what: string, deviations: readonly Deviation[]) => {
    for (const { id, was, is } of deviations) process.stdout.write(`${what}: ${id} was ${was}, is ${is}\n`);
  };
  tell(`more than the baseline and ${tolerance * 100} %`, exceeded);
  tell('less than the baseline, which --update writes anew', undercut);
  for (const id of unknown) process.stdout.write(`not in the baseline, where --update puts it: ${id}\n`);
  return exceeded.length > 0 || unknown.length > 0 ? 1 : 0;
}

function readBaseline(): Baseline {
  return JSON.parse(readFileSync(baselineFile, 'utf8'));
}
