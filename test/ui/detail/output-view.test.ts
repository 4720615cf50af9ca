import * as fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { fixedBlock, noMatches, OutputDocument } from '../../../src/ui/detail/output-document.ts';
import { type OutputTop, OutputView } from '../../../src/ui/detail/output-view.ts';
import { stdout, texts } from './output-lines.ts';

const documentOf = (lines: readonly string[]) =>
  new OutputDocument([fixedBlock('heading', 'heading', ['stdout']), stdout(lines)]);

const viewOf = (document: OutputDocument, height: number, wrapWidth: number | null) =>
  new OutputView(document, noMatches, height, wrapWidth, 100, 20);

const anyLines = fc.array(fc.string({ unit: fc.constantFrom(...'ab 日é😀', 'e\u0301'), maxLength: 20 }), {
  maxLength: 15,
});

const anyWidth = fc.option(fc.integer({ min: 2, max: 9 }));

const anyHeight = fc.integer({ min: 1, max: 7 });

/** All rows of a document, whatever the height. */
const allRows = (document: OutputDocument, width: number | null) =>
  texts(viewOf(document, 1_000, width), 'start');

describe('the rows', () => {
  const document = documentOf(['abcdef', '', '日本語', 'gh']);

  it.each<[number | null, OutputTop, string[]]>([
    [null, 'start', ['stdout', 'abcdef', '']],
    [null, 'end', ['', '日本語', 'gh']],
    [null, { block: 'stdout', id: 1, row: 0 }, ['', '日本語', 'gh']],
    [null, { block: 'stdout', id: 3, row: 0 }, ['', '日本語', 'gh']],
    [4, 'start', ['stdo', 'ut', 'abcd']],
    [4, 'end', ['日本', '語', 'gh']],
    [4, { block: 'stdout', id: 0, row: 1 }, ['ef', '', '日本']],
    [4, { block: 'stdout', id: 0, row: 9 }, ['ef', '', '日本']],
    [4, { block: 'gone', id: 7, row: 0 }, ['stdo', 'ut', 'abcd']],
  ])('wrapped at %j from %j are %j', (width, top, rows) =>
    expect(texts(viewOf(document, 3, width), top)).toEqual(rows),
  );

  it('have identities of their own, the same wherever they are', () => {
    const keys = (top: OutputTop) =>
      viewOf(document, 4, 4)
        .rows(top)
        .map(({ key }) => key);
    expect(new Set(keys('start')).size).toBe(4);
    expect(keys({ block: 'stdout', id: 0, row: 0 }).slice(0, 2)).toEqual(keys('start').slice(2));
  });

  it('are none of an empty document, or of no height', () => {
    for (const top of ['start', 'end', { block: 'stdout', id: 3, row: 1 }] as const) {
      expect(viewOf(new OutputDocument([]), 5, null).rows(top)).toEqual([]);
      expect(viewOf(document, 0, 4).rows(top)).toEqual([]);
    }
  });

  it('are safe to draw', () =>
    expect(allRows(documentOf(['a\u001b[2Jb\u0007', 'c\td']), null)).toEqual([
      'stdout',
      'a^[[2Jb^G',
      'c       d',
    ]));

  it('are never more than fit, nor wider', () =>
    fc.assert(
      fc.property(
        anyLines,
        anyHeight,
        fc.integer({ min: 2, max: 9 }),
        fc.nat(30),
        (lines, height, width, by) => {
          const view = viewOf(documentOf(lines), height, width);
          const rows = texts(view, view.moved('start', by));
          expect(rows.length).toBeLessThanOrEqual(height);
          for (const row of rows) expect(stringWidth(row)).toBeLessThanOrEqual(width);
        },
      ),
    ));

  it('page by page are all that there is', () =>
    fc.assert(
      fc.property(anyLines, anyHeight, anyWidth, (lines, height, width) => {
        const document = documentOf(lines);
        const view = viewOf(document, height, width);
        const all = allRows(document, width);
        expect(all.join('')).toBe(['stdout', ...lines].join(''));
        const seen: string[] = [];
        let top: OutputTop = 'start';
        for (let from = 0; from < all.length; from += height) {
          const rows = texts(view, top);
          // The last page is full, and so shows some of the one before it again.
          seen.push(...rows.slice(Math.max(0, from - Math.max(0, all.length - height))));
          top = view.moved(top, height);
        }
        expect(seen).toEqual(all);
      }),
    ));

  it('at the end have the last one at the bottom', () =>
    fc.assert(
      fc.property(anyLines, anyHeight, anyWidth, (lines, height, width) => {
        const document = documentOf(lines);
        const all = allRows(document, width);
        expect(texts(viewOf(document, height, width), 'end')).toEqual(all.slice(-height));
      }),
    ));
});

describe('moving', () => {
  it('goes to the row that is so many rows away, and back', () =>
    fc.assert(
      fc.property(
        anyLines,
        anyHeight,
        anyWidth,
        fc.nat(40),
        fc.nat(40),
        (lines, height, width, start, by) => {
          const document = documentOf(lines);
          const view = viewOf(document, height, width);
          const all = allRows(document, width);
          const last = Math.max(0, all.length - height);
          const from = Math.min(start, last);
          const top = view.moved('start', from);
          expect(texts(view, top)).toEqual(all.slice(from, from + height));
          const to = Math.min(last, from + by);
          const moved = view.moved(top, by);
          expect(texts(view, moved)).toEqual(all.slice(to, to + height));
          expect(view.moved(moved, from - to)).toEqual(view.anchored(top));
          const up = Math.max(0, from - by);
          expect(texts(view, view.moved(top, -by))).toEqual(all.slice(up, up + height));
        },
      ),
      { numRuns: 300 },
    ));

  it('by as much as there is goes to the ends of the whole output', () => {
    const view = viewOf(documentOf(['a']), 1, null);
    expect(view.moved('end', Number.NEGATIVE_INFINITY)).toBe('start');
    expect(view.moved('start', Number.POSITIVE_INFINITY)).toBe('end');
  });

  it('goes to a line, as far as the last page lets it', () => {
    const view = viewOf(documentOf(['a', 'b', 'c', 'd']), 2, null);
    expect(texts(view, view.topAtLine(2))).toEqual(['b', 'c']);
    expect(texts(view, view.topAtLine(4))).toEqual(['c', 'd']);
  });
});

describe('what is on top stays', () => {
  const lines = Array.from({ length: 60 }, (_, index) => `line ${index} ${'x'.repeat(index % 20)}`);

  it('while lines are read before and after it', () =>
    fc.assert(
      fc.property(
        anyWidth,
        anyHeight,
        fc.nat(12),
        fc.nat(20),
        fc.nat(20),
        (width, height, by, before, after) => {
          const shown = new OutputDocument([
            fixedBlock('notices', 'notice', []),
            stdout(lines.slice(20, 40), -20),
          ]);
          const more = new OutputDocument([
            fixedBlock('notices', 'notice', ['reading more']),
            stdout(lines.slice(20 - before, 40 + after), -20 - before),
          ]);
          const view = viewOf(shown, height, width);
          const top = view.moved('start', by);
          expect(texts(viewOf(more, height, width), top)).toEqual(texts(view, top));
        },
      ),
    ));

  it('when lines are wrapped, and no longer', () =>
    fc.assert(
      fc.property(anyHeight, fc.integer({ min: 2, max: 9 }), fc.nat(50), (height, width, by) => {
        const document = documentOf(lines);
        const cut = viewOf(document, height, null);
        const wrapped = viewOf(document, height, width);
        const top = cut.moved('start', by);
        const line = cut.firstLine(top);
        // Wrapped there are more rows below, so that every top is one.
        expect(wrapped.firstLine(top)).toBe(line);
        const within = wrapped.moved(top, 1);
        if (wrapped.firstLine(within) === line) expect(cut.firstLine(within)).toBe(line);
      }),
    ));

  it('is the first line that there still is when it was let go', () => {
    const top = { block: 'stdout', id: -15, row: 0 };
    const view = viewOf(new OutputDocument([stdout(lines.slice(30), -10)]), 2, null);
    expect(texts(view, top)[0]).toBe(lines[30]);
  });
});
