import type { Circumstances } from './circumstances.ts';
import { type Invocation, invocationKey } from './invocation.ts';
import { RowOrder } from './row-order.ts';
import { RowSelection } from './row-selection.ts';
import type { RowFilter, SortOrder } from './rows.ts';

/** What is to be listed. */
export interface Listing {
  /** In the order in which they were first listed; a row keeps its index. */
  readonly rows: readonly Invocation[];
  readonly circumstances: Circumstances;
  readonly filter: RowFilter;
  /** Null for the order in which they came. */
  readonly order: SortOrder | null;
}

/** The rows that pass the filter, in order. */
export interface Listed {
  readonly invocations: readonly Invocation[];
  /** Their keys, in the same order. */
  readonly keys: readonly string[];
}

/**
 * Filters and sorts rows again and again, of which some changed since the last time: what takes time for ten thousand
 * rows is done for these few only. Gives the same as filtering and sorting them all.
 */
export class ListedRows {
  #order = new RowOrder();
  #selection = new RowSelection();
  #rows: readonly Invocation[] = [];
  #keys: string[] = [];
  #listed: Listed = { invocations: [], keys: [] };

  /** The same object as long as it would say the same. */
  list({ rows, circumstances, filter, order }: Listing): Listed {
    if (rows.length < this.#rows.length) this.#forget();
    const changed = changedBetween(this.#rows, rows);
    this.#rows = rows;
    for (const index of changed) this.#keys[index] = invocationKey(rows[index] as Invocation);
    const reordered = this.#order.update(rows, changed, order, circumstances);
    const reselected = this.#selection.update(rows, changed, filter, circumstances);
    if (changed.length > 0 || reordered || reselected) this.#listed = this.#compose();
    return this.#listed;
  }

  /** Rows never go: these are others. */
  #forget(): void {
    this.#order = new RowOrder();
    this.#selection = new RowSelection();
    this.#rows = [];
    this.#listed = { invocations: [], keys: [] };
  }

  #compose(): Listed {
    const invocations: Invocation[] = [];
    const keys: string[] = [];
    for (const index of this.#order.indices) {
      if (!this.#selection.passes(index)) continue;
      invocations.push(this.#rows[index] as Invocation);
      keys.push(this.#keys[index] as string);
    }
    return { invocations, keys };
  }
}

/** Indices at which there is another row than before, or one for the first time. */
function changedBetween(before: readonly Invocation[], after: readonly Invocation[]): number[] {
  const changed: number[] = [];
  if (before === after) return changed;
  for (let index = 0; index < after.length; index++) {
    if (before[index] !== after[index]) changed.push(index);
  }
  return changed;
}
