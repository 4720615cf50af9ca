import type { Clocks } from './clocks.ts';
import type { Waiting } from './waiting.ts';

/** Calls a second: no more than one answer after the other brings anyway, and no fewer than keep a watch alive. */
const most = 20;
const least = 1;
/** Calls that waited for less than this in all are as good as undelayed. Milliseconds. */
const noticed = 1_000;
/** What an answer gives back of what throttling took. */
const recovery = 0.1;

/** How many calls AWS bears: less after each throttling, more again with each answer. */
export class CallBudget {
  readonly #monotonic: Clocks['monotonic'];
  readonly #delay: Waiting['delay'];
  #rate = most;
  #left = most;
  #countedAt: number;
  #waited = 0;

  constructor(monotonic: Clocks['monotonic'], delay: Waiting['delay']) {
    this.#monotonic = monotonic;
    this.#delay = delay;
    this.#countedAt = monotonic();
  }

  get callsPerSecond(): number {
    return this.#rate;
  }

  /** Resolves when a call may be made. */
  async take(signal: AbortSignal): Promise<void> {
    this.#refill();
    const wait = this.#left >= 1 ? 0 : ((1 - this.#left) / this.#rate) * 1000;
    if (wait > 0) {
      await this.#delay(wait, signal);
      this.#refill();
      this.#waited += wait;
    }
    this.#left -= 1;
  }

  /** Calls a second that throttling has imposed since this was last called; null where it delayed nothing noticeably. */
  takeSlowness(): number | null {
    const isNoticed = this.#waited > noticed && this.#rate < most;
    this.#waited = 0;
    return isNoticed ? this.#rate : null;
  }

  answered(): void {
    this.#rate = Math.min(most, this.#rate + recovery);
  }

  throttled(): void {
    this.#rate = Math.max(least, this.#rate / 2);
    this.#left = Math.min(this.#left, 0);
  }

  #refill(): void {
    const now = this.#monotonic();
    this.#left = Math.min(
      Math.max(1, this.#rate),
      this.#left + ((now - this.#countedAt) / 1000) * this.#rate,
    );
    this.#countedAt = now;
  }
}
