import type { Invocation } from '../domain/invocation.ts';
import { type Problem, RemoteError } from '../domain/problem.ts';
import { isTerminal } from '../domain/status.ts';
import type { CallBudget } from './call-budget.ts';
import { listedStatusOf } from './listed-status.ts';
import type { Listing, RolloutReader } from './rollout-reader.ts';
import type { RolloutStore } from './store.ts';
import type { Known, ListedStatus } from './strategy.ts';

/** Rows that a sweep no longer lists are asked for one by one, at most this many after each sweep. */
const absentRowsAsked = 5;
/** Milliseconds between sweeps of a large rollout: at first, and at most, when none of them finds anything. */
const sweepsAtFirst = 20_000;
const sweepsAtMost = 300_000;
/** Ends in a row that a list promised and that were none: then it is not the list that it is taken for. */
const mostFalseEnds = 20;
/** The same holds for a list of which at least half, and so many, do not belong there. */
const mostStrangers = 10;

/** What is done between the calls of a listing. */
export interface BetweenPages {
  /** A page behind the first, or an invocation, could not be read: resolves for one more try, or throws. */
  readonly waitOut: (error: RemoteError) => Promise<void>;
  /** A page of the sweep that began then was read. False ends it, to be begun anew. */
  readonly goesOn: (beganAt: number) => Promise<boolean>;
}

/** Reads invocations into the store, and keeps in mind what was read when. */
export class InvocationReading {
  readonly #reader: RolloutReader;
  readonly #store: RolloutStore;
  readonly #budget: CallBudget;
  readonly #interval: number;
  #sweptAt: number | null = null;
  #listedAt: Known['listedAt'] = { Pending: null, Delayed: null, InProgress: null, Failed: null };
  #sweepEvery = sweepsAtFirst;
  #filtersHold = true;
  #ends = 0;
  #absentAsked = 0;
  #gone: ReadonlySet<string> = new Set();
  readonly #askedAt = new Map<string, number>();

  /** `interval`: when what AWS no longer lists is asked for again. Milliseconds. */
  constructor(reader: RolloutReader, store: RolloutStore, budget: CallBudget, interval: number) {
    this.#reader = reader;
    this.#store = store;
    this.#budget = budget;
    this.#interval = interval;
  }

  /** When the last whole sweep began, by the store's stamps; null before the first. */
  get sweptAt(): number | null {
    return this.#sweptAt;
  }

  get listedAt(): Known['listedAt'] {
    return this.#listedAt;
  }

  get sweepEvery(): number {
    return this.#sweepEvery;
  }

  get filtersHold(): boolean {
    return this.#filtersHold;
  }

  /** When an invocation was last looked up, by the store's stamps. */
  askedAt(instanceId: string): number | null {
    return this.#askedAt.get(instanceId) ?? null;
  }

  /** Ends that the lists have told of since this was last asked. */
  takeEnds(): number {
    const ends = this.#ends;
    this.#ends = 0;
    return ends;
  }

  /** Every page of all invocations. Gives how many rows were listed. */
  async sweep(details: boolean, between: BetweenPages, signal: AbortSignal): Promise<number> {
    const beganAt = this.#store.stamp();
    const { movedUnseen } = this.#store.rows;
    let listed = 0;
    for await (const page of this.#pages({ status: null, details }, between, signal)) {
      listed += page.length;
      if (!(await between.goesOn(beganAt))) return this.sweep(details, between, signal);
    }
    await this.#askForAbsent(beganAt, signal);
    const isFirst = this.#sweptAt === null;
    const foundNews = !isFirst && this.#store.rows.movedUnseen > movedUnseen;
    this.#sweepEvery = isFirst || foundNews ? sweepsAtFirst : Math.min(sweepsAtMost, 2 * this.#sweepEvery);
    this.#sweptAt = beganAt;
    this.#store.sweepEnded(beganAt, listed);
    this.#checkFilters();
    return listed;
  }

  /** Every page of the invocations with one Status. */
  async listStatus(
    status: ListedStatus,
    details: boolean,
    between: BetweenPages,
    signal: AbortSignal,
  ): Promise<void> {
    const beganAt = this.#store.stamp();
    let listed = 0;
    let strangers = 0;
    try {
      for await (const page of this.#pages({ status, details }, between, signal)) {
        listed += page.length;
        strangers += page.filter((row) => listedStatusOf(row) !== status).length;
      }
    } catch (error) {
      if (!isFilterRefused(error)) throw error;
      this.#filtersHold = false;
      return;
    }
    // A few may have moved on while they were listed.
    if (strangers >= mostStrangers && strangers * 2 >= listed) this.#filtersHold = false;
    this.#listedAt = { ...this.#listedAt, [status]: beganAt };
    // It is the last of the lists: what has begun to run since the others were read is in it.
    if (status === 'InProgress') this.#noticeEnds();
  }

  /** Rows that are in none of the lists any more have ended. */
  #noticeEnds(): void {
    for (const status of ['Pending', 'Delayed', 'InProgress'] as const) {
      const listedAt = this.#listedAt[status];
      if (listedAt === null) continue;
      this.#ends += this.#store.listingEnded((row) => listedStatusOf(row) === status, listedAt);
    }
  }

  /** One invocation. */
  async lookUp(instanceId: string, between: BetweenPages, signal: AbortSignal): Promise<void> {
    this.#askedAt.set(instanceId, this.#store.stamp());
    const row = await this.#readPatiently(instanceId, between, signal);
    if (row === null) this.#tellGone(new Set([...this.#gone, instanceId]));
    this.#checkFilters();
  }

  async *#pages(
    listing: Listing,
    { waitOut }: BetweenPages,
    signal: AbortSignal,
  ): AsyncGenerator<readonly Invocation[], void, void> {
    // Nobody knows anything yet, or everybody waits for the end: nothing is spared then.
    const isSpared = this.#sweptAt !== null && this.#store.commandTerminalAt === null;
    if (isSpared) await this.#budget.take(signal);
    for await (const page of this.#reader.list(listing, waitOut, signal)) {
      if (listing.details) this.#store.pageRead(page);
      else this.#store.pageGlimpsed(page);
      this.#budget.answered();
      yield page;
      if (isSpared) await this.#budget.take(signal);
    }
  }

  /** One failure must not keep all others that are looked up in a round from being read. */
  async #readPatiently(
    instanceId: string,
    { waitOut }: BetweenPages,
    signal: AbortSignal,
  ): Promise<Invocation | null> {
    for (;;) {
      await this.#budget.take(signal);
      try {
        return await this.#readRow(instanceId, signal);
      } catch (error) {
        if (!(error instanceof RemoteError)) throw error;
        await waitOut(error);
      }
    }
  }

  async #readRow(instanceId: string, signal: AbortSignal): Promise<Invocation | null> {
    const row = await this.#reader.readInvocation(instanceId, signal);
    this.#budget.answered();
    if (row === null) return null;
    this.#store.pageRead([row]);
    if (isTerminal(row)) this.#askedAt.delete(instanceId);
    if (this.#gone.has(instanceId)) {
      this.#tellGone(new Set([...this.#gone].filter((other) => other !== instanceId)));
    }
    return row;
  }

  #checkFilters(): void {
    if (this.#store.rows.falseEnds >= mostFalseEnds) this.#filtersHold = false;
  }

  async #askForAbsent(sweepBeganAt: number, signal: AbortSignal): Promise<void> {
    const absent = this.#store.rows.absentSince(sweepBeganAt).map(({ instanceId }) => instanceId);
    // Others are asked for after each sweep, until all have been.
    const first = absent.length <= absentRowsAsked ? 0 : this.#absentAsked % absent.length;
    this.#absentAsked = first + absentRowsAsked;
    const asked = [...absent.slice(first), ...absent.slice(0, first)].slice(0, absentRowsAsked);
    const gone = new Set(absent);
    for (const instanceId of asked) {
      if ((await this.#readRow(instanceId, signal)) !== null) gone.delete(instanceId);
    }
    this.#tellGone(gone);
  }

  #tellGone(gone: ReadonlySet<string>): void {
    this.#gone = gone;
    if (gone.size === 0) this.#store.problemOver('listing');
    else this.#store.problemMet('listing', vanishedRows([...gone]), this.#interval);
  }
}

/** AWS does not take the filter; without one it may well answer. */
function isFilterRefused(error: unknown): boolean {
  return error instanceof RemoteError && error.problem.kind === 'service' && error.problem.needsAction;
}

function vanishedRows(gone: readonly string[]): Problem {
  const which = gone.length === 1 ? `the invocation on ${gone[0]}` : `${gone.length} invocations`;
  return {
    kind: 'response',
    message: `ListCommandInvocations: AWS no longer lists ${which}; kept as last seen`,
    needsAction: false,
  };
}
