import type { Delay, Fate, StepFate } from './fate.ts';
import type { ManagedNode } from './fleet.ts';
import { lazily } from './lazily.ts';
import { random } from './random.ts';
import type { PlannedStep } from './rollout-plan.ts';
import {
  type FailingScript,
  type FailureCause,
  failingPowerShell,
  failingScripts,
} from './scripts/failing-scripts.ts';
import { lengthyScripts, type WritingHabit } from './scripts/lengthy-scripts.ts';
import { successfulOutput } from './scripts/successful-scripts.ts';

/** What is the matter with a node, whatever command it gets. */
export type Condition =
  | 'well'
  | 'no-answer'
  | 'Undeliverable'
  | 'InvalidPlatform'
  | 'AccessDenied'
  /** The script hangs until its timeout. */
  | 'hangs'
  /** The step asks for a reboot and runs again. */
  | 'reboots'
  /** The service loses it for a while, in one of three ways. */
  | 'delayed'
  /** The first step exits 168 (success) or 169 (failure), which skips the rest. */
  | 'exits-168'
  | 'exits-169'
  | WritingHabit
  | FailureCause;

/** A condition and the share of the fleet that has it. */
export type ConditionShare = readonly [condition: Condition, share: number];

/** By node ID. Counts follow the shares, so that the same scenario looks the same at any size. */
export function assignConditions(
  seed: number,
  nodes: readonly ManagedNode[],
  shares: readonly ConditionShare[],
): Map<string, Condition> {
  let order = random(seed, 'conditions').shuffle(nodes);
  const conditions = new Map<string, Condition>();
  for (const [condition, share] of shares) {
    const count = Math.max(1, Math.round(share * nodes.length));
    const struck = new Set(order.filter((node) => canHave(node, condition)).slice(0, count));
    for (const { id } of struck) conditions.set(id, condition);
    order = order.filter((node) => !struck.has(node));
  }
  return conditions;
}

const isFailureCause = (condition: Condition): condition is FailureCause =>
  Object.hasOwn(failingScripts, condition);
const isWritingHabit = (condition: Condition): condition is WritingHabit =>
  Object.hasOwn(lengthyScripts, condition);

function canHave(node: ManagedNode, condition: Condition): boolean {
  const script: FailingScript | undefined = isFailureCause(condition) ? failingScripts[condition] : undefined;
  return script?.failsOn?.(node) ?? true;
}

const reachedByAgent = (condition: Condition) =>
  condition === 'no-answer' ||
  condition === 'Undeliverable' ||
  condition === 'InvalidPlatform' ||
  condition === 'AccessDenied'
    ? condition
    : 'delivered';

function delayOf(seed: number, node: ManagedNode): Delay {
  const source = random(seed, 'delay', node.id);
  return {
    kind: source.pick(['then-pending', 'then-success', 'mid-run']),
    seconds: source.int(2, 5),
    statusFollows: source.chance(0.5),
  };
}

function stepFate(
  seed: number,
  node: ManagedNode,
  step: PlannedStep,
  condition: Condition,
  [least, most]: readonly [number, number],
): StepFate {
  const source = random(seed, 'step', node.id, step.name);
  const seconds = Math.round(source.between(least, most) * 1000) / 1000;
  const well: StepFate = { seconds, exitCode: 0, output: () => successfulOutput(seed, node, step) };
  if (condition === 'hangs') return { ...well, seconds: Number.POSITIVE_INFINITY };
  if (condition === 'reboots') return { ...well, rebootsAfterSeconds: Math.max(1, Math.round(seconds)) };
  if (condition === 'exits-168') return { ...well, exitCode: 168 };
  if (condition === 'exits-169') return { ...well, exitCode: 169 };
  if (isWritingHabit(condition)) {
    const write = () => lengthyScripts[condition](node, random(seed, 'writes', node.id, step.name), seconds);
    // Few write so much, and every poll asks for it.
    return { ...well, output: lazily(write) };
  }
  if (!isFailureCause(condition)) return well;
  const script = node.platform === 'Windows' ? failingPowerShell : failingScripts[condition];
  const output = () => script.write(node, random(seed, 'failure', node.id, step.name));
  return { seconds, exitCode: script.exitCode, output };
}

/** What becomes of a command with these steps on this node. `seconds` is how long a step takes, least and most. */
export function fateOf(
  seed: number,
  node: ManagedNode,
  condition: Condition,
  steps: readonly PlannedStep[],
  seconds: readonly [number, number],
): Fate {
  const own = steps.filter((step) => step.platform === undefined || step.platform === node.platform);
  const early = condition === 'exits-168' || condition === 'exits-169';
  const troubled = early ? own[0] : own[random(seed, 'troubled', node.id).int(0, own.length - 1)];
  return {
    delivery: reachedByAgent(condition),
    ...(condition === 'delayed' ? { delay: delayOf(seed, node) } : {}),
    steps: steps.map((step) => stepFate(seed, node, step, step === troubled ? condition : 'well', seconds)),
  };
}
