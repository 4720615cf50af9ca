import { memo, type ReactElement } from 'react';
import type { Circumstances } from '../../domain/circumstances.ts';
import { rowDetail } from '../../domain/detail.ts';
import { exitCodeOf, type Invocation } from '../../domain/invocation.ts';
import { sanitiseLine } from '../../domain/sanitise.ts';
import { isTerminal } from '../../domain/status.ts';
import { StatusRow } from '../table/status-row.tsx';
import type { Column } from './columns.ts';

export interface InstanceRowProps {
  readonly invocation: Invocation;
  readonly circumstances: Circumstances;
  readonly columns: readonly Column[];
  readonly underCursor: boolean;
  /** The row's TIME, from `timeText`; a property of its own, so that only rows whose time moves are drawn anew. */
  readonly time: string;
}

/** One invocation in one line. */
export const InstanceRow = memo(function InstanceRow(props: InstanceRowProps): ReactElement {
  const { invocation, columns, underCursor } = props;
  return (
    <StatusRow
      status={invocation}
      columns={columns}
      underCursor={underCursor}
      textOf={({ id }) => cellText(id, props)}
    />
  );
});

function cellText(column: Column['id'], { invocation, circumstances, time }: InstanceRowProps): string {
  switch (column) {
    case 'instance':
      return sanitiseLine(invocation.instanceId);
    case 'name':
      return sanitiseLine(invocation.instanceName) || '—';
    case 'status':
      return sanitiseLine(invocation.statusDetails);
    case 'exit':
      return isTerminal(invocation) ? String(exitCodeOf(invocation) ?? '') : '';
    case 'time':
      return time;
    case 'detail':
      return sanitiseLine(rowDetail(invocation, circumstances));
  }
}
