import {
  GetLogEventsCommand,
  type GetLogEventsCommandInput,
  type GetLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import { SendCommandCommand, type SendCommandCommandInput } from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ManualClock, manualClock } from '../../../src/simulator/model/clock.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/server.ts';
import { clientOf, logsClientOf, post, sentAt, signedFor } from '../fixtures.ts';

const logGroupName = '/aws/ssm/AWS-RunShellScript';
let clock: ManualClock;
let simulator: Simulator;
let instanceId: string;

beforeEach(async () => {
  clock = manualClock(sentAt);
  simulator = await startSimulator({ scenario: 'slow', instances: 4, clock });
  instanceId = simulator.truth()?.invocations[0]?.instanceId ?? '';
});

afterEach(() => simulator.close());

/** A command with logs to its first instance; the name of its stream, and what it writes. */
async function sendWithLogs(input: Partial<SendCommandCommandInput> = {}) {
  const command = new SendCommandCommand({
    DocumentName: 'AWS-RunShellScript',
    Parameters: { commands: ['uptime'] },
    InstanceIds: [instanceId],
    CloudWatchOutputConfig: { CloudWatchOutputEnabled: true },
    ...input,
  });
  const commandId = (await clientOf(simulator).send(command)).Command?.CommandId ?? '';
  const written = () => simulator.truth(commandId)?.invocations[0]?.steps[0]?.output().stdout ?? '';
  return { commandId, stream: `${commandId}/${instanceId}/aws-runShellScript/stdout`, written };
}

const read = (input: Partial<GetLogEventsCommandInput>) =>
  logsClientOf(simulator).send(new GetLogEventsCommand({ logGroupName, logStreamName: undefined, ...input }));

/** All pages from a token on, or from the head, until the token repeats. */
async function sweep(input: Partial<GetLogEventsCommandInput>) {
  const messages: (string | undefined)[] = [];
  let pages = 0;
  for (let nextToken = input.nextToken; ; pages++) {
    const page = await read({ startFromHead: true, ...input, nextToken });
    messages.push(...(page.events ?? []).map(({ message }) => message));
    if (page.nextForwardToken === nextToken) return { messages, pages, token: nextToken };
    nextToken = page.nextForwardToken;
  }
}

const linesOf = (text: string) => text.replace(/\n$/, '').split('\n');

describe('a log stream', () => {
  test('does not exist before something is uploaded, and grows while the step runs', async () => {
    const { stream, written } = await sendWithLogs();
    const fails = (what: string) =>
      expect(read({ logStreamName: stream })).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
        message: `The specified log ${what} does not exist.`,
        $metadata: { httpStatusCode: 400 },
      });
    clock.advance(20_000);
    await fails('stream');
    clock.advance(20_000);
    const early = await sweep({ logStreamName: stream });
    expect(early.messages.length).toBeGreaterThan(0);
    clock.advance(300_000);
    const later = await sweep({ logStreamName: stream, nextToken: early.token });
    expect(later.messages.length).toBeGreaterThan(0);
    expect([...early.messages, ...later.messages]).toEqual(linesOf(written()));
    await expect(read({ logGroupName: '/other', logStreamName: stream })).rejects.toThrow(
      'The specified log group does not exist.',
    );
  });

  test('is in the group that was named, and in none when logs are not enabled', async () => {
    const named = await sendWithLogs({
      CloudWatchOutputConfig: { CloudWatchLogGroupName: 'acme/runs', CloudWatchOutputEnabled: true },
    });
    const off = await sendWithLogs({
      CloudWatchOutputConfig: { CloudWatchLogGroupName: 'acme/off', CloudWatchOutputEnabled: false },
    });
    clock.advance(400_000);
    const { events = [] } = await read({ logGroupName: 'acme/runs', logStreamName: named.stream });
    expect(events.map(({ message }) => message)).toEqual(linesOf(named.written()));
    await expect(read({ logGroupName: 'acme/off', logStreamName: off.stream })).rejects.toThrow('group');
  });

  test.each([
    ['name', logGroupName],
    ['ARN', `arn:aws:logs:eu-west-1:123456789012:log-group:${logGroupName}`],
  ])('is found by the %s of its group as identifier', async (_, logGroupIdentifier) => {
    const { stream, written } = await sendWithLogs();
    clock.advance(400_000);
    const { events = [] } = await read({
      logGroupName: undefined,
      logGroupIdentifier,
      logStreamName: stream,
    });
    expect(events.map(({ message }) => message)).toEqual(linesOf(written()));
  });

  test('is in order, its times in the past', async () => {
    const { stream } = await sendWithLogs();
    clock.advance(400_000);
    const { events = [] } = await read({ logStreamName: stream });
    const times = events.map(({ timestamp = 0 }) => timestamp);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    for (const { timestamp = 0, ingestionTime = 0 } of events) {
      expect(timestamp).toBeGreaterThan(sentAt);
      expect(ingestionTime).toBeGreaterThanOrEqual(timestamp);
      expect(ingestionTime).toBeLessThanOrEqual(clock.now());
    }
  });
});

describe('pages', () => {
  test('go forward from the head, and give the last token again at the end', async () => {
    const { stream, written } = await sendWithLogs();
    clock.advance(400_000);
    const { messages, pages } = await sweep({ logStreamName: stream, limit: 2 });
    expect(messages).toEqual(linesOf(written()));
    expect(pages).toBe(Math.ceil(messages.length / 2));
  });

  test('begin with the newest unless told otherwise, and go back', async () => {
    const { stream, written } = await sendWithLogs();
    clock.advance(400_000);
    const lines = linesOf(written());
    const texts = ({ events = [] }: GetLogEventsCommandOutput) => events.map(({ message }) => message);
    const newest = await read({ logStreamName: stream, limit: 3 });
    expect(texts(newest)).toEqual(lines.slice(-3));
    const before = await read({ logStreamName: stream, limit: 2, nextToken: newest.nextBackwardToken });
    expect(texts(before)).toEqual(lines.slice(-5, -3));
    const after = await read({ logStreamName: stream, limit: 2, nextToken: before.nextForwardToken });
    expect(texts(after)).toEqual(lines.slice(-3, -1));
    const again = await read({ logStreamName: stream, nextToken: newest.nextForwardToken });
    expect(again).toMatchObject({ events: [], nextForwardToken: newest.nextForwardToken });
  });

  test('hold what lies between two times', async () => {
    const { stream } = await sendWithLogs();
    clock.advance(400_000);
    const { events = [] } = await read({ logStreamName: stream });
    const [startTime, endTime] = [events[1]?.timestamp, events[4]?.timestamp];
    const some = await read({ logStreamName: stream, startFromHead: true, startTime, endTime });
    expect(some.events).toEqual(events.slice(1, 4));
    const newest = await read({ logStreamName: stream, startTime, endTime, limit: 2 });
    expect(newest.events).toEqual(events.slice(2, 4));
  });

  test('are empty now and then with tricks, and still come to their end', async () => {
    await simulator.close();
    simulator = await startSimulator({ scenario: 'slow', instances: 4, clock, pagingTricks: true });
    const { stream, written } = await sendWithLogs();
    clock.advance(400_000);
    const { messages, pages } = await sweep({ logStreamName: stream, limit: 1 });
    expect(messages).toEqual(linesOf(written()));
    expect(pages).toBeGreaterThan(messages.length);
  });
});

describe('a refusal', () => {
  test.each([
    ['no stream', { logGroupName }, "Value null at 'logStreamName'"],
    ['no group', { logStreamName: 'x' }, 'Either logGroupName or logGroupIdentifier'],
    [
      'two groups',
      { logGroupName, logGroupIdentifier: logGroupName, logStreamName: 'x' },
      'Either logGroupName or logGroupIdentifier',
    ],
    ['limit 0', { logGroupName, logStreamName: 'x', limit: 0 }, 'greater than or equal to 1'],
    ['limit 10,001', { logGroupName, logStreamName: 'x', limit: 10_001 }, 'less than or equal to 10000'],
  ])('%s', async (_, input, message) => {
    const answer = await post(simulator, 'GetLogEvents', input, {
      'x-amz-target': 'Logs_20140328.GetLogEvents',
      authorization: signedFor('logs'),
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({
      __type: 'InvalidParameterException',
      message: expect.stringContaining(message),
    });
  });

  test('of a token that is garbled, or of another stream', async () => {
    const [one, other] = [await sendWithLogs(), await sendWithLogs()];
    clock.advance(400_000);
    const { nextForwardToken } = await read({ logStreamName: other.stream });
    for (const nextToken of ['abc', nextForwardToken]) {
      await expect(read({ logStreamName: one.stream, nextToken })).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: 'The specified nextToken is invalid.',
      });
    }
  });

  test('of a signature for SSM, and of the operation at SSM', async () => {
    const target = { 'x-amz-target': 'Logs_20140328.GetLogEvents' };
    expect(await (await post(simulator, '', {}, target)).json()).toMatchObject({
      __type: 'InvalidSignatureException',
      message: "Credential should be scoped to correct service: 'logs'.",
    });
    expect((await post(simulator, 'GetLogEvents', {})).status).toBe(400);
  });

  test('of faults names the permission', async () => {
    const { stream } = await sendWithLogs();
    const remove = simulator.addFault({ operation: 'GetLogEvents', kind: 'access-denied' });
    await expect(read({ logStreamName: stream })).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('perform: logs:GetLogEvents on'),
    });
    remove();
    simulator.addFault({ kind: 'throttle' });
    await expect(read({ logStreamName: stream })).rejects.toMatchObject({ name: 'ThrottlingException' });
  });

  test('wrong types are wrong here too', async () => {
    const { stream } = await sendWithLogs();
    clock.advance(400_000);
    simulator.addFault({ operation: 'GetLogEvents', kind: 'wrong-types' });
    const bodies = new Set<string>();
    for (let turn = 0; turn < 12; turn++) {
      bodies.add(JSON.stringify((await read({ logStreamName: stream }).catch(String)) as object));
    }
    expect([...bodies].some((body) => body.includes('"events":"none"'))).toBe(true);
    expect([...bodies].some((body) => body.includes('"timestamp":"now"'))).toBe(true);
  });
});
