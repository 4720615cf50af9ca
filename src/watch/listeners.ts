/** Who is to be told of changes. What is kept up only for them begins with the first, and ends with the last. */
export class Listeners {
  readonly #listeners = new Set<() => void>();
  readonly #start: () => () => void;
  #stop = () => {};

  /** `start` is called before the first listener is there, and what it returns when the last has left. */
  constructor(start: () => () => void = () => () => {}) {
    this.#start = start;
  }

  get isEmpty(): boolean {
    return this.#listeners.size === 0;
  }

  /** Calls back at every change, until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    if (this.isEmpty) this.#stop = this.#start();
    this.#listeners.add(listener);
    return () => {
      if (this.#listeners.delete(listener) && this.isEmpty) this.#stop();
    };
  };

  readonly tell = (): void => {
    for (const listener of this.#listeners) listener();
  };
}
