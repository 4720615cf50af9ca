import type { Invocation } from '../../src/domain/invocation.ts';
import type { Rollout } from '../../src/simulator/model/rollout.ts';

/** Finds out how long a watch shows rows otherwise than AWS lists them. Times are epoch milliseconds, virtual. */
export class Freshness {
  readonly #rollout: Rollout;
  readonly #rows: () => readonly Invocation[];
  /** Since when a row that is not shown as it is has been so, by its index in the plan. */
  readonly #staleSince = new Map<number, number>();
  /** What was listed at the last look, by the index in the plan. */
  readonly #lastListed = new Map<number, string | undefined>();
  #lookedAt: number;
  #longestStale = 0;

  constructor(rollout: Rollout, rows: () => readonly Invocation[]) {
    this.#rollout = rollout;
    this.#rows = rows;
    this.#lookedAt = rollout.plan.sentAt;
  }

  /** Milliseconds. */
  get longestStale(): number {
    return this.#longestStale;
  }

  /** Compares what is shown with what is listed at this moment. */
  look(now: number): void {
    const shown = new Map(this.#rows().map((row) => [row.instanceId, row.statusDetails]));
    for (const [index, { id }] of this.#rollout.plan.instances.entries()) {
      const listed = this.#listed(index, now);
      const isFresh = listed === shown.get(id);
      const changed = listed !== this.#lastListed.get(index);
      this.#lastListed.set(index, listed);
      const since = this.#staleSince.get(index) ?? (changed || !isFresh ? this.#changedAt(index, now) : null);
      if (since === null) continue;
      this.#longestStale = Math.max(this.#longestStale, now - since);
      if (isFresh) this.#staleSince.delete(index);
      else this.#staleSince.set(index, since);
    }
    this.#lookedAt = now;
  }

  #listed(index: number, at: number): string | undefined {
    return this.#rollout.invocationAt(index, at)?.statusDetails;
  }

  /** When the row became what it is now, after the last look: found by halving. */
  #changedAt(index: number, now: number): number {
    const present = this.#listed(index, now);
    let [before, after] = [this.#lookedAt, now];
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (this.#listed(index, middle) === present) after = middle;
      else before = middle;
    }
    return after;
  }
}
