import { formatAge } from '../../domain/format.ts';
import type { Snapshot } from '../../watch/snapshot.ts';

/** An answer that takes so much longer than the pause before it is waited for. Milliseconds. */
const slowAnswer = 5_000;

/** Rows whose age differs by less than this from that of the rest are of one age. Milliseconds. */
const sameAge = 10_000;

/** What tells how old the data on the screen is. */
export type Freshness = Pick<Snapshot, 'activity' | 'readAt' | 'problems'> &
  Partial<Pick<Snapshot, 'coveredAt' | 'slowedTo'>>;

/** On a screen narrower than this there is no room to say why. Columns. */
const tinyWidth = 40;

/** How old the data is, and on a screen wide enough, why. Times are monotonic milliseconds, `interval` too. */
export function ageText(snapshot: Freshness, now: number, interval: number, screenWidth: number): string {
  return screenWidth < tinyWidth ? shortText(snapshot, now) : longText(snapshot, now, interval);
}

function longText(snapshot: Freshness, now: number, interval: number): string {
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
function shortText(snapshot: Freshness, now: number): string {
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
