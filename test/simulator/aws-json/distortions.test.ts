import { GetCommandInvocationCommand } from '@aws-sdk/client-ssm';
import { afterEach, describe, expect, test } from 'vitest';
import type { Simulator } from '../../../src/simulator/server.ts';
import { closeFaultySimulators, list, startEnded, startFaulty } from '../faulty-simulator.ts';
import { clientOf, post } from '../fixtures.ts';

afterEach(closeFaultySimulators);

interface Answer {
  readonly CommandInvocations: readonly { readonly InstanceId: string; readonly StatusDetails: string }[];
  readonly NextToken?: string;
}
const rowsOf = async (response: Promise<Response>) => (await (await response).json()) as Answer;

describe('a wrong answer', () => {
  test('wrong-types has another mistake each time, also beyond lists', async () => {
    const { simulator } = await startEnded({ kind: 'wrong-types' });
    const bodies = new Set<string>();
    for (let turn = 0; turn < 10; turn++) bodies.add(await (await list(simulator)).text());
    expect(bodies.size).toBe(10);
    expect([...bodies].some((body) => body.includes('"CommandInvocations":"none"'))).toBe(true);
    expect([...bodies].some((body) => body.includes('"CommandInvocations":[null'))).toBe(true);
    expect([...bodies].some((body) => !body.includes('CommandInvocations'))).toBe(true);
    const InstanceId = simulator.truth()?.invocations[0]?.instanceId;
    const get = new GetCommandInvocationCommand({ CommandId: simulator.commandId, InstanceId });
    expect(await clientOf(simulator).send(get)).toMatchObject({ Status: 7, ResponseCode: 'seven' });
  });

  test('repeat-token gives the first page again and again', async () => {
    const { simulator } = await startEnded({ kind: 'repeat-token' });
    const first = await rowsOf(list(simulator, { MaxResults: 5 }));
    const second = await rowsOf(list(simulator, { MaxResults: 5, NextToken: first.NextToken }));
    expect(second).toEqual(first);
    expect(second.NextToken).toBeDefined();
  });

  test('expired-page-token refuses every page but the first', async () => {
    const { simulator } = await startEnded({ kind: 'expired-page-token' });
    const first = await rowsOf(list(simulator, { MaxResults: 5 }));
    expect(first.CommandInvocations).toHaveLength(5);
    const second = await list(simulator, { MaxResults: 5, NextToken: first.NextToken });
    expect([second.status, await second.json()]).toMatchObject([400, { __type: 'InvalidNextToken' }]);
  });

  test('duplicate-rows has every row twice', async () => {
    const { simulator } = await startEnded({ kind: 'duplicate-rows' });
    const ids = (await rowsOf(list(simulator))).CommandInvocations.map(({ InstanceId }) => InstanceId);
    expect(ids).toHaveLength(24);
    expect(new Set(ids)).toHaveLength(12);
  });

  const victim = (simulator: Simulator) => simulator.truth()?.invocations[0]?.instanceId;

  test('missing-row hides a row from the list, but not when it is asked for', async () => {
    const { simulator } = await startEnded({ kind: 'missing-row' });
    const { CommandInvocations } = await rowsOf(list(simulator));
    expect(CommandInvocations).toHaveLength(11);
    expect(CommandInvocations.map(({ InstanceId }) => InstanceId)).not.toContain(victim(simulator));
    expect(
      (await rowsOf(list(simulator, { InstanceId: victim(simulator) }))).CommandInvocations,
    ).toHaveLength(1);
  });

  test('vanished-row hides it altogether, and of the commands the rollout itself', async () => {
    const { simulator } = await startEnded({ kind: 'vanished-row' });
    expect((await rowsOf(list(simulator, { InstanceId: victim(simulator) }))).CommandInvocations).toEqual([]);
    const commands = await post(simulator, 'ListCommands', { CommandId: simulator.commandId });
    expect(await commands.json()).toEqual({ Commands: [] });
  });

  test('empty-sweep is an empty list without a token', async () => {
    const { simulator } = await startEnded({ kind: 'empty-sweep' });
    expect(await rowsOf(list(simulator, { MaxResults: 5 }))).toEqual({ CommandInvocations: [] });
  });

  test('stale-status shows what was so seconds ago', async () => {
    const { simulator, clock } = await startFaulty();
    clock.advance(12_000);
    const now = await rowsOf(list(simulator));
    const remove = simulator.addFault({ kind: 'stale-status' });
    const stale = await rowsOf(list(simulator));
    remove();
    expect(stale.CommandInvocations.map(({ InstanceId }) => InstanceId)).toEqual(
      now.CommandInvocations.map(({ InstanceId }) => InstanceId),
    );
    const done = ({ CommandInvocations }: Answer) =>
      CommandInvocations.filter(({ StatusDetails }) => StatusDetails === 'Success').length;
    expect(done(stale)).toBeLessThan(done(now));
    expect(done(await rowsOf(list(simulator)))).toBe(done(now));
  });

  test('out-of-order has every row as it is, and then as it was seconds ago', async () => {
    const { simulator, clock } = await startFaulty();
    clock.advance(12_000);
    const now = (await rowsOf(list(simulator))).CommandInvocations;
    simulator.addFault({ kind: 'out-of-order' });
    const rows = (await rowsOf(list(simulator))).CommandInvocations;
    expect(rows.slice(0, 12)).toEqual(now);
    expect(rows.slice(12).map(({ InstanceId }) => InstanceId)).toEqual(
      now.map(({ InstanceId }) => InstanceId),
    );
    expect(rows.slice(12)).not.toEqual(now);
  });
});
