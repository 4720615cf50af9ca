import { ListCommandInvocationsCommand, ListCommandsCommand } from '@aws-sdk/client-ssm';
import { describe, expect, test } from 'vitest';
import { manualClock } from '../../src/simulator/model/clock.ts';
import { scenarioNames, scenarios } from '../../src/simulator/scenarios.ts';
import { type Simulator, startSimulator } from '../../src/simulator/server.ts';
import { clientOf, post, sentAt } from './fixtures.ts';

async function during<T>(
  options: Omit<Parameters<typeof startSimulator>[0], 'clock'>,
  use: (simulator: Simulator, clock: ReturnType<typeof manualClock>) => Promise<T> | T,
): Promise<T> {
  const clock = manualClock(sentAt);
  const simulator = await startSimulator({ ...options, clock });
  try {
    return await use(simulator, clock);
  } finally {
    await simulator.close();
  }
}

test('every scenario has a one-line description and a valid comment', () => {
  for (const name of scenarioNames) {
    expect(scenarios[name].description).toMatch(/^\S.{9,90}$/);
    expect(scenarios[name].comment.length).toBeLessThanOrEqual(100);
  }
});

describe('how they end', () => {
  test.each([
    ['healthy', 'Success', ['Success']],
    ['bad', 'Incomplete', ['DeliveryTimedOut', 'ExecutionTimedOut', 'Failed', 'Success', 'Undeliverable']],
    ['slow', 'Incomplete', ['Failed', 'Success']],
    ['throttled', 'Incomplete', ['Failed', 'Success']],
    ['no-targets', 'NoInstancesInTag', []],
    ['lost-permissions', 'Incomplete', ['Failed', 'Success']],
    ['two-plugins', 'Incomplete', ['ExecutionTimedOut', 'Failed', 'Success']],
    ['stopped', 'Failed', ['Failed', 'Success', 'Terminated']],
    ['cancelled', 'Cancelled', ['Cancelled', 'Success']],
    ['causes', 'Incomplete', ['Failed', 'Success', 'Undeliverable']],
    ['s3', 'Incomplete', ['Failed', 'Success']],
    ['logs', 'Incomplete', ['Failed', 'Success']],
    ['alarmed', 'FailedDueToAlarm', ['Failed', 'Success', 'Terminated']],
  ] as const)('%s: %s', (scenario, command, details) =>
    during({ scenario }, (simulator, clock) => {
      expect(simulator.truth()?.over).toBe(false);
      clock.advance((simulator.truth()?.endsAt ?? 0) - clock.now());
      const truth = simulator.truth();
      expect(truth).toMatchObject({ over: true, command: { statusDetails: command } });
      expect(Object.keys(truth?.counts ?? {}).toSorted()).toEqual(details);
    }),
  );

  test.each([1, 2, 3, 4, 5])('the bad rollout takes 35 to 50 s (seed %i)', (seed) =>
    during({ scenario: 'bad', seed }, (simulator) => {
      const seconds = ((simulator.truth()?.endsAt ?? 0) - sentAt) / 1000;
      expect(seconds).toBeGreaterThan(35);
      expect(seconds).toBeLessThan(50);
    }),
  );

  test.each([1, 5, 500])('the bad rollout has failures at %i instances, and the same length', (instances) =>
    during({ scenario: 'bad', instances }, (simulator, clock) => {
      expect((simulator.truth()?.endsAt ?? 0) - sentAt).toBeLessThan(50_000);
      clock.advance(50_000);
      const { counts } = simulator.truth() ?? {};
      expect(counts?.Success ?? 0).toBeLessThan(instances);
    }),
  );
});

test('lost-permissions denies two calls from 8 s on, each in its own name', () =>
  during({ scenario: 'lost-permissions' }, async (simulator, clock) => {
    const statuses = async () => [
      (await post(simulator, 'ListCommands', {})).status,
      (await post(simulator, 'ListCommandInvocations', {})).status,
    ];
    clock.advance(7900);
    expect(await statuses()).toEqual([200, 200]);
    clock.advance(200);
    expect(await statuses()).toEqual([400, 200]);
    await expect(clientOf(simulator).send(new ListCommandsCommand({}))).rejects.toThrow(
      'perform: ssm:ListCommands on',
    );
  }));

test('huge answers its 200 pages quickly, and shows a list that grows', () =>
  during({ scenario: 'huge' }, async (simulator, clock) => {
    const client = clientOf(simulator);
    const sweep = async () => {
      const ids = new Set<string>();
      let calls = 0;
      for (let NextToken: string | undefined; calls === 0 || NextToken !== undefined; calls++) {
        const page = await client.send(
          new ListCommandInvocationsCommand({ CommandId: simulator.commandId, Details: true, NextToken }),
        );
        for (const { InstanceId = '' } of page.CommandInvocations ?? []) ids.add(InstanceId);
        NextToken = page.NextToken;
      }
      return ids.size;
    };
    clock.advance(6000);
    const early = await sweep();
    expect(early).toBeGreaterThan(100);
    expect(early).toBeLessThan(9000);
    clock.advance(200_000);
    expect(await sweep()).toBe(10_000);
    expect(simulator.truth()?.over).toBe(true);
  }));

test('scripts write output of every length, some of it beyond the limits', () =>
  during({ scenario: 'bad', instances: 300 }, async (simulator, clock) => {
    clock.advance(60_000);
    const { invocations = [] } = simulator.truth() ?? {};
    const outputs = invocations.map(({ steps }) => steps[0]?.output() ?? { stdout: '', stderr: '' });
    expect(outputs.some(({ stdout }) => Buffer.byteLength(stdout) > 2500)).toBe(true);
    expect(outputs.some(({ stdout }) => stdout.length > 24_000)).toBe(true);
    expect(outputs.some(({ stderr }) => stderr.length > 8000)).toBe(true);
    expect(new Set(outputs.map(({ stdout, stderr }) => stdout + stderr)).size).toBeGreaterThan(250);
    expect(invocations.some(({ instanceName }) => instanceName === '')).toBe(true);
    expect(invocations.some(({ instanceId }) => instanceId.startsWith('mi-'))).toBe(true);
    expect(invocations.every(({ instanceId }) => /^(m?i-)[0-9a-f]{17}$/.test(instanceId))).toBe(true);
  }));
