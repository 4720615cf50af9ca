import {
  type Command,
  type CommandInvocation,
  ListCommandInvocationsCommand,
  type ListCommandInvocationsCommandInput,
  ListCommandsCommand,
  type ListCommandsCommandInput,
  paginateListCommandInvocations,
  paginateListCommands,
} from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ManualClock, manualClock } from '../../../src/simulator/model/clock.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/server.ts';
import { clientOf, sentAt } from '../fixtures.ts';

let clock: ManualClock;
let simulator: Simulator;
let client: ReturnType<typeof clientOf>;
const unknown = '00000000-0000-4000-8000-000000000000';

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

const commands = (input: ListCommandsCommandInput) => client.send(new ListCommandsCommand(input));
/** Every page. */
async function allCommands(input: ListCommandsCommandInput = {}): Promise<Command[]> {
  const all: Command[] = [];
  for await (const page of paginateListCommands({ client }, input)) all.push(...(page.Commands ?? []));
  return all;
}
const invocations = (input: ListCommandInvocationsCommandInput) =>
  client.send(new ListCommandInvocationsCommand(input));

describe('ListCommands', () => {
  test('lists the history, newest first', async () => {
    const all = await allCommands();
    expect(all[0]?.CommandId).toBe(simulator.commandId);
    expect(new Set(all.map(({ CommandId }) => CommandId)).size).toBe(121);
    const times = all.map(({ RequestedDateTime }) => RequestedDateTime?.getTime() ?? 0);
    expect(times).toEqual(times.toSorted((left, right) => right - left));
    expect(sentAt - (times.at(-1) ?? 0)).toBeGreaterThan(25 * 24 * 3_600_000);
  });

  test('shows a command with all that it was sent with', async () => {
    const { Commands = [] } = await commands({ CommandId: simulator.commandId });
    expect(Commands).toEqual([
      expect.objectContaining({
        DocumentName: 'AWS-RunShellScript',
        DocumentVersion: '$DEFAULT',
        Comment: 'patch kernel',
        Status: 'Failed',
        StatusDetails: 'Incomplete',
        MaxConcurrency: '20%',
        MaxErrors: '25%',
        TargetCount: 60,
        CompletedCount: 60,
        InstanceIds: [],
        Targets: [{ Key: 'tag:Env', Values: ['prod', 'staging'] }],
        TimeoutSeconds: 22,
        RequestedDateTime: new Date(sentAt),
        ExpiresAfter: new Date(sentAt + 30_000),
      }),
    ]);
  });

  test('pages', async () => {
    const first = await commands({ MaxResults: 3 });
    const second = await commands({ MaxResults: 3, NextToken: first.NextToken });
    expect(first.Commands).toHaveLength(3);
    const ids = [...(first.Commands ?? []), ...(second.Commands ?? [])].map(({ CommandId }) => CommandId);
    expect(new Set(ids).size).toBe(6);
  });

  test('an unknown ID is an empty list', async () => {
    expect(await commands({ CommandId: unknown })).toMatchObject({ Commands: [] });
  });

  test.each<['Status' | 'ExecutionStage' | 'DocumentName', string, number, (command: Command) => boolean]>([
    ['Status', 'Failed', 3, ({ Status }) => Status === 'Failed'],
    ['Status', 'TimedOut', 1, ({ Status }) => Status === 'TimedOut'],
    ['Status', 'NoInstancesInTag', 1, ({ StatusDetails }) => StatusDetails === 'NoInstancesInTag'],
    ['Status', 'Cancelled', 1, ({ Status }) => Status === 'Cancelled'],
    ['ExecutionStage', 'Executing', 0, () => false],
    [
      'DocumentName',
      'AWS-RunPatchBaseline',
      2,
      ({ DocumentName }) => DocumentName === 'AWS-RunPatchBaseline',
    ],
  ])('filter %s=%s', async (key, value, least, matches) => {
    const filtered = await allCommands({ Filters: [{ key, value }] });
    expect(filtered).toEqual((await allCommands()).filter(matches));
    expect(filtered.length).toBeGreaterThanOrEqual(least);
  });

  test('filters by time, and by instance', async () => {
    const yesterday = new Date(sentAt - 24 * 3_600_000).toISOString();
    const after = await allCommands({ Filters: [{ key: 'InvokedAfter', value: yesterday }] });
    const before = await allCommands({ Filters: [{ key: 'InvokedBefore', value: yesterday }] });
    expect([...after, ...before]).toEqual(await allCommands());
    expect([after.length > 5, before.length > 50]).toEqual([true, true]);
    const last = simulator.truth()?.invocations.at(-1)?.instanceId;
    expect((await commands({ InstanceId: last })).Commands).toHaveLength(1);
  });
});

describe('ListCommandInvocations', () => {
  const sweep = async (
    input: ListCommandInvocationsCommandInput,
    pageSize = 50,
  ): Promise<CommandInvocation[]> => {
    const rows: CommandInvocation[] = [];
    for await (const page of paginateListCommandInvocations({ client, pageSize }, input)) {
      rows.push(...(page.CommandInvocations ?? []));
    }
    return rows;
  };

  test.each([1, 7, 50])('a sweep of pages of %i rows is the truth', async (pageSize) => {
    const rows = await sweep({ CommandId: simulator.commandId }, pageSize);
    const truth = simulator.truth()?.invocations ?? [];
    const states = (list: readonly (readonly [string | undefined, string | undefined])[]) => new Map(list);
    expect(rows).toHaveLength(60);
    expect(states(rows.map((row) => [row.InstanceId, row.StatusDetails]))).toEqual(
      states(truth.map((row) => [row.instanceId, row.statusDetails])),
    );
  });

  test('without details its plugins are an empty list, with them they have code, times and output', async () => {
    const filters = [{ key: 'Status' as const, value: 'ExecutionTimedOut' }];
    const [bare] = await sweep({ CommandId: simulator.commandId, Filters: filters });
    expect(bare?.CommandPlugins).toEqual([]);
    const [row] = await sweep({ CommandId: simulator.commandId, Filters: filters, Details: true });
    expect(row?.CommandPlugins).toEqual([
      expect.objectContaining({
        Name: 'aws:runShellScript',
        Status: 'TimedOut',
        StatusDetails: 'ExecutionTimedOut',
        ResponseCode: 137,
        ResponseStartDateTime: expect.any(Date),
        ResponseFinishDateTime: expect.any(Date),
        StandardOutputUrl: '',
      }),
    ]);
  });

  test.each([
    ['Success', ['Success']],
    ['Failed', ['Failed', 'Undeliverable']],
    ['TimedOut', ['DeliveryTimedOut', 'ExecutionTimedOut']],
    ['DeliveryTimedOut', ['DeliveryTimedOut']],
    ['Undeliverable', ['Undeliverable']],
    ['Pending', []],
  ])('Status=%s finds %j', async (value, details) => {
    const rows = await sweep({ CommandId: simulator.commandId, Filters: [{ key: 'Status', value }] });
    expect([...new Set(rows.map(({ StatusDetails }) => StatusDetails))].toSorted()).toEqual(details);
  });

  test('without a command ID it lists the invocations of all commands, newest command first', async () => {
    const id = simulator.truth()?.invocations[0]?.instanceId;
    const rows = await sweep({ InstanceId: id }, 2);
    expect(rows.length).toBeGreaterThan(4);
    expect(new Set(rows.map(({ InstanceId }) => InstanceId))).toEqual(new Set([id]));
    expect(new Set(rows.map(({ CommandId }) => CommandId)).size).toBe(rows.length);
    expect(rows[0]?.CommandId).toBe(simulator.commandId);
  });

  test('one instance of one command is one row; an unknown one, or an unknown command, none', async () => {
    const CommandId = simulator.commandId;
    const InstanceId = simulator.truth()?.invocations[3]?.instanceId;
    expect(await sweep({ CommandId, InstanceId })).toHaveLength(1);
    expect(await sweep({ CommandId, InstanceId: 'i-0123456789abcdef0' })).toEqual([]);
    expect(await sweep({ CommandId: unknown })).toEqual([]);
  });

  test('nothing is left of a command after 30 days', async () => {
    const own = manualClock(sentAt);
    const old = await startSimulator({ scenario: 'healthy', instances: 2, clock: own });
    own.advance(30 * 24 * 3_600_000);
    const { Commands } = await clientOf(old).send(new ListCommandsCommand({}));
    expect(Commands).toEqual([]);
    expect(old.truth()).toBeUndefined();
    await old.close();
  });
});

describe('what AWS refuses', () => {
  const status = (value: string) => ({
    CommandId: simulator.commandId,
    Filters: [{ key: 'Status' as const, value }],
  });
  test.each<[string, () => Promise<unknown>, string]>([
    ['36 characters that are no UUID', () => commands({ CommandId: 'x'.repeat(36) }), 'InvalidCommandId'],
    ['a short ID', () => invocations({ CommandId: 'b8eac879' }), 'ValidationException'],
    ['Status=Cancelling', () => invocations(status('Cancelling')), 'ValidationException'],
    ['Status=Delayed for ListCommands', () => commands(status('Delayed')), 'ValidationException'],
    [
      'Status=Incomplete for ListCommandInvocations',
      () => invocations(status('Incomplete')),
      'ValidationException',
    ],
    [
      'ExecutionStage for ListCommandInvocations',
      () => invocations({ Filters: [{ key: 'ExecutionStage', value: 'Complete' }] }),
      'InvalidFilterKey',
    ],
    [
      'an unknown stage',
      () => commands({ Filters: [{ key: 'ExecutionStage', value: 'Done' }] }),
      'ValidationException',
    ],
    [
      'a key twice',
      () =>
        commands({
          Filters: [
            { key: 'Status', value: 'Failed' },
            { key: 'Status', value: 'Success' },
          ],
        }),
      'InvalidFilterKey',
    ],
    [
      'Pending with an instance',
      () => invocations({ ...status('Pending'), InstanceId: 'i-0123456789abcdef0' }),
      'InvalidFilterKey',
    ],
    [
      'a time that is none',
      () => commands({ Filters: [{ key: 'InvokedAfter', value: 'yesterday' }] }),
      'ValidationException',
    ],
    [
      'an impossible time',
      () => commands({ Filters: [{ key: 'InvokedBefore', value: '2026-13-40T00:00:00Z' }] }),
      'ValidationException',
    ],
    [
      'a garbled token',
      () => invocations({ CommandId: simulator.commandId, NextToken: 'abc' }),
      'InvalidNextToken',
    ],
    ['MaxResults 51', () => invocations({ MaxResults: 51 }), 'ValidationException'],
  ])('%s', async (_, call, name) => {
    await expect(call()).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } });
  });

  test('a token of another query', async () => {
    const { NextToken } = await invocations({ CommandId: simulator.commandId, MaxResults: 5 });
    await expect(invocations({ NextToken, Details: true })).rejects.toMatchObject({
      name: 'InvalidNextToken',
    });
  });
});
