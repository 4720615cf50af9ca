import { Listeners } from './listeners.ts';

/** A snapshot that is replaced at every change, and who is called back then. */
export class Published<Snapshot extends object> {
  readonly #listeners = new Listeners();
  #current: Snapshot;

  constructor(first: Snapshot) {
    this.#current = first;
  }

  /** The same object until something is published. */
  get current(): Snapshot {
    return this.#current;
  }

  /** Calls back at every new snapshot, until the returned function is called. */
  readonly subscribe = this.#listeners.subscribe;

  /** Puts another in its place, in which that is changed. */
  publish(change: Partial<Snapshot>): void {
    this.#current = { ...this.#current, ...change };
    this.#listeners.tell();
  }

  /** The same, but nobody is called back: what changed follows from what they are told of anyway. */
  amend(change: Partial<Snapshot>): void {
    this.#current = { ...this.#current, ...change };
  }
}
