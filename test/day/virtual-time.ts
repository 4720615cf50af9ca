import { type ManualClock, manualClock } from '../../src/simulator/model/clock.ts';

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** Time that passes only while the one who drives it waits; all others sleep until it has passed. */
export class VirtualTime {
  readonly #clock: ManualClock;
  readonly #begin: number;
  #sleepers: readonly Sleeper[] = [];

  constructor(begin: number) {
    this.#clock = manualClock(begin);
    this.#begin = begin;
  }

  /** Milliseconds of the virtual clock. */
  readonly now = (): number => this.#clock.now();

  readonly elapsed = (): number => this.#clock.now() - this.#begin;

  pass(milliseconds: number): void {
    this.#clock.advance(milliseconds);
    const woken = this.#sleepers.filter(({ until }) => until <= this.now());
    this.#sleepers = this.#sleepers.filter(({ until }) => until > this.now());
    for (const { wake } of woken) wake();
  }

  /** Resolves when so many milliseconds have passed. Rejects with the signal's reason. */
  readonly sleep = (milliseconds: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const stop = () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal.reason);
      };
      const wake = () => {
        signal.removeEventListener('abort', stop);
        resolve();
      };
      const sleeper = { until: this.now() + milliseconds, wake };
      signal.addEventListener('abort', stop, { once: true });
      this.#sleepers = [...this.#sleepers, sleeper];
    });

  /** How many sleep. */
  get sleeping(): number {
    return this.#sleepers.length;
  }
}
