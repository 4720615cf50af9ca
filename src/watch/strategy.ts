/**
 * What to ask AWS next. A sweep of a large rollout takes hundreds of calls, most of them for rows that cannot change any
 * more; so between sweeps only what moves is listed, and what is no longer listed there is looked up.
 */

/** Status filters that are of use here. `Cancelling` is none that AWS takes. */
export type ListedStatus = 'Pending' | 'Delayed' | 'InProgress' | 'Failed';

export type Call =
  | { readonly kind: 'command' }
  /** Every page of all invocations. */
  | { readonly kind: 'sweep'; readonly details: boolean }
  /** Every page of the invocations with one Status. */
  | { readonly kind: 'status'; readonly status: ListedStatus; readonly details: boolean }
  | { readonly kind: 'instance'; readonly instanceId: string };

/** A row that no list of one Status can tell of. */
export interface LoneRow {
  readonly instanceId: string;
  /** Since when its end has been awaited; where it has not ended, when a page last had it. */
  readonly since: number;
  /** When it was last looked up. */
  readonly askedAt: number | null;
  readonly isVisible: boolean;
}

/** All that the choice depends on. Times are milliseconds of one monotonic clock; null is never. */
export interface Known {
  readonly now: number;
  /** When the round began. In a round everything that is due is read once; then comes the pause. */
  readonly roundAt: number;
  readonly pageSize: number;
  /** How long a change of the command itself may go unseen. */
  readonly commandEvery: number;
  /** Calls a second that AWS bears, as far as throttling has told. */
  readonly callsPerSecond: number;
  readonly command: {
    readonly askedAt: number | null;
    /** Not while it backs off after a failure. */
    readonly mayBeAsked: boolean;
    readonly isKnown: boolean;
    readonly terminalAt: number | null;
    readonly isDenied: boolean;
    /** When what is not delivered times out. */
    readonly expiresAt: number | null;
  };
  /** Invocations that there will be; null where AWS has not counted them. */
  readonly targets: number | null;
  readonly rows: {
    readonly all: number;
    /** By the Status under which they are listed; those whose end is awaited are not among them. */
    readonly listed: Readonly<Record<ListedStatus, number>>;
    readonly unlisted: readonly LoneRow[];
  };
  /** Rows whose end is still to be read, the longest awaited first. */
  readonly awaitedEnds: readonly LoneRow[];
  /** When the last whole sweep began. */
  readonly sweptAt: number | null;
  /** When each list that was read whole began. */
  readonly listedAt: Readonly<Record<ListedStatus, number | null>>;
  /** Ends that the last round saw. */
  readonly endsLastRound: number;
  /** After so long without a sweep there is one, for what moved without being listed as moving. */
  readonly sweepEvery: number;
  /** Whether the Status filter has kept what it promises. */
  readonly filtersHold: boolean;
  /** Whether somebody asked for everything to be read anew. */
  readonly sweepWanted: boolean;
}

/** Up to so many rows every change is seen in one round; of more, at once only what is visible. */
const mostSeenAtOnce = 500;
/** In a larger rollout an end that is not visible is looked up after this time, so that several can share a sweep. */
const endsGathered = 10_000;
/** In a larger rollout what failed is listed this often, since it can have failed between two looks. */
const failuresEvery = 20_000;
/** … as long as that takes no more than this part of a sweep. */
const failuresShare = 1 / 4;
/** Of the calls that AWS bears, so many may go into sweeps that nobody waits for. */
const sweepShare = 1 / 2;
/** So long after ExpiresAfter a row that has not ended is given up; whole sweeps have to show it. */
const expiryPatience = 60_000;

/** The next call, or null when all is read that the round is for. */
export function nextCall(known: Known): Call | null {
  if (isCommandDue(known)) return { kind: 'command' };
  if (isSweepDue(known)) return { kind: 'sweep', details: needsDetails(known) };
  return nextGlance(known);
}

/** The next call of a round in the middle of a long sweep. */
export function nextGlance(known: Known): Call | null {
  const status = dueStatuses(known)[0];
  if (status !== undefined) return { kind: 'status', status, details: status !== 'Failed' };
  const instanceId = dueInstances(known)[0];
  return instanceId === undefined ? null : { kind: 'instance', instanceId };
}

/**
 * Up to when all is known that happened, also to what does not seem to move, after a round that began at `roundAt`; null
 * before the first sweep. What is awaited is not counted.
 */
export function coveredAt(known: Known): number | null {
  if (known.sweptAt === null) return null;
  return isSeenAtOnce(known) && known.filtersHold ? known.roundAt : known.sweptAt;
}

function isCommandDue(known: Known): boolean {
  const { command, rows, now, roundAt, targets } = known;
  if (!command.mayBeAsked || !isBefore(command.askedAt, roundAt)) return false;
  if (command.askedAt === null || !command.isKnown || targets === null) return true;
  const nothingRuns = rows.listed.InProgress + rows.unlisted.length === 0;
  return (command.terminalAt === null && nothingRuns) || now - command.askedAt >= known.commandEvery;
}

function isSweepDue(known: Known): boolean {
  const { command, sweptAt, roundAt, awaitedEnds } = known;
  if (sweptAt === null || sweptAt < (command.terminalAt ?? sweptAt)) return true;
  if (sweptAt >= roundAt) return false;
  if (known.sweepWanted || !known.filtersHold || isSweepDecisive(known)) return true;
  const due = dueInstances(known).length;
  if (due > 0 && Math.max(due, awaitedEnds.length) >= sweepCost(known)) return true;
  if (isSettled(known)) return false;
  return isSeenAtOnce(known)
    ? isSweepCheapest(known)
    : isSweepCheapest(known) || isSweepOverdue(known, sweptAt);
}

/** Whether only a whole sweep can show whether it is over. */
function isSweepDecisive(known: Known): boolean {
  const { command, rows, targets, now } = known;
  const allEnded = unended(known) === 0;
  if (command.terminalAt === null) return command.isDenied && allEnded;
  if (allEnded || rows.all !== targets) return true;
  return command.expiresAt !== null && now >= command.expiresAt + expiryPatience;
}

/** Whether to list everything takes no more calls than to list what moves, and look up what ends meanwhile. */
function isSweepCheapest(known: Known): boolean {
  const isListed = !isBefore(known.listedAt.InProgress, known.roundAt);
  if (isListed) return false;
  if (isSeenAtOnce(known) && !isComplete(known)) return true;
  const { listed, unlisted } = known.rows;
  const lists = movingStatuses(known).reduce((sum, status) => sum + pages(known, listed[status]), 0);
  const lookups = isSeenAtOnce(known) ? unlisted.length + known.endsLastRound : 0;
  return lists + lookups >= sweepCost(known);
}

/** Whether what moved without being listed as moving has gone unseen for long enough. */
function isSweepOverdue(known: Known, sweptAt: number): boolean {
  const affordable = (sweepCost(known) / (known.callsPerSecond * sweepShare)) * 1000;
  return known.now - sweptAt >= Math.max(known.sweepEvery, affordable);
}

/** Ends can only be told with their plugins; a sweep that only looks whether all is as it was does without. */
function needsDetails(known: Known): boolean {
  const { sweptAt, sweepWanted, filtersHold, rows, awaitedEnds } = known;
  const isForced = sweptAt === null || sweepWanted || !filtersHold;
  if (isForced || rows.all <= mostSeenAtOnce || !isComplete(known) || awaitedEnds.length > 0) return true;
  if (known.command.terminalAt !== null) return unended(known) > 0;
  return isSweepCheapest(known);
}

/** What of the lists has not been read in this round; a sweep has them all. */
function dueStatuses(known: Known): ListedStatus[] {
  const { listedAt, sweptAt, roundAt, now } = known;
  if (!isBefore(sweptAt, roundAt) || isSettled(known)) return [];
  const moving = movingStatuses(known).filter((status) => isBefore(listedAt[status], roundAt));
  if (isSeenAtOnce(known)) return moving;
  const failuresAt = Math.max(listedAt.Failed ?? 0, sweptAt ?? 0);
  const isDear = pages(known, known.rows.listed.Failed) > sweepCost(known) * failuresShare;
  return now - failuresAt < failuresEvery || isDear ? moving : [...moving, 'Failed'];
}

/** The lists of what can change; in a large rollout without what waits, which is most of it. */
function movingStatuses(known: Known): ListedStatus[] {
  const { Pending, Delayed } = known.rows.listed;
  // What begins to run while the lists are read is then in the last of them, and not taken for ended.
  return [
    ...(isSeenAtOnce(known) && Pending > 0 ? ['Pending' as const] : []),
    ...(Delayed > 0 ? ['Delayed' as const] : []),
    'InProgress',
  ];
}

/** Invocations to look up one by one now. */
function dueInstances(known: Known): string[] {
  const { awaitedEnds, rows, roundAt, now } = known;
  const atOnce = isSeenAtOnce(known);
  const ends = awaitedEnds.filter(
    ({ since, isVisible }) => atOnce || isVisible || now - since >= endsGathered,
  );
  const unlisted = rows.unlisted.filter(({ since, isVisible }) => (atOnce || isVisible) && since < roundAt);
  return [...ends, ...unlisted]
    .filter(({ askedAt }) => isBefore(askedAt, roundAt))
    .map(({ instanceId }) => instanceId);
}

/** Whether there is nothing left that could change. */
function isSettled(known: Known): boolean {
  return unended(known) === 0 && isComplete(known);
}

/** Rows whose end is not known. */
function unended({ rows, awaitedEnds }: Known): number {
  const { Pending, Delayed, InProgress } = rows.listed;
  return Pending + Delayed + InProgress + rows.unlisted.length + awaitedEnds.length;
}

function isComplete({ targets, rows }: Known): boolean {
  return targets !== null && rows.all >= targets;
}

function isSeenAtOnce({ rows, command }: Known): boolean {
  return rows.all <= mostSeenAtOnce || command.terminalAt !== null;
}

function sweepCost(known: Known): number {
  return pages(known, Math.max(known.rows.all, known.targets ?? 0));
}

function pages({ pageSize }: Known, rows: number): number {
  return Math.max(1, Math.ceil(rows / pageSize));
}

function isBefore(time: number | null, other: number): boolean {
  return time === null || time < other;
}
