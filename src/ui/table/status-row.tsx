import { type ReactElement, useContext } from 'react';
import { phaseOf, type StatusPair } from '../../domain/status.ts';
import { glyphOf } from '../../domain/tone.ts';
import { PaintedLine } from '../painted-line.tsx';
import { PainterContext } from '../painter.ts';
import { drawCell } from './cells.ts';
import { type DrawnColumn, lineWidth } from './columns.ts';

export interface StatusRowProps<Column extends DrawnColumn> {
  readonly status: StatusPair & { readonly endUnread?: boolean };
  readonly columns: readonly Column[];
  /** Text of a cell, safe to draw. */
  readonly textOf: (column: Column) => string;
  readonly underCursor: boolean;
}

/** One line of a table of what has a status: glyph and status in its colour. */
export function StatusRow<Column extends DrawnColumn>(props: StatusRowProps<Column>): ReactElement {
  const { status, columns, textOf, underCursor } = props;
  const painter = useContext(PainterContext);
  const phase = phaseOf(status);
  const cells = columns.map((column) => {
    const text = drawCell(textOf(column), column);
    return column.id === 'status' ? painter.tone(phase, text) : text;
  });
  const line = `${underCursor ? '❯' : ' '} ${painter.tone(phase, glyphOf(status))} ${cells.join('')}`;
  return <PaintedLine text={underCursor ? painter.bold(line) : line} width={lineWidth(columns)} />;
}
