import type { Invocation } from '../domain/invocation.ts';

/** An invocation whose end is still to be read. */
export interface UnreadEnd {
  readonly row: Invocation;
  /** When it was seen that it had ended, by the watch's monotonic clock. */
  readonly since: number;
}

/** The rows that have left the list they were in, until it is read what became of them. */
export class UnreadEnds {
  /** By instance ID; the one that has been so the longest comes first. */
  readonly #ends = new Map<string, UnreadEnd>();
  #falseEnds = 0;

  /** The longest unread first. */
  get list(): readonly UnreadEnd[] {
    return [...this.#ends.values()];
  }

  /** Rows, one after the other, that had left a list, and were then found to be as they had been. */
  get falseEnds(): number {
    return this.#falseEnds;
  }

  /** When it was seen that the row had ended, or an end that was known was doubted; null where neither is so. */
  since(instanceId: string): number | null {
    return this.#ends.get(instanceId)?.since ?? null;
  }

  add(row: Invocation, since: number): void {
    this.#ends.set(row.instanceId, { row, since });
  }

  /** Takes note that the row was read. */
  read(row: Invocation, before: Invocation): void {
    if (!this.#ends.delete(row.instanceId)) return;
    this.#falseEnds = row.status === before.status ? this.#falseEnds + 1 : 0;
  }
}
