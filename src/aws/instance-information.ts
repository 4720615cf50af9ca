import { DescribeInstanceInformationCommand } from '@aws-sdk/client-ssm';
import type { ManagedNode } from '../domain/managed-node.ts';
import { inOneGo } from '../domain/paging.ts';
import type { Connection } from './connection.ts';
import { readPages } from './pages.ts';
import { isStructure, readList, readText, readTime } from './wire.ts';

const operation = 'DescribeInstanceInformation';
/** The most that one page has. */
const pageSize = 50;

/**
 * What SSM knows of nodes, of which there may be 100; those that it does not know are absent.
 *
 * @throws RemoteError, or the signal's reason
 */
export async function readNodes(
  connection: Connection,
  instanceIds: readonly string[],
  signal: AbortSignal,
): Promise<ManagedNode[]> {
  const query = { Filters: [{ Key: 'InstanceIds', Values: [...instanceIds] }], MaxResults: pageSize };
  const pages = readPages(
    operation,
    async (nextToken) => {
      const input = { ...query, ...(nextToken === undefined ? {} : { NextToken: nextToken }) };
      const answer = await connection.call(
        operation,
        (client, abortSignal) => client.send(new DescribeInstanceInformationCommand(input), { abortSignal }),
        signal,
      );
      const elements = readList(answer.InstanceInformationList, operation, 'InstanceInformationList');
      return { elements, nextToken: answer.NextToken };
    },
    inOneGo,
  );
  const nodes: ManagedNode[] = [];
  for await (const page of pages) nodes.push(...page.filter(isStructure).map(toNode));
  return nodes;
}

function toNode(node: Record<string, unknown>): ManagedNode {
  return {
    instanceId: readText(node.InstanceId),
    pingStatus: readText(node.PingStatus),
    lastPingAt: readTime(node.LastPingDateTime),
    agentVersion: readText(node.AgentVersion),
    platform: [node.PlatformName, node.PlatformVersion].map(readText).join(' ').trim(),
    ipAddress: readText(node.IPAddress),
  };
}
