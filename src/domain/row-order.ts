import { type Circumstances, nothingKnown } from './circumstances.ts';
import { rowDetail } from './detail.ts';
import { exitCodeOf, type Invocation } from './invocation.ts';
import { badnessOf, type SortOrder, tookOf } from './rows.ts';

/** What a row is sorted by; within one order all are numbers, or all are texts. */
type SortKey = number | string;

/**
 * All rows in an order, kept while some of them change: these are put where they belong now, and the rest is not sorted
 * again. Rows that compare equal keep the order in which they came.
 */
export class RowOrder {
  #order: SortOrder | null = null;
  #circumstances: Circumstances = nothingKnown;
  #keys: SortKey[] = [];
  #indices: number[] = [];

  /** Indices of the rows, in order. */
  get indices(): readonly number[] {
    return this.#indices;
  }

  /**
   * Brings the rows in an order; null is the one in which they came. `changed`: indices of those that are others than the
   * last time, or new. Gives whether a row may have another place.
   */
  update(
    rows: readonly Invocation[],
    changed: readonly number[],
    order: SortOrder | null,
    circumstances: Circumstances,
  ): boolean {
    const anew =
      order !== this.#order || (order?.column === 'detail' && circumstances !== this.#circumstances);
    this.#order = order;
    this.#circumstances = circumstances;
    if (!anew) return this.#move(rows, changed);
    this.#keys = rows.map(keyOfOrder(order, circumstances));
    this.#indices = rows.map((_, index) => index).sort(this.#compare);
    return true;
  }

  /** Puts rows where they belong. */
  #move(rows: readonly Invocation[], changed: readonly number[]): boolean {
    const keyOf = keyOfOrder(this.#order, this.#circumstances);
    const isMoved = new Set<number>();
    for (const index of changed) {
      const key = keyOf(rows[index] as Invocation);
      if (key === this.#keys[index]) continue;
      this.#keys[index] = key;
      isMoved.add(index);
    }
    if (isMoved.size === 0) return false;
    const kept = this.#indices.filter((index) => !isMoved.has(index));
    this.#indices = merge(kept, [...isMoved].sort(this.#compare), this.#compare);
    return true;
  }

  readonly #compare = (a: number, b: number): number => {
    const keyA = this.#keys[a] as SortKey;
    const keyB = this.#keys[b] as SortKey;
    if (keyA === keyB) return a - b;
    return keyA < keyB === (this.#order?.inverted ?? false) ? 1 : -1;
  };
}

/** The rows in order, once. */
export function sortRows(
  rows: readonly Invocation[],
  order: SortOrder,
  circumstances: Circumstances = nothingKnown,
): Invocation[] {
  const sorted = new RowOrder();
  sorted.update(rows, [], order, circumstances);
  return sorted.indices.map((index) => rows[index] as Invocation);
}

/** Two sorted lists as one. */
function merge(
  a: readonly number[],
  b: readonly number[],
  compare: (a: number, b: number) => number,
): number[] {
  const merged: number[] = [];
  let next = 0;
  for (const index of b) {
    while (next < a.length && compare(a[next] as number, index) < 0) merged.push(a[next++] as number);
    merged.push(index);
  }
  while (next < a.length) merged.push(a[next++] as number);
  return merged;
}

function keyOfOrder(order: SortOrder | null, circumstances: Circumstances): (row: Invocation) => SortKey {
  switch (order?.column) {
    case undefined:
      return () => 0;
    case 'status':
      return badnessOf;
    case 'exit':
      return (row) => largestFirst(exitCodeOf(row));
    case 'time':
      return (row) => largestFirst(tookOf(row));
    case 'detail':
      return (row) => filledFirst(rowDetail(row, circumstances));
    case 'instance':
      return ({ instanceId }) => instanceId;
    case 'name':
      return ({ instanceName }) => filledFirst(instanceName);
  }
}

function largestFirst(number: number | null): number {
  return number === null ? Number.POSITIVE_INFINITY : -number;
}

function filledFirst(text: string): string {
  return `${text === '' ? 1 : 0}${text}`;
}
