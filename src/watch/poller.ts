import { giveUp, type WaitOut } from '../domain/paging.ts';
import { isPassing, type Problem, problemOf, RemoteError } from '../domain/problem.ts';
import { backoff } from './backoff.ts';
import { CallBudget } from './call-budget.ts';
import type { Clocks } from './clocks.ts';
import { CommandReading } from './command-reading.ts';
import { InvocationReading } from './invocation-reading.ts';
import { knownOf } from './known-to-strategy.ts';
import type { Ending, PollingPolicy } from './polling-policy.ts';
import { RefusalWatch } from './refusal.ts';
import { Rest } from './rest.ts';
import type { RolloutReader } from './rollout-reader.ts';
import type { RolloutStore } from './store.ts';
import { type Call, coveredAt, type Known, nextCall, nextGlance } from './strategy.ts';
import type { Waiting } from './waiting.ts';

export interface PollerOptions {
  /** Pause after each round, in milliseconds. */
  readonly interval: number;
  /** MaxResults of each call. */
  readonly pageSize: number;
  readonly policy: PollingPolicy;
}

/** Polls until the rollout is over: one round of calls at a time, a pause after each, back-off after failures. */
export class Poller {
  readonly #store: RolloutStore;
  readonly #options: PollerOptions;
  readonly #monotonic: Clocks['monotonic'];
  readonly #waiting: Waiting;
  readonly #refusals: RefusalWatch;
  readonly #budget: CallBudget;
  readonly #command: CommandReading;
  readonly #invocations: InvocationReading;
  readonly #rest = new Rest();
  readonly #visible = new Set<string>();
  #sweepWanted = false;
  #endsLastRound = 0;
  #failures = 0;
  /** When what runs may be looked at again in the middle of a sweep. */
  #glanceAt = Number.NEGATIVE_INFINITY;

  constructor(reader: RolloutReader, store: RolloutStore, options: PollerOptions, waiting: Waiting) {
    const { interval, policy } = options;
    const { monotonic } = store.clocks;
    this.#store = store;
    this.#options = options;
    this.#monotonic = monotonic;
    this.#waiting = waiting;
    this.#refusals = new RefusalWatch(monotonic);
    this.#budget = new CallBudget(monotonic, waiting.delay);
    const known = { store, refusals: this.#refusals };
    const isRetried = (problem: Problem) => policy.retriesCommand(problem, known);
    this.#command = new CommandReading(reader, store, this.#refusals, waiting.random, {
      interval,
      isRetried,
    });
    this.#invocations = new InvocationReading(reader, store, this.#budget, interval);
  }

  /** Polls until there is an ending. Rejects with the signal's reason when it is aborted. */
  async run(stop: AbortSignal): Promise<Ending> {
    stop.throwIfAborted();
    const over = new AbortController();
    const signal = AbortSignal.any([stop, over.signal]);
    try {
      for (;;) {
        this.#store.activityChanged({ kind: 'reading' });
        const failure = await this.#round(signal);
        const ending = this.#ending(failure);
        if (ending) return ending;
        // Who asks during a round wants to know more than it has read.
        if (!this.#sweepWanted) await this.#restAfter(failure, this.#failures, signal);
      }
    } finally {
      // A ListCommands that is still under way must not change what is over.
      over.abort();
    }
  }

  /** Stops asking, after the round that is under way, until `resume`. */
  pause(): void {
    this.#rest.pause();
  }

  resume(): void {
    this.#rest.resume();
  }

  get paused(): boolean {
    return this.#rest.paused;
  }

  /** Reads everything again now, once, also while paused. */
  refresh(): void {
    this.#sweepWanted = true;
    this.#command.tryAgain();
    this.#rest.refresh();
  }

  /** Says which instances somebody looks at: what happens to these is read first. */
  setVisible(instanceIds: readonly string[]): void {
    this.#visible.clear();
    for (const instanceId of instanceIds) this.#visible.add(instanceId);
  }

  /** Makes all calls that are due. Gives the problem that cut them short, or null. */
  async #round(signal: AbortSignal): Promise<Problem | null> {
    const roundAt = this.#store.stamp();
    this.#endsLastRound = this.#invocations.takeEnds();
    try {
      await this.#perform(() => nextCall(this.#known(roundAt)), this.#patience(signal), signal);
    } catch (error) {
      signal.throwIfAborted();
      const problem = problemOf(error);
      if (problem.kind === 'throttled') this.#budget.throttled();
      this.#failures += 1;
      this.#refusals.sweepAnswered(problem);
      this.#tellRound(roundAt, problem);
      return problem;
    }
    // What troubled all calls is over for ListCommands, too.
    if (this.#failures > 0 && !this.#store.commandDenied) this.#command.tryAgain();
    this.#failures = 0;
    this.#store.problemOver('sweep');
    this.#store.roundEnded(roundAt, coveredAt(this.#known(roundAt)));
    this.#store.slowed(this.#budget.takeSlowness());
    this.#tellRound(roundAt, null);
    return null;
  }

  #tellRound(roundAt: number, problem: Problem | null): void {
    this.#store.steps.tell({
      type: 'round-ended',
      durationMs: this.#monotonic() - roundAt,
      problem: problem?.kind ?? null,
      callsPerSecond: this.#budget.callsPerSecond,
      rows: this.#store.rows.size,
    });
  }

  async #perform(next: () => Call | null, waitOut: WaitOut, signal: AbortSignal): Promise<void> {
    for (let call = next(); call !== null; call = next()) {
      switch (call.kind) {
        case 'command':
          await this.#askForCommand(signal);
          break;
        case 'sweep':
          await this.#sweep(call.details, waitOut, signal);
          break;
        case 'status':
          await this.#invocations.listStatus(call.status, call.details, waitOut, signal);
          break;
        case 'instance':
          await this.#invocations.lookUp(call.instanceId, waitOut, signal);
      }
    }
  }

  async #askForCommand(signal: AbortSignal): Promise<void> {
    this.#command.ask(signal);
    await this.#options.policy.waitForCommand(this.#command, this.#invocations.sweptAt === null, signal);
  }

  async #sweep(details: boolean, waitOut: WaitOut, signal: AbortSignal): Promise<void> {
    this.#sweepWanted = false;
    this.#glanceAt = this.#monotonic() + this.#options.interval;
    const isFirst = this.#invocations.sweptAt === null;
    const goesOn = async (beganAt: number) => {
      // A round that failed before is mended only by a whole one.
      if (this.#failures === 0) this.#store.problemOver('sweep');
      await (isFirst ? this.#command.settle(signal) : this.#glance(signal));
      return !isFirst || beganAt > (this.#store.commandTerminalAt ?? Number.NEGATIVE_INFINITY);
    };
    const listed = await this.#invocations.sweep(details, waitOut, goesOn, signal);
    this.#refusals.sweepAnswered(listed);
  }

  /** What runs is looked at in the middle of a long sweep, too. What goes wrong with that can wait. */
  async #glance(signal: AbortSignal): Promise<void> {
    if (this.#monotonic() < this.#glanceAt) return;
    const roundAt = this.#store.stamp();
    try {
      await this.#perform(() => nextGlance(this.#known(roundAt)), giveUp, signal);
    } catch (error) {
      if (!(error instanceof RemoteError) || signal.aborted) throw error;
      if (error.problem.kind === 'throttled') this.#budget.throttled();
    }
    // However long it took, the sweep goes on for at least as long.
    const now = this.#monotonic();
    this.#glanceAt = now + Math.max(this.#options.interval, now - roundAt);
  }

  #known(roundAt: number): Known {
    return knownOf({
      store: this.#store,
      command: this.#command,
      invocations: this.#invocations,
      options: this.#options,
      visible: this.#visible,
      now: this.#monotonic(),
      roundAt,
      callsPerSecond: this.#budget.callsPerSecond,
      endsLastRound: this.#endsLastRound,
      sweepWanted: this.#sweepWanted,
    });
  }

  /** Waits out throttling and lost connections in the middle of a listing: the pages that were read stay read. */
  #patience(signal: AbortSignal): WaitOut {
    return async (error, failures) => {
      if (failures > this.#options.policy.pageTries || !isPassing(error.problem)) throw error;
      if (error.problem.kind === 'throttled') this.#budget.throttled();
      await this.#restAfter(error.problem, failures, signal);
      this.#store.activityChanged({ kind: 'reading' });
    };
  }

  #ending(failure: Problem | null): Ending | null {
    const verdict = this.#store.judge();
    if (verdict) return { kind: 'verdict', verdict };
    const ending = this.#options.policy.endingAfter({
      store: this.#store,
      refusals: this.#refusals,
      failure,
      commandProblem: this.#command.problem,
    });
    if (ending?.kind === 'refused' && ending.refusal.kind === 'problem') {
      this.#store.problemMet('sweep', ending.refusal.problem, null);
    }
    return ending;
  }

  async #restAfter(failure: Problem | null, failures: number, signal: AbortSignal): Promise<void> {
    const { delay, random } = this.#waiting;
    const wanted = failure ? backoff(failures, random()) : this.#options.interval;
    const duration = this.#store.found ? wanted : Math.min(wanted, this.#refusals.dueIn());
    if (failure) this.#store.problemMet('sweep', failure, duration);
    const until = this.#monotonic() + duration;
    await this.#rest.take(
      (either) => delay(Math.max(0, until - this.#monotonic()), either),
      (paused) => this.#store.activityChanged(paused ? { kind: 'paused' } : { kind: 'waiting', until }),
      signal,
    );
  }
}
