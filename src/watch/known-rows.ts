import { hasProgressed, type Invocation, mergeInvocation, takeEndBack } from '../domain/invocation.ts';
import { isTerminal, phaseOf } from '../domain/status.ts';
import { type StatusCount, StatusTally } from '../domain/status-tally.ts';
import type { WatchEvent } from './events.ts';
import type { KeptOutputs } from './kept-outputs.ts';
import { type UnreadEnd, UnreadEnds } from './unread-ends.ts';

interface KnownRow {
  readonly index: number;
  row: Invocation;
  /** When a page last had it. */
  listedAt: number;
  /** When a page last had it as ended; null where none ever did. */
  endListedAt: number | null;
  /** Whether it has been told as an event. */
  isTold: boolean;
}

/** When a page was read. Times are stamps of one monotonic clock, where nothing else is said. */
export interface PageTimes {
  readonly readAt: number;
  /** The same, in epoch milliseconds of AWS. */
  readonly awsTime: number;
  /** When the listing began that the page is of; null for one that may lag behind. */
  readonly beganAt: number | null;
}

/** All rows of a rollout as last read, and when they were. Times are stamps of one monotonic clock. */
export class KnownRows {
  /** By instance ID: all rows are of one command. */
  readonly #known = new Map<string, KnownRow>();
  readonly #rows: Invocation[] = [];
  readonly #tally = new StatusTally();
  readonly #outputs: KeptOutputs;
  readonly #unreadEnds = new UnreadEnds();
  #list: readonly Invocation[] | null = [];
  #movedUnseen = 0;
  #unfinished = 0;

  constructor(outputs: KeptOutputs) {
    this.#outputs = outputs;
  }

  get size(): number {
    return this.#rows.length;
  }

  get first(): Invocation | undefined {
    return this.#rows[0];
  }

  /** In the order in which they were first listed. The same array until one changes. */
  get list(): readonly Invocation[] {
    this.#list ??= this.#rows.slice();
    return this.#list;
  }

  get counts(): readonly StatusCount[] {
    return this.#tally.counts;
  }

  /** The longest unread first. */
  get unreadEnds(): readonly UnreadEnd[] {
    return this.#unreadEnds.list;
  }

  /** How many rows came, or ended, without having been listed as under way. */
  get movedUnseen(): number {
    return this.#movedUnseen;
  }

  /** Rows, one after the other, that had left a list, and were then found to be as they had been. */
  get falseEnds(): number {
    return this.#unreadEnds.falseEnds;
  }

  /** How many have ended though one of their plugins has not, or none is known. */
  get unfinished(): number {
    return this.#unfinished;
  }

  /** Takes a row with its plugins. Gives what is to be told of it, or null. */
  read(row: Invocation, times: PageTimes): WatchEvent | null {
    const known = this.#known.get(row.instanceId);
    return known ? this.#confirm(known, row, times) : this.#insert(row, times.readAt, true);
  }

  /** Takes a row that was listed without its plugins: an end that was not known is now known to be unread. */
  glimpse(row: Invocation, times: PageTimes): WatchEvent | null {
    const known = this.#known.get(row.instanceId);
    if (!known) {
      const ended = isTerminal(row);
      return this.#insert(ended ? { ...row, endUnread: true } : row, times.readAt, !ended);
    }
    const { status, statusDetails, plugins } = known.row;
    if (!isTerminal(row)) return this.#confirm(known, { ...row, plugins }, times);
    known.listedAt = times.readAt;
    known.endListedAt = times.readAt;
    const isSame = status === row.status && statusDetails === row.statusDetails;
    return isSame ? null : this.#markUnread(known, times.readAt);
  }

  /**
   * Marks as ended, how is not known, every row that `isListed` expects in a complete listing begun at `beganAt` and that was
   * not in it. Gives how many.
   */
  left(isListed: (row: Invocation) => boolean, beganAt: number, stamp: number): number {
    let left = 0;
    for (const known of this.#known.values()) {
      if (known.listedAt >= beganAt || known.row.endUnread || !isListed(known.row)) continue;
      this.#markUnread(known, stamp);
      left += 1;
    }
    return left;
  }

  /** When a page last had the row; null where none ever did. */
  listedAt(row: Invocation): number | null {
    return this.#known.get(row.instanceId)?.listedAt ?? null;
  }

  /** Rows that no page has had since then. */
  absentSince(stamp: number): Invocation[] {
    return [...this.#known.values()].filter(({ listedAt }) => listedAt < stamp).map(({ row }) => row);
  }

  #insert(listed: Invocation, stamp: number, isTold: boolean): WatchEvent | null {
    const row = this.#outputs.keep(listed, undefined);
    const endListedAt = isTerminal(listed) ? stamp : null;
    const known = { index: this.#rows.length, row, listedAt: stamp, endListedAt, isTold };
    this.#known.set(row.instanceId, known);
    this.#movedUnseen += 1;
    if (row.endUnread) this.#unreadEnds.add(row, stamp);
    this.#keep(known, row);
    return isTold ? { type: 'invocation', invocation: row, previous: null } : null;
  }

  #confirm(known: KnownRow, read: Invocation, times: PageTimes): WatchEvent | null {
    known.listedAt = times.readAt;
    if (isTerminal(read)) known.endListedAt = times.readAt;
    else if (isTerminal(known.row)) return this.#doubtEnd(known, read, times);
    return this.#replace(known, mergeInvocation(known.row, read, times.awsTime));
  }

  /** A row that had ended is listed as if it had not: the page is older than the end, or the end was none. */
  #doubtEnd(known: KnownRow, read: Invocation, { readAt, awsTime, beganAt }: PageTimes): WatchEvent | null {
    if (beganAt === null || (known.endListedAt !== null && known.endListedAt >= beganAt)) return null;
    const doubtedAt = this.#unreadEnds.since(known.row.instanceId);
    if (doubtedAt === null) return this.#markUnread(known, readAt);
    // What was asked for only after the doubt has the last word.
    return doubtedAt < beganAt ? this.#replace(known, takeEndBack(known.row, read, awsTime)) : null;
  }

  #replace(known: KnownRow, merged: Invocation): WatchEvent | null {
    const before = known.row;
    if (merged === before) return null;
    const row = this.#outputs.keep(merged, before);
    const hasEnded = row.endUnread || isTerminal(row);
    if (hasEnded && !before.endUnread && phaseOf(before) === 'waiting') this.#movedUnseen += 1;
    if (!row.endUnread) this.#unreadEnds.read(row, before);
    this.#forget(before);
    this.#keep(known, row);
    return tell(known, before);
  }

  #keep(known: KnownRow, row: Invocation): void {
    known.row = row;
    this.#rows[known.index] = row;
    this.#list = null;
    this.#tally.add(row);
    if (isUnfinished(row)) this.#unfinished += 1;
  }

  /** Its place is kept. */
  #forget(row: Invocation): void {
    this.#tally.remove(row);
    if (isUnfinished(row)) this.#unfinished -= 1;
  }

  #markUnread(known: KnownRow, stamp: number): WatchEvent | null {
    if (known.row.endUnread) return null;
    const row = { ...known.row, endUnread: true };
    this.#unreadEnds.add(row, stamp);
    return this.#replace(known, row);
  }
}

/** What is to be told of a row that was `before`; null while nobody knows its end, and when nothing has come of it. */
function tell(known: KnownRow, before: Invocation): WatchEvent | null {
  const { row, isTold } = known;
  if (row.endUnread || (isTold && !hasProgressed(before, row))) return null;
  known.isTold = true;
  return { type: 'invocation', invocation: row, previous: isTold ? before : null };
}

function isUnfinished(row: Invocation): boolean {
  return isTerminal(row) && (row.plugins.length === 0 || !row.plugins.every(isTerminal));
}
