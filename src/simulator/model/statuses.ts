/** What StatusDetails of an invocation can be. */
export type InvocationDetails =
  | 'Pending'
  | 'Delayed'
  | 'InProgress'
  | 'Cancelling'
  | 'Success'
  | 'Failed'
  | 'ExecutionTimedOut'
  | 'DeliveryTimedOut'
  | 'Undeliverable'
  | 'Terminated'
  | 'Cancelled'
  | 'InvalidPlatform'
  | 'AccessDenied';

/** What StatusDetails of a command can be. */
export type CommandDetails =
  | 'Pending'
  | 'InProgress'
  | 'Cancelling'
  | 'Success'
  | 'Failed'
  | 'DeliveryTimedOut'
  | 'Cancelled'
  | 'Incomplete'
  | 'NoInstancesInTag'
  | 'FailedDueToAlarm';

const unfinished = new Set<InvocationDetails>(['Pending', 'Delayed', 'InProgress', 'Cancelling']);

/** Whether an invocation with this StatusDetails has ended. */
export const isTerminal = (details: InvocationDetails) => !unfinished.has(details);

/** Whether an invocation that ended so counts against MaxErrors, and in ErrorCount. */
export const isError = (details: InvocationDetails) =>
  details === 'Failed' || details === 'ExecutionTimedOut';

const failures = new Set<InvocationDetails | CommandDetails>([
  'Undeliverable',
  'Terminated',
  'InvalidPlatform',
  'AccessDenied',
  'Incomplete',
  'FailedDueToAlarm',
]);

/** The Status that goes with StatusDetails, of invocations, steps and commands alike. */
export function statusOf(details: InvocationDetails | CommandDetails): string {
  if (details === 'ExecutionTimedOut' || details === 'DeliveryTimedOut') return 'TimedOut';
  if (details === 'NoInstancesInTag') return 'Success';
  return failures.has(details) ? 'Failed' : details;
}
