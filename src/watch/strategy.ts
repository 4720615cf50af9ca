import { expiryPatience } from '../domain/verdict.ts';

/**
 * What to ask AWS next. A sweep of a large rollout takes hundreds of calls, most of them for rows that cannot change any
 * more; so between sweeps only what moves is listed, and what is no longer listed there is looked up.
 */

/** Status filters that are of use here. `Cancelling` is none that AWS takes. */
export type ListedStatus = (typeof movingStatuses)[number] | (typeof unsuccessfulStatuses)[number];

/** What moves. The last of the lists comes last: what has begun to run since the others were read is in it. */
const movingStatuses = ['Pending', 'Delayed', 'InProgress'] as const;
/** What may have ended between two looks. */
export const unsuccessfulStatuses = ['Failed', 'TimedOut', 'Cancelled'] as const;

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
  /** When it was last looked up, or a page had it. */
  readonly readAt: number | null;
  readonly isVisible: boolean;
}

/** A row that is in no list any more. */
export interface AwaitedEnd extends LoneRow {
  readonly since: number;
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
  /** When a row or the command last came or changed. */
  readonly quietSince: number;
  /** When a row last did. */
  readonly rowsChangedAt: number;
  /** Invocations that there will be; null where AWS has not counted them. */
  readonly targets: number | null;
  readonly rows: {
    readonly all: number;
    /** By the Status under which they are listed; those whose end is awaited are not among them. */
    readonly listed: Readonly<Record<ListedStatus, number>>;
    /** Neither ended nor listed under any Status. */
    readonly unlisted: readonly LoneRow[];
    /** Rows that have ended though one of their plugins has not, or none is known. */
    readonly unfinished: number;
  };
  /** Rows whose end is still to be read, the longest awaited first. */
  readonly awaitedEnds: readonly AwaitedEnd[];
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

/** So few rows are all seen in one round, if they can still change; of more, at once only what is visible. */
const mostSeenAtOnce = 500;
/** In a larger rollout an end that is not visible is looked up after this time, so that several can share a sweep. */
const endsGathered = 10_000;
/** In a larger rollout what is visible and in no list is looked up this often. */
const lookUpEvery = 10_000;
/** In a larger rollout what ended without success is listed this often. */
const unsuccessfulEvery = 20_000;
/** A list that is not of what moves takes no more than this part of a sweep. */
const listShare = 1 / 4;
/** In the middle of a sweep what runs is listed if that takes no more than this part of it. */
const glanceShare = 1 / 20;
/** Of the calls that AWS bears, so many may go into sweeps that nobody waits for. */
const sweepShare = 1 / 2;
/** Sweeps of which only several in a row show the end come one after the other in this time, where AWS tells the end … */
const tellingSweepsEvery = 6_000;
/** … and where ListCommands is denied; as often as others when nothing has changed for long. */
const deniedSweepsEvery = 10_000;
const longQuiet = 120_000;

/** The next call, or null when all is read that the round is for. */
export function nextCall(known: Known): Call | null {
  if (isCommandDue(known)) return { kind: 'command' };
  if (isSweepDue(known)) return { kind: 'sweep', details: needsDetails(known) };
  const status = dueStatuses(known)[0];
  if (status !== undefined) return { kind: 'status', status, details: isMoving(status) };
  return lookUp(dueLookUps(known)[0]);
}

/** The next call of a round in the middle of a long sweep, which brings the rest. */
export function nextGlance(known: Known): Call | null {
  if (isCommandDue(known)) return { kind: 'command' };
  const { listed } = known.rows;
  const isCheap = pages(known, listed.InProgress) <= Math.max(1, sweepCost(known) * glanceShare);
  if (isCheap && isBefore(known.listedAt.InProgress, known.roundAt)) {
    return { kind: 'status', status: 'InProgress', details: true };
  }
  return lookUp(known.awaitedEnds.find((end) => end.isVisible && isBefore(end.readAt, known.roundAt)));
}

function lookUp(row: LoneRow | undefined): Call | null {
  return row === undefined ? null : { kind: 'instance', instanceId: row.instanceId };
}

/**
 * The time up to which every change is known, those of quiet rows included, after a round that began at `roundAt`; null
 * before the first sweep. Ends that are being looked up are not counted.
 */
export function coveredAt(known: Known): number | null {
  if (known.sweptAt === null) return null;
  return isSeenAtOnce(known) && known.filtersHold ? known.roundAt : known.sweptAt;
}

function isCommandDue(known: Known): boolean {
  const { command, rows, now, roundAt, targets } = known;
  const { askedAt, terminalAt } = command;
  if (!command.mayBeAsked) return false;
  if (askedAt === null) return true;
  const nothingRuns = rows.listed.InProgress + rows.unlisted.length === 0;
  // The last row may have ended since it was asked in this round.
  if (nothingRuns && terminalAt === null && askedAt < Math.max(roundAt, known.rowsChangedAt)) return true;
  if (askedAt >= roundAt) return false;
  return !command.isKnown || targets === null || known.sweepWanted || now - askedAt >= known.commandEvery;
}

function isSweepDue(known: Known): boolean {
  const { command, sweptAt, roundAt, awaitedEnds } = known;
  if (sweptAt === null || sweptAt < (command.terminalAt ?? sweptAt)) return true;
  if (sweptAt >= roundAt) return false;
  if (known.sweepWanted || !known.filtersHold || isSweepDecisive(known, sweptAt)) return true;
  const due = dueLookUps(known).length;
  if (due > 0 && Math.max(due, awaitedEnds.length) >= sweepCost(known)) return true;
  return !isSettled(known) && (isSweepCheapest(known) || isSweepOverdue(known, sweptAt));
}

/** Whether only whole sweeps can show whether it is over, and one is due. */
function isSweepDecisive(known: Known, sweptAt: number): boolean {
  const { command, rows, targets, now } = known;
  const allEnded = unended(known) === 0;
  const isTold = command.terminalAt !== null;
  const isExpired = command.expiresAt !== null && now >= command.expiresAt + expiryPatience;
  if (isTold ? !allEnded && rows.all === targets && !isExpired : !command.isDenied || !allEnded) return false;
  const isFresh = now - known.quietSince < longQuiet;
  const every = isTold ? tellingSweepsEvery : deniedSweepsEvery;
  return now - sweptAt >= (isFresh ? every : known.sweepEvery);
}

/** Whether to list everything takes no more calls than to list what moves, and look up what ends meanwhile. */
function isSweepCheapest(known: Known): boolean {
  const isListed = !isBefore(known.listedAt.InProgress, known.roundAt);
  if (isListed) return false;
  if (isSeenAtOnce(known) && !isComplete(known)) return true;
  const { listed, unlisted } = known.rows;
  const lists = movingLists(known).reduce((sum, status) => sum + pages(known, listed[status]), 0);
  const lookUps = isSeenAtOnce(known) ? unlisted.length + known.endsLastRound : 0;
  return lists + lookUps >= sweepCost(known);
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
  if (known.command.terminalAt !== null) return unended(known) + rows.unfinished > 0;
  return isSweepCheapest(known);
}

/** What of the lists has not been read in this round; a sweep has them all. */
function dueStatuses(known: Known): ListedStatus[] {
  const { listedAt, sweptAt, roundAt, now, rows } = known;
  if (!isBefore(sweptAt, roundAt) || isSettled(known)) return [];
  const moving = movingLists(known).filter((status) => isBefore(listedAt[status], roundAt));
  if (isSeenAtOnce(known)) return moving;
  const unsuccessful = unsuccessfulStatuses.filter((status) => {
    const readAt = Math.max(listedAt[status] ?? 0, sweptAt ?? 0);
    const isCheap = pages(known, rows.listed[status]) <= Math.max(1, sweepCost(known) * listShare);
    return isCheap && now - readAt >= unsuccessfulEvery;
  });
  return [...moving, ...unsuccessful];
}

/** The lists of what can change; in a large rollout without what waits, which is most of it. */
function movingLists(known: Known): readonly ListedStatus[] {
  if (!isSeenAtOnce(known)) return ['InProgress'];
  return movingStatuses.filter((status) => status === 'InProgress' || known.rows.listed[status] > 0);
}

function isMoving(status: ListedStatus): boolean {
  return movingStatuses.some((moving) => moving === status);
}

/** Invocations to look up one by one now. */
function dueLookUps(known: Known): LoneRow[] {
  const { awaitedEnds, rows, roundAt, now } = known;
  const atOnce = isSeenAtOnce(known);
  const ends = awaitedEnds.filter(
    ({ since, readAt, isVisible }) =>
      isBefore(readAt, roundAt) && (atOnce || isVisible || now - since >= endsGathered),
  );
  const unlisted = rows.unlisted.filter(({ readAt, isVisible }) =>
    atOnce ? isBefore(readAt, roundAt) : isVisible && now - (readAt ?? 0) >= lookUpEvery,
  );
  return [...ends, ...unlisted];
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

/** Whether what can still change is so little that all of it is read in each round. */
function isSeenAtOnce(known: Known): boolean {
  const { rows, command } = known;
  const changeable = command.terminalAt === null ? rows.all : unended(known);
  return Math.min(rows.all, changeable) <= mostSeenAtOnce;
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
