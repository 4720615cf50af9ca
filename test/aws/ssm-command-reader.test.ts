import { describe, expect, it } from 'vitest';
import { SsmCommandReader } from '../../src/aws/ssm-command-reader.ts';
import { SsmRolloutReader } from '../../src/aws/ssm-rollout-reader.ts';
import type { CommandSummary } from '../../src/domain/command-summary.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { connectTo } from '../helpers/connect-to.ts';
import { openEndpoint } from '../helpers/endpoint.ts';
import { commandId, instanceId, requestedAt } from '../helpers/fixtures.ts';
import { openWatch } from '../helpers/watch-simulator.ts';

isolateAwsEnvironment();

const { signal } = new AbortController();
const wireCommand = {
  CommandId: commandId.toUpperCase(),
  DocumentName: 'AWS-RunShellScript',
  Comment: 'patch kernel',
  Status: 'TimedOut',
  StatusDetails: 'Delivery Timed Out',
  Targets: [{ Key: 'tag:Env', Values: ['prod'] }],
  InstanceIds: [],
  TargetCount: 12,
  CompletedCount: 12,
  ErrorCount: 1,
  DeliveryTimedOutCount: 2,
  RequestedDateTime: requestedAt / 1000,
  Parameters: { commands: ['echo secret'] },
};
const expected: CommandSummary = {
  commandId,
  documentName: 'AWS-RunShellScript',
  comment: 'patch kernel',
  status: 'TimedOut',
  statusDetails: 'DeliveryTimedOut',
  targets: [{ key: 'tag:Env', values: ['prod'] }],
  instanceIds: [],
  targetCount: 12,
  completedCount: 12,
  errorCount: 1,
  deliveryTimedOutCount: 2,
  requestedAt,
};

async function readPage(body: unknown, nextToken: string | null = null, onInstance: string | null = null) {
  await using endpoint = await openEndpoint(() => ({ body }));
  const connection = connectTo(endpoint.url);
  try {
    const reader = new SsmCommandReader(connection, { instanceId: onInstance, pageSize: 7 });
    const page = await reader.readPage(nextToken, signal);
    return { page, inputs: endpoint.calls.map((call) => JSON.parse(call.body)) };
  } finally {
    connection.close();
  }
}

describe('a page of recent commands', () => {
  it('is asked for by its size, and read in every part that is shown', async () => {
    const { page, inputs } = await readPage({ Commands: [wireCommand], NextToken: 'more' });
    expect(page).toEqual({ commands: [expected], unreadable: 0, nextToken: 'more' });
    expect(inputs).toEqual([{ MaxResults: 7 }]);
  });

  it('further down is asked for by its token, and one of an instance by its ID', async () => {
    const { page, inputs } = await readPage({ Commands: [] }, 'token', instanceId);
    expect(page).toEqual({ commands: [], unreadable: 0, nextToken: null });
    expect(inputs).toEqual([{ MaxResults: 7, NextToken: 'token', InstanceId: instanceId }]);
  });

  it('counts what is no command, and keeps the rest', async () => {
    const { CommandId: _, ...unnamed } = wireCommand;
    const bad = [null, unnamed, { ...wireCommand, Status: 5 }];
    const { page } = await readPage({ Commands: [...bad, wireCommand] });
    expect(page).toMatchObject({ commands: [expected], unreadable: 3 });
  });

  it('bears every member of a wrong type', async () => {
    const wrong = Object.fromEntries(Object.keys(wireCommand).map((key) => [key, 7]));
    const { page } = await readPage({
      Commands: [{ ...wrong, CommandId: commandId, Status: 'Half Done', TargetCount: 'many' }],
    });
    expect(page.commands).toEqual([
      {
        ...{ commandId, status: 'Half Done', statusDetails: 'Half Done', documentName: '', comment: '' },
        ...{ targets: [], instanceIds: [], targetCount: null, completedCount: 7, errorCount: 7 },
        ...{ deliveryTimedOutCount: 7, requestedAt: 7_000 },
      },
    ]);
  });

  it.each<[string, unknown]>([
    ['no list', {}],
    ['a token that is no text', { Commands: [], NextToken: 7 }],
  ])('with %s is a problem', async (_, body) => {
    await expect(readPage(body)).rejects.toMatchObject({
      problem: { kind: 'response', message: expect.stringMatching(/^ListCommands: /) },
    });
  });
});

describe('credentials that come later', () => {
  it.each([
    ['of which nobody tells the account are a change, and the account is no longer told', null, 1, null],
    ['of the same account are none', '111111111111', 0, '111111111111'],
  ])('%s', async (_, accountId, changes, account) => {
    let identity: { accessKeyId: string; secretAccessKey: string; accountId?: string } = {
      accessKeyId: 'FIRST',
      secretAccessKey: 'secret',
      accountId: '111111111111',
    };
    await using endpoint = await openEndpoint(() => ({ body: { Commands: [wireCommand] } }));
    const connection = connectTo(endpoint.url, { credentials: () => async () => identity });
    const reader = new SsmCommandReader(connection, { instanceId: null, pageSize: 7 });
    await reader.readPage(null, signal);
    expect(connection.account).toBe('111111111111');
    expect(reader.changes).toBe(0);
    const { accountId: __, ...keys } = identity;
    identity = { ...keys, accessKeyId: 'SECOND', ...(accountId === null ? {} : { accountId }) };
    await reader.readPage(null, signal);
    await reader.readPage(null, signal);
    expect(reader.changes).toBe(changes);
    expect(connection.account).toBe(account);
    connection.close();
  });

  it('of another account, which have shown a rollout of theirs meanwhile, are a change', async () => {
    let accessKeyId = 'FIRST';
    const row = { CommandId: commandId, InstanceId: instanceId, Status: 'InProgress' };
    await using endpoint = await openEndpoint(() => ({
      body: { Commands: [wireCommand], CommandInvocations: [row] },
    }));
    const connection = connectTo(endpoint.url, {
      credentials: () => async () => ({ accessKeyId, secretAccessKey: 'secret' }),
    });
    const list = new SsmCommandReader(connection, { instanceId: null, pageSize: 7 });
    await list.readPage(null, signal);
    accessKeyId = 'OTHER';
    const rollout = new SsmRolloutReader(connection, { commandId, instanceId: null, pageSize: 7 });
    await rollout.readInvocation(instanceId, signal);
    expect(connection.credentials.isOf('OTHER')).toBe(true);
    await list.readPage(null, signal);
    expect(list.changes).toBe(1);
    connection.close();
  });
});

describe('the simulator', () => {
  it('lists all of its commands over pages that are short, empty and overlap', async () => {
    await using watch = await openWatch({ seed: 6, pagingTricks: true });
    watch.clock.advance(5_000);
    const reader = new SsmCommandReader(watch.connection, { instanceId: null, pageSize: 2 });
    const seen = new Set<string>();
    let token: string | null = null;
    do {
      const page = await reader.readPage(token, signal);
      for (const command of page.commands) seen.add(command.commandId);
      token = page.nextToken;
    } while (token !== null);
    expect(seen.size).toBeGreaterThan(4);
    expect(seen).toContain(watch.simulator.commandId);
  });

  it('lists those of an instance, and one by its ID', async () => {
    await using watch = await openWatch({ pagingTricks: false });
    watch.clock.advance(5_000);
    const all = new SsmCommandReader(watch.connection, { instanceId: null, pageSize: 50 });
    const everything = (await all.readPage(null, signal)).commands;
    const id = everything.flatMap(({ instanceIds }) => instanceIds).at(-1) ?? '';
    const on = new SsmCommandReader(watch.connection, { instanceId: id, pageSize: 50 });
    const { commands } = await on.readPage(null, signal);
    expect(commands.length).toBeGreaterThan(1);
    expect(commands.length).toBeLessThan(everything.length);
    const [first] = commands;
    expect(await on.readCommand(first?.commandId ?? '', signal)).toEqual(first);
    expect(await on.readCommand(commandId, signal)).toBeNull();
  });

  it('denies the list: the action is named', async () => {
    await using watch = await openWatch({ faults: [{ kind: 'access-denied', operation: 'ListCommands' }] });
    const reader = new SsmCommandReader(watch.connection, { instanceId: null, pageSize: 50 });
    await expect(reader.readPage(null, signal)).rejects.toMatchObject({
      problem: { kind: 'access-denied', message: expect.stringContaining('ssm:ListCommands') },
    });
  });
});
