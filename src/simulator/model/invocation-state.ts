import type { ScriptOutput } from './fate.ts';
import type { PlayedRollout } from './played-rollout.ts';
import type { InvocationHistory, Phase } from './rollout-history.ts';
import type { PlannedStep } from './rollout-plan.ts';
import { type InvocationDetails, isTerminal, statusOf } from './statuses.ts';
import type { StepRun } from './step-runs.ts';

/** One step of one invocation at some time. */
export interface StepState {
  readonly name: string;
  readonly status: string;
  readonly statusDetails: string;
  /** −1 while there is none. */
  readonly responseCode: number;
  /** Epoch milliseconds; absent until the step has ended, and where it never ran. */
  readonly startedAt?: number;
  readonly finishedAt?: number;
  /** Whole and unlimited; empty until the step has ended. */
  readonly output: () => ScriptOutput;
}

/** One invocation at some time. */
export interface InvocationState {
  readonly instanceId: string;
  readonly instanceName: string;
  /** Epoch milliseconds. */
  readonly requestedAt: number;
  readonly status: string;
  readonly statusDetails: InvocationDetails;
  readonly steps: readonly StepState[];
}

const noOutput = (): ScriptOutput => ({ stdout: '', stderr: '' });

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
    const own = running ? 'InProgress' : isTerminal(details) ? details : 'Pending';
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

/** The invocation of `plan.instances[index]` as it really is at `at` (epoch milliseconds), listed or not. */
export function invocationStateAt(played: PlayedRollout, index: number, at: number): InvocationState {
  const { plan, history, listing } = played;
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
