import { DescribeInstanceInformationCommand } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ManualClock, manualClock } from '../../../src/simulator/model/clock.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/server.ts';
import { clientOf, sentAt } from '../fixtures.ts';

let clock: ManualClock;
let simulator: Simulator;
let client: ReturnType<typeof clientOf>;

beforeAll(async () => {
  clock = manualClock(sentAt);
  simulator = await startSimulator({ scenario: 'bad', clock, pagingTricks: false });
  client = clientOf(simulator);
  clock.advance(60_000);
});

afterAll(async () => {
  client.destroy();
  await simulator.close();
});

describe('DescribeInstanceInformation', () => {
  const nodes = async (Key: string, ...Values: string[]) => {
    const request = new DescribeInstanceInformationCommand({ Filters: [{ Key, Values }], MaxResults: 50 });
    return (await client.send(request)).InstanceInformationList ?? [];
  };

  test('shows agents that do not answer as ConnectionLost', async () => {
    expect(await nodes('PingStatus', 'ConnectionLost')).toHaveLength(3);
    const [node] = await nodes('PingStatus', 'Online');
    expect(node).toMatchObject({
      PlatformType: 'Linux',
      AgentVersion: expect.any(String),
      IPAddress: expect.any(String),
    });
  });

  test('a node that does not answer was last seen before the start, at a time that stays', async () => {
    const lost = async () =>
      (await nodes('PingStatus', 'ConnectionLost')).map(({ LastPingDateTime }) =>
        LastPingDateTime?.getTime(),
      );
    const before = await lost();
    for (const time of before) {
      expect(sentAt - (time ?? 0)).toBeGreaterThanOrEqual(40 * 60_000);
      expect(sentAt - (time ?? 0)).toBeLessThanOrEqual(3 * 24 * 3_600_000);
    }
    expect(new Set(before).size).toBe(before.length);
    clock.advance(3_000_000);
    expect(await lost()).toEqual(before);
  });

  test('a node that answers pings every five minutes', async () => {
    const pings = async () =>
      (await nodes('PingStatus', 'Online')).map(({ LastPingDateTime }) => LastPingDateTime?.getTime() ?? 0);
    const before = await pings();
    for (const time of before) {
      expect(clock.now() - time).toBeGreaterThanOrEqual(0);
      expect(clock.now() - time).toBeLessThan(300_000);
    }
    clock.advance(300_000);
    expect(await pings()).toEqual(before.map((time) => time + 300_000));
  });

  test('a hybrid node has a name of its own', async () => {
    const hybrid = await nodes('ResourceType', 'ManagedInstance');
    expect(hybrid.length).toBeGreaterThan(0);
    expect(hybrid.every(({ InstanceId, Name }) => InstanceId?.startsWith('mi-') && Name !== undefined)).toBe(
      true,
    );
  });

  test.each([
    ['tag:Role', ['web', 'db'], 24],
    ['tag-key', ['Role'], 50],
    ['tag:Role', ['gateway'], 0],
    ['PlatformType', ['Windows'], 0],
  ])('%s=%j', async (key, values, count) => {
    expect(await nodes(key, ...values)).toHaveLength(count);
  });

  test('refuses keys and values that it does not know', async () => {
    await expect(nodes('Colour', 'red')).rejects.toMatchObject({ name: 'InvalidFilterKey' });
    await expect(nodes('PingStatus', 'Dead')).rejects.toMatchObject({
      name: 'InvalidInstanceInformationFilterValue',
    });
  });
});
