/** Who is to be told of what happens. What is kept up only for them begins with the first, and ends with the last. */
export class Listeners<Told extends readonly unknown[] = []> {
  readonly #listeners = new Set<(...told: Told) => void>();
  readonly #start: () => () => void;
  #stop = () => {};

  /** `start` is called before the first listener is there, and what it returns when the last has left. */
  constructor(start: () => () => void = () => () => {}) {
    this.#start = start;
  }

  get isEmpty(): boolean {
    return this.#listeners.size === 0;
  }

  /** Calls back each time, until the returned function is called. */
  readonly subscribe = (listener: (...told: Told) => void): (() => void) => {
    if (this.isEmpty) this.#stop = this.#start();
    this.#listeners.add(listener);
    return () => {
      if (this.#listeners.delete(listener) && this.isEmpty) this.#stop();
    };
  };

  readonly tell = (...told: Told): void => {
    for (const listener of this.#listeners) listener(...told);
  };
}
