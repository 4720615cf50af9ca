/** Statuses of commands, invocations and plugins: their normal form, what they mean, which ones are an end. */

/** StatusDetails that AWS documents or sends for an invocation, in its own spelling on the wire; worst first. */
export const knownStatusDetails = [
  'Failed',
  'ExecutionTimedOut',
  'DeliveryTimedOut',
  'Undeliverable',
  'AccessDenied',
  'InvalidPlatform',
  'Terminated',
  'Cancelled',
  'InProgress',
  'Cancelling',
  'Delayed',
  'Pending',
  'Success',
] as const;

/** Values of Status after which AWS changes nothing any more. */
const terminalStatuses: ReadonlySet<string> = new Set(['Success', 'Failed', 'TimedOut', 'Cancelled']);

const knownSpellings: ReadonlySet<string> = new Set([
  ...knownStatusDetails,
  ...terminalStatuses,
  'NoInstancesInTag',
  'FailedDueToAlarm',
  'Incomplete',
  'RateExceeded',
  'LimitExceeded',
]);

/**
 * The wire's spelling of a status: `Delivery Timed Out` → `DeliveryTimedOut`, `Canceled` → `Cancelled`.
 * A status that is not known comes back as it came.
 */
export function normaliseStatus(status: string): string {
  if (knownSpellings.has(status)) return status;
  const joined = status.replaceAll(' ', '');
  const spelled = joined === 'Canceled' ? 'Cancelled' : joined;
  return knownSpellings.has(spelled) ? spelled : status;
}

/** A Status with its StatusDetails, both normalised. */
export interface StatusPair {
  readonly status: string;
  readonly statusDetails: string;
}

/** Whether AWS will not change it any more. An unknown Status is not terminal. */
export function isTerminal({ status }: Pick<StatusPair, 'status'>): boolean {
  return terminalStatuses.has(status);
}

/** Whether AWS itself said Success, in Status and in StatusDetails. */
export function isSuccess({ status, statusDetails }: StatusPair): boolean {
  return status === 'Success' && statusDetails === 'Success';
}

/** What a status means to the person who watches, worst first. */
export const phases = ['failed', 'unknown', 'running', 'waiting', 'succeeded'] as const;
export type Phase = (typeof phases)[number];

const waitingDetails: ReadonlySet<string> = new Set(['Pending', 'Delayed', 'Cancelling']);

/** The phase of an invocation or plugin. `failed` is every end that is not a success. */
export function phaseOf(pair: StatusPair): Phase {
  if (isTerminal(pair)) return isSuccess(pair) ? 'succeeded' : 'failed';
  if (pair.statusDetails === 'InProgress') return 'running';
  return waitingDetails.has(pair.statusDetails) ? 'waiting' : 'unknown';
}
