/** What can go wrong between us and AWS, as the `problem` event of `json` names it. */
export type ProblemKind = 'network' | 'throttled' | 'credentials' | 'access-denied' | 'service' | 'response';

/** A call that failed, said so that a person can act on it. */
export interface Problem {
  readonly kind: ProblemKind;
  /** One line: what is wrong and, where it is known, what mends it. */
  readonly message: string;
  /** No retry can mend it: someone has to do something first. */
  readonly needsAction: boolean;
}

/** A problem that a retry can mend. */
export function retryable(kind: ProblemKind, message: string): Problem {
  return { kind, message, needsAction: false };
}

/** A problem that someone has to do something about. */
export function final(kind: ProblemKind, message: string): Problem {
  return { kind, message, needsAction: true };
}

/** The problem in what a reader threw. Anything but a RemoteError is a mistake of ours, and thrown on. */
export function problemOf(error: unknown): Problem {
  if (error instanceof RemoteError) return error.problem;
  throw error;
}

/** Whether it is likely to be over by itself: throttling, a lost connection, a failure of AWS's own. */
export function isPassing({ kind, needsAction }: Problem): boolean {
  return kind === 'throttled' || kind === 'network' || (kind === 'service' && !needsAction);
}

/** Thrown by whatever reads from AWS. */
export class RemoteError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.message, options);
    this.name = 'RemoteError';
    this.problem = problem;
  }
}
