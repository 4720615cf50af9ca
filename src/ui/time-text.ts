import { formatSpan } from '../domain/format.ts';
import { type Invocation, startedAt } from '../domain/invocation.ts';
import { tookOf } from '../domain/rows.ts';
import { isTerminal, phaseOf } from '../domain/status.ts';

/** How long the invocation took, or has been running at `now` (epoch milliseconds). */
export function timeText(invocation: Invocation, now: number): string {
  if (invocation.endUnread) return '—';
  const took = tookOf(invocation);
  if (isTerminal(invocation)) return took === null ? '—' : formatSpan(took);
  if (phaseOf(invocation) !== 'running') return '—';
  const since = startedAt(invocation) ?? invocation.runningSince ?? invocation.requestedAt;
  return since === null ? '—' : formatSpan(now - since);
}
