import { describe, expect, it } from 'vitest';
import type { ConnectionOptions } from '../../src/aws/connection.ts';
import { LogReader } from '../../src/aws/get-log-events.ts';
import type { EventPlace } from '../../src/domain/output-location.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { connectTo } from '../helpers/connect-to.ts';
import { type Answer, type Call, openEndpoint } from '../helpers/endpoint.ts';

isolateAwsEnvironment();

const { signal } = new AbortController();
const location = { group: '/aws/ssm/AWS-RunShellScript', stream: 'a/i-1/aws-runShellScript/stdout' };
const page = {
  events: [
    { timestamp: 1, message: 'one', ingestionTime: 2 },
    { timestamp: 1, message: 'two', ingestionTime: 2 },
  ],
  nextBackwardToken: 'b/1',
  nextForwardToken: 'f/2',
};

async function setUp(
  answer: (call: Call, index: number) => Answer | Promise<Answer>,
  options: Partial<ConnectionOptions> = {},
) {
  const endpoint = await openEndpoint(answer);
  const connection = connectTo(endpoint.url, options);
  const reader = new LogReader(connection);
  return {
    endpoint,
    connection,
    read: (place: EventPlace, abort = signal) => reader.read(location, place, abort),
    [Symbol.asyncDispose]: async () => {
      connection.close();
      await endpoint[Symbol.asyncDispose]();
    },
  };
}

const failure = (__type: string, status = 400): Answer => ({ status, body: { __type, message: 'no' } });

describe('a page of a log stream', () => {
  it('has its messages in order, and the tokens that lead on', async () => {
    await using logs = await setUp(() => ({ body: page }));
    expect(await logs.read('head')).toEqual({ messages: ['one', 'two'], before: 'b/1', after: 'f/2' });
    expect(logs.connection.requests).toBe(1);
  });

  // AWS: with a token that leads forward, startFromHead must be true.
  it.each<[EventPlace, object]>([
    ['head', { startFromHead: true }],
    ['tail', { startFromHead: false }],
    [{ after: 'f/2' }, { startFromHead: true, nextToken: 'f/2' }],
    [{ before: 'b/1' }, { startFromHead: false, nextToken: 'b/1' }],
  ])('is asked for at %j', async (place, input) => {
    await using logs = await setUp(() => ({ body: page }));
    await logs.read(place);
    const [call] = logs.endpoint.calls;
    expect(call?.operation).toBe('GetLogEvents');
    expect(JSON.parse(call?.body ?? '')).toEqual({
      logGroupName: location.group,
      logStreamName: location.stream,
      ...input,
    });
    expect(call?.headers.authorization).toContain('/eu-west-1/logs/aws4_request');
  });

  it('can be empty', async () => {
    await using logs = await setUp(() => ({ body: { ...page, events: [] } }));
    expect(await logs.read('tail')).toMatchObject({ messages: [] });
  });

  it('has nothing of what is no event or no text', async () => {
    const events = [null, 'x', { message: 5 }, {}, { message: 'text\u001b[2J' }];
    await using logs = await setUp(() => ({ body: { ...page, events } }));
    expect(await logs.read('tail')).toMatchObject({ messages: ['', '', 'text\u001b[2J'] });
  });

  it('is none where there is no such group or stream', async () => {
    await using logs = await setUp(() => failure('ResourceNotFoundException'));
    expect(await logs.read('tail')).toBeNull();
  });

  it.each<[string, Answer, string, string]>([
    ['denied', failure('AccessDeniedException'), 'access-denied', 'logs:GetLogEvents'],
    ['throttled', failure('ThrottlingException'), 'throttled', 'GetLogEvents'],
    ['broken', failure('ServiceUnavailableException', 503), 'service', 'HTTP 503'],
    ['refused', failure('InvalidParameterException'), 'service', 'InvalidParameterException'],
    ['without events', { body: { ...page, events: undefined } }, 'response', 'no list events'],
    ['with events that are no list', { body: { ...page, events: 'x' } }, 'response', ''],
    ['without a token', { body: { ...page, nextForwardToken: undefined } }, 'response', 'no token'],
    ['with an empty token', { body: { ...page, nextBackwardToken: '' } }, 'response', 'no token'],
    ['a page of a proxy', { body: '<html>' }, 'response', 'proxy'],
  ])('that is %s is a problem', async (_, answer, kind, words) => {
    await using logs = await setUp(() => answer);
    await expect(logs.read('tail')).rejects.toMatchObject({
      problem: { kind, message: expect.stringContaining(words) },
    });
  });

  it('is asked for with new credentials after those it had were refused', async () => {
    let made = 0;
    await using logs = await setUp(
      (_, index) => (index === 0 ? failure('ExpiredTokenException') : { body: page }),
      {
        credentials: () => {
          const accessKeyId = `AKID${made++}`;
          return async () => ({ accessKeyId, secretAccessKey: 'secret' });
        },
      },
    );
    await expect(logs.read('tail')).rejects.toMatchObject({ problem: { kind: 'credentials' } });
    await logs.read('tail');
    // The client of SSM has the first ones.
    expect(
      logs.endpoint.calls.map(({ headers }) => /Credential=(\w+)/.exec(headers.authorization ?? '')?.[1]),
    ).toEqual(['AKID0', 'AKID1']);
  });

  it('that never comes is ended by the limit', async () => {
    await using logs = await setUp(() => new Promise(() => {}), { callLimit: 200 });
    await expect(logs.read('tail')).rejects.toMatchObject({ problem: { kind: 'network' } });
  });

  it('that is not wanted any more rejects with the reason', async () => {
    await using logs = await setUp(() => new Promise(() => {}));
    const abort = new AbortController();
    const reading = logs.read('tail', abort.signal);
    await expect.poll(() => logs.endpoint.calls.length).toBe(1);
    abort.abort('left');
    await expect(reading).rejects.toBe('left');
  });
});
