import type { InvocationDetails } from './statuses.ts';
import type { StepRun } from './step-runs.ts';

/** From `at` (epoch milliseconds) on the invocation is in this state. */
export interface Phase {
  readonly at: number;
  readonly details: InvocationDetails;
}

/** A CancelCommand: of all invocations, or of those named. */
export interface Cancellation {
  readonly at: number;
  readonly instanceIds?: readonly string[];
}

/** What happened to one invocation. */
export interface InvocationHistory {
  readonly phases: readonly Phase[];
  readonly runs: readonly StepRun[];
  /** When it was first sent to its instance. */
  readonly dispatchedAt: number | undefined;
  readonly endedAt: number;
}

/** What happened, from the first event to the last. */
export interface DispatchHistory {
  readonly invocations: readonly InvocationHistory[];
  /** When a cancel of the whole command took effect. */
  readonly cancelledAt: number | undefined;
  /** When an alarm stopped the command. */
  readonly alarmedAt: number | undefined;
}
