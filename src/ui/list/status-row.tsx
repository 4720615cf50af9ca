import { Text } from 'ink';
import type { ReactElement } from 'react';
import { phaseOf, type StatusPair } from '../../domain/status.ts';
import { glyphOf } from '../../domain/tone.ts';
import { textTone } from '../theme.ts';
import { type DrawnColumn, drawCell } from './columns.ts';

export interface StatusRowProps<Column extends DrawnColumn> {
  readonly status: StatusPair;
  readonly columns: readonly Column[];
  /** Text of a cell, safe to draw. */
  readonly textOf: (column: Column) => string;
  readonly underCursor: boolean;
}

/** One line of a table of what has a status: glyph and status in its colour. */
export function StatusRow<Column extends DrawnColumn>(props: StatusRowProps<Column>): ReactElement {
  const { status, columns, textOf, underCursor } = props;
  const tone = textTone(phaseOf(status));
  return (
    <Text wrap="truncate" bold={underCursor}>
      {underCursor ? '❯ ' : '  '}
      <Text {...tone}>{glyphOf(status)}</Text>{' '}
      {columns.map((column) => {
        const text = drawCell(textOf(column), column);
        return column.id === 'status' ? (
          <Text key={column.id} {...tone}>
            {text}
          </Text>
        ) : (
          text
        );
      })}
    </Text>
  );
}
