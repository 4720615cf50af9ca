import type { Invocation } from '../domain/invocation.ts';
import type { WaitOut } from '../domain/paging.ts';
import { type Problem, RemoteError, retryable } from '../domain/problem.ts';
import { isTerminal } from '../domain/status.ts';
import type { CallBudget } from './call-budget.ts';
import { listedStatusOf } from './listed-status.ts';
import type { ListQuery, RolloutReader } from './rollout-reader.ts';
import type { RolloutStore } from './store.ts';
import type { Known, ListedStatus } from './strategy.ts';
import { Turns } from './turns.ts';

/** Rows that a sweep no longer lists are asked for one by one, at most this many after each sweep. */
const absentRowsAsked = 5;
/** Milliseconds between sweeps of a large rollout: at first, and at most, when none of them finds anything. */
const sweepsAtFirst = 20_000;
const sweepsAtMost = 300_000;
/** Conclusions in a row that a row has ended, all wrong, after which a Status filter is distrusted. */
const mostFalseEnds = 20;
/** The same holds for a list of which at least half, and so many, do not belong there … */
const mostStrangers = 10;
/** … and for one that so often in a row could not be read. */
const mostFailures = 2;
/** How long the filtered lists are then not used. Milliseconds. */
const distrust = 300_000;

const nothingListed: Known['listedAt'] = {
  Pending: null,
  Delayed: null,
  InProgress: null,
  Failed: null,
  TimedOut: null,
  Cancelled: null,
};

/** Reads invocations into the store, and keeps in mind what was read when. */
export class InvocationReading {
  readonly #reader: RolloutReader;
  readonly #store: RolloutStore;
  readonly #budget: CallBudget;
  readonly #interval: number;
  #sweptAt: number | null = null;
  #listedAt: Known['listedAt'] = nothingListed;
  #sweepEvery = sweepsAtFirst;
  #distrustedUntil = Number.NEGATIVE_INFINITY;
  #listFailures = 0;
  #ends = 0;
  readonly #absentTurns = new Turns(absentRowsAsked);
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

  /** Until when the Status filter is not used, since it has not kept what it promises; in the past where it has. */
  get distrustedUntil(): number {
    return this.#distrustedUntil;
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

  /**
   * Every page of all invocations. `goesOn` is called after each page, with when the sweep began; false ends it, to be
   * begun anew. Gives how many rows were listed.
   */
  async sweep(
    details: boolean,
    waitOut: WaitOut,
    goesOn: (beganAt: number) => Promise<boolean>,
    signal: AbortSignal,
  ): Promise<number> {
    const beganAt = this.#store.stamp();
    this.#store.steps.tell({ type: 'sweep-begun', details });
    const { movedUnseen } = this.#store.rows;
    let listed = 0;
    for await (const page of this.#pages({ status: null, details }, waitOut, signal)) {
      listed += page.length;
      if (!(await goesOn(beganAt))) return this.sweep(details, waitOut, goesOn, signal);
    }
    await this.#askForAbsent(beganAt, signal);
    const isFirst = this.#sweptAt === null;
    const foundNews = !isFirst && this.#store.rows.movedUnseen > movedUnseen;
    this.#sweepEvery = isFirst || foundNews ? sweepsAtFirst : Math.min(sweepsAtMost, 2 * this.#sweepEvery);
    this.#sweptAt = beganAt;
    this.#store.sweepEnded(beganAt, listed);
    const durationMs = this.#store.stamp() - beganAt;
    this.#store.steps.tell({ type: 'sweep-ended', listed, durationMs, nextAfterMs: this.#sweepEvery });
    this.#checkEnds();
    return listed;
  }

  /** Every page of the invocations with one Status. */
  async listStatus(
    status: ListedStatus,
    details: boolean,
    waitOut: WaitOut,
    signal: AbortSignal,
  ): Promise<void> {
    const beganAt = this.#store.stamp();
    let listed = 0;
    let strangers = 0;
    try {
      for await (const page of this.#pages({ status, details }, waitOut, signal)) {
        listed += page.length;
        strangers += page.filter((row) => listedStatusOf(row) !== status).length;
      }
    } catch (error) {
      this.#listFailed(error);
      return;
    }
    this.#listFailures = 0;
    // A few may have moved on while they were listed.
    if (strangers >= mostStrangers && strangers * 2 >= listed) this.#distrust();
    this.#listedAt = { ...this.#listedAt, [status]: beganAt };
    if (status === 'InProgress') this.#noticeEnds();
  }

  /** What is about the filter, and no trouble of all calls, is no failure of the round: a sweep does as well. */
  #listFailed(error: unknown): void {
    if (!(error instanceof RemoteError)) throw error;
    const { kind, needsAction } = error.problem;
    if (kind === 'service' && needsAction) {
      this.#distrust();
      return;
    }
    this.#listFailures += 1;
    const isGeneral = kind === 'throttled' || kind === 'network' || kind === 'credentials';
    if (!isGeneral && this.#listFailures >= mostFailures) this.#distrust();
    throw error;
  }

  /** Rows that are in none of the lists any more. */
  #noticeEnds(): void {
    const { Pending, Delayed, InProgress } = this.#listedAt;
    const waits = (row: Invocation) => listedStatusOf(row) === 'Pending' || listedStatusOf(row) === 'Delayed';
    // What was delayed may wait again: only who is in neither list has gone on.
    const readAt = [Pending, Delayed].filter((time) => time !== null);
    if (readAt.length > 0) this.#ends += this.#store.listingEnded(waits, Math.min(...readAt));
    if (InProgress === null) return;
    this.#ends += this.#store.listingEnded((row) => listedStatusOf(row) === 'InProgress', InProgress);
  }

  /** One invocation. One failure must not keep all others that are looked up in a round from being read. */
  async lookUp(instanceId: string, waitOut: WaitOut, signal: AbortSignal): Promise<void> {
    this.#askedAt.set(instanceId, this.#store.stamp());
    for (let failures = 1; ; failures++) {
      await this.#budget.take(signal);
      try {
        const row = await this.#readRow(instanceId, signal);
        if (row === null) this.#tellGone(new Set([...this.#gone, instanceId]));
        this.#checkEnds();
        return;
      } catch (error) {
        if (!(error instanceof RemoteError)) throw error;
        await waitOut(error, failures);
      }
    }
  }

  async *#pages(
    query: ListQuery,
    waitOut: WaitOut,
    signal: AbortSignal,
  ): AsyncGenerator<readonly Invocation[], void, void> {
    const { commandTerminalAt } = this.#store;
    // What one Status lists lags behind.
    const beganAt = query.status === null ? this.#store.stamp() : null;
    // Nobody knows anything yet, or everybody waits for the end: nothing is spared then.
    const isAwaited =
      this.#sweptAt === null || (commandTerminalAt !== null && this.#sweptAt < commandTerminalAt);
    const beforePage = async () => {
      if (!isAwaited) await this.#budget.take(signal);
    };
    for await (const page of this.#reader.list(query, { waitOut, beforePage }, signal)) {
      if (query.details) this.#store.pageRead(page, beganAt);
      else this.#store.pageGlimpsed(page, beganAt);
      this.#budget.answered();
      yield page;
    }
  }

  async #readRow(instanceId: string, signal: AbortSignal): Promise<Invocation | null> {
    const askedAt = this.#store.stamp();
    const row = await this.#reader.readInvocation(instanceId, signal);
    this.#budget.answered();
    if (row === null) return null;
    this.#store.pageRead([row], askedAt);
    if (isTerminal(row)) this.#askedAt.delete(instanceId);
    if (this.#gone.has(instanceId)) {
      this.#tellGone(new Set([...this.#gone].filter((other) => other !== instanceId)));
    }
    return row;
  }

  #checkEnds(): void {
    if (this.#store.rows.falseEnds >= mostFalseEnds) this.#distrust();
  }

  #distrust(): void {
    this.#distrustedUntil = this.#store.stamp() + distrust;
    this.#store.steps.tell({ type: 'filter-distrusted', durationMs: distrust });
  }

  async #askForAbsent(sweepBeganAt: number, signal: AbortSignal): Promise<void> {
    const absent = this.#store.rows.absentSince(sweepBeganAt).map(({ instanceId }) => instanceId);
    const unknown = new Set<string>();
    let found = 0;
    for (const instanceId of this.#absentTurns.take(absent)) {
      if ((await this.#readRow(instanceId, signal)) === null) unknown.add(instanceId);
      else found += 1;
    }
    // Where those that were asked for are there after all, the sweep has left rows out that AWS still lists.
    this.#tellGone(new Set(absent.filter((id) => found === 0 || unknown.has(id) || this.#gone.has(id))));
  }

  #tellGone(gone: ReadonlySet<string>): void {
    this.#gone = gone;
    if (gone.size === 0) this.#store.problemOver('listing');
    else this.#store.problemMet('listing', vanishedRows([...gone]), this.#interval);
  }
}

function vanishedRows(gone: readonly string[]): Problem {
  const which = gone.length === 1 ? `the invocation on ${gone[0]}` : `${gone.length} invocations`;
  return retryable('response', `ListCommandInvocations: AWS no longer lists ${which}; kept as last seen`);
}
