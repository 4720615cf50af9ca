import type { CommandOverview } from './command.ts';
import { type ErrorBudget, isExceeded } from './error-budget.ts';
import { countOf } from './format.ts';
import type { ManagedNode } from './managed-node.ts';

/** What tells more about the end of a row than the row itself does. */
export interface Circumstances {
  /** Why rows were Terminated; null where that is not known. */
  readonly stopReason: string | null;
  /** ExpiresAfter of a command whose rollout is over, past which nothing is waited for. Epoch milliseconds. */
  readonly expiredAt?: number | null;
  /** What is known of the nodes that were asked for, by instance ID; null for one that SSM does not know. */
  readonly nodes: ReadonlyMap<string, ManagedNode | null>;
  /** One line that says why no node can be asked for; null where nothing was in the way. */
  readonly nodesProblem: string | null;
}

/** Where the rows are all there is. */
export const nothingKnown: Circumstances = { stopReason: null, nodes: new Map(), nodesProblem: null };

/**
 * Why the sending of a command was stopped, if it was; null where there is more than one possible reason. `errors` is
 * null where not all of its invocations are seen.
 */
export function stopReasonOf(
  { maxErrors, alarms, triggeredAlarms }: CommandOverview,
  errors: ErrorBudget | null,
): string | null {
  const exceeded =
    errors && isExceeded(errors)
      ? `stopped: ${countOf(errors.errors, 'error')} exceeded MaxErrors ${errors.maxErrors}`
      : null;
  if (triggeredAlarms.length > 0) {
    const alarm = alarmText(triggeredAlarms);
    return exceeded === null ? `stopped by the ${alarm}` : `${exceeded}, and the ${alarm} went off`;
  }
  if (exceeded !== null) return exceeded;
  // Without an alarm nothing else stops a command.
  return maxErrors && alarms.length === 0 ? `stopped: MaxErrors ${maxErrors} was exceeded` : null;
}

/** `alarm acme-5xx`, `alarms acme-5xx, acme-latency`. */
export function alarmText(names: readonly string[]): string {
  return `${names.length === 1 ? 'alarm' : 'alarms'} ${names.join(', ')}`;
}
