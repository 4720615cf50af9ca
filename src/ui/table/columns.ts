/** A column as wide as it is drawn, in cells. */
export interface DrawnColumn {
  readonly id: string;
  readonly title: string;
  readonly width: number;
  readonly align: 'left' | 'right';
  readonly isLast: boolean;
}

/** Cells before the first column: cursor, glyph, and a space after each. */
const leadWidth = 4;

/** Cells of a line of such columns at the most. */
export function lineWidth(columns: readonly Pick<DrawnColumn, 'width'>[]): number {
  return columns.reduce((sum, { width }) => sum + width, leadWidth + columns.length - 1);
}
