import { type Circumstances, nothingKnown } from './circumstances.ts';
import { formatTime } from './format.ts';
import { decisivePlugin, type Invocation } from './invocation.ts';
import { nodeText, undeliveredDetail, wasUndelivered } from './managed-node.ts';
import { tellingLine } from './plugin-output.ts';
import { skippedSteps, skippingExit } from './skipped-steps.ts';
import { isTerminal, phaseOf } from './status.ts';

/** Why an invocation ended so, where its output cannot tell. By StatusDetails. */
const endings: ReadonlyMap<string, string> = new Map([
  ['DeliveryTimedOut', 'not delivered before the timeout'],
  ['Undeliverable', 'could not be delivered: the node is gone or does not answer'],
  ['Terminated', 'stopped: MaxErrors was exceeded, or an alarm went off'],
  ['InvalidPlatform', 'the document does not support the platform of the node'],
  ['AccessDenied', 'access denied by AWS'],
]);

/** One line, as it came, that says why an invocation did not succeed; null when it did or has not ended. */
export function failureDetail(
  invocation: Invocation,
  { stopReason }: Circumstances = nothingKnown,
): string | null {
  if (phaseOf(invocation) !== 'failed') return null;
  if (invocation.statusDetails === 'Terminated' && stopReason !== null) return stopReason;
  const ending = endings.get(invocation.statusDetails);
  if (ending !== undefined) return ending;
  const plugin = decisivePlugin(invocation);
  const line = plugin ? tellingLine(plugin.output) : null;
  if (invocation.statusDetails === 'ExecutionTimedOut') {
    return line === null
      ? 'killed at the execution timeout'
      : `killed at the execution timeout after: ${line}`;
  }
  if (invocation.statusDetails === 'Cancelled') {
    return line === null ? 'cancelled' : `cancelled after: ${line}`;
  }
  if (line !== null) return line;
  const code = plugin?.responseCode ?? null;
  return code === null || code === -1 ? 'no output and no exit code' : `exit status ${code}, no output`;
}

/** That an invocation never ended, once its rollout is over without it; null where it did, or still may. */
export function unendedDetail(
  invocation: Invocation,
  { expiredAt = null }: Circumstances = nothingKnown,
): string | null {
  if (expiredAt === null || isTerminal(invocation)) return null;
  const time = formatTime(expiredAt, invocation.requestedAt ?? expiredAt);
  return `did not end: last seen ${invocation.statusDetails}, past ExpiresAfter at ${time}`;
}

/** What the shell says first: where the agent keeps the script, long and the same for every node, and the line in it. */
const placeInScript = /^(?:\/var\/lib\/amazon\/ssm\/\S*\/)?_script\.sh: line \d+: /;

/**
 * One line about an invocation in any state, for people: without the place in the agent's script and with single
 * spaces; empty where there is nothing to add.
 */
export function rowDetail(invocation: Invocation, circumstances: Circumstances = nothingKnown): string {
  const unended = unendedDetail(invocation, circumstances);
  if (unended !== null) return unended;
  if (invocation.endUnread) return 'no longer listed as it was; being looked up';
  const failure = nodeDetail(invocation, circumstances) ?? failureDetail(invocation, circumstances);
  if (failure !== null) return failure.replace(placeInScript, '').replaceAll(/[ \t\n]+/g, ' ');
  switch (phaseOf(invocation)) {
    case 'running':
      return currentStep(invocation);
    case 'waiting':
      return invocation.statusDetails === 'Delayed' ? 'could not be sent yet; AWS tries again' : '';
    case 'succeeded':
      return skipDetail(invocation);
    default:
      return '';
  }
}

/**
 * One line on what the output of an invocation cannot tell: why it never ran, or what of it did not; null where the output
 * tells all. `now`: epoch milliseconds.
 */
export function explanation(
  invocation: Invocation,
  circumstances: Circumstances,
  now: number,
): string | null {
  if (phaseOf(invocation) === 'succeeded') return skipDetail(invocation) || null;
  if (phaseOf(invocation) !== 'failed' || !endings.has(invocation.statusDetails)) return null;
  return nodeLine(invocation, circumstances, now) ?? failureDetail(invocation, circumstances);
}

function nodeLine(
  invocation: Invocation,
  { nodes, nodesProblem }: Circumstances,
  now: number,
): string | null {
  if (!wasUndelivered(invocation)) return null;
  const node = nodes.get(invocation.instanceId);
  if (node !== undefined) return nodeText(node, now);
  return nodesProblem === null ? null : `node: ${nodesProblem}`;
}

/** What the node tells of an invocation that did not reach it; null where it tells nothing. */
function nodeDetail(invocation: Invocation, { nodes }: Circumstances): string | null {
  const node = wasUndelivered(invocation) ? nodes.get(invocation.instanceId) : undefined;
  return node === undefined ? null : undeliveredDetail(invocation, node);
}

function currentStep({ plugins }: Invocation): string {
  const skips = skippedSteps(plugins);
  const steps = plugins.filter((_, index) => skips[index] === null);
  const index = steps.findIndex((plugin) => !isTerminal(plugin));
  const step = steps[index];
  return step && steps.length > 1 ? `step ${index + 1} of ${steps.length}: ${step.name}` : '';
}

/** What of a success did not run. */
function skipDetail({ plugins }: Invocation): string {
  const skips = skippedSteps(plugins);
  if (skips.every((skip) => skip === null)) return '';
  if (skips.every((skip) => skip === 'platform')) {
    return 'every step was skipped: not for this platform';
  }
  if (skips.every((skip) => skip !== null)) {
    return 'every step was skipped: its preconditions do not hold';
  }
  const exit = skippingExit(plugins);
  return exit === null ? '' : `skipped the rest (exit ${exit})`;
}
