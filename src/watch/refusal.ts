import type { Problem } from '../domain/problem.ts';

/** Why a watch that has no row is given up. */
export type Refusal =
  /** What no retry can mend, or what has lasted too long. */
  | { readonly kind: 'problem'; readonly problem: Problem }
  /** AWS answers, and knows no such command. */
  | { readonly kind: 'unknown-command' }
  /** ListCommands is denied, and ListCommandInvocations lists nothing: the two look alike from here. */
  | { readonly kind: 'nothing-listed'; readonly problem: Problem };

/** A command ID that AWS does not know may be seconds old. Milliseconds. */
const unknownCommandPatience = 20_000;
const nothingListedPatience = 60_000;
const unreachablePatience = 60_000;

/** The last answer of a list call: what it listed, or why it failed; null before the first. */
type LastAnswer = number | Problem | null;

/** Decides when a watch that has no row yet is given up, from the last answers of the two list calls. */
export class RefusalWatch {
  readonly #monotonic: () => number;
  #command: LastAnswer = null;
  #sweep: LastAnswer = null;
  #unknownSince: number | null = null;
  #nothingListedSince: number | null = null;
  #unreachableSince: number | null = null;

  constructor(monotonic: () => number) {
    this.#monotonic = monotonic;
  }

  /** ListCommands answered with so many commands, or failed. */
  commandAnswered(answer: number | Problem): void {
    this.#command = answer;
    this.#update();
  }

  /** A sweep ended with so many rows, or failed. */
  sweepAnswered(answer: number | Problem): void {
    this.#sweep = answer;
    this.#update();
  }

  /** The refusal that is due now, or null. */
  refusal(): Refusal | null {
    const beyondRetry = [this.#sweep, this.#command].find(
      (answer) => isProblem(answer) && endsWatch(answer, this.#sweep),
    );
    if (isProblem(beyondRetry)) return { kind: 'problem', problem: beyondRetry };
    if (this.#hasLasted(this.#unknownSince, unknownCommandPatience)) return { kind: 'unknown-command' };
    if (this.#hasLasted(this.#nothingListedSince, nothingListedPatience) && isProblem(this.#command)) {
      return { kind: 'nothing-listed', problem: this.#command };
    }
    return null;
  }

  /** The problem to give up with when AWS has not been reached for a minute, or null. */
  unreachable(): Problem | null {
    return this.#hasLasted(this.#unreachableSince, unreachablePatience) && isProblem(this.#sweep)
      ? this.#sweep
      : null;
  }

  #update(): void {
    const denied = isProblem(this.#command) && this.#command.kind === 'access-denied';
    const listsNothing = this.#sweep === 0;
    this.#unknownSince = this.#lasting(listsNothing && this.#command === 0, this.#unknownSince);
    this.#nothingListedSince = this.#lasting(listsNothing && denied, this.#nothingListedSince);
    const unreachable =
      isUnreachable(this.#sweep) && (this.#command === null || isUnreachable(this.#command));
    this.#unreachableSince = this.#lasting(unreachable, this.#unreachableSince);
  }

  #lasting(holds: boolean, since: number | null): number | null {
    return holds ? (since ?? this.#monotonic()) : null;
  }

  #hasLasted(since: number | null, patience: number): boolean {
    return since !== null && this.#monotonic() - since >= patience;
  }
}

/** A denied ListCommands alone is no end: the rows can still be watched. */
function endsWatch(problem: Problem, sweep: LastAnswer): boolean {
  return problem.needsAction && (problem === sweep || problem.kind !== 'access-denied');
}

function isUnreachable(answer: LastAnswer): boolean {
  return isProblem(answer) && answer.kind === 'network';
}

function isProblem(answer: LastAnswer | undefined): answer is Problem {
  return typeof answer === 'object' && answer !== null;
}
