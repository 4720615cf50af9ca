import { once } from 'node:events';

type Wake = 'paused' | 'resumed' | 'refreshed';

/** The pause between two sweeps, which the person who watches can cut short or draw out. */
export class Rest {
  #paused = false;
  #wake = new AbortController();

  get paused(): boolean {
    return this.#paused;
  }

  /** Makes the rest last until `resume`. */
  pause(): void {
    this.#paused = true;
    this.#wakeUp('paused');
  }

  /** Ends a pause, and the rest with it. */
  resume(): void {
    this.#paused = false;
    this.#wakeUp('resumed');
  }

  /** Ends the rest now. A pause holds again from the next rest on. */
  refresh(): void {
    this.#wakeUp('refreshed');
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
      if (wake.reason !== ('paused' satisfies Wake)) return;
    }
  }

  #wakeUp(reason: Wake): void {
    this.#wake.abort(reason);
    this.#wake = new AbortController();
  }
}
