import { type Circumstances, nothingKnown } from '../domain/circumstances.ts';
import { type CommandOverview, noInstancesInTag } from '../domain/command.ts';
import type { ErrorBudget } from '../domain/error-budget.ts';
import type { Invocation } from '../domain/invocation.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { ActiveProblem } from './problems.ts';

/** What the poller is doing. Times are monotonic milliseconds. */
export type Activity =
  | { readonly kind: 'reading' }
  | { readonly kind: 'waiting'; readonly until: number }
  | { readonly kind: 'paused' }
  | { readonly kind: 'finished' };

/** The remote truth as far as it was read. Immutable; a new one at every change. */
export interface Snapshot {
  readonly command: CommandOverview | null;
  /** The one instance that the watch is about, or null for the whole rollout. */
  readonly instanceId: string | null;
  /** In the order in which they were first listed. */
  readonly rows: readonly Invocation[];
  /** How much of MaxErrors is used; null where that is not known, or only one instance is watched. */
  readonly errors: ErrorBudget | null;
  /** What tells more about the ends of rows. The same object as long as it says the same. */
  readonly circumstances: Circumstances;
  readonly activity: Activity;
  readonly problems: readonly ActiveProblem[];
  /** When an answer last brought rows or confirmed them. Monotonic milliseconds; null before the first. */
  readonly readAt: number | null;
  /** All ends before this are known, as far as the lists tell. AWS's epoch milliseconds; null before the first sweep. */
  readonly sweptAt: number | null;
  /** When every row, the quiet ones included, was last read. Monotonic milliseconds; null before the first sweep. */
  readonly coveredAt: number | null;
  /** Calls a second that the watch is held to by throttling; null while that does not delay it. */
  readonly slowedTo: number | null;
  readonly verdict: Verdict | null;
  /** When the verdict was reached, in epoch milliseconds of AWS's clock; null before. */
  readonly endedAt: number | null;
}

/** How many instances the watch is about; null where AWS has not counted them. */
export function targetsOf({ command, instanceId }: Pick<Snapshot, 'command' | 'instanceId'>): number | null {
  if (instanceId !== null) return 1;
  // 0 is also what AWS says while it has not counted them.
  return command?.statusDetails === noInstancesInTag ? 0 : command?.targetCount || null;
}

/** What is known at the start. */
export const nothingRead: Snapshot = {
  command: null,
  instanceId: null,
  rows: [],
  errors: null,
  circumstances: nothingKnown,
  activity: { kind: 'reading' },
  problems: [],
  readAt: null,
  sweptAt: null,
  coveredAt: null,
  slowedTo: null,
  verdict: null,
  endedAt: null,
};
