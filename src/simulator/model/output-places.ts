import type { Rollout } from './rollout.ts';
import { nothingEchoed, type PlannedStep, type RolloutPlan } from './rollout-plan.ts';
import type { StepRun } from './step-runs.ts';

export type StreamName = 'stdout' | 'stderr';

/** One stream of one step's output, found by the name under which the agent puts it. */
export interface FoundOutput {
  readonly plan: RolloutPlan;
  readonly run: StepRun;
  readonly stream: StreamName;
}

/** The bucket of the plan's output and its region; undefined when it was sent without one. */
export function bucketOf({ echoed }: RolloutPlan): { name: string; region: string } | undefined {
  const { outputS3BucketName: name, outputS3Region: region } = echoed ?? nothingEchoed;
  return name === '' ? undefined : { name, region: region || 'eu-west-1' };
}

/** The log group of the plan's output; undefined when it was sent without one. */
export function logGroupOf({ echoed }: RolloutPlan): string | undefined {
  const { cloudWatchLogGroupName: name, cloudWatchOutputEnabled: enabled } = echoed ?? nothingEchoed;
  return enabled ? name : undefined;
}

/** What the keys of all the plan's objects begin with. */
function keyPrefixOf({ echoed, commandId }: RolloutPlan): string {
  const { outputS3KeyPrefix: prefix } = echoed ?? nothingEchoed;
  return prefix === '' ? `${commandId}/` : `${prefix}/${commandId}/`;
}

/** The key of a step's stream in the bucket. */
export function objectKeyOf(
  plan: RolloutPlan,
  instanceId: string,
  { name, action }: PlannedStep,
  stream: StreamName,
): string {
  const actionFolder = action.replace(':', '');
  // In schema 1.2 the step is called after its action, and its folder after its number.
  const folder = name.includes(':') ? `0.${actionFolder}` : name;
  return `${keyPrefixOf(plan)}${instanceId}/${actionFolder}/${folder}/${stream}`;
}

/** The name of a step's log stream. */
function logStreamOf(
  plan: RolloutPlan,
  instanceId: string,
  { name }: PlannedStep,
  stream: StreamName,
): string {
  return `${plan.commandId}/${instanceId}/${name.replaceAll(':', '-')}/${stream}`;
}

/** The stream of a step that is called `name`, if names that begin with `prefix` are the rollout's. */
function findIn(
  { plan, runsOf }: Rollout,
  prefix: string,
  name: string,
  nameOf: typeof objectKeyOf,
): FoundOutput | undefined {
  if (!name.startsWith(prefix)) return undefined;
  const [instanceId = ''] = name.slice(prefix.length).split('/');
  const runs = runsOf(plan.instances.findIndex(({ id }) => id === instanceId));
  for (const [index, run] of runs.entries()) {
    const step = plan.steps[index];
    for (const stream of ['stdout', 'stderr'] as const) {
      if (step !== undefined && nameOf(plan, instanceId, step, stream) === name) return { plan, run, stream };
    }
  }
  return undefined;
}

/** The output that goes, or will go, to this key of the bucket. */
export function findByObjectKey(
  rollouts: readonly Rollout[],
  bucket: string,
  key: string,
): FoundOutput | undefined {
  for (const rollout of rollouts) {
    const own = bucketOf(rollout.plan)?.name === bucket;
    const found = own ? findIn(rollout, keyPrefixOf(rollout.plan), key, objectKeyOf) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The output that goes, or will go, to this stream of the log group. */
export function findByLogStream(
  rollouts: readonly Rollout[],
  group: string,
  stream: string,
): FoundOutput | undefined {
  for (const rollout of rollouts) {
    const own = logGroupOf(rollout.plan) === group;
    const found = own ? findIn(rollout, `${rollout.plan.commandId}/`, stream, logStreamOf) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
