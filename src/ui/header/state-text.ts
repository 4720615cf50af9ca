import type { CommandOverview } from '../../domain/command.ts';
import { isExceeded } from '../../domain/error-budget.ts';
import { formatCount, formatEstimate, formatSpan } from '../../domain/format.ts';
import { notListed } from '../../domain/tally.ts';
import { targetsText } from '../../domain/targets.ts';
import { timeLeft } from '../../domain/time-left.ts';
import { reasonOfCommand, type Verdict } from '../../domain/verdict.ts';
import { type Snapshot, targetsOf } from '../../watch/snapshot.ts';

/** Where the rollout stands, in words. `now` is epoch milliseconds, `durationMs` how long it took when it is over. */
export function stateText(snapshot: Snapshot, now: number, durationMs: number): string {
  const { command, rows, verdict } = snapshot;
  if (verdict) return `${verdictText(verdict, command)} · took ${formatSpan(durationMs)}`;
  const since = command?.requestedAt ?? null;
  if (command === null && rows.length === 0) return 'looking for the command';
  return since === null ? commandWord(command) : `${commandWord(command)} ${formatSpan(now - since)}`;
}

function commandWord(command: CommandOverview | null): string {
  switch (command?.statusDetails ?? null) {
    case null:
      return 'command status unknown';
    case 'InProgress':
      return 'running';
    case 'Pending':
      return 'pending';
    case 'Cancelling':
      return 'cancelling';
    default:
      return `command ${command?.statusDetails}, waiting for the last invocations,`;
  }
}

function verdictText(verdict: Verdict, command: CommandOverview | null): string {
  const { outcome, counts, commandStatus } = verdict;
  const unknown = commandStatus === null ? ', command status unknown' : '';
  const missing = counts[notListed] ?? 0;
  const never = missing > 0 ? `, ${formatCount(missing)} never dispatched` : '';
  if (outcome === 'success') return `SUCCESS${unknown}`;
  if (outcome === 'no-targets') return `NO TARGETS: ${nothingListedText(verdict, command)}`;
  // An alarm is told by its name, with how the command was sent out.
  const reason = command?.triggeredAlarms.length ? null : reasonOfCommand(verdict, command);
  return `FAILURE${never}${unknown}${reason === null ? '' : `: command ${reason}`}`;
}

/** What there was to run on, of a rollout that is over and has no row. */
export function nothingListedText({ outcome }: Verdict, command: CommandOverview | null): string {
  const targets = command && targetsText(command);
  if (outcome === 'no-targets') {
    return targets === null
      ? 'the command matched no instance'
      : `the command matched no instance: ${targets}`;
  }
  return targets === null ? 'no invocation was ever listed' : `no invocation was ever listed of ${targets}`;
}

/** How long it will still take, at the rate of the last minute; null where that says nothing. `now`: epoch milliseconds. */
export function timeLeftText(snapshot: Snapshot, now: number): string | null {
  const { command, rows, errors, verdict, sweptAt } = snapshot;
  const { requestedAt = null, triggeredAlarms = [] } = command ?? {};
  const counted = targetsOf(snapshot) ?? 0;
  if (verdict || requestedAt === null || sweptAt === null || counted === 0) return null;
  const stopped = triggeredAlarms.length > 0 || (errors !== null && isExceeded(errors));
  // What was not sent when the rollout was stopped never will be.
  const targets = stopped && errors ? Math.max(counted, rows.length) - errors.unsent : counted;
  const left = timeLeft(rows, targets, requestedAt, now, sweptAt);
  return left === null ? null : `${formatEstimate(left)} left`;
}
