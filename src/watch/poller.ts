import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from '../domain/command.ts';
import { type Invocation, invocationKey } from '../domain/invocation.ts';
import { type Problem, passes, problemOf, type RemoteError } from '../domain/problem.ts';
import { isTerminal } from '../domain/status.ts';
import type { Verdict } from '../domain/verdict.ts';
import { backoff } from './backoff.ts';
import { type Refusal, RefusalWatch } from './refusal.ts';
import { Rest } from './rest.ts';
import type { RolloutStore } from './store.ts';

/** Reads one rollout from AWS. Every function throws RemoteError, or the signal's reason when that is aborted. */
export interface RolloutReader {
  /** The command, or null when AWS does not know it. */
  readCommand(signal: AbortSignal): Promise<Command | null>;
  /**
   * All invocations, page by page. `waitOut` is called when a page behind the first cannot be read: it resolves for one
   * more try, or throws to end the sweep.
   */
  sweep(
    waitOut: (error: RemoteError) => Promise<void>,
    signal: AbortSignal,
  ): AsyncIterable<readonly Invocation[]>;
  /** The invocation on one instance, or null when it is not listed. */
  readInvocation(instanceId: string, signal: AbortSignal): Promise<Invocation | null>;
}

/** How the poller waits. Replaced in tests. */
export interface Waiting {
  readonly monotonic: () => number;
  /** Resolves after so many milliseconds; rejects when the signal is aborted. */
  readonly delay: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
  /** 0 to 1. */
  readonly random: () => number;
}

export interface PollerOptions {
  /** Pause after each sweep, in milliseconds. */
  readonly interval: number;
  /** Read once: a sweep that fails is a refusal, and one that shows no end is `in-progress`. */
  readonly once: boolean;
  /** Give up when AWS cannot be reached for a minute before the first row. */
  readonly givesUpUnreachable: boolean;
}

/** How polling ended by itself. */
export type Ending =
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'in-progress' };

/** ListCommands is asked before each sweep; one that takes longer than this does not hold the sweep up. */
const commandHeadStart = 1_000;
/** A page that has failed so often in a row ends its sweep: the token may be too old by then. */
const pageTries = 5;
/** Rows that a sweep no longer lists are asked for one by one, at most this many after each sweep. */
const absentRowsAsked = 5;

/** Polls until the rollout is over: one sweep at a time, a pause after each answer, back-off after failures. */
export class Poller {
  readonly #reader: RolloutReader;
  readonly #store: RolloutStore;
  readonly #options: PollerOptions;
  readonly #waiting: Waiting;
  readonly #refusals: RefusalWatch;
  readonly #rest = new Rest();
  #commandCall: Promise<void> | null = null;
  #commandProblem: Problem | null = null;
  #commandFailures = 0;
  #commandNotBefore = Number.NEGATIVE_INFINITY;
  #sweepFailures = 0;
  #pageFailures = 0;
  #absentAsked = 0;

  constructor(reader: RolloutReader, store: RolloutStore, options: PollerOptions, waiting: Waiting) {
    this.#reader = reader;
    this.#store = store;
    this.#options = options;
    this.#waiting = waiting;
    this.#refusals = new RefusalWatch(waiting.monotonic);
  }

  /** Polls until there is an ending. Rejects with the signal's reason when it is aborted. */
  async run(stop: AbortSignal): Promise<Ending> {
    const over = new AbortController();
    const signal = AbortSignal.any([stop, over.signal]);
    try {
      for (;;) {
        this.#store.activityChanged({ kind: 'reading' });
        await this.#startWithCommand(signal);
        const failure = await this.#sweep(signal);
        const ending = this.#ending(failure);
        if (ending) return ending;
        await this.#restAfter(failure, this.#sweepFailures, signal);
      }
    } finally {
      // A ListCommands that is still under way must not change what is over.
      over.abort();
    }
  }

  /** Stops asking, after the sweep that is under way, until `resume`. */
  pause(): void {
    this.#rest.pause();
  }

  resume(): void {
    this.#rest.resume();
  }

  get paused(): boolean {
    return this.#rest.paused;
  }

  /** Reads again now, once, also while paused. */
  refresh(): void {
    this.#rest.refresh();
  }

  /**
   * A command that is seen terminal before the sweep begins is what can make this sweep the last. When the sweep is to
   * be the only one, the answer is waited for.
   */
  async #startWithCommand(signal: AbortSignal): Promise<void> {
    if (this.#waiting.monotonic() < this.#commandNotBefore) return;
    this.#commandCall ??= this.#readCommand(signal).finally(() => {
      this.#commandCall = null;
    });
    const commandCall = this.#commandCall;
    if (this.#options.once) return commandCall;
    const answered = new AbortController();
    const headStart = sleep(commandHeadStart, undefined, { signal: answered.signal }).catch(() => {});
    await Promise.race([commandCall, headStart]).finally(() => answered.abort());
    signal.throwIfAborted();
  }

  async #readCommand(signal: AbortSignal): Promise<void> {
    let command: Command | null;
    try {
      command = await this.#reader.readCommand(signal);
    } catch (error) {
      if (!signal.aborted) this.#commandFailed(problemOf(error));
      return;
    }
    if (signal.aborted) return;
    this.#commandFailures = 0;
    this.#commandProblem = null;
    this.#refusals.commandAnswered(command || this.#store.found ? 1 : 0);
    if (command) {
      this.#store.problemOver('command');
      this.#store.commandRead(command);
    } else if (this.#store.found) {
      this.#store.problemMet('command', unknownCommand, this.#options.interval);
    } else {
      this.#store.problemOver('command');
    }
  }

  #commandFailed(problem: Problem): void {
    this.#commandFailures += 1;
    const retryIn = backoff(this.#commandFailures, this.#waiting.random());
    this.#commandNotBefore = this.#waiting.monotonic() + retryIn;
    this.#commandProblem = problem;
    this.#refusals.commandAnswered(problem);
    this.#store.problemMet('command', problem, retryIn);
    if (problem.kind === 'access-denied') this.#store.commandRefused();
  }

  /** Reads every page. Gives the problem that cut the sweep short, or null. */
  async #sweep(signal: AbortSignal): Promise<Problem | null> {
    const beganAt = this.#store.sweepBegan();
    const listed = new Set<string>();
    this.#pageFailures = 0;
    try {
      for await (const page of this.#reader.sweep((error) => this.#waitOut(error, signal), signal)) {
        if (this.#pageFailures > 0) this.#pageRecovered();
        for (const row of page) listed.add(invocationKey(row));
        this.#store.pageRead(page);
      }
      await this.#askForAbsent(listed, signal);
    } catch (error) {
      signal.throwIfAborted();
      const problem = problemOf(error);
      this.#sweepFailures += 1;
      this.#refusals.sweepAnswered(problem);
      return problem;
    }
    this.#sweepFailures = 0;
    this.#refusals.sweepAnswered(listed.size);
    this.#store.problemOver('sweep');
    this.#store.sweepEnded(beganAt, listed);
    return null;
  }

  /** Throttling and lost connections in the middle of a sweep: the pages that were read stay read. */
  async #waitOut(error: RemoteError, signal: AbortSignal): Promise<void> {
    const givesUp = this.#options.once || this.#pageFailures >= pageTries;
    if (givesUp || !passes(error.problem)) throw error;
    this.#pageFailures += 1;
    await this.#restAfter(error.problem, this.#pageFailures, signal);
    this.#store.activityChanged({ kind: 'reading' });
  }

  #pageRecovered(): void {
    this.#pageFailures = 0;
    // A sweep that failed before is mended only by a whole one.
    if (this.#sweepFailures === 0) this.#store.problemOver('sweep');
  }

  async #askForAbsent(listed: ReadonlySet<string>, signal: AbortSignal): Promise<void> {
    const absent = this.#store.absentFrom(listed);
    // Others are asked for after each sweep, until all have been.
    const first = absent.length <= absentRowsAsked ? 0 : this.#absentAsked % absent.length;
    this.#absentAsked = first + absentRowsAsked;
    let stillThere = 0;
    for (const { instanceId } of [...absent.slice(first), ...absent.slice(0, first)].slice(
      0,
      absentRowsAsked,
    )) {
      const row = await this.#reader.readInvocation(instanceId, signal);
      if (!row) continue;
      stillThere += 1;
      this.#store.pageRead([row]);
    }
    const gone = absent.length - stillThere;
    if (gone === 0) this.#store.problemOver('listing');
    else this.#store.problemMet('listing', vanishedRows(absent, gone), this.#options.interval);
  }

  #ending(failure: Problem | null): Ending | null {
    const verdict = this.#store.judge();
    if (verdict) return { kind: 'verdict', verdict };
    const refusal = this.#refusal(failure);
    if (refusal) {
      if (refusal.kind === 'problem') this.#store.problemMet('sweep', refusal.problem, null);
      return { kind: 'refused', refusal };
    }
    return this.#options.once && this.#store.found ? this.#endingOfOne() : null;
  }

  /** What can be said after the only sweep: with every row ended, only ListCommands could tell whether it is over. */
  #endingOfOne(): Ending {
    const problem = this.#commandProblem;
    const unclear =
      problem !== null && !this.#store.commandDenied && this.#store.getSnapshot().rows.every(isTerminal);
    return unclear ? { kind: 'refused', refusal: { kind: 'problem', problem } } : { kind: 'in-progress' };
  }

  #refusal(failure: Problem | null): Refusal | null {
    const { once, givesUpUnreachable } = this.#options;
    if (once && failure) return { kind: 'problem', problem: failure };
    if (once && this.#commandProblem && !this.#store.found && !this.#store.commandDenied) {
      return { kind: 'problem', problem: this.#commandProblem };
    }
    if (this.#store.getSnapshot().rows.length > 0) return null;
    const unreachable = givesUpUnreachable ? this.#refusals.unreachable() : null;
    return unreachable ? { kind: 'problem', problem: unreachable } : this.#refusals.refusal();
  }

  async #restAfter(failure: Problem | null, failures: number, signal: AbortSignal): Promise<void> {
    const { monotonic, delay, random } = this.#waiting;
    const wanted = failure ? backoff(failures, random()) : this.#options.interval;
    const duration = this.#store.found ? wanted : Math.min(wanted, this.#refusals.dueIn());
    if (failure) this.#store.problemMet('sweep', failure, duration);
    const until = monotonic() + duration;
    await this.#rest.take(
      (either) => delay(Math.max(0, until - monotonic()), either),
      (paused) => this.#store.activityChanged(paused ? { kind: 'paused' } : { kind: 'waiting', until }),
      signal,
    );
  }
}

const unknownCommand: Problem = {
  kind: 'response',
  message: 'ListCommands: AWS no longer knows the command; it is kept as last seen',
  needsAction: false,
};

function vanishedRows(absent: readonly Invocation[], gone: number): Problem {
  const which = absent.length === 1 ? `invocation on ${absent[0]?.instanceId}` : `${gone} invocations`;
  return {
    kind: 'response',
    message: `ListCommandInvocations: AWS no longer lists ${absent.length === 1 ? 'the ' : ''}${which}; kept as last seen`,
    needsAction: false,
  };
}
