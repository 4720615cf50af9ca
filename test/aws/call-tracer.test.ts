import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Connection, ConnectionOptions } from '../../src/aws/connection.ts';
import { ObjectReader } from '../../src/aws/get-object.ts';
import { readCommand } from '../../src/aws/list-commands.ts';
import { listInvocations } from '../../src/aws/list-invocations.ts';
import type { CallEvent } from '../../src/domain/call-event.ts';
import { inOneGo } from '../../src/domain/paging.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { connectTo } from '../helpers/connect-to.ts';
import { type Answer, closedPort, type Endpoint, openEndpoint } from '../helpers/endpoint.ts';
import { commandId, instanceId } from '../helpers/fixtures.ts';

isolateAwsEnvironment();
const opened: Connection[] = [];
afterEach(() => {
  vi.unstubAllEnvs();
  for (const connection of opened.splice(0)) connection.close();
});

const { signal } = new AbortController();

function traced(url: string, options: Partial<ConnectionOptions> = {}) {
  const events: CallEvent[] = [];
  const connection = connectTo(url, { onCall: (event) => events.push(event), ...options });
  opened.push(connection);
  const read = () => readCommand(connection, commandId, signal);
  return { connection, events, read, types: () => events.map(({ type }) => type) };
}

const answering = (...answers: readonly Answer[]): Promise<Endpoint> =>
  openEndpoint((_, index) => answers[index] ?? answers.at(-1) ?? { body: {} });
const empty = { headers: { 'x-amzn-requestid': 'request-1' }, body: { Commands: [] } };
const size = JSON.stringify(empty.body).length;

it('tells of a call: credentials, request, answer, end', async () => {
  await using endpoint = await answering(empty);
  const { read, events } = traced(endpoint.url);
  await read();
  const [, sent] = events;
  expect(events).toMatchObject([
    { type: 'credentials', expiresAt: null, error: null },
    {
      type: 'request',
      call: 1,
      attempt: 1,
      service: 'ssm',
      operation: 'ListCommands',
      askedFor: { hasToken: false },
    },
    { type: 'answer', call: 1, attempt: 1, httpStatus: 200, requestId: 'request-1', error: null },
    {
      type: 'call',
      call: 1,
      operation: 'ListCommands',
      attempts: 1,
      bytes: size,
      result: 'ok',
      failure: null,
    },
  ]);
  expect(sent).toMatchObject({ bytes: endpoint.calls[0]?.body.length });
  for (const event of events) {
    if ('durationMs' in event) expect(event.durationMs).toBeGreaterThanOrEqual(0);
  }
});

it('tells of each attempt, and numbers the calls', async () => {
  vi.stubEnv('AWS_MAX_ATTEMPTS', '3');
  const failure = { status: 500, body: { __type: 'InternalServerError' } };
  await using endpoint = await answering(failure, failure, empty);
  const { read, events } = traced(endpoint.url);
  await read();
  await read();
  const [, ...calls] = events;
  expect(calls).toMatchObject([
    { type: 'request', call: 1, attempt: 1 },
    { type: 'answer', call: 1, attempt: 1, httpStatus: 500 },
    { type: 'request', call: 1, attempt: 2 },
    { type: 'answer', call: 1, attempt: 2, httpStatus: 500 },
    { type: 'request', call: 1, attempt: 3 },
    { type: 'answer', call: 1, attempt: 3, httpStatus: 200 },
    { type: 'call', call: 1, attempts: 3, result: 'ok' },
    { type: 'request', call: 2, attempt: 1 },
    { type: 'answer', call: 2, attempt: 1, httpStatus: 200 },
    { type: 'call', call: 2, attempts: 1, result: 'ok' },
  ]);
});

it('keeps calls apart that are made at the same time', async () => {
  await using endpoint = await answering(empty);
  const { read, events } = traced(endpoint.url);
  await Promise.all([read(), read(), read()]);
  for (const call of [1, 2, 3]) {
    expect(events.filter((event) => 'call' in event && event.call === call).map(({ type }) => type)).toEqual([
      'request',
      'answer',
      'call',
    ]);
  }
});

it('says which page is asked for, and that there is a token, but not which', async () => {
  const token = 'eyJuZXh0IjoiMiJ9';
  await using endpoint = await answering(
    { body: { CommandInvocations: [], NextToken: token } },
    { body: { CommandInvocations: [] } },
  );
  const { connection, events } = traced(endpoint.url);
  const query = { commandId, instanceId, status: 'InProgress', details: true, pageSize: 7 };
  for await (const _ of listInvocations(connection, query, inOneGo, signal));
  const askedFor = events.flatMap((event) => (event.type === 'request' ? [event.askedFor] : []));
  const both = { instanceId, status: 'InProgress', details: true, maxResults: 7 };
  expect(askedFor).toEqual([
    { ...both, hasToken: false },
    { ...both, hasToken: true },
  ]);
  expect(JSON.stringify(events)).not.toContain(token);
});

it('tells of objects of S3', async () => {
  const head = { 'content-range': 'bytes 0-4/5', 'x-amz-request-id': 'S3REQUEST' };
  await using endpoint = await answering({ status: 206, headers: head, body: 'bytes' });
  const { connection, events } = traced(endpoint.url);
  await new ObjectReader(connection).read(
    { bucket: 'acme-output', key: 'a/b/stdout', region: null },
    { from: 0, length: 5 },
    signal,
  );
  expect(events).toMatchObject([
    { type: 'credentials' },
    { type: 'request', service: 's3', operation: 'GetObject', askedFor: { range: 'bytes=0-4' } },
    { type: 'answer', httpStatus: 206, requestId: 'S3REQUEST' },
    { type: 'call', result: 'ok' },
  ]);
});

describe('failures', () => {
  it.each<[string, Answer, object]>([
    [
      'an error of AWS',
      { status: 400, body: { __type: 'AccessDeniedException', message: 'not authorized to perform: ssm:X' } },
      { kind: 'access-denied', needsAction: true, errors: ['AccessDeniedException'] },
    ],
    [
      'no JSON',
      { body: '<html>the output of a proxy</html>' },
      { kind: 'response', errors: ['SyntaxError'] },
    ],
  ])('%s', async (_, answer, failure) => {
    await using endpoint = await answering(answer);
    const { read, events } = traced(endpoint.url);
    await read().catch(() => {});
    expect(events.at(-1)).toMatchObject({ type: 'call', result: 'failed', failure });
    expect(JSON.stringify(events)).not.toContain('output of a proxy');
  });

  it('nobody answers', async () => {
    const { read, events } = traced(await closedPort());
    await read().catch(() => {});
    expect(events.slice(-2)).toMatchObject([
      { type: 'answer', httpStatus: null, requestId: null, error: expect.stringContaining('ECONNREFUSED') },
      { type: 'call', result: 'failed', failure: { kind: 'network' } },
    ]);
  });

  it('a hang shows the request before it is over, and then the limit', async () => {
    await using endpoint = await openEndpoint(() => new Promise(() => {}));
    const { read, events, types } = traced(endpoint.url, { callLimit: 300 });
    const reading = read().catch(() => {});
    await vi.waitFor(() => expect(endpoint.calls).toHaveLength(1), { interval: 5 });
    expect(types()).toEqual(['credentials', 'request']);
    await reading;
    expect(events.at(-1)).toMatchObject({ type: 'call', result: 'failed', failure: { kind: 'network' } });
  });

  it('credentials that are not found', async () => {
    const secret = 'wJalrXUtnFEMI';
    const { read, events } = traced('http://127.0.0.1:9', {
      credentials: () => () => Promise.reject(new TypeError(`cannot parse ${secret}`)),
    });
    await read().catch(() => {});
    expect(events[0]).toMatchObject({ type: 'credentials', error: 'TypeError' });
    expect(JSON.stringify(events[0])).not.toContain(secret);
  });

  it('a call that is not wanted any more', async () => {
    await using endpoint = await openEndpoint(() => new Promise(() => {}));
    const { connection, events } = traced(endpoint.url);
    const stop = new AbortController();
    const reading = readCommand(connection, commandId, stop.signal).catch(() => {});
    await vi.waitFor(() => expect(endpoint.calls).toHaveLength(1), { interval: 5 });
    stop.abort();
    await reading;
    expect(events.find(({ type }) => type === 'call')).toMatchObject({ result: 'abandoned', failure: null });
  });
});
