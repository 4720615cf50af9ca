import { GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import {
  GetCommandInvocationCommand,
  ListCommandInvocationsCommand,
  ListCommandsCommand,
} from '@aws-sdk/client-ssm';
import { describe, expect, test } from 'vitest';
import { manualClock } from '../../src/simulator/model/clock.ts';
import type { ScenarioName } from '../../src/simulator/scenarios.ts';
import { startSimulator } from '../../src/simulator/server.ts';
import { clientOf, logsClientOf, s3ClientOf, sentAt } from './fixtures.ts';

async function open(scenario: ScenarioName, seconds: number, seed = 1) {
  const clock = manualClock(sentAt);
  const simulator = await startSimulator({ scenario, seed, clock });
  clock.advance(seconds * 1000);
  const rows = () => simulator.truth()?.invocations ?? [];
  return { simulator, clock, rows, [Symbol.asyncDispose]: () => simulator.close() };
}

const Bucket = 'acme-run-output';
const keyOf = (commandId: string, instanceId = '') =>
  `verify/ring-1/${commandId}/${instanceId}/awsrunShellScript/0.awsrunShellScript/stdout`;

describe.each([1, 2, 3])('s3, seed %i', (seed) => {
  test('has one output of about 50 MB, cut everywhere but in S3', async () => {
    await using s3 = await open('s3', 60, seed);
    const { commandId: CommandId } = s3.simulator;
    const [huge, ...others] = s3.rows().filter(({ steps }) => steps[0]?.output().stdoutTail !== undefined);
    const InstanceId = huge?.instanceId;
    expect(others).toEqual([]);
    const ssm = clientOf(s3.simulator);
    const { CommandInvocations: [row] = [] } = await ssm.send(
      new ListCommandInvocationsCommand({ CommandId, InstanceId, Details: true }),
    );
    const [plugin] = row?.CommandPlugins ?? [];
    expect(plugin?.Output).toMatch(/---Output truncated---$/);
    const got = await ssm.send(new GetCommandInvocationCommand({ CommandId, InstanceId }));
    expect(got.StandardOutputContent).toMatch(/--output truncated--$/);
    const Key = keyOf(CommandId, InstanceId);
    expect(plugin?.StandardOutputUrl).toBe(`https://s3.eu-west-1.amazonaws.com/${Bucket}/${Key}`);

    const client = s3ClientOf(s3.simulator);
    const { ContentLength = 0 } = await client.send(new HeadObjectCommand({ Bucket, Key }));
    expect(ContentLength).toBeGreaterThan(49e6);
    expect(ContentLength).toBeLessThan(53e6);
    const read = async (Range: string) =>
      (await client.send(new GetObjectCommand({ Bucket, Key, Range }))).Body?.transformToString();
    const begin = await read('bytes=0-32767');
    expect(begin?.startsWith(got.StandardOutputContent?.slice(0, 20_000) ?? '?')).toBe(true);
    const line =
      /^2026-09-\d\dT[\d:.]+Z (INFO |WARN |ERROR) reindex: shard=\d\d doc=\d{9} .* sum=[0-9a-f]{16}$/;
    for (const text of [
      begin?.split('\n').slice(1, -1),
      (await read('bytes=-5000'))?.split('\n').slice(1, -1),
    ]) {
      for (const one of text ?? []) expect(one).toMatch(line);
    }
    expect(await read('bytes=-1')).toBe('\n');
  });

  test('has outputs that are too long for GetCommandInvocation, and one that is hostile', async () => {
    await using s3 = await open('s3', 60, seed);
    const outputs = s3.rows().map(({ steps }) => steps[0]?.output() ?? { stdout: '', stderr: '' });
    expect(outputs.filter(({ stdout }) => stdout.length > 24_000).length).toBeGreaterThan(2);
    const [hostile, ...others] = s3
      .rows()
      .filter(({ steps }) => steps[0]?.output().stdout.includes('\u001b'));
    expect(others).toEqual([]);
    expect(hostile?.statusDetails).toBe('Failed');
    const { stdout = '', stderr = '' } = hostile?.steps[0]?.output() ?? {};
    for (const part of [
      '\u001b[32m',
      '\u001b[1;31m',
      '\u001b[38;5;',
      '\r',
      '\u001b]52;',
      '\u009b',
      '\u202e',
      '\u0000',
    ]) {
      expect(stdout).toContain(part);
    }
    expect(stderr).toContain('\u001b[1;31mError:');
  });
});

test('s3 sends all 50 MB in the time that reading them takes', async () => {
  await using s3 = await open('s3', 60);
  const huge = s3.rows().find(({ steps }) => steps[0]?.output().stdoutTail !== undefined);
  const Key = keyOf(s3.simulator.commandId, huge?.instanceId);
  const { Body, ContentLength } = await s3ClientOf(s3.simulator).send(new GetObjectCommand({ Bucket, Key }));
  let bytes = 0;
  for await (const piece of Body as AsyncIterable<Buffer>) bytes += piece.length;
  expect(bytes).toBe(ContentLength);
});

test('logs grow while the scripts run', async () => {
  await using logs = await open('logs', 20);
  const { commandId } = logs.simulator;
  const client = logsClientOf(logs.simulator);
  const read = async (instanceId: string, nextToken?: string) =>
    client
      .send(
        new GetLogEventsCommand({
          logGroupName: '/aws/ssm/AWS-RunShellScript',
          logStreamName: `${commandId}/${instanceId}/aws-runShellScript/stdout`,
          startFromHead: true,
          nextToken,
        }),
      )
      .catch(() => undefined);
  const ids = logs.rows().map(({ instanceId }) => instanceId);
  const tokens = new Map<string, string | undefined>();
  const grown = async () => {
    const counts: number[] = [];
    for (const id of ids) {
      const page = await read(id, tokens.get(id));
      tokens.set(id, page?.nextForwardToken);
      counts.push(page?.events?.length ?? 0);
    }
    return counts;
  };
  // One writes so much that it is uploaded before the 30 seconds are over.
  expect((await grown()).filter((count) => count > 0)).toEqual([expect.any(Number)]);
  for (let round = 0; round < 3; round++) {
    logs.clock.advance(31_000);
    const counts = await grown();
    expect(counts.filter((count) => count > 0).length, `round ${round}`).toBeGreaterThan(5);
    expect(Math.max(...counts)).toBeGreaterThan(3000);
  }
  expect(logs.rows().every(({ statusDetails }) => statusDetails === 'InProgress')).toBe(true);
});

test('alarmed names its alarm from when it goes off, and ends with FailedDueToAlarm', async () => {
  await using alarmed = await open('alarmed', 10);
  const command = async () => {
    const answer = await clientOf(alarmed.simulator).send(
      new ListCommandsCommand({ CommandId: alarmed.simulator.commandId }),
    );
    return answer.Commands?.[0];
  };
  const AlarmConfiguration = { Alarms: [{ Name: 'acme-app-5xx' }], IgnorePollAlarmFailure: false };
  expect(await command()).toMatchObject({ Status: 'InProgress', AlarmConfiguration, TriggeredAlarms: [] });
  alarmed.clock.advance(6_000);
  expect(await command()).toMatchObject({
    Status: 'InProgress',
    TriggeredAlarms: [{ Name: 'acme-app-5xx', State: 'ALARM' }],
  });
  alarmed.clock.advance(60_000);
  expect(await command()).toMatchObject({
    Status: 'Failed',
    StatusDetails: 'FailedDueToAlarm',
    AlarmConfiguration,
    TriggeredAlarms: [{ Name: 'acme-app-5xx', State: 'ALARM' }],
  });
  const { counts } = alarmed.simulator.truth() ?? {};
  expect(counts?.Terminated).toBeGreaterThan(10);
  expect(counts?.Success).toBeGreaterThan(10);
});
