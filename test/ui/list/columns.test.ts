import cliTruncate from 'cli-truncate';
import * as fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { sanitiseLine } from '../../../src/domain/sanitise.ts';
import {
  type Column,
  type ColumnId,
  drawCell,
  fitCell,
  layoutColumns,
} from '../../../src/ui/list/columns.ts';
import { hostileText } from '../../helpers/fixtures.ts';

const all: readonly ColumnId[] = ['instance', 'name', 'status', 'exit', 'time', 'detail'];
const idsAt = (width: number) => layoutColumns(width).map(({ id }) => id);
const widthAt = (width: number, wanted: ColumnId) =>
  layoutColumns(width).find(({ id }) => id === wanted)?.width ?? 0;
const from = (least: number, most: number) =>
  Array.from({ length: most - least + 1 }, (_, index) => least + index);
/** Cells before the first column: cursor, glyph, and a space after each. */
const lead = '    ';
const lineOf = (columns: readonly Column[], text: string) =>
  lead + columns.map((column) => drawCell(text, column)).join('');

const anyText = fc.oneof(
  hostileText().map(sanitiseLine),
  fc.string({ unit: 'grapheme', maxLength: 300 }).map(sanitiseLine),
  fc.string({ unit: fc.constantFrom('日', 'ａ', '👩🏽‍🚀', 'x', 'e\u0301'), maxLength: 255 }),
);

describe('layoutColumns', () => {
  it('has every column from 80 cells on, in the order of the table', () => {
    for (const width of from(80, 300)) expect(idsAt(width), `at ${width}`).toEqual(all);
  });

  it('gives DETAIL at least 30 cells from 100 on', () => {
    for (const width of from(100, 300))
      expect(widthAt(width, 'detail'), `at ${width}`).toBeGreaterThanOrEqual(30);
  });

  it('shortens NAME first: it gets nothing before DETAIL has its 30 cells', () => {
    const least = widthAt(80, 'name');
    expect(widthAt(100, 'name')).toBeGreaterThan(least);
    for (const width of from(80, 99).filter((cells) => widthAt(cells, 'detail') < 30)) {
      expect(widthAt(width, 'name'), `at ${width}`).toBe(least);
    }
  });

  it('takes columns away one by one below 80, and never one before another that went earlier', () => {
    const steps = from(0, 80)
      .map(idsAt)
      .filter((ids, index, every) => ids.length !== every[index - 1]?.length);
    expect(steps).toEqual([
      ['instance'],
      ['instance', 'status'],
      ['instance', 'status', 'detail'],
      ['instance', 'name', 'status', 'detail'],
      ['instance', 'name', 'status', 'exit', 'detail'],
      all,
    ]);
  });

  it('fits whole IDs and statuses in their columns', () => {
    for (const width of from(24, 300)) expect(widthAt(width, 'instance')).toBe('mi-0123456789abcdef0'.length);
    for (const width of from(42, 300)) expect(widthAt(width, 'status')).toBe('ExecutionTimedOut'.length);
  });

  it('uses the whole width as long as there is a DETAIL, and never more', () => {
    for (const width of from(24, 300)) {
      const columns = layoutColumns(width);
      const cells = columns.reduce((sum, column) => sum + column.width, lead.length + columns.length - 1);
      expect(cells, `at ${width}`).toBeLessThanOrEqual(width);
      if (columns.at(-1)?.id === 'detail') expect(cells, `at ${width}`).toBe(width);
    }
  });
});

describe('a line of cells', () => {
  it('is never wider than the screen, whatever is in them', () =>
    fc.assert(
      fc.property(fc.integer({ min: 24, max: 300 }), anyText, (width, text) => {
        expect(stringWidth(lineOf(layoutColumns(width), text))).toBeLessThanOrEqual(width);
      }),
      { numRuns: 300 },
    ));

  it('begins each column at the same cell, whatever is in them', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 80, max: 300 }),
        fc.array(anyText, { minLength: 5, maxLength: 5 }),
        (width, texts) => {
          const columns = layoutColumns(width).filter(({ isLast }) => !isLast);
          columns.forEach((column, index) => {
            expect(stringWidth(drawCell(texts[index] ?? '', column))).toBe(column.width + 1);
          });
        },
      ),
      { numRuns: 300 },
    ));
});

describe('fitCell', () => {
  it.each<[string, number, 'left' | 'right', string]>([
    ['web', 6, 'left', 'web   '],
    ['web', 6, 'right', '   web'],
    ['web-eu-01', 9, 'left', 'web-eu-01'],
    ['web-eu-01', 8, 'left', 'web-eu-…'],
    ['12345', 4, 'right', '123…'],
    ['日本web', 10, 'left', '日本web   '],
    ['日本語', 4, 'left', '日… '],
    ['日本語', 5, 'left', '日本…'],
    ['日本語', 5, 'right', '日本…'],
    ['', 3, 'left', '   '],
  ])('%j in %i cells, %s, is %j', (text, width, align, cell) =>
    expect(fitCell(text, width, align)).toBe(cell),
  );

  it('cuts a very long text as it cuts a short one', () =>
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 60 }), (text, width) => {
        const long = text.repeat(100);
        expect(fitCell(long, width).trimEnd()).toBe(
          (stringWidth(long) <= width ? long : cliTruncate(long, width)).trimEnd(),
        );
      }),
      { numRuns: 50 },
    ));

  it('is as wide as it is told to be', () =>
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 60 }), (text, width) => {
        expect(stringWidth(fitCell(text, width))).toBe(width);
      }),
      { numRuns: 300 },
    ));
});

describe('drawCell', () => {
  const column = (align: Column['align'], isLast: boolean): Column => ({
    id: 'detail',
    title: '',
    width: 8,
    align,
    isLast,
  });

  it('sets columns apart by a space', () => {
    expect(drawCell('Failed', column('left', false))).toBe('Failed   ');
    expect(drawCell('127', column('right', false))).toBe('     127 ');
    expect(drawCell('no route', column('left', false))).toBe('no route ');
  });

  it('cuts the last column, and puts nothing after it', () => {
    expect(drawCell('no', column('left', true))).toBe('no');
    expect(drawCell('no route to host', column('left', true))).toBe('no rout…');
    expect(drawCell('127', column('right', true))).toBe('     127');
  });
});
