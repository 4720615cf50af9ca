import type { StatusPair } from './status.ts';

/** How many rows have this Status and these StatusDetails. */
export interface StatusCount extends StatusPair {
  readonly count: number;
}

/** Counts rows by status as they come and change, so that nobody has to go through all of them. */
export class StatusTally {
  readonly #counts = new Map<string, StatusCount>();

  add(pair: StatusPair): void {
    this.#change(pair, 1);
  }

  remove(pair: StatusPair): void {
    this.#change(pair, -1);
  }

  /** Only what occurs. */
  get counts(): readonly StatusCount[] {
    return [...this.#counts.values()];
  }

  #change({ status, statusDetails }: StatusPair, by: 1 | -1): void {
    // The length keeps apart what would read the same.
    const key = `${status.length} ${status}${statusDetails}`;
    const count = (this.#counts.get(key)?.count ?? 0) + by;
    if (count > 0) this.#counts.set(key, { status, statusDetails, count });
    else this.#counts.delete(key);
  }
}
