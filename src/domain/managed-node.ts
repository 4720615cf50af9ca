import { format } from 'date-fns/format';
import { formatSpan } from './format.ts';
import type { Invocation } from './invocation.ts';
import { isTerminal } from './status.ts';

/** A node as DescribeInstanceInformation knows it. Texts are as AWS sent them, empty where it says nothing. */
export interface ManagedNode {
  readonly instanceId: string;
  /** `Online`, `ConnectionLost` or `Inactive`. */
  readonly pingStatus: string;
  /** When its agent was last heard of, in epoch milliseconds. */
  readonly lastPingAt: number | null;
  readonly agentVersion: string;
  /** `Ubuntu 22.04`. */
  readonly platform: string;
  readonly ipAddress: string;
}

const undelivered: ReadonlyMap<string, string> = new Map([
  ['DeliveryTimedOut', 'not delivered'],
  ['Undeliverable', 'undeliverable'],
]);

/** Whether the command never reached the node, so that the node is what tells why. */
export function wasUndelivered(invocation: Invocation): boolean {
  return isTerminal(invocation) && undelivered.has(invocation.statusDetails);
}

/**
 * One line on an invocation that was not delivered, `node` being what is known of it, null where SSM does not know it:
 * whether it was gone before the command was sent. Says nothing that changes while time passes.
 */
export function undeliveredDetail(
  { statusDetails, requestedAt }: Invocation,
  node: ManagedNode | null,
): string | null {
  const what = undelivered.get(statusDetails) ?? 'not delivered';
  if (node === null) return `${what}; SSM knows the node no longer`;
  const { lastPingAt } = node;
  if (lastPingAt === null) return null;
  if (requestedAt === null) return `${what}; last seen ${seenAt(lastPingAt, lastPingAt)}`;
  const seen = seenAt(lastPingAt, requestedAt);
  return lastPingAt < requestedAt
    ? `${what}; last seen ${seen}, ${formatSpan(requestedAt - lastPingAt)} before the command`
    : `${what}, though seen ${seen}, ${formatSpan(lastPingAt - requestedAt)} after the command`;
}

/** All that is known of the node, in order of worth. `now`: epoch milliseconds. */
export function nodeText(node: ManagedNode | null, now: number): string {
  if (node === null) return 'node: SSM knows it no longer';
  const { pingStatus, lastPingAt, agentVersion, platform, ipAddress } = node;
  const seen =
    lastPingAt === null
      ? ''
      : `last seen ${seenAt(lastPingAt, now)} (${formatSpan(Math.max(0, now - lastPingAt))} ago)`;
  const parts = [pingStatus, seen, agentVersion && `agent ${agentVersion}`, platform, ipAddress];
  return `node: ${parts.filter((part) => part !== '').join(', ') || 'nothing is known of it'}`;
}

const day = 86_400_000;

/** The time of day, with the date where it is not within a day of `other`. */
function seenAt(time: number, other: number): string {
  return format(time, Math.abs(other - time) < day ? 'HH:mm' : 'yyyy-MM-dd HH:mm');
}
