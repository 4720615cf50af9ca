import { describe, expect, it } from 'vitest';
import { SsmCommandReader } from '../../src/aws/ssm-command-reader.ts';
import { SsmRolloutReader } from '../../src/aws/ssm-rollout-reader.ts';
import { inOneGo } from '../../src/domain/paging.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { connectTo } from '../helpers/connect-to.ts';
import { openEndpoint } from '../helpers/endpoint.ts';
import { commandId, instanceId } from '../helpers/fixtures.ts';

isolateAwsEnvironment();

const { signal } = new AbortController();
const otherCommandId = '00000000-0000-4000-8000-000000000002';

/** Whose the commands are, by the access key ID that sees them. */
const owners: Readonly<Record<string, string>> = { [commandId]: 'FIRST', [otherCommandId]: 'OTHER' };

/**
 * Two accounts of which nothing tells the account, and what changes from one to the other. Answers are held from `hold`
 * on, until the function that it gives is called; `held` resolves when one is.
 */
async function openTwoAccounts() {
  const inUse = { accessKeyId: 'FIRST' };
  let gate: PromiseWithResolvers<void> | null = null;
  let isHeld = Promise.withResolvers<void>();
  const endpoint = await openEndpoint(async ({ body, headers }) => {
    const held = gate;
    if (held) {
      gate = null;
      isHeld.resolve();
      await held.promise;
    }
    const { CommandId = null, InstanceId = instanceId } = JSON.parse(body);
    const key = /Credential=(\w+)/.exec(String(headers.authorization))?.[1];
    const shown = Object.keys(owners).filter(
      (id) => owners[id] === key && (CommandId === null || CommandId === id),
    );
    const isListed = InstanceId === instanceId;
    return {
      body: {
        CommandInvocations: isListed
          ? shown.map((id) => ({ CommandId: id, InstanceId, Status: 'InProgress' }))
          : [],
        Commands: shown.map((id) => ({ CommandId: id, Status: 'InProgress' })),
      },
    };
  });
  const connection = connectTo(endpoint.url, {
    credentials: () => async () => ({ ...inUse, secretAccessKey: 'secret' }),
  });
  return {
    inUse,
    connection,
    open: (id: string) => new SsmRolloutReader(connection, { commandId: id, instanceId: null, pageSize: 5 }),
    /** Holds the next answer. */
    hold: () => {
      const release = Promise.withResolvers<void>();
      gate = release;
      isHeld = Promise.withResolvers();
      return { held: () => isHeld.promise, release: release.resolve };
    },
    [Symbol.asyncDispose]: async () => {
      connection.close();
      await endpoint[Symbol.asyncDispose]();
    },
  };
}

const refused = { problem: { kind: 'credentials', message: expect.stringContaining('have changed') } };

describe('an answer counts as that of the account that asked', () => {
  it('though it comes when a rollout of another account is watched: it vouches for nobody else', async () => {
    await using accounts = await openTwoAccounts();
    const below = accounts.open(commandId);
    await below.readInvocation(instanceId, signal);
    const { held, release } = accounts.hold();
    const late = below.readInvocation(instanceId, signal);
    await held();
    accounts.inUse.accessKeyId = 'OTHER';
    const above = accounts.open(otherCommandId);
    for (const read of [1, 2]) {
      expect(await above.readInvocation(instanceId, signal), `read ${read}`).not.toBeNull();
    }
    release();
    expect(await late).not.toBeNull();
    await expect(below.readInvocation(instanceId, signal)).rejects.toMatchObject(refused);
  });

  it.each([
    ['row', (reader: SsmRolloutReader) => reader.readInvocation(instanceId, signal)],
    [
      'list',
      async (reader: SsmRolloutReader) => {
        const listing = { status: null, details: true };
        for await (const _ of reader.list(listing, inOneGo, signal));
      },
    ],
  ])('though its own credentials are back when it comes: no %s is left out by others', async (_, read) => {
    await using accounts = await openTwoAccounts();
    const reader = accounts.open(commandId);
    await reader.readInvocation(instanceId, signal);
    accounts.inUse.accessKeyId = 'OTHER';
    const { held, release } = accounts.hold();
    const reading = read(reader);
    const outcome = expect(reading).rejects.toMatchObject(refused);
    await held();
    accounts.inUse.accessKeyId = 'FIRST';
    expect(await reader.readCommand(signal)).not.toBeNull();
    release();
    await outcome;
  });

  it('though others are in use when it comes: what it leaves out is left out', async () => {
    await using accounts = await openTwoAccounts();
    const reader = accounts.open(commandId);
    await reader.readInvocation(instanceId, signal);
    const { held, release } = accounts.hold();
    const reading = reader.readInvocation('i-00000000000000000', signal);
    await held();
    accounts.inUse.accessKeyId = 'OTHER';
    await accounts.connection.signIn();
    release();
    expect(await reading).toBeNull();
  });
});

it('pages of recent commands are of one account only where one asked for them', async () => {
  await using accounts = await openTwoAccounts();
  const list = new SsmCommandReader(accounts.connection, { instanceId: null, pageSize: 7 });
  await list.readPage(null, signal);
  const { held, release } = accounts.hold();
  const late = list.readPage(null, signal);
  await held();
  accounts.inUse.accessKeyId = 'OTHER';
  await accounts.connection.signIn();
  release();
  expect((await late).commands).toMatchObject([{ commandId }]);
  expect(list.changes).toBe(0);
  expect((await list.readPage(null, signal)).commands).toMatchObject([{ commandId: otherCommandId }]);
  expect(list.changes).toBe(1);
  accounts.inUse.accessKeyId = 'FIRST';
  expect((await list.readPage(null, signal)).commands).toMatchObject([{ commandId }]);
  expect(list.changes).toBe(2);
});
