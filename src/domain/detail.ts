import { decisivePlugin, type Invocation } from './invocation.ts';
import { tellingLine } from './plugin-output.ts';
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
export function failureDetail(invocation: Invocation): string | null {
  if (phaseOf(invocation) !== 'failed') return null;
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

/** Where the agent keeps the script of a step: long, the same for every node, and in front of what the shell says. */
const orchestrationFolder = /^\/var\/lib\/amazon\/ssm\/\S*\/(?=\S*_script\.sh:)/;

/**
 * One line about an invocation in any state, for people: without the agent's folders and with single spaces; empty
 * where there is nothing to add.
 */
export function rowDetail(invocation: Invocation): string {
  const failure = failureDetail(invocation);
  if (failure !== null) return failure.replace(orchestrationFolder, '').replaceAll(/\s+/g, ' ');
  switch (phaseOf(invocation)) {
    case 'running':
      return currentStep(invocation);
    case 'waiting':
      return invocation.statusDetails === 'Delayed' ? 'could not be sent yet; AWS tries again' : '';
    default:
      return '';
  }
}

function currentStep({ plugins }: Invocation): string {
  const index = plugins.findIndex((plugin) => !isTerminal(plugin));
  const step = plugins[index];
  return step && plugins.length > 1 ? `step ${index + 1} of ${plugins.length}: ${step.name}` : '';
}
