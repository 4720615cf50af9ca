import { setTimeout as delay } from 'node:timers/promises';
import { Endpoint } from '../endpoint.ts';
import { comparedFigure, type Figure, figureOf, type Target } from '../figure.ts';
import { ssmWatch } from '../peers.ts';
import { percentile } from '../statistics.ts';
import { TimedTerminal } from '../timed-terminal.ts';

/** 50 rows, and header, titles and footer. */
const size = { columns: 120, rows: 55 };
const many = 10_000;
const few = 100;
const movesAtRest = 120;
const sweepsPressedIn = 4;
const sorts = 15;
const filters = 10;
const oneFrame: Target = { kind: 'value', most: 16.7 };
const unnoticed: Target = { kind: 'value', most: 50 };

/** The cursor, the title that is sorted by, and the prompt before its cursor: what the answer to a key draws anew. */
const marks = { cursor: '❯', order: '↓', prompt: '\u001b[7m' };

/** From a key to the end of the frame that answers it, with many rows beside few. */
export async function measureKeys(): Promise<Figure[]> {
  using manyRows = await Watched.open(many);
  using fewRows = await Watched.open(few);
  const atRest = await inTurn(movesAtRest, (watched) => watched.move(), manyRows, fewRows);
  const sorting = await inTurn(sorts, (watched) => watched.sort(), manyRows, fewRows);
  const filtering = await inTurn(filters, (watched) => watched.filter(), manyRows, fewRows);
  const sweeping: number[] = [];
  for (let sweep = 0; sweep < sweepsPressedIn; sweep++) sweeping.push(...(await manyRows.movesDuringSweep()));
  const first: number[] = [];
  for (let run = 0; run < 2; run++) first.push(...(await movesDuringFirstSweep()));
  const name = '100 rows';
  return [
    comparedFigure(
      {
        id: 'keys.rest.p50',
        what: 'key to frame, 10,000 rows, at rest: median',
        unit: 'ms',
        target: { kind: 'ratio', most: 1.2 },
      },
      atRest.many,
      name,
      atRest.few,
    ),
    ...percentiles('keys.rest', 'key to frame, 10,000 rows, at rest', atRest.many, oneFrame, unnoticed),
    ...percentiles('keys.rest.few', 'key to frame, 100 rows, at rest', atRest.few),
    ...percentiles('keys.sweep', 'key to frame during a sweep', sweeping, oneFrame, unnoticed),
    ...percentiles('keys.first-sweep', 'key to frame during the first sweep', first, oneFrame, unnoticed),
    ...percentiles('keys.sort', 'key to frame, sorting (>)', sorting.many, undefined, unnoticed),
    ...percentiles('keys.filter', 'key to frame, filtering (/x)', filtering.many, undefined, unnoticed),
    comparedFigure(
      { id: 'keys.sort.p50', what: 'sorting: median', unit: 'ms' },
      sorting.many,
      name,
      sorting.few,
    ),
    comparedFigure(
      { id: 'keys.filter.p50', what: 'filtering: median', unit: 'ms' },
      filtering.many,
      name,
      filtering.few,
    ),
  ];
}

/** A watch whose first sweep has been read, and that rests until it is asked for the next. */
class Watched implements Disposable {
  readonly #endpoint: Endpoint;
  readonly #terminal: TimedTerminal;
  #turn = 0;

  static async open(rows: number): Promise<Watched> {
    const watched = new Watched(await Endpoint.open(rows));
    await watched.#endpoint.waitForPages(watched.#endpoint.pages);
    // What the sweep left to draw, and the first look of the compiler at it.
    await delay(1500);
    for (let turn = 0; turn < 40; turn++) await watched.move();
    return watched;
  }

  private constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint;
    this.#terminal = open(endpoint);
  }

  /** The cursor down or up, in turn. */
  async move(): Promise<number> {
    await pause();
    return move(this.#terminal, this.#turn++);
  }

  async sort(): Promise<number> {
    await pause();
    return this.#terminal.press('>', marks.order);
  }

  /** One more letter of a text to filter by. The prompt is open before, and closed after. */
  async filter(): Promise<number> {
    await this.#terminal.press('/', `/${marks.prompt}`);
    await pause();
    const duration = await this.#terminal.press('x', `x${marks.prompt}`);
    this.#terminal.write('\u001b');
    await delay(150);
    return duration;
  }

  async movesDuringSweep(): Promise<number[]> {
    const { pages } = await this.#endpoint.counts();
    this.#terminal.write('r');
    return movesUntilPages(this.#terminal, this.#endpoint, pages + this.#endpoint.pages, this.#turn);
  }

  [Symbol.dispose](): void {
    this.#terminal[Symbol.dispose]();
    this.#endpoint[Symbol.dispose]();
  }
}

async function movesDuringFirstSweep(): Promise<number[]> {
  using endpoint = await Endpoint.open(many);
  using terminal = open(endpoint);
  // The rows of the first pages are what stays visible: the worst.
  await terminal.waitFor(endpoint.firstInstanceId);
  await delay(100);
  // Awaited here: the terminal is closed when this function is left.
  return await movesUntilPages(terminal, endpoint, endpoint.pages, 0);
}

async function movesUntilPages(
  terminal: TimedTerminal,
  endpoint: Endpoint,
  pages: number,
  firstTurn: number,
): Promise<number[]> {
  const durations: number[] = [];
  while ((await endpoint.counts()).pages < pages) {
    durations.push(await move(terminal, firstTurn + durations.length));
    await pause();
  }
  // An even number of moves leaves the cursor where it was.
  if (durations.length % 2 === 1) durations.push(await move(terminal, firstTurn + durations.length));
  return durations;
}

function open(endpoint: Endpoint): TimedTerminal {
  return new TimedTerminal(ssmWatch(['--interval', '3600', ...endpoint.args]), size);
}

function move(terminal: TimedTerminal, turn: number): Promise<number> {
  return terminal.press(turn % 2 === 0 ? 'j' : 'k', marks.cursor);
}

/** Longer than a frame, and never in step with the clock of the screen. */
function pause(): Promise<void> {
  return delay(45 + Math.random() * 40);
}

async function inTurn(
  times: number,
  press: (watched: Watched) => Promise<number>,
  manyRows: Watched,
  fewRows: Watched,
): Promise<{ many: number[]; few: number[] }> {
  const durations = { many: [] as number[], few: [] as number[] };
  for (let turn = 0; turn < times; turn++) {
    durations.many.push(await press(manyRows));
    durations.few.push(await press(fewRows));
  }
  return durations;
}

function percentiles(
  id: string,
  what: string,
  durations: readonly number[],
  p95?: Target,
  most?: Target,
): Figure[] {
  return [
    figureOf({ id: `${id}.p95`, what: `${what}: p95`, unit: 'ms', ...(p95 ? { target: p95 } : {}) }, [
      percentile(durations, 95),
    ]),
    figureOf(
      {
        id: `${id}.most`,
        what: `${what}: most of ${durations.length}`,
        unit: 'ms',
        ...(most ? { target: most } : {}),
      },
      [percentile(durations, 100)],
    ),
  ];
}
