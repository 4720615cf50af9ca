import { setTimeout as delay } from 'node:timers/promises';
import { Endpoint } from '../endpoint.ts';
import { ssmWatch } from '../peers.ts';
import { TimedTerminal } from '../timed-terminal.ts';

/** 50 rows, and header, titles and footer. */
export const size = { columns: 120, rows: 55 };

/** The cursor, the title that is sorted by, and the prompt before its cursor: what the answer to a key draws anew. */
const marks = { cursor: '❯', order: '↓', prompt: '\u001b[7m' };

/** A watch whose first sweep has been read, and that rests until it is asked for the next. */
export class PressedWatch implements Disposable {
  readonly #endpoint: Endpoint;
  readonly #terminal: TimedTerminal;
  #turn = 0;

  static async open(rows: number): Promise<PressedWatch> {
    const watched = new PressedWatch(await Endpoint.open(rows));
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

/** From key to frame while the first sweep of so many rows is read, from its first rows on. */
export async function movesDuringFirstSweep(rows: number): Promise<number[]> {
  using endpoint = await Endpoint.open(rows);
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
