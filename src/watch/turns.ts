/** Takes turns: of many, so few at a time that they can be asked for one by one, and others each time. */
export class Turns {
  readonly #most: number;
  #next = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** At most so many of those that wait, beginning behind those that were taken the last time. */
  take<Waiting>(all: readonly Waiting[]): Waiting[] {
    const first = all.length <= this.#most ? 0 : this.#next % all.length;
    this.#next = first + this.#most;
    return [...all.slice(first), ...all.slice(0, first)].slice(0, this.#most);
  }
}
