import type { CommandOverview } from '../../domain/command.ts';
import { isExceeded } from '../../domain/error-budget.ts';
import { formatAge, formatCount, formatEstimate, formatSpan } from '../../domain/format.ts';
import { notListed } from '../../domain/tally.ts';
import { targetsText } from '../../domain/targets.ts';
import { timeLeft } from '../../domain/time-left.ts';
import { reasonOfCommand, type Verdict } from '../../domain/verdict.ts';
import type { ActiveProblem } from '../../watch/problems.ts';
import { type Snapshot, targetsOf } from '../../watch/snapshot.ts';

/** An answer that takes so much longer than the pause before it is waited for. Milliseconds. */
const slowAnswer = 5_000;

/** Rows whose age differs by less than this from that of the rest are of one age. Milliseconds. */
const sameAge = 10_000;

/** What tells how old the data on the screen is. */
export type Freshness = Pick<Snapshot, 'activity' | 'readAt' | 'problems'> &
  Partial<Pick<Snapshot, 'coveredAt' | 'slowedTo'>>;

/** How old the data is, and why. Times are monotonic milliseconds, `interval` too. */
export function ageText(snapshot: Freshness, now: number, interval: number): string {
  const { activity, readAt } = snapshot;
  const age = readAt === null ? null : formatAge(now - readAt);
  const old = age === null ? 'no data yet' : `data ${age} old`;
  if (activity.kind === 'finished') return age === null ? 'finished' : `finished · read ${age} ago`;
  const rest = restText(snapshot, now);
  if (activity.kind === 'paused') return `paused · ${old}${rest}`;
  const obstacle = obstacleText(snapshot) ?? hangText(snapshot, now, interval);
  if (obstacle !== null) return `${obstacle} · ${old}${rest}`;
  const pace = snapshot.slowedTo
    ? `slowed to ${snapshot.slowedTo.toFixed(1)} calls/s`
    : `every ${interval / 1000} s`;
  return `${pace} · ${age === null ? 'reading' : `${age} ago${rest}`}`;
}

/** How old the rows are that nothing seems to happen to, where these were not read with the others. */
function restText({ readAt, coveredAt }: Freshness, now: number): string {
  const isOlder = readAt !== null && coveredAt != null && readAt - coveredAt > sameAge;
  return isOlder ? `, all ${formatAge(now - coveredAt)} ago` : '';
}

/** The same in a few cells. */
export function shortAgeText(snapshot: Freshness, now: number): string {
  const { activity, readAt } = snapshot;
  const held =
    activity.kind === 'finished' || activity.kind === 'paused' ? activity.kind : obstacleText(snapshot);
  if (readAt === null) return held ?? 'reading';
  return [held ?? '', formatAge(now - readAt)].join(' ').trim();
}

/** An answer that takes long is not yet a failure, but the data gets old. */
function hangText({ activity, readAt }: Freshness, now: number, interval: number): string | null {
  const overdue = readAt !== null && now - readAt > interval + slowAnswer;
  return activity.kind === 'reading' && overdue ? 'waiting for AWS' : null;
}

function obstacleText({ problems }: Freshness): string | null {
  const problem = problems.find(({ source }) => source === 'sweep')?.problem;
  if (!problem) return null;
  return problem.kind === 'network' ? 'offline' : problem.kind;
}

/** The problem to tell of. A sweep that fails is worse than anything else. */
export function worstProblem({ problems }: Pick<Freshness, 'problems'>): ActiveProblem | null {
  return problems.find(({ source }) => source === 'sweep') ?? problems.at(-1) ?? null;
}

/** What is wrong, and when the next try is; null when nothing is. */
export function problemText(snapshot: Pick<Freshness, 'problems'>, now: number): string | null {
  const worst = worstProblem(snapshot);
  if (!worst) return null;
  const { problem, retryAt } = worst;
  const wait = retryAt === null ? 0 : retryAt - now;
  return wait > 0 ? `${problem.message} · next try in ${formatAge(wait + 999)}` : problem.message;
}

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
