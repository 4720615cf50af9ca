import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  appended,
  emptyRegion,
  inParts,
  lineCount,
  prepended,
  sizeOf,
  splitLines,
  type TextRegion,
  textOf,
  wholeLinesFrom,
  wholeLinesUpTo,
  wholeRegion,
  withoutFirst,
  withoutLast,
} from '../../src/domain/text-region.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const linesOf = ({ pieces }: TextRegion) => pieces.flatMap(({ lines }) => lines);

describe('the lines of a text', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['a', ['a']],
    ['a\n', ['a']],
    ['a\nb', ['a', 'b']],
    ['a\r\nb\r\n', ['a', 'b']],
    ['\n', ['']],
    ['\n\n', ['', '']],
    ['a\n\nb\n\n', ['a', '', 'b', '']],
    ['10 %\r20 %\r', ['10 %\r20 %\r']],
  ])('of %j are %j', (text, lines) => {
    expect(splitLines(text)).toEqual(lines);
    expect(linesOf(wholeRegion(text))).toEqual(lines);
    expect(lineCount(wholeRegion(text))).toBe(lines.length);
  });

  it('are shown in parts where they are longer than any pane can show', () => {
    const { lines, continued } = inParts(splitLines(`short\n${'x'.repeat(25_000)}\nend`));
    expect(lines.map(({ length }) => length)).toEqual([5, 10_000, 10_000, 5_000, 3]);
    expect(continued).toEqual(new Set([2, 3]));
  });

  it('are cut between characters', () => {
    const text = `a${'😀'.repeat(10_000)}`;
    const { lines } = inParts(splitLines(text));
    expect(lines).toHaveLength(2);
    expect(lines.every((line) => line.isWellFormed())).toBe(true);
    expect(lines.join('')).toBe(text);
  });

  it('make the text again', () => expect(textOf(wholeRegion('a\r\n\nb\n'))).toBe('a\n\nb'));

  it('make the text again where a line is shown in parts', () => {
    const text = `first\n${'x'.repeat(25_000)}\nlast`;
    expect(lineCount(wholeRegion(text))).toBe(5);
    expect(textOf(wholeRegion(text))).toBe(text);
  });
});

/** Reads a text in ranges of so many bytes: from both of its ends, in the order that is given. */
function readInRanges(text: string, length: number, forwardFirst: boolean): TextRegion {
  const bytes = encode(text);
  let region = emptyRegion(forwardFirst);
  let from = forwardFirst ? 0 : bytes.length;
  let to = from;
  while (forwardFirst ? to < bytes.length : from > 0) {
    if (forwardFirst) {
      const piece = wholeLinesFrom(bytes.subarray(to, to + length), to + length >= bytes.length);
      expect(piece.size).toBeGreaterThan(0);
      region = appended(region, piece);
      to += piece.size;
    } else {
      const start = Math.max(0, from - length);
      const piece = wholeLinesUpTo(bytes.subarray(start, from), start === 0);
      expect(piece.size).toBeGreaterThan(0);
      from -= piece.size;
      region = prepended(region, piece, from === 0);
    }
  }
  expect(sizeOf(region)).toBe(bytes.length);
  return region;
}

/** Lines of any text, with either way to end them, and perhaps without a last end. */
const anyText = (maxLine: number) =>
  fc
    .tuple(
      fc.array(
        fc.tuple(
          fc.string({ unit: fc.constantFrom(...'ab é日', '😀', '\t'), maxLength: maxLine }),
          fc.constantFrom('\n', '\r\n'),
        ),
        { maxLength: 12 },
      ),
      fc.string({ unit: fc.constantFrom(...'ab日'), maxLength: maxLine }),
    )
    .map(([lines, last]) => lines.map((line) => line.join('')).join('') + last);

describe('a text that is read in ranges', () => {
  // A line of five characters has 22 bytes at most.
  it.each([true, false])('has its own lines where none is longer than a range; forward: %s', (forward) =>
    fc.assert(
      fc.property(anyText(5), fc.integer({ min: 24, max: 90 }), (text, length) => {
        const region = readInRanges(text, length, forward);
        const lines = splitLines(text);
        expect(linesOf(region)).toEqual(lines);
        expect(region.zeroId ?? region.firstId).toBe(region.firstId);
        expect(region.firstId).toBe(forward ? 0 : 0 - lines.length);
        if (text !== '') expect(region.zeroId).toBe(region.firstId);
      }),
      { numRuns: 500 },
    ),
  );

  it.each([true, false])('has parts of its long lines, and no other lines; forward: %s', (forward) =>
    fc.assert(
      fc.property(anyText(60), fc.integer({ min: 12, max: 60 }), (text, length) => {
        const lines = linesOf(readInRanges(text, length, forward));
        const whole = splitLines(text);
        expect(lines.join('')).toBe(whole.join(''));
        // Every line of the text is one line, or several that are not empty.
        let at = 0;
        for (const line of whole) {
          let part = lines[at] ?? 'none';
          at += 1;
          while (part.length < line.length && lines[at] !== '') {
            part += lines[at] ?? 'none';
            at += 1;
          }
          expect(part).toBe(line);
        }
        expect(at).toBe(lines.length);
      }),
      { numRuns: 500 },
    ),
  );

  it('has lines also where it is no text', () => {
    const bytes = new Uint8Array(64).fill(0x80);
    for (const piece of [wholeLinesFrom(bytes, false), wholeLinesUpTo(bytes, false)]) {
      expect(piece.size).toBeGreaterThan(0);
      expect(piece.lines.join('')).toMatch(/^\ufffd+$/);
    }
  });

  it.each<[string, boolean, string[], number]>([
    ['a\nb\nc', false, ['a', 'b'], 4],
    ['a\nb\nc', true, ['a', 'b', 'c'], 5],
    ['a\nb\n', false, ['a', 'b'], 4],
    ['abc', false, ['ab'], 2],
    ['abc\r', false, ['ab'], 2],
    ['ab日', false, ['ab'], 2],
  ])('begins with the whole lines of %j (its end: %s): %j', (text, atEnd, lines, size) =>
    expect(wholeLinesFrom(encode(text), atEnd)).toEqual({ lines, size }),
  );

  it.each<[string, boolean, string[], number]>([
    ['a\nb\nc', false, ['b', 'c'], 3],
    ['a\nb\nc', true, ['a', 'b', 'c'], 5],
    ['\nb\n', false, ['b'], 2],
    ['bc\n', false, ['bc'], 3],
    ['abc', false, ['abc'], 3],
  ])('ends with the whole lines of %j (its beginning: %s): %j', (text, atBeginning, lines, size) =>
    expect(wholeLinesUpTo(encode(text), atBeginning)).toEqual({ lines, size }),
  );

  it('ends with whole characters of a long line', () =>
    expect(wholeLinesUpTo(encode('日ab').subarray(1), false)).toEqual({ lines: ['ab'], size: 2 }));
});

describe('a region', () => {
  const piece = (...lines: string[]) => ({ lines, size: lines.length * 10 });
  const three = [piece('a', 'b'), piece('c'), piece('d', 'e')].reduce(appended, emptyRegion(true));

  it('keeps the IDs of its lines when the first pieces are let go', () => {
    const rest = withoutFirst(three, 30);
    expect(linesOf(rest)).toEqual(['c', 'd', 'e']);
    expect(rest).toMatchObject({ firstId: 2, zeroId: 0 });
    expect(withoutFirst(three, 29)).toMatchObject({ firstId: 3, pieces: [piece('d', 'e')] });
  });

  it('keeps them when the last pieces are let go', () => {
    const rest = withoutLast(three, 30);
    expect(linesOf(rest)).toEqual(['a', 'b', 'c']);
    expect(rest).toMatchObject({ firstId: 0, zeroId: 0 });
  });

  it('keeps one piece, however large', () => {
    expect(linesOf(withoutFirst(three, 1))).toEqual(['d', 'e']);
    expect(linesOf(withoutLast(three, 1))).toEqual(['a', 'b']);
    expect(withoutFirst(three, 50)).toBe(three);
    expect(withoutLast(three, 50)).toBe(three);
  });

  it('is numbered backwards where it is read backwards, and knows its first line once it was seen', () => {
    const end = prepended(emptyRegion(false), piece('y', 'z'), false);
    expect(end).toMatchObject({ firstId: -2, zeroId: null });
    const more = prepended(end, piece('x'), true);
    expect(more).toMatchObject({ firstId: -3, zeroId: -3 });
    expect(appended(more, piece('later'))).toMatchObject({ firstId: -3, zeroId: -3 });
  });

  it('learns that it begins at the beginning also from nothing', () =>
    expect(prepended(appended(emptyRegion(false), piece('a')), { lines: [], size: 0 }, true)).toMatchObject({
      firstId: 0,
      zeroId: 0,
      pieces: [piece('a')],
    }));

  it('is not changed by nothing behind its end', () =>
    expect(appended(three, { lines: [], size: 0 })).toBe(three));
});
