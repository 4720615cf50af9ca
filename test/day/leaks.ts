import { createHook } from 'node:async_hooks';
import { getEventListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What a process holds, once all is collected that nobody holds. */
export interface Holdings {
  readonly heapMiB: number;
  /** Listeners for the abort of all signals that are held. */
  readonly abortListeners: number;
  /** Signals that depend on others, as AbortSignal.any makes them, by those that these know of. */
  readonly dependentSignals: number;
  /** Those too that do not keep the process alive. */
  readonly timers: number;
  /** Sockets, servers, files and whatever else keeps the process alive, but timers. */
  readonly resources: number;
  /** Listeners on `process`. */
  readonly processListeners: number;
}

const mebibyte = 1024 * 1024;
setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** Looks on while it is open, and counts what is held. */
export class LeakWatch implements Disposable {
  readonly #signals = new Set<WeakRef<AbortSignal>>();
  readonly #known = new WeakSet<AbortSignal>();
  readonly #timers = new Set<number>();
  readonly #addListener = AbortSignal.prototype.addEventListener;
  readonly #hook = createHook({
    init: (id, type) => type === 'Timeout' && this.#timers.add(id),
    destroy: (id) => this.#timers.delete(id),
  });

  constructor() {
    const notice = (signal: AbortSignal) => this.#notice(signal);
    const add = this.#addListener;
    AbortSignal.prototype.addEventListener = function addEventListener(
      this: AbortSignal,
      ...args: Parameters<AbortSignal['addEventListener']>
    ) {
      notice(this);
      add.apply(this, args);
    };
    this.#hook.enable();
  }

  async count(): Promise<Holdings> {
    // What is finalised in one turn lets go of more.
    for (let turn = 0; turn < 5; turn++) {
      collect();
      await new Promise(setImmediate);
    }
    for (const reference of this.#signals) if (!reference.deref()) this.#signals.delete(reference);
    const signals = [...this.#signals].flatMap((reference) => reference.deref() ?? []);
    return {
      heapMiB: process.memoryUsage().heapUsed / mebibyte,
      abortListeners: sum(signals.map((signal) => getEventListeners(signal, 'abort').length)),
      dependentSignals: sum(signals.map(dependantsOf)),
      timers: this.#timers.size,
      resources: process.getActiveResourcesInfo().filter((name) => !/Timeout|Immediate/.test(name)).length,
      processListeners: sum(process.eventNames().map((name) => process.listenerCount(name))),
    };
  }

  [Symbol.dispose](): void {
    this.#hook.disable();
    AbortSignal.prototype.addEventListener = this.#addListener;
  }

  #notice(signal: AbortSignal): void {
    if (this.#known.has(signal)) return;
    this.#known.add(signal);
    this.#signals.add(new WeakRef(signal));
  }
}

/** Node keeps them under a symbol of its own. */
function dependantsOf(signal: AbortSignal): number {
  const symbol = Object.getOwnPropertySymbols(signal).find(
    ({ description }) => description === 'kDependantSignals',
  );
  const dependants: unknown = symbol && Reflect.get(signal, symbol);
  return dependants instanceof Set ? dependants.size : 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
