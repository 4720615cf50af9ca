import { orAborted } from '../domain/abortable.ts';
import { type EndingSignal, signalExitCodes } from '../domain/conclusion.ts';

/** What ends a watch from outside. */
export type StopReason =
  | { readonly kind: 'signal'; readonly signal: EndingSignal }
  | { readonly kind: 'timeout' }
  /** stdout takes no more: whoever read it is gone, or, with a message, something else is wrong with it. */
  | { readonly kind: 'closed-output'; readonly message: string | null }
  | { readonly kind: 'broken'; readonly error: unknown };

/** The one switch that ends a watch; the first reason counts. */
export class StopSwitch {
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  /** Milliseconds that the time limit has left at `#startedAt`; null where there is no limit. */
  #left: number | null = null;
  #startedAt = 0;

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Why it was thrown, or null. */
  get reason(): StopReason | null {
    return this.signal.aborted ? (this.signal.reason as StopReason) : null;
  }

  throw(reason: StopReason): void {
    this.#controller.abort(reason);
  }

  /** Throws the switch after so many milliseconds. */
  startTimeout(milliseconds: number): void {
    this.#left = milliseconds;
    this.continueTimeout();
  }

  /** Stops the clock of the timeout: what is over may be read for as long as one likes. */
  holdTimeout(): void {
    if (this.#left === null || this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#left -= performance.now() - this.#startedAt;
  }

  /** Lets the clock of the timeout go on, where it was held. */
  continueTimeout(): void {
    if (this.#left === null || this.#timer !== undefined) return;
    this.#startedAt = performance.now();
    this.#timer = setTimeout(() => this.throw({ kind: 'timeout' }), this.#left);
  }

  /** The promise's value; rejects with the reason as soon as the switch is thrown. */
  orStopped<Value>(promise: Promise<Value>): Promise<Value> {
    return orAborted(promise, this.signal);
  }
}

/** Milliseconds within which the SIGHUP of a terminal that is gone is heard, if it is the one that sends us signals. */
const hangUpGrace = 100;
const signals = Object.keys(signalExitCodes) as EndingSignal[];

/**
 * Throws the switch at signals, at errors that nobody caught, and when stdout is closed, in place of what was to happen
 * with these errors before. The listeners stay to the end of the process: what is written last can still meet a closed pipe.
 */
export function connectStops(stop: StopSwitch): void {
  for (const signal of signals) process.on(signal, () => stop.throw({ kind: 'signal', signal }));
  process.setUncaughtExceptionCaptureCallback(null);
  process.setUncaughtExceptionCaptureCallback((error) => stop.throw({ kind: 'broken', error }));
  process.stdout.removeAllListeners('error');
  process.stdout.on('error', (error) => {
    const end = () => stop.throw({ kind: 'closed-output', message: unwritableText(error) });
    // A terminal that is gone can be told by this before its SIGHUP is heard, which says more.
    if ('code' in error && error.code === 'EIO') setTimeout(end, hangUpGrace);
    else end();
  });
  process.stderr.on('error', () => {});
}

/** What is said where a write to stdout failed; null where that is nothing to complain about. */
export function unwritableText(error: Error): string | null {
  return readerIsGone(error) ? null : `stdout cannot be written (${error.message})`;
}

/** Codes with which a write fails when the other end of a pipe was closed, or the terminal has gone away. */
const goneCodes: readonly unknown[] = ['EPIPE', 'EIO', 'ECONNRESET'];

/** Whether a write failed because nobody reads any more, which is nothing to complain about. */
export function readerIsGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && goneCodes.includes(error.code);
}
