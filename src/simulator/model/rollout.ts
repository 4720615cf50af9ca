import type { ScriptOutput } from './fate.ts';
import { lazily } from './lazily.ts';
import {
  type Cancellation,
  type DispatchHistory,
  type InvocationDetails,
  type InvocationHistory,
  type Phase,
  play,
} from './rollout-history.ts';
import { type Listing, listingOf } from './rollout-listing.ts';
import { allowedErrorsOf, expiresAfter, type PlannedStep, type RolloutPlan } from './rollout-plan.ts';
import type { StepRun } from './step-runs.ts';

type CommandDetails =
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

/** One step of one invocation at some time. */
export interface StepState {
  readonly name: string;
  readonly status: string;
  readonly statusDetails: string;
  /** −1 while there is none. */
  readonly responseCode: number;
  readonly startedAt?: number;
  readonly finishedAt?: number;
  /** Whole and unlimited; empty until the step has ended. */
  readonly output: () => ScriptOutput;
}

/** One invocation at some time. */
export interface InvocationState {
  readonly instanceId: string;
  readonly instanceName: string;
  readonly requestedAt: number;
  readonly status: string;
  readonly statusDetails: InvocationDetails;
  readonly steps: readonly StepState[];
}

/** The command at some time. */
export interface CommandState {
  readonly status: string;
  readonly statusDetails: CommandDetails;
  readonly targetCount: number;
  readonly completedCount: number;
  readonly errorCount: number;
  readonly deliveryTimedOutCount: number;
  readonly expiresAfter: number;
  /** Names of the alarms that stopped it. */
  readonly triggeredAlarms: readonly string[];
}

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

const terminal = new Set<string>([
  'Success',
  'Failed',
  'ExecutionTimedOut',
  'DeliveryTimedOut',
  'Undeliverable',
  'Terminated',
  'Cancelled',
  'InvalidPlatform',
  'AccessDenied',
]);

const isError = (details: string) => details === 'Failed' || details === 'ExecutionTimedOut';
const noOutput = (): ScriptOutput => ({ stdout: '', stderr: '' });

/** Status from StatusDetails, for invocations, steps and commands alike. */
function statusOf(details: string): string {
  if (details === 'ExecutionTimedOut' || details === 'DeliveryTimedOut') return 'TimedOut';
  if (details === 'NoInstancesInTag') return 'Success';
  const failures = [
    'Undeliverable',
    'Terminated',
    'InvalidPlatform',
    'AccessDenied',
    'Incomplete',
    'FailedDueToAlarm',
  ];
  return failures.includes(details) ? 'Failed' : details;
}

/** The last phase that has begun; the first one before that. */
function phaseAt(phases: readonly Phase[], at: number): Phase {
  const phase = phases.findLast((candidate) => candidate.at <= at) ?? phases[0];
  if (phase === undefined) throw new Error('an invocation without phases');
  return phase;
}

function endedStep(name: string, run: StepRun): StepState {
  const { startAt, endAt, exitCode, output, end } = run;
  const times = startAt === undefined ? {} : { startedAt: startAt, finishedAt: endAt };
  return { name, status: statusOf(end), statusDetails: end, responseCode: exitCode, ...times, output };
}

function stepsAt(
  steps: readonly PlannedStep[],
  { runs, dispatchedAt }: InvocationHistory,
  details: InvocationDetails,
  at: number,
  rebootCode: number,
): StepState[] {
  const sent = dispatchedAt !== undefined && dispatchedAt <= at;
  const current = steps.findIndex((_, index) => (runs[index]?.reportedAt ?? Number.POSITIVE_INFINITY) > at);
  return steps.map(({ name }, index): StepState => {
    const run = runs[index];
    if (run !== undefined && run.reportedAt <= at) return endedStep(name, run);
    const running = index === current && sent && (details === 'InProgress' || details === 'Cancelling');
    const own = running ? 'InProgress' : terminal.has(details) ? details : 'Pending';
    const rebooting = running && run?.reboot !== undefined && run.reboot.from <= at && at < run.reboot.until;
    return {
      name,
      status: statusOf(own),
      statusDetails: own,
      responseCode: rebooting ? rebootCode : -1,
      output: noOutput,
    };
  });
}

interface Played {
  readonly history: DispatchHistory;
  readonly listing: Listing;
  /** How each instance ends, in the order of the plan. */
  readonly ends: readonly InvocationDetails[];
}

function playOut(plan: RolloutPlan, cancellations: readonly Cancellation[]): Played {
  const history = play(plan, cancellations);
  const ends = history.invocations.map(({ phases }) => phases.at(-1)?.details ?? 'Pending');
  return { history, listing: listingOf(plan, history), ends };
}

/**
 * The rollout of the plan, which is played when it is first asked for anything but its plan. That costs one pass over
 * the instances; the answers are then cheap.
 */
export function startRollout(plan: RolloutPlan, cancellations: readonly Cancellation[] = []): Rollout {
  const played = lazily(() => playOut(plan, cancellations));

  function finalDetails(): CommandDetails {
    const { history, ends } = played();
    if (ends.length === 0) return 'NoInstancesInTag';
    const { cancelledAt = Number.POSITIVE_INFINITY, alarmedAt = Number.POSITIVE_INFINITY } = history;
    if (alarmedAt < cancelledAt) return 'FailedDueToAlarm';
    if (cancelledAt !== Number.POSITIVE_INFINITY) return 'Cancelled';
    const allowed = allowedErrorsOf(plan);
    if (ends.filter(isError).length > allowed) return 'Failed';
    if (ends.filter((end) => end === 'DeliveryTimedOut').length > allowed) return 'DeliveryTimedOut';
    return ends.every((end) => end === 'Success') ? 'Success' : 'Incomplete';
  }

  function detailsAt(at: number): CommandDetails {
    const { history, listing } = played();
    if (at >= listing.endedAt) return finalDetails();
    if (history.cancelledAt !== undefined && at >= history.cancelledAt) return 'Cancelling';
    return at < plan.sentAt + 80 ? 'Pending' : 'InProgress';
  }

  function stateAt(at: number): CommandState {
    const statusDetails = detailsAt(at);
    const { history, listing, ends } = played();
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

  function rowAt(index: number, at: number): InvocationState {
    const { history, listing } = played();
    const { instances } = plan;
    const invocation = history.invocations[index] as InvocationHistory;
    const { details } = phaseAt(invocation.phases, at);
    const delay = details === 'Delayed' ? plan.fateOf(index).delay : undefined;
    return {
      instanceId: instances[index]?.id ?? '',
      instanceName: instances[index]?.hostName ?? '',
      requestedAt: listing.requestedAt[index] ?? plan.sentAt,
      status: delay?.statusFollows === false ? 'Pending' : statusOf(details),
      statusDetails: details,
      steps: stepsAt(
        plan.steps,
        invocation,
        details,
        at,
        instances[index]?.platform === 'Windows' ? 3010 : 194,
      ),
    };
  }

  function invocationAt(index: number, at: number): InvocationState | undefined {
    const { history, listing } = played();
    if (at < (listing.listedAt[index] ?? Number.POSITIVE_INFINITY)) return undefined;
    const endedAt = history.invocations[index]?.endedAt ?? Number.POSITIVE_INFINITY;
    const held = at >= endedAt && at < endedAt + (listing.lag[index] ?? 0);
    return rowAt(index, held ? endedAt - 1 : at);
  }

  const commandAt = (at: number) => (at < played().listing.visibleAt ? undefined : stateAt(at));

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
        ...rowAt(index, at),
        listed: at >= (listing.listedAt[index] ?? Number.POSITIVE_INFINITY),
      }));
      const counts: Partial<Record<InvocationDetails, number>> = {};
      for (const { statusDetails } of rows) counts[statusDetails] = (counts[statusDetails] ?? 0) + 1;
      return {
        commandId: plan.commandId,
        command: stateAt(at),
        targetCount: rows.length,
        invocations: rows,
        counts,
        over: at >= listing.endedAt && rows.every(({ statusDetails }) => terminal.has(statusDetails)),
        endsAt: listing.settledAt,
      };
    },
    cancel: (at, instanceIds) =>
      startRollout(plan, [...cancellations, instanceIds === undefined ? { at } : { at, instanceIds }]),
  };
}
