import { isDeepStrictEqual } from 'node:util';
import { type Circumstances, nothingKnown, stopReasonOf } from '../domain/circumstances.ts';
import { type Command, type CommandOverview, overviewFromInvocation } from '../domain/command.ts';
import { type ErrorBudget, errorBudget } from '../domain/error-budget.ts';
import { hasProgressed, type Invocation, invocationKey, mergeInvocation } from '../domain/invocation.ts';
import type { ManagedNode } from '../domain/managed-node.ts';
import type { Problem } from '../domain/problem.ts';
import { isTerminal } from '../domain/status.ts';
import { type Evidence, judge, patientSweeps, type Verdict } from '../domain/verdict.ts';
import type { WatchEvent, WatchListener } from './events.ts';
import { KeptOutputs } from './kept-outputs.ts';
import { type ActiveProblem, ProblemLog, type ProblemSource } from './problems.ts';

/** What the poller is doing. Times are monotonic milliseconds. */
export type Activity =
  | { readonly kind: 'reading' }
  | { readonly kind: 'waiting'; readonly until: number }
  | { readonly kind: 'paused' }
  | { readonly kind: 'finished' };

/** The remote truth as far as it was read. Immutable; a new one at every change. */
export interface Snapshot {
  readonly command: CommandOverview | null;
  /** The one instance that the watch is about, or null for the whole rollout. */
  readonly instanceId: string | null;
  /** In the order in which they were first listed. */
  readonly rows: readonly Invocation[];
  /** How much of MaxErrors is used; null where that is not known, or only one instance is watched. */
  readonly errors: ErrorBudget | null;
  /** What tells more about the ends of rows. The same object as long as it says the same. */
  readonly circumstances: Circumstances;
  readonly activity: Activity;
  readonly problems: readonly ActiveProblem[];
  /** When an answer last brought rows or confirmed them. Monotonic milliseconds; null before the first. */
  readonly readAt: number | null;
  /** When the last whole sweep began: all ends before that are known. AWS's epoch milliseconds; null before the first. */
  readonly sweptAt: number | null;
  readonly verdict: Verdict | null;
  /** When the verdict was reached, in epoch milliseconds of AWS's clock; null before. */
  readonly endedAt: number | null;
}

/** How many instances the watch is about, as far as AWS has counted them; 0 where it has not. */
export function targetsOf({ command, instanceId }: Pick<Snapshot, 'command' | 'instanceId'>): number {
  return instanceId === null ? (command?.targetCount ?? 0) : 1;
}

/** The clocks of a watch. */
export interface Clocks {
  /** Steady milliseconds, for ages and waits. */
  readonly monotonic: () => number;
  /** AWS's time in epoch milliseconds. */
  readonly awsTime: () => number;
}

/** Owner of the remote truth: takes what was read, keeps the evidence for the verdict, tells what changed. */
export class RolloutStore {
  readonly #clocks: Clocks;
  readonly #instanceId: string | null;
  readonly #rows = new Map<string, Invocation>();
  readonly #outputs = new KeptOutputs();
  readonly #problems = new ProblemLog();
  readonly #snapshotListeners = new Set<() => void>();
  readonly #eventListeners = new Set<WatchListener>();
  #command: Command | null = null;
  #commandDeniedAt: number | null = null;
  #commandTerminalAt: number | null = null;
  #quietSince: number;
  #wholeSweeps: readonly number[] = [];
  /** When the sweep that goes on began, by AWS's clock. */
  #sweepTime: number | null = null;
  #lastStamp = Number.NEGATIVE_INFINITY;
  #snapshot: Snapshot = {
    command: null,
    instanceId: null,
    rows: [],
    errors: null,
    circumstances: nothingKnown,
    activity: { kind: 'reading' },
    problems: [],
    readAt: null,
    sweptAt: null,
    verdict: null,
    endedAt: null,
  };

  constructor(clocks: Clocks, instanceId: string | null = null) {
    this.#clocks = clocks;
    this.#instanceId = instanceId;
    this.#snapshot = { ...this.#snapshot, instanceId };
    this.#quietSince = this.#stamp();
  }

  readonly getSnapshot = (): Snapshot => this.#snapshot;

  /** Calls back at every new snapshot, until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#snapshotListeners.add(listener);
    return () => this.#snapshotListeners.delete(listener);
  };

  /** Calls back with every event as it happens, until the returned function is called. */
  onEvent(listener: WatchListener): () => void {
    this.#eventListeners.add(listener);
    return () => this.#eventListeners.delete(listener);
  }

  /** Whether AWS has shown the command or a row of it. */
  get found(): boolean {
    return this.#command !== null || this.#rows.size > 0;
  }

  get commandDenied(): boolean {
    return this.#commandDeniedAt !== null;
  }

  commandRead(command: Command): void {
    const before = this.#command;
    this.#command = command;
    this.#commandDeniedAt = null;
    if (isTerminal(command)) this.#commandTerminalAt ??= this.#stamp();
    else this.#commandTerminalAt = null;
    if (isDeepStrictEqual(command, before)) return;
    this.#publish({ command, ...this.#explained(command, this.#snapshot.rows) });
    if (before !== null && isDeepStrictEqual(toldOf(command), toldOf(before))) return;
    this.#quietSince = this.#stamp();
    this.#emit([{ type: 'command', command }]);
  }

  /** ListCommands is refused by IAM: what the rows tell has to do. */
  commandRefused(): void {
    this.#commandDeniedAt ??= this.#stamp();
    this.#tellCommandFromRows();
  }

  /** The time at which a sweep begins, for `sweepEnded`. */
  sweepBegan(): number {
    this.#sweepTime = this.#clocks.awsTime();
    return this.#stamp();
  }

  pageRead(page: readonly Invocation[]): void {
    const events: WatchEvent[] = [];
    let changed = false;
    for (const read of page) {
      const key = invocationKey(read);
      const known = this.#rows.get(key);
      const now = known ? mergeInvocation(known, read, this.#clocks.awsTime()) : read;
      if (now === known) continue;
      const merged = this.#outputs.keep(now, known);
      changed = true;
      this.#rows.set(key, merged);
      if (!known || hasProgressed(known, merged)) {
        this.#quietSince = this.#stamp();
        events.push({ type: 'invocation', invocation: merged, previous: known ?? null });
      }
    }
    // An empty page confirms no row.
    const readAt =
      page.length === 0 && this.#rows.size > 0 ? this.#snapshot.readAt : this.#clocks.monotonic();
    const rows = changed ? [...this.#rows.values()] : this.#snapshot.rows;
    this.#publish(changed ? { rows, readAt, ...this.#explained(this.#snapshot.command, rows) } : { readAt });
    this.#tellCommandFromRows();
    this.#emit(events);
  }

  /** A sweep that read every page. One that listed nothing, though rows are known, proves nothing. */
  sweepEnded(beganAt: number, listed: ReadonlySet<string>): void {
    if (listed.size === 0 && this.#rows.size > 0) return;
    this.#wholeSweeps = [...this.#wholeSweeps, beganAt].slice(-patientSweeps);
    this.#publish({ sweptAt: this.#sweepTime });
  }

  /** Known rows that a sweep did not list. */
  absentFrom(listed: ReadonlySet<string>): Invocation[] {
    return [...this.#rows].filter(([key]) => !listed.has(key)).map(([, row]) => row);
  }

  /** What is known of nodes that were asked for; null of one that SSM does not know. */
  nodesRead(read: ReadonlyMap<string, ManagedNode | null>): void {
    const { circumstances } = this.#snapshot;
    const nodes = new Map([...circumstances.nodes, ...read]);
    this.#publish({ circumstances: { ...circumstances, nodes, nodesProblem: null } });
  }

  /** Nodes could not be asked for. `message`: one line that says why. */
  nodesUnread(message: string): void {
    this.#publish({ circumstances: { ...this.#snapshot.circumstances, nodesProblem: message } });
  }

  problemMet(source: ProblemSource, problem: Problem, retryInMs: number | null): void {
    this.#applyProblems(this.#problems.raise(source, problem, this.#clocks.monotonic(), retryInMs));
  }

  problemOver(source: ProblemSource): void {
    this.#applyProblems(this.#problems.clear(source, this.#clocks.monotonic()));
  }

  activityChanged(activity: Activity): void {
    this.#publish({ activity });
  }

  /** The verdict on what was read so far, or null. Once there is one, it stays. */
  judge(): Verdict | null {
    if (this.#snapshot.verdict) return this.#snapshot.verdict;
    const verdict = judge(this.#evidence(), this.#clocks.awsTime(), this.#clocks.monotonic());
    if (verdict) this.#publish({ verdict, endedAt: this.#clocks.awsTime(), activity: { kind: 'finished' } });
    return verdict;
  }

  /** What follows from command and rows together. */
  #explained(
    command: CommandOverview | null,
    rows: readonly Invocation[],
  ): Pick<Snapshot, 'errors' | 'circumstances'> {
    const errors = command && this.#instanceId === null ? errorBudget(command, rows) : null;
    const stopReason = command && stopReasonOf(command, errors);
    const { circumstances } = this.#snapshot;
    return {
      errors,
      circumstances:
        stopReason === circumstances.stopReason ? circumstances : { ...circumstances, stopReason },
    };
  }

  #evidence(): Evidence {
    return {
      command: this.#command,
      commandDeniedAt: this.#commandDeniedAt,
      commandTerminalAt: this.#commandTerminalAt,
      rows: this.#snapshot.rows,
      quietSince: this.#quietSince,
      wholeSweeps: this.#wholeSweeps,
      instanceId: this.#instanceId,
    };
  }

  #tellCommandFromRows(): void {
    const first = this.#snapshot.rows[0];
    if (!this.commandDenied || this.#snapshot.command || !first) return;
    const command = overviewFromInvocation(first);
    this.#publish({ command });
    this.#emit([{ type: 'command', command }]);
  }

  #applyProblems(events: readonly WatchEvent[]): void {
    if (this.#snapshot.problems !== this.#problems.active) this.#publish({ problems: this.#problems.active });
    this.#emit(events);
  }

  #publish(change: Partial<Snapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    for (const listener of this.#snapshotListeners) listener();
  }

  #emit(events: readonly WatchEvent[]): void {
    for (const event of events) for (const listener of this.#eventListeners) listener(event);
  }

  /** Monotonic time that no two calls get alike, so that what began first is always known. */
  #stamp(): number {
    this.#lastStamp = Math.max(this.#lastStamp + 0.001, this.#clocks.monotonic());
    return this.#lastStamp;
  }
}

/** What of a command is told as a change; the rest is only shown, or reckoned with. */
function toldOf(command: Command): Partial<Command> {
  const { documentName, comment, status, statusDetails, targetCount, maxConcurrency, maxErrors } = command;
  const { requestedAt } = command;
  return {
    documentName,
    comment,
    status,
    statusDetails,
    targetCount,
    maxConcurrency,
    maxErrors,
    requestedAt,
  };
}
