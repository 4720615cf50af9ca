import type { Fate, ScriptOutput } from './fate.ts';
import { firstLines, linesWritten, outputText } from './output-text.ts';
import type { PlannedInstance, PlannedStep } from './rollout-plan.ts';

/** How a step can end. */
export type StepEnd = 'Success' | 'Failed' | 'ExecutionTimedOut' | 'Cancelled';

/** One step as it ran, or will run unless something stops it. Times are epoch milliseconds. */
export interface StepRun {
  /** Absent where the step was skipped because an earlier one ended the document. */
  readonly startAt?: number;
  readonly endAt: number;
  /** When the service has learned of the end. */
  readonly reportedAt: number;
  /** While the instance reboots, after which the step runs again. */
  readonly reboot?: { readonly from: number; readonly until: number };
  readonly end: StepEnd;
  readonly exitCode: number;
  /** What there is of its output in the end. */
  readonly output: () => ScriptOutput;
  /** What it would have written until when, if it had not been killed. */
  readonly unkilled?: { readonly endAt: number; readonly output: () => ScriptOutput };
}

const noOutput: ScriptOutput = { stdout: '', stderr: '' };
const reportMs = 180;
const rebootMs = 4000;

/** A killed process: 137, but −1 on Windows. */
const killedCode = (instance: PlannedInstance) => (instance.platform === 'Windows' ? -1 : 137);

/** What had been written when a process was killed, `elapsed` of the `duration` milliseconds that it would have had. */
function writtenUntil(whole: ScriptOutput, elapsed: number, duration: number): ScriptOutput {
  const { lines } = outputText(whole.stdout, whole.stdoutTail);
  return firstLines(whole, linesWritten(lines, elapsed, duration));
}

function precondition(step: PlannedStep): ScriptOutput {
  const condition = `'"StringEquals": [platformType, ${step.platform}]'`;
  return {
    stdout: `Step execution skipped due to unsatisfied preconditions: ${condition}. Step name: ${step.name}`,
    stderr: '',
  };
}

function runStep(
  step: PlannedStep,
  fate: Fate['steps'][number] | undefined,
  startAt: number,
  killed: number,
): StepRun {
  const { seconds, exitCode, output, rebootsAfterSeconds } = fate ?? {
    seconds: 0.1,
    exitCode: 0,
    output: () => noOutput,
  };
  const reboot = rebootsAfterSeconds === undefined ? 0 : rebootsAfterSeconds * 1000 + rebootMs;
  if (seconds > step.timeoutSeconds) {
    const endAt = startAt + reboot + step.timeoutSeconds * 1000;
    // What a hanging script wrote before it hung is all there is.
    const kept = () => ({ ...output(), stderr: '' });
    return {
      startAt,
      endAt,
      reportedAt: endAt + reportMs,
      end: 'ExecutionTimedOut',
      exitCode: killed,
      output: kept,
    };
  }
  const endAt = startAt + reboot + Math.round(seconds * 1000);
  const end = exitCode === 0 || exitCode === 168 ? 'Success' : 'Failed';
  return {
    startAt,
    endAt,
    reportedAt: endAt + reportMs,
    ...(reboot === 0 ? {} : { reboot: { from: startAt + reboot - rebootMs, until: startAt + reboot } }),
    end,
    exitCode,
    output: () => {
      const written = output();
      if (end === 'Success') return written;
      const { stderr } = written;
      const separator = stderr === '' || stderr.endsWith('\n') ? '' : '\n';
      return { ...written, stderr: `${stderr}${separator}failed to run commands: exit status ${exitCode}` };
    },
  };
}

/** All steps of one instance, one after the other from `startAt`. */
export function runSteps(
  steps: readonly PlannedStep[],
  instance: PlannedInstance,
  fate: Fate,
  startAt: number,
): StepRun[] {
  const runs: StepRun[] = [];
  let at = startAt;
  let over = false;
  for (const [index, step] of steps.entries()) {
    if (over) {
      runs.push({
        endAt: at,
        reportedAt: at + reportMs,
        end: 'Success',
        exitCode: 0,
        output: () => noOutput,
      });
      continue;
    }
    const skipped = step.platform !== undefined && step.platform !== instance.platform;
    const run: StepRun = skipped
      ? {
          startAt: at,
          endAt: at,
          reportedAt: at + reportMs,
          end: 'Success',
          exitCode: 0,
          output: () => precondition(step),
        }
      : runStep(step, fate.steps[index], at, killedCode(instance));
    runs.push(run);
    at = run.endAt + 1;
    over =
      run.exitCode === 168 || run.exitCode === 169 || (step.onFailure === 'exit' && run.end !== 'Success');
  }
  return runs;
}

/** The invocation's status, from its steps'. */
export function endOf(runs: readonly StepRun[]): StepEnd {
  const worst = (['ExecutionTimedOut', 'Failed', 'Cancelled'] as const).find((end) =>
    runs.some((run) => run.end === end),
  );
  return worst ?? 'Success';
}

/** The steps when the agent is told at `at` to stop: what ran is killed and keeps its output, the rest never runs. */
export function killSteps(runs: readonly StepRun[], instance: PlannedInstance, at: number): StepRun[] {
  return runs
    .filter((run) => run.startAt !== undefined && run.startAt < at)
    .map((run) => {
      if (run.endAt <= at) return run;
      const startAt = run.startAt ?? at;
      const output = () => writtenUntil(run.output(), at - startAt, run.endAt - startAt);
      return {
        ...run,
        endAt: at,
        reportedAt: at + reportMs,
        end: 'Cancelled',
        exitCode: killedCode(instance),
        output,
        unkilled: { endAt: run.endAt, output: run.output },
      };
    });
}
