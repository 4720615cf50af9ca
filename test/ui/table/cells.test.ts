import cliTruncate from 'cli-truncate';
import * as fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { drawCell, fitCell } from '../../../src/ui/table/cells.ts';
import type { DrawnColumn } from '../../../src/ui/table/columns.ts';
import { anyCellText } from './any-cell-text.ts';

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
      fc.property(anyCellText, fc.integer({ min: 1, max: 60 }), (text, width) => {
        const long = text.repeat(100);
        expect(fitCell(long, width).trimEnd()).toBe(
          (stringWidth(long) <= width ? long : cliTruncate(long, width)).trimEnd(),
        );
      }),
      { numRuns: 50 },
    ));

  it('is as wide as it is told to be', () =>
    fc.assert(
      fc.property(anyCellText, fc.integer({ min: 1, max: 60 }), (text, width) => {
        expect(stringWidth(fitCell(text, width))).toBe(width);
      }),
      { numRuns: 300 },
    ));
});

describe('drawCell', () => {
  const column = (align: DrawnColumn['align'], isLast: boolean): DrawnColumn => ({
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
