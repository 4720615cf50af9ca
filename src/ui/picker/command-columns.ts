import { type DrawnColumn, lineWidth } from '../table/columns.ts';

export type CommandColumnId = 'status' | 'document' | 'targets' | 'done' | 'failed' | 'age' | 'comment';

/** A column of the list of commands, as wide as it is drawn, in cells. */
export interface CommandColumn extends DrawnColumn {
  readonly id: CommandColumnId;
}

/** Each column as narrow as it can be, in the order of the screen, and how many cells more do it good. */
const columns = [
  { id: 'status', title: 'STATUS', width: 10, align: 'left', more: 7 },
  { id: 'document', title: 'DOCUMENT', width: 14, align: 'left', more: 14 },
  { id: 'targets', title: 'TARGETS', width: 12, align: 'left', more: 18 },
  { id: 'done', title: 'DONE', width: 9, align: 'right', more: 4 },
  { id: 'failed', title: 'FAIL', width: 5, align: 'right', more: 0 },
  { id: 'age', title: 'AGE', width: 7, align: 'right', more: 0 },
  { id: 'comment', title: 'COMMENT', width: 12, align: 'left', more: 24 },
] as const satisfies readonly (Pick<CommandColumn, 'id' | 'title' | 'width' | 'align'> & { more: number })[];

/** Columns that give way on a narrow screen, the least worth first. */
const givesWay: readonly CommandColumnId[] = ['targets', 'failed', 'done', 'status', 'comment', 'age'];

/** The columns for a screen of so many cells. From 80 on all are there; what is to spare goes to each as it needs it. */
export function layoutCommandColumns(screenWidth: number): CommandColumn[] {
  let shown: readonly (typeof columns)[number][] = columns;
  for (const id of givesWay) {
    if (lineWidth(shown) <= screenWidth) break;
    shown = shown.filter((column) => column.id !== id);
  }
  const spare = Math.max(0, screenWidth - lineWidth(shown));
  const wanted = Math.max(
    1,
    shown.reduce((sum, { more }) => sum + more, 0),
  );
  const share = Math.min(1, spare / wanted);
  const given = shown.map(({ more }) => Math.floor(more * share));
  // What nobody needs, and what the shares leave over, makes the comment longer.
  const rest = spare - given.reduce((sum, cells) => sum + cells, 0);
  return shown.map(({ id, title, width, align }, index) => ({
    id,
    title,
    width: width + (given[index] ?? 0) + (id === 'comment' ? rest : 0),
    align,
    isLast: id === shown.at(-1)?.id,
  }));
}
