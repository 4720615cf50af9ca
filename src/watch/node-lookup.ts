import type { Invocation } from '../domain/invocation.ts';
import { type ManagedNode, wasUndelivered } from '../domain/managed-node.ts';
import { RemoteError } from '../domain/problem.ts';
import type { RolloutStore } from './store.ts';

/** Reads what SSM knows of at most `nodesEachCall` nodes. @throws RemoteError, or the signal's reason */
export type ReadNodes = (
  instanceIds: readonly string[],
  signal: AbortSignal,
) => Promise<readonly ManagedNode[]>;

const nodesEachCall = 50;
/** After a call, fewer nodes than a call takes are collected for so long. Milliseconds. */
const collecting = 30_000;
/** Nodes that are asked for at all. Beyond this it is no longer the node that matters. */
const mostNodes = 500;
/** After a call that failed, the next is not made sooner, and after each further one in twice the time, up to this. */
const longestPause = 480_000;

/**
 * Asks for the nodes that a command did not reach, once each, beside the watch, which never waits for it. What it learns
 * it tells the store.
 */
export class NodeLookup {
  readonly #store: RolloutStore;
  readonly #read: ReadNodes;
  readonly #closed = new AbortController();
  readonly #unsubscribe: () => void;
  readonly #known = new Set<string>();
  #waiting: readonly string[] = [];
  #rows: readonly Invocation[] = [];
  #askedAt = Number.NEGATIVE_INFINITY;
  #failures = 0;
  #asking = false;

  constructor(store: RolloutStore, read: ReadNodes) {
    this.#store = store;
    this.#read = read;
    this.#unsubscribe = store.subscribe(() => this.#askWhatIsDue());
  }

  /** Ends what is under way, and asks nothing more. */
  close(): void {
    this.#unsubscribe();
    this.#closed.abort();
  }

  #askWhatIsDue(): void {
    const { activity } = this.#store;
    // In the middle of a sweep more of them may come.
    if (activity.kind === 'reading' || this.#asking) return;
    const rows = this.#store.rows.list;
    if (rows !== this.#rows) this.#collect(rows);
    if (this.#waiting.length === 0) return;
    const pause = Math.min(longestPause, collecting * 2 ** Math.max(0, this.#failures - 1));
    const rested = this.#store.clocks.monotonic() - this.#askedAt >= pause;
    const isMuch = activity.kind === 'finished' || this.#waiting.length >= nodesEachCall;
    if (rested || (isMuch && this.#failures === 0)) void this.#ask();
  }

  #collect(rows: readonly Invocation[]): void {
    this.#rows = rows;
    const found = rows.filter((row) => wasUndelivered(row) && !this.#known.has(row.instanceId));
    const ids = found.slice(0, mostNodes - this.#known.size).map(({ instanceId }) => instanceId);
    for (const id of ids) this.#known.add(id);
    this.#waiting = [...this.#waiting, ...ids];
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    while (this.#waiting.length > 0 && (await this.#askFor(this.#waiting.slice(0, nodesEachCall)))) {
      this.#waiting = this.#waiting.slice(nodesEachCall);
    }
    this.#asking = false;
  }

  /** Whether there was an answer. Nothing that goes wrong here may harm the watch. */
  async #askFor(instanceIds: readonly string[]): Promise<boolean> {
    const { signal } = this.#closed;
    this.#askedAt = this.#store.clocks.monotonic();
    try {
      const nodes = new Map((await this.#read(instanceIds, signal)).map((node) => [node.instanceId, node]));
      if (signal.aborted) return false;
      this.#failures = 0;
      this.#store.nodesRead(new Map(instanceIds.map((id) => [id, nodes.get(id) ?? null])));
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      const problem = error instanceof RemoteError ? error.problem : null;
      // What may be granted again is not asked for often.
      this.#failures =
        problem?.kind === 'access-denied' ? Math.max(2, this.#failures + 1) : this.#failures + 1;
      this.#store.nodesUnread(problem?.message ?? `the nodes could not be asked for: ${String(error)}`);
      return false;
    }
  }
}
