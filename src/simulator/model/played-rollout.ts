import { historyOf } from './dispatch.ts';
import type { Cancellation, DispatchHistory } from './rollout-history.ts';
import { type Listing, listingOf } from './rollout-listing.ts';
import type { RolloutPlan } from './rollout-plan.ts';
import type { InvocationDetails } from './statuses.ts';

/** A plan, what happened, and how it is shown: all that the states of a rollout are read from. */
export interface PlayedRollout {
  readonly plan: RolloutPlan;
  readonly history: DispatchHistory;
  readonly listing: Listing;
  /** How each instance ends, in the order of the plan. */
  readonly ends: readonly InvocationDetails[];
}

/** Plays the plan with these cancels from its first event to the last. */
export function playOut(plan: RolloutPlan, cancellations: readonly Cancellation[]): PlayedRollout {
  const history = historyOf(plan, cancellations);
  const ends = history.invocations.map(({ phases }) => phases.at(-1)?.details ?? 'Pending');
  return { plan, history, listing: listingOf(plan, history), ends };
}
