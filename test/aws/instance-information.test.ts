import { describe, expect, it } from 'vitest';
import { readNodes } from '../../src/aws/instance-information.ts';
import type { ManagedNode } from '../../src/domain/managed-node.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { connectTo } from '../helpers/connect-to.ts';
import { type Call, openEndpoint } from '../helpers/endpoint.ts';
import { openWatch } from '../helpers/watch-simulator.ts';

isolateAwsEnvironment();

const { signal } = new AbortController();
const known = {
  InstanceId: 'i-00000001',
  PingStatus: 'ConnectionLost',
  LastPingDateTime: 1.790469543112e9,
  AgentVersion: '3.3.1611.0',
  PlatformName: 'Ubuntu',
  PlatformVersion: '22.04',
  IPAddress: '10.0.0.4',
  ComputerName: 'web-eu-01',
};
const node: ManagedNode = {
  instanceId: 'i-00000001',
  pingStatus: 'ConnectionLost',
  lastPingAt: 1_790_469_543_112,
  agentVersion: '3.3.1611.0',
  platform: 'Ubuntu 22.04',
  ipAddress: '10.0.0.4',
};

async function readFrom(
  answer: (call: Call, index: number) => unknown,
  ids: readonly string[] = ['i-00000001'],
) {
  await using endpoint = await openEndpoint((call, index) => ({ body: answer(call, index) }));
  const nodes = await readNodes(connectTo(endpoint.url), ids, signal);
  return { nodes, calls: endpoint.calls.map(({ operation, body }) => [operation, JSON.parse(body)]) };
}

describe('nodes', () => {
  it('are asked for by their IDs, and read in every part that is shown', async () => {
    const { nodes, calls } = await readFrom(
      () => ({ InstanceInformationList: [known] }),
      ['i-00000001', 'mi-2'],
    );
    expect(nodes).toEqual([node]);
    const Filters = [{ Key: 'InstanceIds', Values: ['i-00000001', 'mi-2'] }];
    expect(calls).toEqual([['DescribeInstanceInformation', { Filters, MaxResults: 50 }]]);
  });

  it('of every page, of which one can be empty, are read', async () => {
    const pages = [[known], [], [{ ...known, InstanceId: 'i-00000002' }]];
    const { nodes, calls } = await readFrom((_, index) => ({
      InstanceInformationList: pages[index],
      ...(index < 2 ? { NextToken: `page ${index + 1}` } : {}),
    }));
    expect(nodes.map(({ instanceId }) => instanceId)).toEqual(['i-00000001', 'i-00000002']);
    expect(calls.map(([, body]) => body.NextToken)).toEqual([undefined, 'page 1', 'page 2']);
  });

  it.each<[string, Record<string, unknown>, Partial<ManagedNode>]>([
    [
      'nothing but its ID',
      Object.fromEntries(Object.keys(known).map((key) => [key, undefined])),
      nothingOf(''),
    ],
    [
      'members of the wrong type',
      Object.fromEntries(Object.keys(known).map((key) => [key, key.endsWith('Time') ? undefined : [7]])),
      nothingOf(''),
    ],
    ['a platform without a version', { PlatformVersion: '' }, { platform: 'Ubuntu' }],
    ['no time', { LastPingDateTime: undefined }, { lastPingAt: null }],
  ])('with %s', async (_, change, members) => {
    const { nodes } = await readFrom(() => ({ InstanceInformationList: [null, { ...known, ...change }] }));
    expect(nodes).toEqual([{ ...node, ...members }]);
  });

  it('that SSM does not know are absent', async () =>
    expect((await readFrom(() => ({ InstanceInformationList: [] }))).nodes).toEqual([]));

  it.each<[string, unknown]>([
    ['no list', {}],
    ['a text', { InstanceInformationList: 'none' }],
    ['a time that is none', { InstanceInformationList: [{ ...known, LastPingDateTime: 'yesterday' }] }],
  ])('are in no answer with %s', async (_, body) => {
    await expect(readFrom(() => body)).rejects.toMatchObject({
      problem: { kind: 'response', message: expect.stringMatching(/^DescribeInstanceInformation: /) },
    });
  });

  it('may be denied, by an action that is named', async () => {
    await using watch = await openWatch({
      faults: [{ operation: 'DescribeInstanceInformation', kind: 'access-denied' }],
    });
    const ids = ['i-00000001'];
    await expect(readNodes(watch.connection, ids, signal)).rejects.toMatchObject({
      problem: {
        kind: 'access-denied',
        message: expect.stringContaining('the IAM action ssm:DescribeInstanceInformation is not allowed'),
      },
    });
  });

  it('of the simulator are those that it simulates, and their requests are counted', async () => {
    await using watch = await openWatch({ scenario: 'bad' });
    watch.clock.advance(10_000);
    const { simulator, connection } = watch;
    const ids = simulator.truth()?.invocations.map(({ instanceId }) => instanceId) ?? [];
    const before = connection.requests;
    const nodes = await readNodes(connection, ids.slice(0, 50), signal);
    expect(connection.requests).toBe(before + 1);
    expect(nodes.map(({ instanceId }) => instanceId).sort()).toEqual(ids.slice(0, 50).sort());
    for (const { pingStatus, lastPingAt, agentVersion, platform, ipAddress } of nodes) {
      expect(['Online', 'ConnectionLost']).toContain(pingStatus);
      expect(lastPingAt).toBeLessThan(watch.clock.now());
      expect(agentVersion).toMatch(/^3\./);
      expect(platform).toMatch(/\d/);
      expect(ipAddress).toMatch(/^10\./);
    }
  });
});

function nothingOf(text: string): ManagedNode {
  return {
    instanceId: text,
    pingStatus: text,
    lastPingAt: null,
    agentVersion: text,
    platform: text,
    ipAddress: text,
  };
}
