import {
  GetCommandInvocationCommand,
  ListCommandInvocationsCommand,
  ListCommandsCommand,
} from '@aws-sdk/client-ssm';
import { afterEach, describe, expect, test } from 'vitest';
import type { Fault } from '../../../src/simulator/faults/faults.ts';
import { type ManualClock, manualClock } from '../../../src/simulator/model/clock.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/server.ts';
import { clientOf, post, sentAt } from '../fixtures.ts';

const opened: Simulator[] = [];

async function startWith(fault: Fault): Promise<{ simulator: Simulator; clock: ManualClock }> {
  const clock = manualClock(sentAt);
  const options = { scenario: 'healthy', instances: 12, clock, pagingTricks: false } as const;
  const simulator = await startSimulator({ ...options, faults: [fault] });
  opened.push(simulator);
  clock.advance(60_000);
  return { simulator, clock };
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((simulator) => simulator.close()));
});

const list = (simulator: Simulator, input: object = {}) =>
  post(simulator, 'ListCommandInvocations', { CommandId: simulator.commandId, ...input });
const sdkList = (simulator: Simulator) =>
  clientOf(simulator).send(new ListCommandInvocationsCommand({ CommandId: simulator.commandId }));

interface Answer {
  readonly CommandInvocations: readonly { readonly InstanceId: string; readonly StatusDetails: string }[];
  readonly NextToken?: string;
}
const rowsOf = async (response: Promise<Response>) => (await (await response).json()) as Answer;

describe('an error', () => {
  test.each([
    ['500', 500, 'InternalServerError', 'An error occurred on the server side.'],
    ['503', 503, 'ServiceUnavailable', 'Service is unable to handle request.'],
    ['throttle', 400, 'ThrottlingException', 'Rate exceeded'],
    [
      'expired-credentials',
      400,
      'ExpiredTokenException',
      'The security token included in the request is expired',
    ],
    [
      'unrecognized-client',
      400,
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    ],
    [
      'access-denied',
      400,
      'AccessDeniedException',
      'User: arn:aws:sts::123456789012:assumed-role/oncall/me is not authorized to perform: ssm:ListCommandInvocations on resource: * because no identity-based policy allows the ssm:ListCommandInvocations action',
    ],
  ] as const)('%s', async (kind, httpStatusCode, name, message) => {
    const { simulator } = await startWith({ kind });
    await expect(sdkList(simulator)).rejects.toMatchObject({ name, message, $metadata: { httpStatusCode } });
    expect(simulator.requests).toHaveLength(1);
  });

  test('has Retry-After where given', async () => {
    const { simulator } = await startWith({ kind: '503', retryAfterSeconds: 3 });
    expect((await list(simulator)).headers.get('retry-after')).toBe('3');
  });

  test('strikes its operation only, in its window only', async () => {
    const fault = { operation: 'ListCommands', kind: 'throttle', from: 70_000, until: 80_000 } as const;
    const { simulator, clock } = await startWith(fault);
    const statuses = async () => [
      (await post(simulator, 'ListCommands', {})).status,
      (await list(simulator)).status,
    ];
    expect(await statuses()).toEqual([200, 200]);
    clock.advance(10_000);
    expect(await statuses()).toEqual([400, 200]);
    clock.advance(10_000);
    expect(await statuses()).toEqual([200, 200]);
  });

  test('can be added and taken away while it runs', async () => {
    const { simulator } = await startWith({ kind: '500', times: 0 });
    const remove = simulator.addFault({ kind: 'access-denied' });
    expect((await list(simulator)).status).toBe(400);
    remove();
    expect((await list(simulator)).status).toBe(200);
  });
});

describe('a broken connection', () => {
  test('hang gives no answer until the client gives up', async () => {
    const { simulator } = await startWith({ kind: 'hang' });
    const controller = new AbortController();
    const waiting = clientOf(simulator).send(new ListCommandsCommand({}), { abortSignal: controller.signal });
    await expect.poll(() => simulator.requests.length).toBe(1);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    expect(simulator.requests[0]).toMatchObject({ operation: 'ListCommands', status: 0 });
  });

  test('close ends a hanging connection too', async () => {
    const { simulator } = await startWith({ kind: 'hang' });
    const ended = list(simulator).then(
      () => 'answered',
      () => 'ended',
    );
    await expect.poll(() => simulator.requests.length).toBe(1);
    await simulator.close();
    expect(await ended).toBe('ended');
  });

  test('slow-drip sends the headers and then a byte at a time', async () => {
    const { simulator } = await startWith({ kind: 'slow-drip' });
    const response = await list(simulator);
    const reader = response.body?.getReader();
    const first = await reader?.read();
    expect(new TextDecoder().decode(first?.value as Uint8Array)).toMatch(/^\{.{0,9}$/);
    await reader?.cancel();
  });

  test('slow-drip comes to its end', async () => {
    const { simulator } = await startWith({ kind: 'slow-drip' });
    const answer = await post(simulator, 'CancelCommand', { CommandId: simulator.commandId });
    expect(await answer.json()).toEqual({});
  });

  test('reset cuts it', async () => {
    const { simulator } = await startWith({ kind: 'reset' });
    await expect(sdkList(simulator)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  test('html is 200 with a page', async () => {
    const { simulator } = await startWith({ kind: 'html' });
    const response = await list(simulator);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    await expect(sdkList(simulator)).rejects.toThrow(SyntaxError);
  });

  test('cut-json ends half-way', async () => {
    const { simulator } = await startWith({ kind: 'cut-json' });
    await expect(sdkList(simulator)).rejects.toThrow(SyntaxError);
  });
});

describe('a wrong answer', () => {
  test('wrong-types has another mistake each time, also beyond lists', async () => {
    const { simulator } = await startWith({ kind: 'wrong-types' });
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
    const { simulator } = await startWith({ kind: 'repeat-token' });
    const first = await rowsOf(list(simulator, { MaxResults: 5 }));
    const second = await rowsOf(list(simulator, { MaxResults: 5, NextToken: first.NextToken }));
    expect(second).toEqual(first);
    expect(second.NextToken).toBeDefined();
  });

  test('expired-page-token refuses every page but the first', async () => {
    const { simulator } = await startWith({ kind: 'expired-page-token' });
    const first = await rowsOf(list(simulator, { MaxResults: 5 }));
    expect(first.CommandInvocations).toHaveLength(5);
    const second = await list(simulator, { MaxResults: 5, NextToken: first.NextToken });
    expect([second.status, await second.json()]).toMatchObject([400, { __type: 'InvalidNextToken' }]);
  });

  test('duplicate-rows has every row twice', async () => {
    const { simulator } = await startWith({ kind: 'duplicate-rows' });
    const ids = (await rowsOf(list(simulator))).CommandInvocations.map(({ InstanceId }) => InstanceId);
    expect(ids).toHaveLength(24);
    expect(new Set(ids)).toHaveLength(12);
  });

  const victim = (simulator: Simulator) => simulator.truth()?.invocations[0]?.instanceId;

  test('missing-row hides a row from the list, but not when it is asked for', async () => {
    const { simulator } = await startWith({ kind: 'missing-row' });
    const { CommandInvocations } = await rowsOf(list(simulator));
    expect(CommandInvocations).toHaveLength(11);
    expect(CommandInvocations.map(({ InstanceId }) => InstanceId)).not.toContain(victim(simulator));
    expect(
      (await rowsOf(list(simulator, { InstanceId: victim(simulator) }))).CommandInvocations,
    ).toHaveLength(1);
  });

  test('vanished-row hides it altogether, and of the commands the rollout itself', async () => {
    const { simulator } = await startWith({ kind: 'vanished-row' });
    expect((await rowsOf(list(simulator, { InstanceId: victim(simulator) }))).CommandInvocations).toEqual([]);
    const commands = await post(simulator, 'ListCommands', { CommandId: simulator.commandId });
    expect(await commands.json()).toEqual({ Commands: [] });
  });

  test('empty-sweep is an empty list without a token', async () => {
    const { simulator } = await startWith({ kind: 'empty-sweep' });
    expect(await rowsOf(list(simulator, { MaxResults: 5 }))).toEqual({ CommandInvocations: [] });
  });

  test('stale-status shows what was so seconds ago', async () => {
    const { simulator, clock } = await startWith({ kind: 'stale-status', times: 1 });
    const end = simulator.truth()?.endsAt ?? 0;
    expect(end).toBeLessThan(clock.now());
    const own = manualClock(sentAt);
    const half = await startSimulator({
      scenario: 'healthy',
      instances: 12,
      clock: own,
      pagingTricks: false,
    });
    opened.push(half);
    own.advance(12_000);
    const now = await rowsOf(list(half));
    const remove = half.addFault({ kind: 'stale-status' });
    const stale = await rowsOf(list(half));
    remove();
    expect(stale.CommandInvocations.map(({ InstanceId }) => InstanceId)).toEqual(
      now.CommandInvocations.map(({ InstanceId }) => InstanceId),
    );
    const done = ({ CommandInvocations }: Answer) =>
      CommandInvocations.filter(({ StatusDetails }) => StatusDetails === 'Success').length;
    expect(done(stale)).toBeLessThan(done(now));
    expect(done(await rowsOf(list(half)))).toBe(done(now));
  });

  test('out-of-order has every row as it is, and then as it was seconds ago', async () => {
    const clock = manualClock(sentAt);
    const simulator = await startSimulator({
      scenario: 'healthy',
      instances: 12,
      clock,
      pagingTricks: false,
    });
    opened.push(simulator);
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

describe('a skewed clock', () => {
  const signedAt = (date: string) => ({ 'x-amz-date': date });
  const call = (simulator: Simulator, headers: Record<string, string>) =>
    post(simulator, 'ListCommands', {}, headers);

  test('is told in Date, and refuses what was signed by another', async () => {
    // 00:40:03 by its own clock.
    const { simulator } = await startWith({ kind: 'skewed-clock' });
    const expired = await call(simulator, signedAt('20260927T004003Z'));
    expect(expired.headers.get('date')).toBe('Sun, 27 Sep 2026 00:50:03 GMT');
    expect([expired.status, await expired.json()]).toEqual([
      400,
      {
        __type: 'InvalidSignatureException',
        message:
          'Signature expired: 20260927T004003Z is now earlier than 20260927T004503Z (20260927T005003Z - 5 min.)',
      },
    ]);
    const early = await call(simulator, signedAt('20260927T010003Z'));
    expect(await early.json()).toMatchObject({
      message: expect.stringContaining('Signature not yet current: 20260927T010003Z is still later than'),
    });
    expect((await call(simulator, signedAt('20260927T005003Z'))).status).toBe(200);
    expect((await call(simulator, {})).status).toBe(400);
  });
});
