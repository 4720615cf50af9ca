import { ownCharacters } from './own-characters.ts';

const { Segmenter } = Intl;

/** Every character a grapheme of its own: ASCII but for the return, which a newline joins, and ours. */
const simple = new RegExp(`^[\\0-\\f\\x0e-\\x7f${ownCharacters}]*$`);

/**
 * Stands in the bundle for `Intl.Segmenter` (../replaced-modules.ts). The first one that is made looks up all locales,
 * which takes a third of the time that node takes to start; and Ink and what it uses make five. Next to no text needs
 * one.
 */
export default class QuickSegmenter implements Intl.Segmenter {
  readonly #locales: ConstructorParameters<typeof Segmenter>[0];
  readonly #options: Intl.SegmenterOptions;
  #made: Intl.Segmenter | null = null;

  constructor(locales?: ConstructorParameters<typeof Segmenter>[0], options: Intl.SegmenterOptions = {}) {
    this.#locales = locales;
    this.#options = options;
  }

  segment(text: string): Intl.Segments {
    const { granularity = 'grapheme' } = this.#options;
    return granularity === 'grapheme' && simple.test(text)
      ? new Characters(text)
      : this.#segmenter.segment(text);
  }

  resolvedOptions(): Intl.ResolvedSegmenterOptions {
    return this.#segmenter.resolvedOptions();
  }

  get #segmenter(): Intl.Segmenter {
    this.#made ??= new Segmenter(this.#locales, this.#options);
    return this.#made;
  }
}

/** The segments of a text of simple characters only. */
class Characters implements Intl.Segments {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  containing(index = 0): Intl.SegmentData | undefined {
    const segment = this.#text[index];
    return segment === undefined ? undefined : { segment, index, input: this.#text };
  }

  [Symbol.iterator](): Intl.SegmentIterator<Intl.SegmentData> {
    const input = this.#text;
    return Array.from(input, (segment, index) => ({ segment, index, input })).values();
  }
}
