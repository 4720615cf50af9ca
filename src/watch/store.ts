import { isDeepStrictEqual } from 'node:util';
import { type Circumstances, stopReasonOf } from '../domain/circumstances.ts';
import { type Command, type CommandOverview, overviewFromInvocation } from '../domain/command.ts';
import { errorBudget } from '../domain/error-budget.ts';
import type { Invocation } from '../domain/invocation.ts';
import type { ManagedNode } from '../domain/managed-node.ts';
import type { Problem } from '../domain/problem.ts';
import { judge, type Verdict } from '../domain/verdict.ts';
import type { Clocks } from './clocks.ts';
import { toldOf, type WatchEvent } from './events.ts';
import { EvidenceLog } from './evidence-log.ts';
import { KeptOutputs } from './kept-outputs.ts';
import { KnownRows, type PageTimes } from './known-rows.ts';
import { Listeners } from './listeners.ts';
import { ProblemLog, type ProblemSource } from './problems.ts';
import { Published } from './published.ts';
import { type Activity, nothingRead, type Snapshot } from './snapshot.ts';
import type { WatchStep } from './steps.ts';

/** Owner of the remote truth: takes what was read, keeps the evidence for the verdict, tells what changed. */
export class RolloutStore {
  /** Mostly nobody listens. */
  readonly steps = new Listeners<[WatchStep]>();
  /** Those of the whole watch: what was read when is compared with what is to be read when. */
  readonly clocks: Clocks;
  readonly #instanceId: string | null;
  readonly #rows: KnownRows;
  readonly #problems = new ProblemLog();
  readonly #published: Published<Snapshot>;
  readonly #events = new Listeners<[WatchEvent]>();
  readonly #evidence: EvidenceLog;
  #lastStamp = Number.NEGATIVE_INFINITY;

  constructor(clocks: Clocks, instanceId: string | null = null, outputs: KeptOutputs = new KeptOutputs()) {
    this.#rows = new KnownRows(outputs);
    this.clocks = clocks;
    this.#instanceId = instanceId;
    this.#published = new Published({ ...nothingRead, instanceId });
    this.subscribe = this.#published.subscribe;
    this.#evidence = new EvidenceLog(() => this.stamp());
  }

  readonly getSnapshot = (): Snapshot => {
    const rows = this.#rows.list;
    if (rows !== this.#published.current.rows) this.#published.amend({ rows });
    return this.#published.current;
  };

  /** Calls back at every new snapshot, until the returned function is called. */
  readonly subscribe: Published<Snapshot>['subscribe'];

  /** Calls back with every event as it happens, until the returned function is called. */
  readonly onEvent = this.#events.subscribe;

  /** Whether AWS has shown the command or a row of it. */
  get found(): boolean {
    return this.#evidence.command !== null || this.#rows.size > 0;
  }

  get command(): Command | null {
    return this.#evidence.command;
  }

  get commandDenied(): boolean {
    return this.#evidence.commandDenied;
  }

  /** Monotonic time at which the command was first seen terminal; null before. */
  get commandTerminalAt(): number | null {
    return this.#evidence.commandTerminalAt;
  }

  /** The one instance that the watch is about, or null for the whole rollout. */
  get instanceId(): string | null {
    return this.#instanceId;
  }

  /** Monotonic time at which a row or the command last came or changed; the start of the watch before that. */
  get quietSince(): number {
    return this.#evidence.quietSince;
  }

  /** The same of the rows alone. */
  get rowsChangedAt(): number {
    return this.#evidence.rowsChangedAt;
  }

  /** When what was not delivered times out, in monotonic milliseconds; null where that is not known. */
  get expiresAt(): number | null {
    const expiresAt = this.#evidence.command?.expiresAt ?? null;
    return expiresAt === null ? null : this.clocks.monotonic() - (this.clocks.awsTime() - expiresAt);
  }

  get rows(): Pick<
    KnownRows,
    | 'size'
    | 'list'
    | 'counts'
    | 'unreadEnds'
    | 'listedAt'
    | 'absentSince'
    | 'movedUnseen'
    | 'falseEnds'
    | 'unfinished'
  > {
    return this.#rows;
  }

  get activity(): Activity {
    return this.#published.current.activity;
  }

  get circumstances(): Circumstances {
    return this.#published.current.circumstances;
  }

  commandRead(command: Command): void {
    const before = this.#evidence.command;
    this.#evidence.commandRead(command);
    if (isDeepStrictEqual(command, before)) return;
    this.#published.publish({ command, ...this.#explained(command) });
    if (before !== null && isDeepStrictEqual(toldOf(command), toldOf(before))) return;
    this.#evidence.commandChanged();
    this.#emit([{ type: 'command', command }]);
  }

  /** ListCommands is refused by IAM: what the rows tell has to do. */
  commandRefused(): void {
    this.#evidence.commandRefused();
    this.#tellCommandFromRows();
  }

  /** A page with Details was read. `beganAt`: when its listing began; null for one that may lag behind. */
  pageRead(page: readonly Invocation[], beganAt: number | null = null): void {
    this.#take(page, beganAt, (row, times) => this.#rows.read(row, times));
  }

  /** A page without Details was read: it confirms rows, and tells of ends that are still to be read. */
  pageGlimpsed(page: readonly Invocation[], beganAt: number | null = null): void {
    this.#take(page, beganAt, (row, times) => this.#rows.glimpse(row, times));
  }

  /** A sweep that read every page, and began then. One that listed nothing, though rows are known, proves nothing. */
  sweepEnded(beganAt: number, listed: number): void {
    if (listed === 0 && this.#rows.size > 0) return;
    this.#evidence.sweepEnded(beganAt);
  }

  /**
   * All pages of the rows that `isListed` is true of were read, from `beganAt` on: what is not there any more has ended.
   * Gives how many have.
   */
  listingEnded(isListed: (row: Invocation) => boolean, beganAt: number): number {
    const left = this.#rows.left(isListed, beganAt, this.stamp());
    if (left > 0) this.#evidence.rowsChanged();
    this.#published.publish({ readAt: this.clocks.monotonic() });
    return left;
  }

  /** All was read that was due from then on. `coveredAt`: monotonic time up to which that tells of every row. */
  roundEnded(beganAt: number, coveredAt: number | null): void {
    // Of what AWS no longer lists nothing is known.
    if (this.#problems.active.some(({ source }) => source === 'listing')) return;
    const firstUnread = this.#rows.unreadEnds[0]?.since ?? beganAt;
    const knownFor = this.clocks.monotonic() - Math.min(beganAt, firstUnread);
    const sweptAt = coveredAt === null ? null : this.clocks.awsTime() - knownFor;
    // Where all is known, an answer of ListCommands alone says that it still is so.
    const isAllKnown = coveredAt === beganAt && this.#problems.active.length === 0;
    const readAt = isAllKnown ? this.clocks.monotonic() : this.#published.current.readAt;
    this.#published.publish({ sweptAt, coveredAt, readAt });
  }

  slowed(slowedTo: number | null): void {
    if (slowedTo !== this.#published.current.slowedTo) this.#published.publish({ slowedTo });
  }

  /** What is known of nodes that were asked for; null of one that SSM does not know. */
  nodesRead(read: ReadonlyMap<string, ManagedNode | null>): void {
    const { circumstances } = this.#published.current;
    const nodes = new Map([...circumstances.nodes, ...read]);
    this.#published.publish({ circumstances: { ...circumstances, nodes, nodesProblem: null } });
  }

  /** Nodes could not be asked for. `message`: one line that says why. */
  nodesUnread(message: string): void {
    this.#published.publish({
      circumstances: { ...this.#published.current.circumstances, nodesProblem: message },
    });
  }

  problemMet(source: ProblemSource, problem: Problem, retryInMs: number | null): void {
    this.#applyProblems(this.#problems.raise(source, problem, this.clocks.monotonic(), retryInMs));
  }

  problemOver(source: ProblemSource): void {
    this.#applyProblems(this.#problems.clear(source, this.clocks.monotonic()));
  }

  activityChanged(activity: Activity): void {
    this.#published.publish({ activity });
  }

  /** The verdict on what was read so far, or null. Once there is one, it stays. */
  judge(): Verdict | null {
    if (this.#published.current.verdict) return this.#published.current.verdict;
    const evidence = this.#evidence.with(this.#rows.list, this.#instanceId);
    const awsNow = this.clocks.awsTime();
    const monotonicNow = this.clocks.monotonic();
    const verdict = judge(evidence, awsNow, monotonicNow);
    if (!verdict) return null;
    this.steps.tell({ type: 'verdict', verdict, evidence, monotonicNow, awsNow });
    const circumstances = {
      ...this.#published.current.circumstances,
      expiredAt: evidence.command?.expiresAt ?? null,
    };
    this.#published.publish({ verdict, endedAt: awsNow, activity: { kind: 'finished' }, circumstances });
    return verdict;
  }

  #take(
    page: readonly Invocation[],
    beganAt: number | null,
    take: (row: Invocation, times: PageTimes) => WatchEvent | null,
  ): void {
    const times = { readAt: this.stamp(), awsTime: this.clocks.awsTime(), beganAt };
    const events = page.map((row) => take(row, times)).filter((event) => event !== null);
    if (events.length > 0) this.#evidence.rowsChanged();
    // An empty page confirms no row.
    const readAt =
      page.length === 0 && this.#rows.size > 0 ? this.#published.current.readAt : this.clocks.monotonic();
    this.#published.publish({ readAt, ...this.#explained(this.#published.current.command) });
    this.#tellCommandFromRows();
    this.#emit(events);
  }

  /** What follows from command and rows together. */
  #explained(command: CommandOverview | null): Pick<Snapshot, 'errors' | 'circumstances'> {
    const errors = command && this.#instanceId === null ? errorBudget(command, this.#rows.counts) : null;
    const stopReason = command && stopReasonOf(command, errors);
    const { circumstances } = this.#published.current;
    return {
      errors,
      circumstances:
        stopReason === circumstances.stopReason ? circumstances : { ...circumstances, stopReason },
    };
  }

  #tellCommandFromRows(): void {
    const first = this.#rows.first;
    if (!this.commandDenied || this.#published.current.command || !first) return;
    const command = overviewFromInvocation(first);
    this.#published.publish({ command });
    this.#emit([{ type: 'command', command }]);
  }

  #applyProblems(events: readonly WatchEvent[]): void {
    if (this.#published.current.problems !== this.#problems.active)
      this.#published.publish({ problems: this.#problems.active });
    this.#emit(events);
  }

  #emit(events: readonly WatchEvent[]): void {
    for (const event of events) this.#events.tell(event);
  }

  /** Monotonic time that no two calls get alike, so that what began first is always known. */
  stamp(): number {
    this.#lastStamp = Math.max(this.#lastStamp + 0.001, this.clocks.monotonic());
    return this.#lastStamp;
  }
}
