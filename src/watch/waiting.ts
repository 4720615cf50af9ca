import { setTimeout as delay } from 'node:timers/promises';

/** How a watch waits. Replaced in tests. */
export interface Waiting {
  /** Resolves after so many milliseconds; rejects when the signal is aborted. */
  readonly delay: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
  /** 0 to 1. */
  readonly random: () => number;
}

/** Waits in real time. */
export const realWaiting: Waiting = {
  delay: (milliseconds, signal) => delay(milliseconds, undefined, { signal }),
  random: Math.random,
};
