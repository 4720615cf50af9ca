import {
  CancelCommandCommand,
  DescribeInstanceInformationCommand,
  GetCommandInvocationCommand,
  type GetCommandInvocationCommandInput,
  ListCommandInvocationsCommand,
  ListCommandsCommand,
  SendCommandCommand,
  type SendCommandCommandInput,
} from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ManualClock, manualClock } from '../../../src/simulator/model/clock.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/server.ts';
import { clientOf, sentAt } from '../fixtures.ts';

let clock: ManualClock;
let simulator: Simulator;
let client: ReturnType<typeof clientOf>;
let linux: string[];
let windows: string[];

beforeAll(async () => {
  clock = manualClock(sentAt);
  simulator = await startSimulator({ scenario: 'two-plugins', clock });
  client = clientOf(simulator);
  clock.advance(60_000);
  const idsOf = async (platform: string) => {
    const Filters = [{ Key: 'PlatformType', Values: [platform] }];
    const { InstanceInformationList = [] } = await client.send(
      new DescribeInstanceInformationCommand({ Filters }),
    );
    return InstanceInformationList.map(({ InstanceId = '' }) => InstanceId);
  };
  [linux, windows] = [await idsOf('Linux'), await idsOf('Windows')];
});

afterAll(async () => {
  client.destroy();
  await simulator.close();
});

const script = { DocumentName: 'AWS-RunShellScript', Parameters: { commands: ['uptime'] } };
const everywhere = { ...script, Targets: [{ Key: 'tag:Env', Values: ['prod', 'staging'] }] };
const sendCommand = (input: SendCommandCommandInput) => client.send(new SendCommandCommand(input));
const get = (input: GetCommandInvocationCommandInput) => client.send(new GetCommandInvocationCommand(input));
const rowsOf = async (CommandId: string | undefined) =>
  (await client.send(new ListCommandInvocationsCommand({ CommandId, Details: true }))).CommandInvocations ??
  [];
const commandOf = async (CommandId: string | undefined) =>
  (await client.send(new ListCommandsCommand({ CommandId }))).Commands?.[0];

describe('SendCommand', () => {
  test('answers Pending, with its defaults, and starts a rollout', async () => {
    const ids = linux.slice(0, 3);
    const { Command } = await sendCommand({ ...script, InstanceIds: ids });
    expect(Command).toMatchObject({
      Status: 'Pending',
      InstanceIds: ids,
      Targets: [],
      TargetCount: 3,
      MaxConcurrency: '50',
      MaxErrors: '0',
      TimeoutSeconds: 3600,
      DocumentVersion: '$DEFAULT',
      ExpiresAfter: new Date(clock.now() + 7_200_000),
    });
    expect(await rowsOf(Command?.CommandId)).toEqual([]);
    clock.advance(7_300_000);
    expect(await rowsOf(Command?.CommandId)).toHaveLength(3);
    expect(simulator.truth(Command?.CommandId)?.over).toBe(true);
  });

  test('gives each command an ID of its own', async () => {
    const [one, other] = [await sendCommand(everywhere), await sendCommand(everywhere)];
    expect(one.Command?.CommandId).not.toBe(other.Command?.CommandId);
  });

  test('targets are resolved later; what none matches ends with NoInstancesInTag', async () => {
    const targets = [
      { Key: 'tag:Role', Values: ['web', 'api'] },
      { Key: 'tag:Env', Values: ['staging'] },
    ];
    const some = await sendCommand({ ...script, Targets: targets });
    const none = await sendCommand({ ...script, Targets: [{ Key: 'tag:Role', Values: ['none'] }] });
    expect(some.Command).toMatchObject({ TargetCount: 0, InstanceIds: [], Targets: targets });
    clock.advance(5000);
    expect((await commandOf(some.Command?.CommandId))?.TargetCount).toBe(2);
    expect(await commandOf(none.Command?.CommandId)).toMatchObject({
      Status: 'Success',
      StatusDetails: 'NoInstancesInTag',
      TargetCount: 0,
    });
  });

  test('repeats what it is told about outputs, logs, notifications and alarms', async () => {
    const { Command } = await sendCommand({
      ...script,
      InstanceIds: linux.slice(0, 1),
      OutputS3BucketName: 'acme-output',
      OutputS3KeyPrefix: 'runs',
      CloudWatchOutputConfig: { CloudWatchOutputEnabled: true },
      ServiceRoleArn: 'arn:aws:iam::123456789012:role/notify',
      NotificationConfig: {
        NotificationArn: 'arn:aws:sns:eu-west-1:123456789012:runs',
        NotificationEvents: ['All'],
        NotificationType: 'Command',
      },
      AlarmConfiguration: { Alarms: [{ Name: 'errors' }] },
    });
    expect(Command).toMatchObject({
      OutputS3BucketName: 'acme-output',
      CloudWatchOutputConfig: {
        CloudWatchLogGroupName: '/aws/ssm/AWS-RunShellScript',
        CloudWatchOutputEnabled: true,
      },
      NotificationConfig: { NotificationEvents: ['All'] },
      AlarmConfiguration: { Alarms: [{ Name: 'errors' }] },
    });
    clock.advance(60_000);
    const url = `https://s3.eu-west-1.amazonaws.com/acme-output/runs/${Command?.CommandId}/${linux[0]}/awsrunShellScript/0.awsrunShellScript/stdout`;
    const [row] = await rowsOf(Command?.CommandId);
    expect(row).toMatchObject({ StandardOutputUrl: url, CommandPlugins: [{ StandardOutputUrl: url }] });
  });

  const one = () => ({ ...script, InstanceIds: linux.slice(0, 1) });
  test.each<[string, () => SendCommandCommandInput, string]>([
    ['an unknown document', () => ({ ...one(), DocumentName: 'Acme-Nothing' }), 'InvalidDocument'],
    ['a hash that cannot be right', () => ({ ...one(), DocumentHash: '00' }), 'InvalidDocument'],
    ['an unknown version', () => ({ ...one(), DocumentVersion: '7' }), 'InvalidDocumentVersion'],
    [
      'an unknown parameter',
      () => ({ ...one(), Parameters: { commands: ['x'], colour: ['red'] } }),
      'InvalidParameters',
    ],
    ['a missing parameter', () => ({ ...one(), Parameters: {} }), 'InvalidParameters'],
    [
      'a timeout that is no number',
      () => ({ ...one(), Parameters: { commands: ['x'], executionTimeout: ['soon'] } }),
      'InvalidParameters',
    ],
    ['no instance and no target', () => script, 'InvalidInstanceId'],
    ['both', () => ({ ...one(), ...everywhere }), 'InvalidParameters'],
    ['an unknown instance', () => ({ ...script, InstanceIds: ['i-0123456789abcdef0'] }), 'InvalidInstanceId'],
    [
      'an instance twice',
      () => ({ ...script, InstanceIds: [linux[0] ?? '', linux[0] ?? ''] }),
      'DuplicateInstanceId',
    ],
    ['another platform', () => ({ ...script, InstanceIds: windows.slice(0, 1) }), 'UnsupportedPlatformType'],
    [
      'an unknown kind of target',
      () => ({ ...script, Targets: [{ Key: 'Colour', Values: ['red'] }] }),
      'ValidationException',
    ],
    [
      'a target without values',
      () => ({ ...script, Targets: [{ Key: 'tag:Role', Values: [] }] }),
      'ValidationException',
    ],
    [
      'six targets',
      () => ({ ...script, Targets: Array.from({ length: 6 }, () => ({ Key: 'tag:Role', Values: ['web'] })) }),
      'ValidationException',
    ],
    [
      '51 instances',
      () => ({ ...script, InstanceIds: Array.from({ length: 51 }, () => linux[0] ?? '') }),
      'ValidationException',
    ],
    ['29 seconds', () => ({ ...one(), TimeoutSeconds: 29 }), 'ValidationException'],
    ['MaxConcurrency 0', () => ({ ...one(), MaxConcurrency: '0' }), 'ValidationException'],
    ['MaxErrors -1', () => ({ ...one(), MaxErrors: '-1' }), 'ValidationException'],
    [
      'a topic that is no ARN',
      () => ({ ...one(), NotificationConfig: { NotificationArn: 'runs' } }),
      'InvalidNotificationConfig',
    ],
    [
      'a topic without a role',
      () => ({ ...one(), NotificationConfig: { NotificationArn: 'arn:aws:sns:x:1:t' } }),
      'InvalidRole',
    ],
  ])('refuses %s', async (_, input, name) => {
    await expect(sendCommand(input())).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } });
  });

  test('names the instances that are not there', async () => {
    await expect(sendCommand({ ...script, InstanceIds: ['i-0123456789abcdef0'] })).rejects.toThrow(
      'Instances [[i-0123456789abcdef0]] not in a valid state for account 123456789012',
    );
  });
});

describe('GetCommandInvocation', () => {
  const known = () => ({ CommandId: simulator.commandId, InstanceId: linux[0] });

  test('shows one step, its dates as text', async () => {
    const ended = await get({ ...known(), PluginName: 'configurePackage' });
    expect(ended).toMatchObject({ PluginName: 'configurePackage', Comment: 'install monitoring 4.2' });
    expect(ended.ExecutionStartDateTime).toMatch(/^2026-09-27T00:39:\d\d\.\d{3}Z$/);
    expect(ended.ExecutionElapsedTime).toMatch(/^PT\d+(\.\d+)?S$/);
  });

  test('needs the name of the step where there are several', async () => {
    await expect(get(known())).rejects.toMatchObject({ name: 'InvalidPluginName' });
    await expect(get({ ...known(), PluginName: 'nothing' })).rejects.toMatchObject({
      name: 'InvalidPluginName',
    });
  });

  test('has more of the output than the list, and nothing while it runs', async () => {
    const { Command } = await sendCommand({ ...script, InstanceIds: linux, MaxErrors: '100%' });
    const own = (InstanceId: string | undefined) => get({ CommandId: Command?.CommandId, InstanceId });
    await expect(own(linux[0])).rejects.toMatchObject({ name: 'InvocationDoesNotExist' });
    clock.advance(2000);
    expect(await own(linux[0])).toMatchObject({ StandardOutputContent: '', ExecutionEndDateTime: '' });
    clock.advance(7_300_000);
    const rows = await rowsOf(Command?.CommandId);
    const long = rows.find(({ CommandPlugins }) =>
      CommandPlugins?.[0]?.Output?.endsWith('\n---Output truncated---'),
    );
    const whole = await own(long?.InstanceId);
    expect(whole.StandardOutputContent?.length).toBeGreaterThan(2500);
  });

  test.each([
    ['an unknown command', { CommandId: '00000000-0000-4000-8000-000000000000' }],
    ['an unknown instance', { InstanceId: 'i-0123456789abcdef0' }],
  ])('does not exist for %s', async (_, other) => {
    await expect(get({ ...known(), ...other })).rejects.toMatchObject({ name: 'InvocationDoesNotExist' });
  });
});

describe('CancelCommand', () => {
  const cancel = (CommandId: string | undefined, InstanceIds?: string[]) =>
    client.send(new CancelCommandCommand({ CommandId, InstanceIds }));

  test('ends a command part-way', async () => {
    const { Command } = await sendCommand({ ...everywhere, MaxConcurrency: '2' });
    clock.advance(6000);
    await cancel(Command?.CommandId);
    expect(await commandOf(Command?.CommandId)).toMatchObject({ Status: 'Cancelling' });
    clock.advance(30_000);
    expect(await commandOf(Command?.CommandId)).toMatchObject({
      Status: 'Cancelled',
      StatusDetails: 'Cancelled',
    });
    expect(simulator.truth(Command?.CommandId)?.counts.Cancelled).toBeGreaterThan(10);
  });

  test('of some instances leaves the rest', async () => {
    const { Command } = await sendCommand({ ...script, InstanceIds: linux.slice(0, 4), MaxConcurrency: '1' });
    clock.advance(100);
    await cancel(Command?.CommandId, linux.slice(0, 2));
    clock.advance(7_300_000);
    expect(simulator.truth(Command?.CommandId)?.counts.Cancelled).toBe(2);
  });

  test('does nothing to what is over', async () => {
    const before = simulator.truth()?.counts;
    await cancel(simulator.commandId);
    expect(simulator.truth()?.counts).toEqual(before);
  });

  test.each<[string, string | undefined, () => string[], string]>([
    ['an unknown command', '00000000-0000-4000-8000-000000000000', () => [], 'InvalidCommandId'],
    ['36 characters that are no ID', 'x'.repeat(36), () => [], 'InvalidCommandId'],
    ['an instance of another command', undefined, () => ['i-0123456789abcdef0'], 'InvalidInstanceId'],
    ['an instance twice', undefined, () => [linux[0] ?? '', linux[0] ?? ''], 'DuplicateInstanceId'],
  ])('refuses %s', async (_, commandId, ids, name) => {
    await expect(cancel(commandId ?? simulator.commandId, ids())).rejects.toMatchObject({ name });
  });
});
