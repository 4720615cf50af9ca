import type { CommandOverview } from './command.ts';
import { isTerminal, phaseOf } from './status.ts';
import type { StatusCount } from './status-tally.ts';

/** How much of MaxErrors is used, and what there is that an error could still stop. */
export interface ErrorBudget {
  /** Invocations that count against MaxErrors: those that failed, or ran into their execution timeout. */
  readonly errors: number;
  /** As it was sent: `"10"` or `"10%"`. */
  readonly maxErrors: string;
  /** Errors that are allowed; null for a percentage of targets whose number is not known. */
  readonly allowed: number | null;
  readonly running: number;
  /** Targets that the command was not sent to yet, listed or not. */
  readonly unsent: number;
  readonly terminated: number;
}

const counted: ReadonlySet<string> = new Set(['Failed', 'ExecutionTimedOut']);
const unsentDetails: ReadonlySet<string> = new Set(['Pending', 'Delayed']);

/** The budget of a command, all of whose listed invocations are counted; null where MaxErrors is not known. */
export function errorBudget(
  { maxErrors, targetCount }: Pick<CommandOverview, 'maxErrors' | 'targetCount'>,
  listed: readonly StatusCount[],
): ErrorBudget | null {
  if (!maxErrors) return null;
  let errors = 0;
  let running = 0;
  let unsent = Math.max(0, (targetCount ?? 0) - listed.reduce((sum, { count }) => sum + count, 0));
  let terminated = 0;
  for (const pair of listed) {
    const { statusDetails, count } = pair;
    if (isTerminal(pair)) {
      if (counted.has(statusDetails)) errors += count;
      if (statusDetails === 'Terminated') terminated += count;
    } else if (unsentDetails.has(statusDetails)) unsent += count;
    else if (phaseOf(pair) === 'running') running += count;
  }
  return { errors, maxErrors, allowed: allowedErrors(maxErrors, targetCount), running, unsent, terminated };
}

/** Whether there was the one error more than MaxErrors that stops the sending. */
export function isExceeded({ errors, allowed }: ErrorBudget): boolean {
  return allowed !== null && errors > allowed;
}

/** Errors that MaxErrors allows; null where that cannot be reckoned. TargetCount 0 is also said before AWS knows it. */
export function allowedErrors(maxErrors: string, targetCount: number | null): number | null {
  const [, digits, percent] = /^(\d{1,7})(%?)$/.exec(maxErrors) ?? [];
  if (digits === undefined) return null;
  if (percent === '') return Number(digits);
  return targetCount ? Math.floor((Number(digits) * targetCount) / 100) : null;
}
