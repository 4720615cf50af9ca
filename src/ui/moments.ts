import type { Clocks } from '../watch/clocks.ts';
import { Listeners } from '../watch/listeners.ts';
import type { FramePace } from './frame-pace.ts';

/** What is known and what time it is, for one frame and for every key until the next. */
export interface Moment<Known> {
  readonly snapshot: Known;
  /** Steady milliseconds. */
  readonly monotonic: number;
  /** AWS's time in epoch milliseconds. */
  readonly awsTime: number;
}

/** Who knows it, and tells when something is another. */
export interface Source<Known> {
  readonly getSnapshot: () => Known;
  readonly subscribe: (listener: () => void) => () => void;
}

/** Rows that come in are drawn together for so long. Milliseconds: a sweep brings more pages than anyone can follow. */
const rowsDrawnEvery = 200;

/**
 * Decides when the screen moves on by itself: every second for the ages, a few times a second while rows come in, and at
 * once for everything else. What is drawn and what a key meets is always the same moment.
 */
export class Moments<Known> {
  readonly #source: Source<Known>;
  readonly #clocks: Clocks;
  readonly #pace: FramePace<Known>;
  readonly #listeners = new Listeners(() => this.#start());
  #current: Moment<Known>;
  #tick: NodeJS.Timeout | undefined;
  #due: { readonly at: number; readonly timer: NodeJS.Timeout } | null = null;
  #rowsDrawnAt = Number.NEGATIVE_INFINITY;

  constructor(source: Source<Known>, clocks: Clocks, pace: FramePace<Known>) {
    this.#source = source;
    this.#clocks = clocks;
    this.#pace = pace;
    this.#current = this.#now();
  }

  /** The moment that is drawn; as long as nothing is, the present. */
  readonly get = (): Moment<Known> => {
    if (this.#listeners.isEmpty && this.#current.snapshot !== this.#source.getSnapshot()) {
      this.#current = this.#now();
    }
    return this.#current;
  };

  /** Calls back at every new moment, until the returned function is called. */
  readonly subscribe = this.#listeners.subscribe;

  #start(): () => void {
    this.#current = this.#now();
    const unsubscribe = this.#source.subscribe(() => this.#changed());
    this.#awaitTick();
    return () => {
      unsubscribe();
      clearTimeout(this.#tick);
      clearTimeout(this.#due?.timer);
      this.#due = null;
    };
  }

  #now(): Moment<Known> {
    return {
      snapshot: this.#source.getSnapshot(),
      monotonic: this.#clocks.monotonic(),
      awsTime: this.#clocks.awsTime(),
    };
  }

  #awaitTick(): void {
    const untilNextSecond = 1000 - (Date.now() % 1000);
    this.#tick = setTimeout(() => {
      this.#awaitTick();
      this.#schedule(0);
    }, untilNextSecond);
  }

  #changed(): void {
    const before = this.#current.snapshot;
    const after = this.#source.getSnapshot();
    if (this.#pace.asksForFrame(before, after)) this.#schedule(0);
    // What is due draws the rows too, and looks at them only then.
    else if (!this.#due && this.#pace.bringsRows(before, after)) {
      this.#schedule(Math.max(0, this.#rowsDrawnAt + rowsDrawnEvery - this.#clocks.monotonic()));
    }
  }

  #schedule(wait: number): void {
    const at = this.#clocks.monotonic() + wait;
    if (this.#due && this.#due.at <= at) return;
    clearTimeout(this.#due?.timer);
    // Between timers and immediates come the keys: one that has been pressed is answered first.
    const timer = setTimeout(() => setImmediate(() => this.#moveOn(due)), wait);
    const due = { at, timer };
    this.#due = due;
  }

  #moveOn(due: object): void {
    if (this.#due !== due) return;
    this.#due = null;
    const before = this.#current.snapshot;
    this.#current = this.#now();
    if (this.#pace.bringsRows(before, this.#current.snapshot)) this.#rowsDrawnAt = this.#clocks.monotonic();
    this.#listeners.tell();
  }
}
