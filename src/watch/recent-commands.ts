import { type CommandPage, type CommandSummary, newestFirst } from '../domain/command-summary.ts';
import { mostEmptyPages } from '../domain/paging.ts';
import { type Problem, problemOf, retryable } from '../domain/problem.ts';
import { isTerminal } from '../domain/status.ts';
import { backoff } from './backoff.ts';
import type { Clocks } from './clocks.ts';
import type { CommandListSnapshot, CommandReader } from './command-list.ts';
import { ProblemLog, type ProblemSource } from './problems.ts';
import { Published } from './published.ts';
import { Rest } from './rest.ts';
import { Turns } from './turns.ts';
import type { Waiting } from './waiting.ts';

/** Pages that one reading of the newest commands takes at most to come to those that are known. */
const mostNewPages = 20;
/** Commands that were running and are not among the newest are asked for one by one, so many in each reading. */
const unseenAsked = 5;

/** What can have a problem of its own here. The header says above all what hinders a `sweep`. */
const sources = { newest: 'sweep', older: 'listing', unreadable: 'command' } as const;

/**
 * The list of recent commands: its beginning is read again and again, what is further down when it is wanted. One call
 * at a time.
 */
export class RecentCommands {
  readonly #reader: CommandReader;
  readonly #interval: number;
  readonly #monotonic: Clocks['monotonic'];
  readonly #waiting: Waiting;
  readonly #rest = new Rest();
  readonly #problems = new ProblemLog();
  readonly #commands = new Map<string, CommandSummary>();
  readonly #seenTokens = new Set<string>();
  /** Where the list goes on behind what was read; null when all of it was, undefined before the first page. */
  #nextToken: string | null | undefined;
  #newestDueAt = Number.NEGATIVE_INFINITY;
  #newestFailures = 0;
  #refreshWanted = false;
  #moreWanted = false;
  #moreDueAt = Number.NEGATIVE_INFINITY;
  #moreFailures = 0;
  #emptyPages = 0;
  readonly #unseenTurns = new Turns(unseenAsked);
  #changes = 0;
  readonly #published = new Published<CommandListSnapshot>({
    commands: [],
    activity: { kind: 'reading' },
    problems: [],
    readAt: null,
    hasMore: false,
  });

  /** `interval` is the pause between two readings of the newest commands, in milliseconds. */
  constructor(
    reader: CommandReader,
    interval: number,
    { monotonic }: Pick<Clocks, 'monotonic'>,
    waiting: Waiting,
  ) {
    this.#reader = reader;
    this.#interval = interval;
    this.#monotonic = monotonic;
    this.#waiting = waiting;
  }

  readonly getSnapshot = (): CommandListSnapshot => this.#published.current;

  /** Calls back at every new snapshot, until the returned function is called. */
  readonly subscribe = this.#published.subscribe;

  /** Reads until the signal is aborted; rejects with its reason. */
  async run(signal: AbortSignal): Promise<never> {
    for (;;) {
      signal.throwIfAborted();
      const now = this.#monotonic();
      const { newest, more } = this.#dueTimes();
      if (newest <= now) await this.#readNewest(signal);
      else if (more <= now) await this.#readMore(signal);
      else await this.#restUntil(Math.min(newest, more), signal);
    }
  }

  /** Reads on behind the oldest command that is known, until one more is, or the list ends. Also while paused. */
  loadMore(): void {
    const waits = this.#moreWanted && this.#monotonic() < this.#moreDueAt;
    if (waits || !this.#published.current.hasMore) return;
    this.#moreWanted = true;
    this.#rest.refresh();
  }

  /** Reads the newest commands now, once, also while paused. */
  refresh(): void {
    this.#refreshWanted = true;
    this.#rest.refresh();
  }

  /** Stops asking, after the call that is under way, until `resume`. */
  pause(): void {
    this.#rest.pause();
  }

  resume(): void {
    this.#rest.resume();
  }

  get paused(): boolean {
    return this.#rest.paused;
  }

  #dueTimes(): { readonly newest: number; readonly more: number } {
    const never = Number.POSITIVE_INFINITY;
    const now = Number.NEGATIVE_INFINITY;
    // The way down is found again from the top.
    const lost = this.#moreWanted && this.#nextToken === undefined;
    const polled = this.paused ? never : this.#newestDueAt;
    return {
      newest: this.#refreshWanted ? now : lost ? this.#moreDueAt : polled,
      more: this.#moreWanted && typeof this.#nextToken === 'string' ? this.#moreDueAt : never,
    };
  }

  /** From the newest on, until a command comes that is known. */
  async #readNewest(signal: AbortSignal): Promise<void> {
    this.#refreshWanted = false;
    this.#published.publish({ activity: { kind: 'reading' } });
    try {
      const seen = await this.#readDownToKnown(signal);
      await this.#askForUnseen(seen, signal);
    } catch (error) {
      this.#newestFailures += 1;
      this.#newestDueAt = this.#failed(sources.newest, error, this.#newestFailures, signal);
      this.#moreDueAt = this.#newestDueAt;
      return;
    }
    this.#newestFailures = 0;
    this.#newestDueAt = this.#monotonic() + this.#interval;
    this.#recovered(sources.newest);
  }

  /** Gives the IDs that were listed. */
  async #readDownToKnown(signal: AbortSignal): Promise<ReadonlySet<string>> {
    const seen = new Set<string>();
    let token: string | null = null;
    for (let pages = 0; pages < mostNewPages; pages += 1) {
      const page: CommandPage = await this.#reader.readPage(token, signal);
      if (this.#isOfOthers()) {
        seen.clear();
        if (token !== null) {
          token = null;
          continue;
        }
      }
      const isEnough =
        this.#commands.size === 0 || page.commands.some(({ commandId }) => this.#commands.has(commandId));
      for (const { commandId } of page.commands) seen.add(commandId);
      this.#take(page);
      this.#published.publish({ readAt: this.#monotonic() });
      token = page.nextToken;
      if (this.#nextToken === undefined) this.#goOnAt(token);
      if (isEnough || token === null) return seen;
    }
    // There is a gap above what is known: the way down begins anew, above it.
    this.#startOver();
    this.#goOnAt(token);
    return seen;
  }

  /** One page behind those that were read. */
  async #readMore(signal: AbortSignal): Promise<void> {
    this.#published.publish({ activity: { kind: 'reading' } });
    const known = this.#commands.size;
    let page: CommandPage;
    try {
      page = await this.#reader.readPage(this.#nextToken ?? null, signal);
    } catch (error) {
      this.#moreFailures += 1;
      this.#moreDueAt = this.#failed(sources.older, error, this.#moreFailures, signal);
      // A token can be too old: the way down is then found again, from the top.
      if (problemOf(error).kind === 'response') this.#startOver();
      return;
    }
    this.#moreFailures = 0;
    this.#moreDueAt = Number.NEGATIVE_INFINITY;
    this.#recovered(sources.older);
    if (this.#isOfOthers()) {
      this.#refreshWanted = true;
      return;
    }
    this.#take(page);
    const isNews = this.#commands.size > known;
    this.#emptyPages = isNews ? 0 : this.#emptyPages + 1;
    if (isNews || page.nextToken === null) this.#moreWanted = false;
    this.#goOnAt(page.nextToken);
  }

  /** What was running when it was last seen is not left to look so for ever. */
  async #askForUnseen(seen: ReadonlySet<string>, signal: AbortSignal): Promise<void> {
    const unseen = [...this.#commands.values()].filter(
      (command) => !isTerminal(command) && !seen.has(command.commandId),
    );
    for (const { commandId } of this.#unseenTurns.take(unseen)) {
      const command = await this.#reader.readCommand(commandId, signal);
      if (command) this.#keep([command]);
    }
  }

  #take({ commands, unreadable }: CommandPage): void {
    this.#keep(commands);
    if (unreadable === 0) this.#recovered(sources.unreadable);
    else this.#raise(sources.unreadable, unreadableCommands(unreadable), this.#interval);
  }

  #keep(commands: readonly CommandSummary[]): void {
    if (commands.length === 0) return;
    for (const command of commands) this.#commands.set(command.commandId, command);
    this.#published.publish({ commands: newestFirst(this.#commands.values()) });
  }

  /** Where older commands are. A list that would never end ends here. */
  #goOnAt(token: string | null): void {
    const endless = token !== null && (this.#seenTokens.has(token) || this.#emptyPages > mostEmptyPages);
    if (endless) {
      this.#moreWanted = false;
      this.#raise(sources.older, endlessList, null);
    } else if (token !== null) {
      this.#seenTokens.add(token);
    }
    this.#nextToken = endless ? null : token;
    this.#published.publish({ hasMore: this.#nextToken !== null });
  }

  /** Whether the last answer may be of another account than what is listed, which is then forgotten. */
  #isOfOthers(): boolean {
    const { changes } = this.#reader;
    if (changes === this.#changes) return false;
    this.#changes = changes;
    this.#commands.clear();
    this.#startOver();
    this.#published.publish({ commands: [], hasMore: false });
    return true;
  }

  #startOver(): void {
    this.#nextToken = undefined;
    this.#seenTokens.clear();
    this.#emptyPages = 0;
  }

  /** Gives the monotonic time of the next try. */
  #failed(source: ProblemSource, error: unknown, failures: number, signal: AbortSignal): number {
    signal.throwIfAborted();
    const retryIn = backoff(failures, this.#waiting.random());
    this.#raise(source, problemOf(error), retryIn);
    return this.#monotonic() + retryIn;
  }

  #raise(source: ProblemSource, problem: Problem, retryIn: number | null): void {
    this.#problems.raise(source, problem, this.#monotonic(), retryIn);
    this.#published.publish({ problems: this.#problems.active });
  }

  #recovered(source: ProblemSource): void {
    this.#problems.clear(source, this.#monotonic());
    this.#published.publish({ problems: this.#problems.active });
  }

  async #restUntil(until: number, signal: AbortSignal): Promise<void> {
    await this.#rest.take(
      (wake) => this.#waiting.delay(Math.max(0, until - this.#monotonic()), wake),
      (paused) =>
        this.#published.publish({ activity: paused ? { kind: 'paused' } : { kind: 'waiting', until } }),
      signal,
    );
  }
}

const endlessList = retryable(
  'response',
  'ListCommands: AWS gave the same NextToken twice, or empty pages without end; older commands cannot be read',
);

function unreadableCommands(count: number): Problem {
  return retryable('response', `ListCommands: ${count} of the listed commands could not be read`);
}
