import cliTruncate from 'cli-truncate';
import stringWidth from 'string-width';

/** A column as wide as it is drawn, in cells. */
export interface DrawnColumn {
  readonly id: string;
  readonly title: string;
  readonly width: number;
  readonly align: 'left' | 'right';
  readonly isLast: boolean;
}

/** A column of the list of instances. */
export interface Column extends DrawnColumn {
  readonly id: ColumnId;
}

/** Cells before the first column: cursor, glyph, and a space after each. */
const leadWidth = 4;

/** Each column as narrow as it can be. */
const narrowest = {
  instance: { title: 'INSTANCE', width: 20, align: 'left' },
  name: { title: 'NAME', width: 8, align: 'left' },
  status: { title: 'STATUS', width: 17, align: 'left' },
  exit: { title: 'EXIT', width: 5, align: 'right' },
  time: { title: 'TIME', width: 7, align: 'right' },
  detail: { title: 'DETAIL', width: 14, align: 'left' },
} as const satisfies Record<string, Omit<Column, 'id' | 'isLast'>>;

export type ColumnId = keyof typeof narrowest;

const order: readonly ColumnId[] = ['instance', 'name', 'status', 'exit', 'time', 'detail'];

/** Columns that give way on a narrow screen, the least worth first. */
const givesWay: readonly ColumnId[] = ['time', 'exit', 'name', 'detail', 'status'];

const widestName = 32;
const comfortableDetail = 30;

/** The columns for a screen of so many cells. From 80 on all are there; DETAIL has at least 30 cells from 100 on. */
export function layoutColumns(screenWidth: number): Column[] {
  let shown = order;
  for (const id of givesWay) {
    if (widthOf(shown) <= screenWidth) break;
    shown = shown.filter((other) => other !== id);
  }
  const spare = Math.max(0, screenWidth - widthOf(shown));
  const beyondDetail = Math.max(0, spare - (comfortableDetail - narrowest.detail.width));
  const forName = Math.min(Math.floor(beyondDetail / 2), widestName - narrowest.name.width);
  const extra: Partial<Record<ColumnId, number>> = { name: forName, detail: spare - forName };
  return shown.map((id) => {
    const { title, width, align } = narrowest[id];
    return { id, title, width: width + (extra[id] ?? 0), align, isLast: id === shown.at(-1) };
  });
}

/** Cells of a line of such columns at the most. */
export function lineWidth(columns: readonly Pick<DrawnColumn, 'width'>[]): number {
  return columns.reduce((sum, { width }) => sum + width, leadWidth + columns.length - 1);
}

function widthOf(columns: readonly ColumnId[]): number {
  return columns.reduce((sum, id) => sum + narrowest[id].width, leadWidth + columns.length - 1);
}

/** The text in exactly so many cells; what does not fit ends in `…`. */
export function fitCell(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const fitting = cutCell(text, width);
  const space = ' '.repeat(Math.max(0, width - stringWidth(fitting)));
  return align === 'left' ? fitting + space : space + fitting;
}

/** The text as a cell of the column, with the space that keeps the next one apart. */
export function drawCell(
  text: string,
  { width, align, isLast }: Pick<DrawnColumn, 'width' | 'align' | 'isLast'>,
): string {
  if (isLast) return align === 'left' ? cutCell(text, width) : fitCell(text, width, align);
  return `${fitCell(text, width, align)} `;
}

/** Characters for each cell that fill it, whatever they are, unless nearly all of them are combined with others. */
const enoughForCell = 50;

/** Most texts fit, which is found out sooner than where to cut them. Of a very long one only the beginning is measured. */
export function cutCell(text: string, width: number): string {
  if (width <= 0) return '';
  const beginning = text.slice(0, enoughForCell * (width + 1));
  if (stringWidth(beginning) > width) return cliTruncate(beginning, width);
  return stringWidth(text) <= width ? text : cliTruncate(text, width);
}
