import type { Problem } from '../domain/problem.ts';
import type { Clocks } from './clocks.ts';

/** Why a watch that has no row is given up. */
export type Refusal =
  /** What no retry can mend, or what has lasted too long. */
  | { readonly kind: 'problem'; readonly problem: Problem }
  /** AWS answers, and knows no such command. */
  | { readonly kind: 'unknown-command' }
  /** ListCommands is denied, and ListCommandInvocations lists nothing: the two look alike from here. */
  | { readonly kind: 'nothing-listed'; readonly problem: Problem };

/** Milliseconds for which a watch without a row is kept up; see the README, "When it is over". */
const patience = {
  /** A command ID that AWS does not know may be seconds old. */
  unknownCommand: 20_000,
  nothingListed: 60_000,
  unreachable: 60_000,
} as const;

/** The last answer of a list call: what it listed, or why it failed; null before the first. */
type LastAnswer = number | Problem | null;

/** Decides when a watch that has no row yet is given up, from the last answers of the two list calls. */
export class RefusalWatch {
  readonly #monotonic: Clocks['monotonic'];
  #command: LastAnswer = null;
  #sweep: LastAnswer = null;
  #unknownSince: number | null = null;
  #nothingListedSince: number | null = null;
  /** When AWS was last reached; the start of the watch before that, since the first call can hang. */
  #reachedAt: number;

  constructor(monotonic: Clocks['monotonic']) {
    this.#monotonic = monotonic;
    this.#reachedAt = monotonic();
  }

  /** ListCommands answered with so many commands, or failed. */
  commandAnswered(answer: number | Problem): void {
    this.#command = answer;
    this.#update(answer);
  }

  /** A sweep ended with so many rows, or failed. */
  sweepAnswered(answer: number | Problem): void {
    this.#sweep = answer;
    this.#update(answer);
  }

  /** The refusal that is due now, or null. */
  refusal(): Refusal | null {
    const final = [this.#sweep, this.#command].find(
      (answer) => isProblem(answer) && endsWatch(answer, this.#sweep),
    );
    if (isProblem(final)) return { kind: 'problem', problem: final };
    if (this.#isDue(this.#unknownSince, patience.unknownCommand)) return { kind: 'unknown-command' };
    if (this.#isDue(this.#nothingListedSince, patience.nothingListed) && isProblem(this.#command)) {
      return { kind: 'nothing-listed', problem: this.#command };
    }
    return null;
  }

  /** The problem to give up with when AWS has not been reached for a minute, or null. */
  unreachable(): Problem | null {
    return isUnreachable(this.#sweep) && this.#isDue(this.#reachedAt, patience.unreachable)
      ? this.#sweep
      : null;
  }

  /** Milliseconds until a refusal can be due, as far as is known now; no rest is longer, whatever the interval. */
  dueIn(): number {
    const times = [
      this.#unknownSince === null ? null : this.#unknownSince + patience.unknownCommand,
      this.#nothingListedSince === null ? null : this.#nothingListedSince + patience.nothingListed,
      isUnreachable(this.#sweep) ? this.#reachedAt + patience.unreachable : null,
    ].filter((time) => time !== null);
    const now = this.#monotonic();
    return Math.min(...times.map((time) => time - now).filter((wait) => wait > 0), Number.POSITIVE_INFINITY);
  }

  #update(answer: number | Problem): void {
    const now = this.#monotonic();
    if (!isUnreachable(answer)) this.#reachedAt = now;
    const denied = isProblem(this.#command) && this.#command.kind === 'access-denied';
    const listsNothing = this.#sweep === 0;
    this.#unknownSince = listsNothing && this.#command === 0 ? (this.#unknownSince ?? now) : null;
    this.#nothingListedSince = listsNothing && denied ? (this.#nothingListedSince ?? now) : null;
  }

  #isDue(since: number | null, wait: number): boolean {
    return since !== null && this.#monotonic() - since >= wait;
  }
}

/** A denied ListCommands alone is no end: the rows can still be watched. */
function endsWatch(problem: Problem, sweep: LastAnswer): boolean {
  return problem.needsAction && (problem === sweep || problem.kind !== 'access-denied');
}

function isUnreachable(answer: LastAnswer): answer is Problem {
  return isProblem(answer) && answer.kind === 'network';
}

function isProblem(answer: LastAnswer | undefined): answer is Problem {
  return typeof answer === 'object' && answer !== null;
}
