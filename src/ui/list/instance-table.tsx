import type { ReactElement } from 'react';
import type { Circumstances } from '../../domain/circumstances.ts';
import { type Invocation, invocationKey } from '../../domain/invocation.ts';
import type { SortOrder } from '../../domain/rows.ts';
import { drawCell } from '../table/cells.ts';
import { TableFrame } from '../table/table-frame.tsx';
import { timeText } from '../time-text.ts';
import type { Column } from './columns.ts';
import { InstanceRow } from './instance-row.tsx';

export interface InstanceTableProps {
  /** The visible rows only. */
  readonly rows: readonly Invocation[];
  readonly circumstances: Circumstances;
  readonly columns: readonly Column[];
  /** invocationKey of the row under the cursor, or null. */
  readonly cursorKey: string | null;
  readonly order: SortOrder;
  /** Epoch milliseconds. */
  readonly awsTime: number;
  /** What to say in place of rows; null when there are rows, visible or not. */
  readonly emptyText: string | null;
}

/** The live table: one line for each visible invocation, below the columns' titles. */
export function InstanceTable(props: InstanceTableProps): ReactElement {
  const { rows, circumstances, columns, cursorKey, order, awsTime, emptyText } = props;
  return (
    <TableFrame
      titles={`    ${columns.map((column) => drawCell(titleOf(column, order), column)).join('')}`}
      emptyText={emptyText}
    >
      {rows.map((invocation) => {
        const key = invocationKey(invocation);
        return (
          <InstanceRow
            key={key}
            invocation={invocation}
            circumstances={circumstances}
            columns={columns}
            underCursor={key === cursorKey}
            time={timeText(invocation, awsTime)}
          />
        );
      })}
    </TableFrame>
  );
}

/** The mark stands apart where there is room for it: with ASCII only it is a letter. */
function titleOf({ id, title, width }: Column, { column, inverted }: SortOrder): string {
  if (id !== column) return title;
  return `${title}${title.length + 2 > width ? '' : ' '}${inverted ? '↑' : '↓'}`;
}
