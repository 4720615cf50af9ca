import { describe, expect, it } from 'vitest';
import { readCommand } from '../../src/aws/list-commands.ts';
import type { Command } from '../../src/domain/command.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { connectTo } from '../helpers/connect-to.ts';
import { openEndpoint } from '../helpers/endpoint.ts';
import { commandId } from '../helpers/fixtures.ts';
import { openWatch } from '../helpers/watch-simulator.ts';

isolateAwsEnvironment();

const { signal } = new AbortController();
const wireCommand = {
  CommandId: commandId,
  DocumentName: 'AWS-RunShellScript',
  Comment: 'patch kernel',
  Status: 'TimedOut',
  StatusDetails: 'Delivery Timed Out',
  TargetCount: 12,
  CompletedCount: 0,
  ErrorCount: 0,
  MaxConcurrency: '10%',
  MaxErrors: '3',
  RequestedDateTime: 1.790469543112e9,
  ExpiresAfter: 1790477343.5,
  Targets: [
    { Key: 'tag:Role', Values: ['web', 'api'] },
    { Key: 'tag:Env', Values: ['prod'] },
  ],
  InstanceIds: [],
  AlarmConfiguration: { Alarms: [{ Name: 'acme-5xx' }], IgnorePollAlarmFailure: false },
  TriggeredAlarms: [{ Name: 'acme-5xx', State: 'ALARM' }],
  Parameters: { commands: ['echo secret'] },
};
const expected = {
  commandId,
  documentName: 'AWS-RunShellScript',
  comment: 'patch kernel',
  status: 'TimedOut',
  statusDetails: 'DeliveryTimedOut',
  targetCount: 12,
  maxConcurrency: '10%',
  maxErrors: '3',
  requestedAt: 1_790_469_543_112,
  expiresAt: 1_790_477_343_500,
  allFields: [
    { name: 'AlarmConfiguration.Alarms[0].Name', value: 'acme-5xx' },
    { name: 'AlarmConfiguration.IgnorePollAlarmFailure', value: 'false' },
    { name: 'CommandId', value: commandId },
    { name: 'Comment', value: 'patch kernel' },
    { name: 'CompletedCount', value: '0' },
    { name: 'DocumentName', value: 'AWS-RunShellScript' },
    { name: 'ErrorCount', value: '0' },
    { name: 'ExpiresAfter', value: '2026-09-27T02:49:03.500Z' },
    { name: 'MaxConcurrency', value: '10%' },
    { name: 'MaxErrors', value: '3' },
    { name: 'RequestedDateTime', value: '2026-09-27T00:39:03.112Z' },
    { name: 'Status', value: 'TimedOut' },
    { name: 'StatusDetails', value: 'Delivery Timed Out' },
    { name: 'TargetCount', value: '12' },
    { name: 'Targets[0].Key', value: 'tag:Role' },
    { name: 'Targets[0].Values', value: 'web' },
    { name: 'Targets[0].Values', value: 'api' },
    { name: 'Targets[1].Key', value: 'tag:Env' },
    { name: 'Targets[1].Values', value: 'prod' },
    { name: 'TriggeredAlarms[0].Name', value: 'acme-5xx' },
    { name: 'TriggeredAlarms[0].State', value: 'ALARM' },
  ],
  parameters: [{ name: 'commands', value: 'echo secret' }],
  targets: [
    { key: 'tag:Role', values: ['web', 'api'] },
    { key: 'tag:Env', values: ['prod'] },
  ],
  instanceIds: [],
  alarms: ['acme-5xx'],
  triggeredAlarms: ['acme-5xx'],
};

async function readFrom(body: unknown) {
  await using endpoint = await openEndpoint(() => ({ body }));
  const connection = connectTo(endpoint.url);
  try {
    return { command: await readCommand(connection, commandId, signal), calls: endpoint.calls };
  } finally {
    connection.close();
  }
}

describe('the command', () => {
  it('is asked for by its ID and read in every part, its parameters apart', async () => {
    const { command, calls } = await readFrom({ Commands: [wireCommand] });
    expect(command).toEqual(expected);
    expect(calls.map(({ operation, body }) => [operation, JSON.parse(body)])).toEqual([
      ['ListCommands', { CommandId: commandId }],
    ]);
  });

  it('of the simulator is the one that it simulates', async () => {
    await using watch = await openWatch({ scenario: 'two-plugins', pagingTricks: false });
    watch.clock.advance(1_000);
    const { simulator } = watch;
    expect(await readCommand(watch.connection, simulator.commandId, signal)).toEqual({
      commandId: simulator.commandId,
      documentName: 'Acme-ConfigureAndVerify',
      comment: 'install monitoring 4.2',
      status: 'InProgress',
      statusDetails: 'InProgress',
      targetCount: 24,
      maxConcurrency: '6',
      maxErrors: '10',
      requestedAt: watch.clock.now() - 1_000,
      expiresAt: simulator.truth()?.command.expiresAfter,
      allFields: expect.arrayContaining([{ name: 'TimeoutSeconds', value: '600' }]),
      parameters: expect.arrayContaining([{ name: 'version', value: '4.2.1' }]),
      targets: [],
      instanceIds: simulator.truth()?.invocations.map(({ instanceId }) => instanceId),
      alarms: [],
      triggeredAlarms: [],
    });
  });

  it.each([6, 17, 28, 59])('is found behind an empty page, seed %i', async (seed) => {
    await using watch = await openWatch({ seed, pagingTricks: true });
    watch.clock.advance(5_000);
    const { simulator } = watch;
    expect(await readCommand(watch.connection, simulator.commandId, signal)).toMatchObject({
      commandId: simulator.commandId,
    });
    // Otherwise these seeds have no empty page, and the test shows nothing.
    expect(simulator.requests.length).toBeGreaterThan(1);
  });

  it.each<[string, object, Partial<Command>]>([
    [
      'nothing but its ID',
      Object.fromEntries(Object.keys(wireCommand).map((key) => [key, undefined])),
      {
        documentName: null,
        comment: null,
        status: '',
        statusDetails: '',
        targetCount: null,
        maxConcurrency: null,
        maxErrors: null,
        requestedAt: null,
        expiresAt: null,
        targets: [],
        alarms: [],
        triggeredAlarms: [],
      },
    ],
    [
      'members of the wrong type',
      {
        Targets: ['all', null, { Key: 5, Values: 'web' }, { Key: 'tag:Role', Values: [1, 'web', null] }],
        InstanceIds: 'i-1',
        AlarmConfiguration: [],
        TriggeredAlarms: [null, {}, { Name: 'acme-5xx' }],
      },
      {
        targets: [
          { key: '', values: [] },
          { key: 'tag:Role', values: ['web'] },
        ],
        alarms: [],
      },
    ],
    [
      'instance IDs',
      { Targets: [], InstanceIds: ['i-1', 'i-2'] },
      { targets: [], instanceIds: ['i-1', 'i-2'] },
    ],
    ['an empty comment', { Comment: '' }, { comment: '' }],
    ['TargetCount 0', { TargetCount: 0 }, { targetCount: 0 }],
    ['TargetCount of a wrong type', { TargetCount: 'many' }, { targetCount: null }],
    ['no StatusDetails', { StatusDetails: undefined }, { statusDetails: 'TimedOut' }],
    [
      'no target',
      { Status: 'Success', StatusDetails: 'NoInstancesInTag' },
      { status: 'Success', statusDetails: 'NoInstancesInTag' },
    ],
    [
      'an unknown status',
      { Status: 'Half Done', StatusDetails: 'Half Done' },
      { status: 'Half Done', statusDetails: 'Half Done' },
    ],
    ['its ID in upper case', { CommandId: commandId.toUpperCase() }, {}],
  ])('with %s', async (_, change, members) => {
    const { command } = await readFrom({
      Commands: [
        {
          ...wireCommand,
          CommandId: commandId,
          ...change,
          ...('CommandId' in change && change.CommandId === undefined ? { CommandId: commandId } : {}),
        },
      ],
    });
    expect(command).toEqual({
      ...expected,
      allFields: expect.any(Array),
      parameters: expect.any(Array),
      ...members,
    });
  });
});

describe('no command', () => {
  it.each<[string, unknown]>([
    ['an empty list', []],
    ['another command', [{ ...wireCommand, CommandId: '00000000-0000-4000-8000-000000000000' }]],
    ['a command without an ID', [{ ...wireCommand, CommandId: undefined }]],
    ['null', [null]],
  ])('is in %s', async (_, Commands) => expect((await readFrom({ Commands })).command).toBeNull());

  it.each<[string, unknown]>([
    ['no list', {}],
    ['null', { Commands: null }],
    ['a text', { Commands: 'none' }],
  ])('and no answer either is %s', async (_, body) => {
    await expect(readFrom(body)).rejects.toMatchObject({
      problem: { kind: 'response', message: expect.stringMatching(/^ListCommands: /), needsAction: false },
    });
  });
});
