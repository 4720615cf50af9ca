import { type Circumstances, nothingKnown } from './circumstances.ts';
import type { Invocation } from './invocation.ts';
import { everything, passesLimits, type RowFilter, shownText } from './rows.ts';

/** Which rows pass a filter, kept while some of them change: only these are looked at again. */
export class RowSelection {
  #filter: RowFilter = everything;
  #circumstances: Circumstances = nothingKnown;
  #passes: boolean[] = [];
  /** What a text is looked for in, by index of the row, as far as one was. */
  #texts: (string | undefined)[] = [];

  /** Whether the row at an index passes. */
  passes(index: number): boolean {
    return this.#passes[index] === true;
  }

  /**
   * Brings the rows and a filter together. `changed`: indices of those that are others than the last time, or new. Gives
   * whether there may be a row that passes and did not, or the other way round.
   */
  update(
    rows: readonly Invocation[],
    changed: readonly number[],
    filter: RowFilter,
    circumstances: Circumstances,
  ): boolean {
    const retold = circumstances !== this.#circumstances;
    const anew = filter !== this.#filter || (retold && filter.text !== '');
    if (retold) this.#texts = [];
    else for (const index of changed) this.#texts[index] = undefined;
    this.#filter = filter;
    this.#circumstances = circumstances;
    const needle = filter.text.toLowerCase();
    const passes = (row: Invocation, index: number) =>
      passesLimits(filter, row) && (needle === '' || this.#textOf(row, index).includes(needle));
    if (anew) {
      this.#passes = rows.map(passes);
      return true;
    }
    let differs = false;
    for (const index of changed) {
      const now = passes(rows[index] as Invocation, index);
      differs ||= now !== this.passes(index);
      this.#passes[index] = now;
    }
    return differs;
  }

  #textOf(row: Invocation, index: number): string {
    const text = this.#texts[index] ?? shownText(row, this.#circumstances);
    this.#texts[index] = text;
    return text;
  }
}
