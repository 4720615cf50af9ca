import { isPassing, type Problem } from '../domain/problem.ts';
import type { WatchEvent } from './events.ts';

/** What can have a problem of its own, and recovers from it by itself. */
export type ProblemSource = 'command' | 'sweep' | 'listing';

/** A problem that is not over. */
export interface ActiveProblem {
  readonly source: ProblemSource;
  readonly problem: Problem;
  /** When it began. Milliseconds of the watch's monotonic clock. */
  readonly since: number;
  /** When it is tried again, on the same clock; null when it is not. */
  readonly retryAt: number | null;
}

/**
 * The problems that stand, and the events that their coming and going makes. What troubles every call alike (the
 * network is gone) is told once, and is over when it is over for all.
 */
export class ProblemLog {
  #active: readonly ActiveProblem[] = [];

  /** The problems that stand, the oldest first. */
  get active(): readonly ActiveProblem[] {
    return this.#active;
  }

  raise(source: ProblemSource, problem: Problem, now: number, retryInMs: number | null): WatchEvent[] {
    const before = this.#of(source);
    const retryAt = retryInMs === null ? null : now + retryInMs;
    if (before?.problem.kind === problem.kind && before.problem.message === problem.message) {
      this.#active = this.#active.map((other) => (other === before ? { ...before, retryAt } : other));
      return [];
    }
    const over = before && before.problem.kind !== problem.kind ? this.clear(source, now) : [];
    const told = this.#active.some((other) => other.source !== source && saysAll(other.problem, problem));
    const since = this.#of(source)?.since ?? now;
    this.#active = [
      ...this.#active.filter((other) => other.source !== source),
      { source, problem, since, retryAt },
    ];
    return told ? over : [...over, { type: 'problem', problem, retryInMs }];
  }

  clear(source: ProblemSource, now: number): WatchEvent[] {
    const ended = this.#of(source);
    if (!ended) return [];
    const others = this.#active.filter((other) => other !== ended);
    const alike = others.some(({ problem }) => isSameTrouble(problem, ended.problem));
    // The same trouble in another source began when it was first told of here.
    this.#active = others.map((other) =>
      isSameTrouble(other.problem, ended.problem)
        ? { ...other, since: Math.min(other.since, ended.since) }
        : other,
    );
    return alike ? [] : [{ type: 'recovered', afterMs: now - ended.since }];
  }

  #of(source: ProblemSource): ActiveProblem | undefined {
    return this.#active.find((active) => active.source === source);
  }
}

/** Whether both have one cause, and are over when it is over for both. */
function isSameTrouble(a: Problem, b: Problem): boolean {
  const isCommon = (isPassing(a) && isPassing(b)) || a.kind === 'credentials';
  return a.kind === b.kind && (isCommon || a.message === b.message);
}

/** Whether who was told the one needs not be told the other: what has to be done can differ for two credentials. */
function saysAll(a: Problem, b: Problem): boolean {
  return isSameTrouble(a, b) && (a.kind !== 'credentials' || a.message === b.message);
}
