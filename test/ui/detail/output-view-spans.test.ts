import * as fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { StyledSpan } from '../../../src/domain/sanitise.ts';
import { noMatches, OutputDocument } from '../../../src/ui/detail/output-document.ts';
import { cutSpans, cutWidth, OutputView, sliceSpans, wrapSpans } from '../../../src/ui/detail/output-view.ts';
import { splitAtMatches } from '../../../src/ui/detail/search.ts';
import { stdout, textOf } from './output-lines.ts';

const plain = (text: string): StyledSpan[] => [{ text, style: {} }];

describe('a line that is cut', () => {
  const textsCut = (text: string, width: number) =>
    new OutputView(new OutputDocument([stdout([text])]), noMatches, 1, null, width, width)
      .rows('start')
      .map(({ spans }) => textOf(spans));

  it.each([
    ['abcdef', 3, 'abcd'],
    ['abc', 3, 'abc'],
    ['日本語', 3, '日本'],
    ['日本語', 4, '日本語'],
    ['e\u0301e\u0301e\u0301', 1, 'e\u0301e\u0301'],
    ['👩🏽‍🚀👩🏽‍🚀👩🏽‍🚀', 2, '👩🏽‍🚀👩🏽‍🚀'],
    ['', 3, ''],
  ])('%j at %i cells is drawn from %j', (text, width, cut) => expect(textsCut(text, width)).toEqual([cut]));

  it('has its beginning, fills the width, and is well-formed', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.nat(20), (text, width) => {
        const cut = textOf(cutSpans(plain(text), width));
        expect(text.startsWith(cut)).toBe(true);
        expect(cut.isWellFormed()).toBe(true);
        if (cut !== text) expect(stringWidth(cut)).toBeGreaterThan(width);
      }),
    ));

  it('has few pieces to draw where it matches everywhere, and all of each match that begins on the screen', () => {
    const [cut = ''] = textsCut('a'.repeat(10_000), cutWidth(80, 'a'));
    expect(splitAtMatches(cut, 'a').length).toBeLessThan(90);
    for (const search of ['x'.repeat(200), '日本'.repeat(50), '😀'.repeat(50)]) {
      const line = `${'.'.repeat(79)}${search}${'.'.repeat(9_000)}`;
      const [shown = ''] = textsCut(line, cutWidth(80, search));
      expect(splitAtMatches(shown, search)[1]).toEqual({ at: 79, text: search, isMatch: true });
    }
  });
});

describe('spans', () => {
  const anySpans = fc.array(
    fc.record({
      text: fc.string({
        unit: fc.constantFrom(...'ab 日é', '😀', 'e\u0301', '👩‍💻'),
        minLength: 1,
        maxLength: 8,
      }),
      style: fc.constantFrom({}, { bold: true as const }, { color: 'red' }),
    }),
    { maxLength: 5 },
  );
  /** Each UTF-16 unit with its style. */
  const units = (spans: readonly StyledSpan[]) =>
    spans.flatMap(({ text, style }) => text.split('').map((unit) => [unit, style]));

  it('in rows lose nothing, and keep their styles', () =>
    fc.assert(
      fc.property(anySpans, fc.integer({ min: 2, max: 12 }), (spans, width) => {
        const rows = wrapSpans(spans, width);
        expect(units(rows.flat())).toEqual(units(spans));
        for (const row of rows) {
          expect(stringWidth(textOf(row))).toBeLessThanOrEqual(width);
          expect(textOf(row).isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 300 },
    ));

  it('in parts are those of that part, and say where they are', () =>
    fc.assert(
      fc.property(anySpans, fc.nat(20), fc.nat(20), (spans, from, length) => {
        const part = sliceSpans(spans, from, from + length);
        expect(units(part)).toEqual(units(spans).slice(from, from + length));
        for (const { at, text } of part) expect(textOf(spans).slice(at, at + text.length)).toBe(text);
      }),
    ));

  it.each<[string, number, string[]]>([
    ['abcdef', 4, ['abcd', 'ef']],
    ['abcd', 4, ['abcd']],
    ['', 4, ['']],
    ['a b c', 3, ['a b', ' c']],
    ['  indented', 4, ['  in', 'dent', 'ed']],
    ['日本語', 4, ['日本', '語']],
    ['日本語', 5, ['日本', '語']],
    ['日本', 1, ['日', '本']],
    ['ab', 0, ['a', 'b']],
    ['äbc', 2, ['äb', 'c']],
  ])('%j in %i cells is %j', (text, width, rows) =>
    expect(wrapSpans(plain(text), width).map(textOf)).toEqual(rows),
  );
});
