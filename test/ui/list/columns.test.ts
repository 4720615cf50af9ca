import * as fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { type Column, type ColumnId, layoutColumns } from '../../../src/ui/list/columns.ts';
import { drawCell } from '../../../src/ui/table/cells.ts';
import { anyCellText } from '../table/any-cell-text.ts';

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
      fc.property(fc.integer({ min: 24, max: 300 }), anyCellText, (width, text) => {
        expect(stringWidth(lineOf(layoutColumns(width), text))).toBeLessThanOrEqual(width);
      }),
      { numRuns: 300 },
    ));

  it('begins each column at the same cell, whatever is in them', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 80, max: 300 }),
        fc.array(anyCellText, { minLength: 5, maxLength: 5 }),
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
