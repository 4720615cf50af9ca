import { describe, expect, it } from 'vitest';
import { SsmRolloutReader } from '../../src/aws/ssm-rollout-reader.ts';
import { inOneGo } from '../../src/domain/paging.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { connectTo } from '../helpers/connect-to.ts';
import { openEndpoint } from '../helpers/endpoint.ts';
import { commandId, instanceId } from '../helpers/fixtures.ts';
import { endOf, openWatch } from '../helpers/watch-simulator.ts';

isolateAwsEnvironment();

const everything = { status: null, details: true } as const;

const { signal } = new AbortController();

async function openReader(instanceId: string | null = null) {
  const watch = await openWatch({ instances: 12, pagingTricks: false });
  watch.clock.advance(endOf(watch.simulator));
  const { commandId } = watch.simulator;
  const reader = new SsmRolloutReader(watch.connection, { commandId, instanceId, pageSize: 5 });
  const instanceIds = watch.simulator.truth()?.invocations.map((row) => row.instanceId) ?? [];
  return { watch, reader, instanceIds };
}

it('reads the command', async () => {
  const { watch, reader } = await openReader();
  await using _ = watch;
  expect(await reader.readCommand(signal)).toMatchObject({
    commandId: watch.simulator.commandId,
    targetCount: 12,
  });
});

it('sweeps page by page', async () => {
  const { watch, reader, instanceIds } = await openReader();
  await using _ = watch;
  const pages = [];
  for await (const page of reader.list(everything, inOneGo, signal))
    pages.push(page.map((row) => row.instanceId));
  expect(pages.map(({ length }) => length)).toEqual([5, 5, 2]);
  expect(pages.flat().toSorted()).toEqual(instanceIds.toSorted());
});

it('reads one invocation, also one of which the sweep is not', async () => {
  const { watch, reader, instanceIds } = await openReader();
  await using _ = watch;
  const [first = '', second = ''] = instanceIds;
  expect(await reader.readInvocation(second, signal)).toMatchObject({ instanceId: second });
  const scoped = new SsmRolloutReader(watch.connection, {
    commandId: watch.simulator.commandId,
    instanceId: first,
    pageSize: 50,
  });
  const pages = [];
  for await (const page of scoped.list(everything, inOneGo, signal)) pages.push(...page);
  expect(pages.map((row) => row.instanceId)).toEqual([first]);
});

it('has no invocation where none is listed', async () => {
  const { watch, reader } = await openReader();
  await using _ = watch;
  expect(await reader.readInvocation('i-00000000000000000', signal)).toBeNull();
});

it('takes no account that has shown another rollout since for one that shows nothing of its own', async () => {
  const other = '00000000-0000-4000-8000-000000000002';
  let accessKeyId = 'FIRST';
  await using endpoint = await openEndpoint(({ body, headers }) => {
    const owner = JSON.parse(body).CommandId === other ? 'OTHER' : 'FIRST';
    const isShown = String(headers.authorization).includes(owner);
    const row = { CommandId: JSON.parse(body).CommandId, InstanceId: 'i-1', Status: 'InProgress' };
    return { body: { CommandInvocations: isShown ? [row] : [], Commands: [] } };
  });
  const connection = connectTo(endpoint.url, {
    credentials: () => async () => ({
      accessKeyId,
      secretAccessKey: 'secret',
      ...(accessKeyId === 'FIRST' ? { accountId: '111111111111' } : {}),
    }),
  });
  const open = (id: string) =>
    new SsmRolloutReader(connection, { commandId: id, instanceId: null, pageSize: 5 });
  const below = open(commandId);
  expect(await below.readInvocation('i-1', signal)).not.toBeNull();
  accessKeyId = 'OTHER';
  await open(other).readInvocation('i-1', signal);
  expect(connection.credentials.isOf('OTHER')).toBe(true);
  expect(connection.account).toBeNull();
  await expect(below.readInvocation('i-1', signal)).rejects.toMatchObject({
    problem: { kind: 'credentials', message: expect.stringContaining('change back to its account') },
  });
  accessKeyId = 'FIRST';
  expect(await below.readInvocation('i-1', signal)).not.toBeNull();
  expect(connection.account).toBe('111111111111');
  connection.close();
});

describe('nodes that are absent from an answer to other credentials than those that were shown the rollout', () => {
  const known = { InstanceId: instanceId, PingStatus: 'Online' };
  const row = { CommandId: commandId, InstanceId: instanceId, Status: 'InProgress' };
  const refused = { problem: { kind: 'credentials', message: expect.stringContaining('another account') } };

  /** A reader whose rollout was shown to `FIRST`, on a connection that finds others from now on. */
  async function openChanged(list: readonly unknown[]) {
    let accessKeyId = 'FIRST';
    const endpoint = await openEndpoint(() => ({
      body: { CommandInvocations: [row], InstanceInformationList: list },
    }));
    const connection = connectTo(endpoint.url, {
      credentials: () => async () => ({ accessKeyId, secretAccessKey: 'secret' }),
    });
    const open = () => new SsmRolloutReader(connection, { commandId, instanceId: null, pageSize: 5 });
    const reader = open();
    await reader.readInvocation(instanceId, signal);
    accessKeyId = 'OTHER';
    return {
      reader,
      open,
      async [Symbol.asyncDispose]() {
        connection.close();
        await endpoint[Symbol.asyncDispose]();
      },
    };
  }

  it.each([
    ['all', []],
    ['some', [known]],
  ])('%s: are not unknown for that, until AWS has shown them the rollout', async (_, list) => {
    await using changed = await openChanged(list);
    const { reader } = changed;
    const read = () => reader.readNodes([instanceId, 'mi-2'], signal);
    await expect(read()).rejects.toMatchObject(refused);
    await expect(read()).rejects.toMatchObject(refused);
    await reader.readInvocation(instanceId, signal);
    await expect(read()).resolves.toHaveLength(list.length);
  });

  it('are not unknown to those that were shown another rollout, either', async () => {
    await using changed = await openChanged([]);
    const above = changed.open();
    await above.readInvocation(instanceId, signal);
    await above.readInvocation(instanceId, signal);
    await expect(above.readNodes([instanceId], signal)).resolves.toEqual([]);
    await expect(changed.reader.readNodes([instanceId], signal)).rejects.toMatchObject(refused);
  });

  it('are none where all were found', async () => {
    await using changed = await openChanged([known]);
    await expect(changed.reader.readNodes([instanceId], signal)).resolves.toMatchObject([{ instanceId }]);
  });
});
