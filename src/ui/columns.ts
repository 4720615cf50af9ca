import cliTruncate from 'cli-truncate';
import stringWidth from 'string-width';

export type ColumnId = 'instance' | 'name' | 'status' | 'exit' | 'time' | 'detail';

/** A column as wide as it is drawn, in cells. */
export interface Column {
  readonly id: ColumnId;
  readonly title: string;
  readonly width: number;
  readonly align: 'left' | 'right';
}

/** Cells before the first column: cursor, glyph, and a space after each. */
const leadWidth = 4;

const least: readonly Column[] = [
  { id: 'instance', title: 'INSTANCE', width: 20, align: 'left' },
  { id: 'name', title: 'NAME', width: 8, align: 'left' },
  { id: 'status', title: 'STATUS', width: 17, align: 'left' },
  { id: 'exit', title: 'EXIT', width: 4, align: 'right' },
  { id: 'time', title: 'TIME', width: 7, align: 'right' },
  { id: 'detail', title: 'DETAIL', width: 15, align: 'left' },
];

/** Columns that give way on a narrow screen, the least worth first. */
const giveWay: readonly ColumnId[] = ['time', 'exit', 'name', 'detail', 'status'];

const widestName = 32;
const comfortableDetail = 30;

/** The columns for a screen of so many cells. From 80 on all are there; DETAIL has at least 30 cells from 100 on. */
export function layoutColumns(screenWidth: number): Column[] {
  let columns = [...least];
  for (const id of giveWay) {
    if (widthOf(columns) <= screenWidth) break;
    columns = columns.filter((column) => column.id !== id);
  }
  const spare = Math.max(0, screenWidth - widthOf(columns));
  const forDetail = Math.min(spare, comfortableDetail - 15);
  const forName = Math.min(Math.floor((spare - forDetail) / 2), widestName - 8);
  return columns.map((column) => {
    if (column.id === 'name') return { ...column, width: column.width + forName };
    return column.id === 'detail' ? { ...column, width: column.width + spare - forName } : column;
  });
}

function widthOf(columns: readonly Column[]): number {
  return columns.reduce((sum, { width }) => sum + width, leadWidth + columns.length - 1);
}

/** The text in exactly so many cells; what does not fitCell ends in `…`. */
export function fitCell(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const cut = cliTruncate(text, width);
  const space = ' '.repeat(Math.max(0, width - stringWidth(cut)));
  return align === 'left' ? cut + space : space + cut;
}

/** The text as a cell of the column, with the space that keeps the next one apart. DETAIL is the last, and not padded. */
export function drawCell(text: string, { id, width, align }: Column): string {
  return id === 'detail' ? cliTruncate(text, width) : `${fitCell(text, width, align)} `;
}
