import { describe, expect, it } from 'vitest';
import { layoutCommandColumns } from '../../../src/ui/picker/command-columns.ts';

const lead = 4;
const widthOf = (screenWidth: number) => {
  const columns = layoutCommandColumns(screenWidth);
  return columns.reduce((sum, { width }) => sum + width, lead + columns.length - 1);
};

describe('the columns of the commands', () => {
  it.each([80, 81, 100, 137, 200, 400])('are all there at %i, and fill the screen', (screenWidth) => {
    expect(layoutCommandColumns(screenWidth).map(({ id }) => id)).toEqual([
      ...['status', 'document', 'targets', 'done', 'failed', 'age', 'comment'],
    ]);
    expect(widthOf(screenWidth)).toBe(screenWidth);
  });

  it('leave in order of worth on a narrower screen, the document last', () => {
    const seen = [79, 78, 66, 60, 50, 40, 30, 20, 1].map((width) => layoutCommandColumns(width).length);
    expect(seen).toEqual(seen.toSorted((a, b) => b - a));
    expect(layoutCommandColumns(1).map(({ id }) => id)).toEqual(['document']);
    for (const width of [70, 60, 50, 40, 30, 20]) expect(widthOf(width)).toBe(width);
  });

  it('never get narrower as the screen gets wider', () => {
    for (let screenWidth = 81; screenWidth < 200; screenWidth += 1) {
      const before = layoutCommandColumns(screenWidth - 1);
      for (const [index, { id, width }] of layoutCommandColumns(screenWidth).entries()) {
        if (id !== 'comment') expect(width).toBeGreaterThanOrEqual(before[index]?.width ?? 0);
      }
    }
  });

  it('know the last of them', () =>
    expect(layoutCommandColumns(80).filter(({ isLast }) => isLast)).toHaveLength(1));
});
