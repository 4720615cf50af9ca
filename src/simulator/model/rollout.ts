import { type CommandState, commandStateAt } from './command-state.ts';
import { type InvocationState, invocationStateAt } from './invocation-state.ts';
import { lazily } from './lazily.ts';
import { playOut } from './played-rollout.ts';
import type { Cancellation } from './rollout-history.ts';
import type { RolloutPlan } from './rollout-plan.ts';
import { type InvocationDetails, isTerminal } from './statuses.ts';
import type { StepRun } from './step-runs.ts';

/** What a client can see at one time. */
export interface RolloutSnapshot {
  /** Undefined in the first moments, when ListCommands does not know it yet. */
  readonly command: CommandState | undefined;
  readonly invocations: readonly InvocationState[];
}

/** How it really is at one time, listed or not. */
export interface RolloutTruth {
  readonly commandId: string;
  readonly command: CommandState;
  readonly targetCount: number;
  /** All invocations, the unlisted ones too, in the order of the plan. */
  readonly invocations: readonly (InvocationState & { readonly listed: boolean })[];
  /** Numbers of invocations by StatusDetails; only values that occur. */
  readonly counts: Readonly<Partial<Record<InvocationDetails, number>>>;
  /** Every invocation and the command have ended (the lists may still be behind). */
  readonly over: boolean;
  /** Epoch milliseconds from which nothing changes any more, unless it is cancelled. */
  readonly endsAt: number;
}

/** A rollout as a pure function of virtual time (epoch milliseconds). */
export interface Rollout {
  readonly plan: RolloutPlan;
  /** From when nothing that a client can see changes any more. */
  readonly endsAt: number;
  /** Instance indices in the order of the rows. */
  readonly order: readonly number[];
  commandAt(at: number): CommandState | undefined;
  /** The row of `plan.instances[index]`; undefined while it is not listed. */
  invocationAt(index: number, at: number): InvocationState | undefined;
  /** The steps of `plan.instances[index]` as they ran, and as they will if nothing stops them. */
  runsOf(index: number): readonly StepRun[];
  snapshot(at: number): RolloutSnapshot;
  truth(at: number): RolloutTruth;
  /** The same rollout with another future: what is before `at` stays as it was. */
  cancel(at: number, instanceIds?: readonly string[]): Rollout;
}

/**
 * The rollout of the plan, which is played when it is first asked for anything but its plan. That costs one pass over
 * the instances; the answers are then cheap.
 */
export function startRollout(plan: RolloutPlan, cancellations: readonly Cancellation[] = []): Rollout {
  const played = lazily(() => playOut(plan, cancellations));

  function commandAt(at: number): CommandState | undefined {
    return at < played().listing.visibleAt ? undefined : commandStateAt(played(), at);
  }

  function invocationAt(index: number, at: number): InvocationState | undefined {
    const { history, listing } = played();
    if (at < (listing.listedAt[index] ?? Number.POSITIVE_INFINITY)) return undefined;
    const endedAt = history.invocations[index]?.endedAt ?? Number.POSITIVE_INFINITY;
    const held = at >= endedAt && at < endedAt + (listing.lag[index] ?? 0);
    return invocationStateAt(played(), index, held ? endedAt - 1 : at);
  }

  return {
    plan,
    get endsAt() {
      return played().listing.settledAt;
    },
    get order() {
      return played().listing.order;
    },
    commandAt,
    invocationAt,
    runsOf: (index) => played().history.invocations[index]?.runs ?? [],
    snapshot: (at) => ({
      command: commandAt(at),
      invocations: played().listing.order.flatMap((index) => invocationAt(index, at) ?? []),
    }),
    truth(at) {
      const { listing } = played();
      const rows = plan.instances.map((_, index) => ({
        ...invocationStateAt(played(), index, at),
        listed: at >= (listing.listedAt[index] ?? Number.POSITIVE_INFINITY),
      }));
      const counts: Partial<Record<InvocationDetails, number>> = {};
      for (const { statusDetails } of rows) counts[statusDetails] = (counts[statusDetails] ?? 0) + 1;
      return {
        commandId: plan.commandId,
        command: commandStateAt(played(), at),
        targetCount: rows.length,
        invocations: rows,
        counts,
        over: at >= listing.endedAt && rows.every(({ statusDetails }) => isTerminal(statusDetails)),
        endsAt: listing.settledAt,
      };
    },
    cancel: (at, instanceIds) =>
      startRollout(plan, [...cancellations, instanceIds === undefined ? { at } : { at, instanceIds }]),
  };
}
