/** What was derived last, for what is asked for again and again: derived anew only when one of its sources is another. */
export class Derived<Value> {
  #last: { readonly sources: readonly unknown[]; readonly value: Value } | null = null;

  /** The value of the sources, which are told apart by identity; there are as many of them every time. */
  of(sources: readonly unknown[], derive: () => Value): Value {
    if (this.#last?.sources.every((source, index) => source === sources[index])) return this.#last.value;
    const value = derive();
    this.#last = { sources, value };
    return value;
  }
}
