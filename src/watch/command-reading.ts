import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from '../domain/command.ts';
import { type Problem, problemOf, retryable } from '../domain/problem.ts';
import { backoff } from './backoff.ts';
import type { RefusalWatch } from './refusal.ts';
import type { RolloutReader } from './rollout-reader.ts';
import type { RolloutStore } from './store.ts';
import type { Waiting } from './waiting.ts';

/** ListCommands that takes longer than this holds nothing else up. Real milliseconds. */
const lateAfter = 1_000;

export interface CommandReadingOptions {
  /** How long after an answer that brought nothing the next try is. Milliseconds. */
  readonly interval: number;
  /** Whether it is asked again after it has failed so. */
  readonly isRetried: (problem: Problem) => boolean;
}

/** Asks ListCommands, one call at a time, with a back-off of its own. */
export class CommandReading {
  readonly #reader: RolloutReader;
  readonly #store: RolloutStore;
  readonly #refusals: RefusalWatch;
  readonly #random: Waiting['random'];
  readonly #options: CommandReadingOptions;
  #call: Promise<void> | null = null;
  #isLate = false;
  #askedAt: number | null = null;
  #problem: Problem | null = null;
  #failures = 0;
  #notBefore = Number.NEGATIVE_INFINITY;

  constructor(
    reader: RolloutReader,
    store: RolloutStore,
    refusals: RefusalWatch,
    random: Waiting['random'],
    options: CommandReadingOptions,
  ) {
    this.#reader = reader;
    this.#store = store;
    this.#refusals = refusals;
    this.#random = random;
    this.#options = options;
  }

  /** When it was last asked, by the store's stamps; null before. */
  get askedAt(): number | null {
    return this.#askedAt;
  }

  /** Whether it does not back off. */
  get mayBeAsked(): boolean {
    return this.#store.clocks.monotonic() >= this.#notBefore;
  }

  /** Whatever it failed with may be over: it backs off no longer. */
  tryAgain(): void {
    this.#notBefore = Number.NEGATIVE_INFINITY;
  }

  /** Why the last call failed; null when it did not. */
  get problem(): Problem | null {
    return this.#problem;
  }

  /** Asks, unless a call is under way already, whose answer will do. */
  ask(signal: AbortSignal): void {
    this.#askedAt = this.#store.stamp();
    this.#call ??= this.#read(signal).finally(() => {
      this.#call = null;
      this.#isLate = false;
    });
  }

  /** Resolves when the pending call is answered, also when it fails. */
  async answered(): Promise<void> {
    await this.#call;
  }

  /** Resolves when the pending call is answered, or after `lateAfter`, at most once a call. Rejects with the signal's reason. */
  async settle(signal: AbortSignal): Promise<void> {
    if (this.#call && !this.#isLate) {
      const answered = new AbortController();
      const late = sleep(lateAfter, undefined, { signal: answered.signal }).then(
        () => {
          this.#isLate = true;
        },
        () => {},
      );
      await Promise.race([this.#call, late]).finally(() => answered.abort());
    }
    signal.throwIfAborted();
  }

  async #read(signal: AbortSignal): Promise<void> {
    let command: Command | null;
    try {
      command = await this.#reader.readCommand(signal);
    } catch (error) {
      if (!signal.aborted) this.#failed(problemOf(error));
      return;
    }
    if (signal.aborted) return;
    this.#failures = 0;
    this.#problem = null;
    this.#refusals.commandAnswered(command || this.#store.found ? 1 : 0);
    if (command) {
      this.#store.problemOver('command');
      this.#store.commandRead(command);
    } else if (this.#store.found) {
      const problem = this.#store.command === null ? notListedYet : noLongerListed;
      this.#store.problemMet('command', problem, this.#options.interval);
    } else {
      this.#store.problemOver('command');
    }
  }

  #failed(problem: Problem): void {
    this.#failures += 1;
    const retryIn = backoff(this.#failures, this.#random());
    this.#notBefore = this.#store.clocks.monotonic() + retryIn;
    this.#problem = problem;
    this.#refusals.commandAnswered(problem);
    this.#store.problemMet('command', problem, this.#options.isRetried(problem) ? retryIn : null);
    if (problem.kind === 'access-denied') this.#store.commandRefused();
  }
}

/** Its rows may be listed first. */
const notListedYet = retryable(
  'response',
  'ListCommands: AWS does not list the command, though it lists its invocations',
);

const noLongerListed = retryable(
  'response',
  'ListCommands: AWS no longer knows the command; it is kept as last seen',
);
