import { type DrawnColumn, lineWidth } from '../table/columns.ts';

/** A column of the list of instances. */
export interface Column extends DrawnColumn {
  readonly id: ColumnId;
}

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

function widthOf(columns: readonly ColumnId[]): number {
  return lineWidth(columns.map((id) => narrowest[id]));
}
