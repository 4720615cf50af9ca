import type { PlayedRollout } from './played-rollout.ts';
import { allowedErrorsOf, expiresAfter } from './rollout-plan.ts';
import { type CommandDetails, isError, statusOf } from './statuses.ts';

/** The command at some time. */
export interface CommandState {
  readonly status: string;
  readonly statusDetails: CommandDetails;
  readonly targetCount: number;
  readonly completedCount: number;
  readonly errorCount: number;
  readonly deliveryTimedOutCount: number;
  /** Epoch milliseconds. */
  readonly expiresAfter: number;
  /** Names of the alarms that stopped it. */
  readonly triggeredAlarms: readonly string[];
}

function finalDetails({ plan, history, ends }: PlayedRollout): CommandDetails {
  if (ends.length === 0) return 'NoInstancesInTag';
  const { cancelledAt = Number.POSITIVE_INFINITY, alarmedAt = Number.POSITIVE_INFINITY } = history;
  if (alarmedAt < cancelledAt) return 'FailedDueToAlarm';
  if (cancelledAt !== Number.POSITIVE_INFINITY) return 'Cancelled';
  const allowed = allowedErrorsOf(plan);
  if (ends.filter(isError).length > allowed) return 'Failed';
  if (ends.filter((end) => end === 'DeliveryTimedOut').length > allowed) return 'DeliveryTimedOut';
  // By AWS's documentation Undeliverable has no part in whether a command is Success or Incomplete.
  return ends.every((end) => end === 'Success' || end === 'Undeliverable') ? 'Success' : 'Incomplete';
}

function detailsAt(played: PlayedRollout, at: number): CommandDetails {
  const { plan, history, listing } = played;
  if (at >= listing.endedAt) return finalDetails(played);
  if (history.cancelledAt !== undefined && at >= history.cancelledAt) return 'Cancelling';
  return at < plan.sentAt + 80 ? 'Pending' : 'InProgress';
}

/** The command as it really is at `at` (epoch milliseconds), listed or not. */
export function commandStateAt(played: PlayedRollout, at: number): CommandState {
  const { plan, history, listing, ends } = played;
  const statusDetails = detailsAt(played, at);
  // The counts are not live: they stay 0 until the command is over.
  const over = at >= listing.endedAt;
  const alarmed = at >= (history.alarmedAt ?? Number.POSITIVE_INFINITY);
  return {
    status: statusOf(statusDetails),
    statusDetails,
    targetCount: at >= listing.countedAt ? ends.length : 0,
    completedCount: over ? ends.length : 0,
    errorCount: over ? ends.filter(isError).length : 0,
    deliveryTimedOutCount: over ? ends.filter((end) => end === 'DeliveryTimedOut').length : 0,
    expiresAfter: expiresAfter(plan),
    triggeredAlarms: alarmed ? (plan.echoed?.alarms?.names ?? []) : [],
  };
}
