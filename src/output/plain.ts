import { format } from 'date-fns/format';
import { type Circumstances, nothingKnown } from '../domain/circumstances.ts';
import { commandTitle } from '../domain/command.ts';
import { rowDetail } from '../domain/detail.ts';
import { countOf, formatCount, formatSpan } from '../domain/format.ts';
import { exitCodeOf, type Invocation } from '../domain/invocation.ts';
import { matches, type RowFilter } from '../domain/rows.ts';
import { sanitiseLine } from '../domain/sanitise.ts';
import { phaseOf, phases } from '../domain/status.ts';
import { countByPhase } from '../domain/tally.ts';
import { endUnreadGlyph, glyphs, toneOf } from '../domain/tone.ts';
import type { WatchEvent } from '../watch/events.ts';
import { type Snapshot, targetsOf } from '../watch/snapshot.ts';
import type { Paint } from './paint.ts';

/** One line for an event of the watch, or null where there is nothing to tell. `at`: epoch milliseconds. */
export function plainEventLine(
  event: WatchEvent,
  at: number,
  shown: RowFilter,
  paint: Paint,
  circumstances: Circumstances = nothingKnown,
): string | null {
  const text = describe(event, shown, paint, circumstances);
  return text === null ? null : `${format(at, 'HH:mm:ss')}  ${text}`;
}

/** One line on where the rollout stands. `at`: epoch milliseconds. */
export function progressLine(snapshot: Snapshot, at: number, paint: Paint): string {
  const counts = countByPhase(snapshot.rows);
  const counted = targetsOf(snapshot) ?? 0;
  const targets = counted === 0 ? '' : ` of ${formatCount(counted)}`;
  const done = counts.succeeded + counts.failed;
  const tally = phases
    .filter((phase) => counts[phase] > 0)
    .map((phase) => paint(toneOf(phase), `${glyphs[phase]} ${formatCount(counts[phase])} ${phase}`));
  const unread =
    counts.endUnread === 0 ? [] : [`${endUnreadGlyph} ${formatCount(counts.endUnread)} being looked up`];
  return [`${format(at, 'HH:mm:ss')}  ${formatCount(done)}${targets} finished`, ...tally, ...unread].join(
    '  ',
  );
}

function describe(
  event: WatchEvent,
  shown: RowFilter,
  paint: Paint,
  circumstances: Circumstances,
): string | null {
  switch (event.type) {
    case 'command': {
      const { commandId, status, targetCount } = event.command;
      const targets = targetCount ? `, ${countOf(targetCount, 'target')}` : '';
      return sanitiseLine(
        `command ${commandId}  ${commandTitle(event.command)}  ${status ?? 'status unknown'}${targets}`,
      );
    }
    case 'invocation':
      return matches(shown, event.invocation, circumstances)
        ? invocationLine(event.invocation, event.previous, paint, circumstances)
        : null;
    case 'problem': {
      if (event.retryInMs === null) return null;
      const retry = ` · next try in ${formatSpan(Math.max(1000, event.retryInMs))}`;
      return paint('yellow', sanitiseLine(`problem: ${event.problem.message}${retry}`));
    }
    case 'recovered':
      return `recovered after ${formatSpan(event.afterMs)}`;
  }
}

function invocationLine(
  row: Invocation,
  previous: Invocation | null,
  paint: Paint,
  circumstances: Circumstances,
): string {
  const change =
    previous && previous.statusDetails !== row.statusDetails
      ? `${sanitiseLine(previous.statusDetails)} → ${status(row, paint)}`
      : status(row, paint);
  const code = exitCodeOf(row);
  return [
    sanitiseLine(row.instanceId),
    sanitiseLine(row.instanceName),
    change,
    code === null || phaseOf(row) === 'running' ? '' : `exit ${code}`,
    sanitiseLine(rowDetail(row, circumstances)),
  ]
    .filter((part) => part !== '')
    .join('  ');
}

function status(row: Invocation, paint: Paint): string {
  return paint(toneOf(phaseOf(row)), sanitiseLine(row.statusDetails));
}
