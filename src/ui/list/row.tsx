import { memo, type ReactElement } from 'react';
import type { Circumstances } from '../../domain/circumstances.ts';
import { rowDetail } from '../../domain/detail.ts';
import { formatSpan } from '../../domain/format.ts';
import { exitCodeOf, type Invocation, startedAt } from '../../domain/invocation.ts';
import { tookOf } from '../../domain/rows.ts';
import { sanitiseLine } from '../../domain/sanitise.ts';
import { isTerminal, phaseOf } from '../../domain/status.ts';
import type { Column } from './columns.ts';
import { StatusRow } from './status-row.tsx';

export interface RowProps {
  readonly invocation: Invocation;
  readonly circumstances: Circumstances;
  readonly columns: readonly Column[];
  readonly underCursor: boolean;
  /** The row's TIME, from `timeText`; a property of its own, so that only rows whose time moves are drawn anew. */
  readonly time: string;
}

/** One invocation in one line. */
export const Row = memo(function Row(props: RowProps): ReactElement {
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

/** How long the invocation took, or has been running at `now` (epoch milliseconds). */
export function timeText(invocation: Invocation, now: number): string {
  if (invocation.endUnread) return '—';
  const took = tookOf(invocation);
  if (isTerminal(invocation)) return took === null ? '—' : formatSpan(took);
  if (phaseOf(invocation) !== 'running') return '—';
  const since = startedAt(invocation) ?? invocation.runningSince ?? invocation.requestedAt;
  return since === null ? '—' : formatSpan(now - since);
}

function cellText(column: Column['id'], { invocation, circumstances, time }: RowProps): string {
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
