import { setTimeout as delay } from 'node:timers/promises';
import { comparedFigure, type Figure, type Subject, type Target } from '../figure.ts';
import type { Program } from '../process-run.ts';
import { percentile } from '../statistics.ts';
import { frameEnd, TimedTerminal } from '../timed-terminal.ts';
import { movesDuringFirstSweep, PressedWatch, size } from './pressed-watch.ts';

const many = 10_000;
const few = 100;
const movesAtRest = 120;
const sweepsPressedIn = 3;
const firstSweeps = 2;
const sorts = 15;
const filters = 10;
const oneFrame: Target = { kind: 'value', most: 16.7 };
const unnoticed: Target = { kind: 'value', most: 50 };
const likeFew: Target = { kind: 'ratio', most: 1.2 };

/** What a key takes that is answered at once: the pty, the scheduler, and whatever else the machine is doing. */
const echo: Program = {
  name: 'bare echo',
  command: [
    process.execPath,
    '-e',
    `process.stdin.setRawMode(true).on('data', () => process.stdout.write('!${frameEnd}'));process.stdout.write('ready')`,
  ],
};

/** From a key to the end of the frame that answers it: with many rows, with few, and the bare echo, in turn. */
export async function measureKeys(): Promise<Figure[]> {
  using manyRows = await PressedWatch.open(many);
  using fewRows = await PressedWatch.open(few);
  using echoing = new TimedTerminal(echo, size);
  await echoing.waitFor('ready');
  const pressEcho = async () => {
    await delay(20);
    return echoing.press('j', '!');
  };
  const [rest = [], restOfFew = [], echoes = []] = await inTurn(movesAtRest, [
    () => manyRows.move(),
    () => fewRows.move(),
    pressEcho,
  ]);
  const [sorting = [], sortingFew = []] = await inTurn(sorts, [() => manyRows.sort(), () => fewRows.sort()]);
  const [filtering = [], filteringFew = []] = await inTurn(filters, [
    () => manyRows.filter(),
    () => fewRows.filter(),
  ]);
  const sweeping = (await inTurn(sweepsPressedIn, [() => manyRows.movesDuringSweep()])).flat(2);
  const first = (await inTurn(firstSweeps, [() => movesDuringFirstSweep(many)])).flat(2);
  const name = `${few} rows`;
  const what = 'key to frame, 10,000 rows';
  return [
    comparedFigure(subject('rest.median', `${what}, at rest`, likeFew), rest, name, restOfFew),
    percentileFigure(95, subject('rest.p95', `${what}, at rest`, oneFrame), rest, echo.name, echoes),
    percentileFigure(100, subject('rest.most', `${what}, at rest`, unnoticed), rest, echo.name, echoes),
    percentileFigure(
      95,
      subject('rest-few.p95', 'key to frame, 100 rows, at rest'),
      restOfFew,
      echo.name,
      echoes,
    ),
    percentileFigure(50, subject('sweep.median', `${what}, during a sweep`), sweeping, echo.name, echoes),
    percentileFigure(95, subject('sweep.p95', `${what}, during a sweep`), sweeping, echo.name, echoes),
    percentileFigure(
      100,
      subject('sweep.most', `${what}, during a sweep`, unnoticed),
      sweeping,
      echo.name,
      echoes,
    ),
    percentileFigure(
      50,
      subject('first.median', `${what}, during the first sweep`),
      first,
      echo.name,
      echoes,
    ),
    percentileFigure(95, subject('first.p95', `${what}, during the first sweep`), first, echo.name, echoes),
    percentileFigure(
      100,
      subject('first.most', `${what}, during the first sweep`, unnoticed),
      first,
      echo.name,
      echoes,
    ),
    comparedFigure(
      subject('sort.median', 'key to frame, 10,000 rows, sorting (>)'),
      sorting,
      name,
      sortingFew,
    ),
    percentileFigure(100, subject('sort.most', `${what}, sorting (>)`, unnoticed), sorting, name, sortingFew),
    comparedFigure(subject('filter.median', `${what}, filtering (/x)`), filtering, name, filteringFew),
    percentileFigure(
      100,
      subject('filter.most', `${what}, filtering (/x)`, unnoticed),
      filtering,
      name,
      filteringFew,
    ),
  ];
}

function subject(id: string, what: string, target?: Target): Subject {
  return { id: `keys.${id}`, what, unit: 'ms', ...(target ? { target } : {}) };
}

/** One percentile of all keys beside the same of the peer's; 100 is the longest. */
function percentileFigure(
  percent: number,
  { what, ...rest }: Subject,
  ours: readonly number[],
  peerName: string,
  peers: readonly number[],
): Figure {
  const named = { ...rest, what: `${what}: ${percent === 100 ? `most of ${ours.length}` : `p${percent}`}` };
  return comparedFigure(named, [percentile(ours, percent)], peerName, [percentile(peers, percent)]);
}

/** Presses in turn, so often each. Gives what came of each. */
async function inTurn<Timed>(times: number, presses: readonly (() => Promise<Timed>)[]): Promise<Timed[][]> {
  const timed = presses.map((): Timed[] => []);
  for (let turn = 0; turn < times; turn++) {
    for (const [index, press] of presses.entries()) timed[index]?.push(await press());
  }
  return timed;
}
