import { once } from 'node:events';

/** The pause between two rounds of calls, which the person who watches can cut short or draw out. */
export class Rest {
  #paused = false;
  #wake = new AbortController();
  /** How often a rest was to end: a pause and a refresh in one turn are both heeded. */
  #ended = 0;

  get paused(): boolean {
    return this.#paused;
  }

  /** Makes the rest last until `resume`. */
  pause(): void {
    this.#paused = true;
    this.#wakeUp();
  }

  /** Ends a pause, and the rest with it. */
  resume(): void {
    this.#paused = false;
    this.#ended += 1;
    this.#wakeUp();
  }

  /** Ends the rest now. A pause holds again from the next rest on. */
  refresh(): void {
    this.#ended += 1;
    this.#wakeUp();
  }

  /**
   * Rests as long as `delay` takes, or, while paused, until resumed or refreshed. `announce` is called whenever
   * resting turns into pausing or began as that. Rejects with the signal's reason when it is aborted.
   */
  async take(
    delay: (signal: AbortSignal) => Promise<unknown>,
    announce: (paused: boolean) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const ended = this.#ended;
    for (;;) {
      signal.throwIfAborted();
      announce(this.#paused);
      const wake = this.#wake.signal;
      const either = AbortSignal.any([signal, wake]);
      if (this.#paused) {
        await once(either, 'abort');
      } else {
        const delayed = await delay(either).then(
          () => true,
          () => false,
        );
        if (delayed) return;
      }
      signal.throwIfAborted();
      if (this.#ended !== ended) return;
    }
  }

  #wakeUp(): void {
    this.#wake.abort();
    this.#wake = new AbortController();
  }
}
