import { buffer } from 'node:stream/consumers';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Connection } from '../../src/aws/connection.ts';
import { LogReader } from '../../src/aws/get-log-events.ts';
import { ObjectReader } from '../../src/aws/get-object.ts';
import { readNodes } from '../../src/aws/instance-information.ts';
import { readCommand } from '../../src/aws/list-commands.ts';
import { readListedOutput } from '../../src/aws/listed-output.ts';
import { SsmCommandReader } from '../../src/aws/ssm-command-reader.ts';
import { SsmRolloutReader } from '../../src/aws/ssm-rollout-reader.ts';
import { createOutputReaders } from '../../src/commands/aws-output-readers.ts';
import { RemoteError } from '../../src/domain/problem.ts';
import { readWholeStreams } from '../../src/watch/outputs/whole-streams.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { connectTo } from '../helpers/connect-to.ts';
import { invocation, plugin } from '../helpers/fixtures.ts';
import { inBucket } from '../helpers/output-sources.ts';
import { openMutatingEndpoint } from './mutating-endpoint.ts';
import { mutation } from './mutations.ts';
import { commandId, instanceId, recordedAnswer } from './recorded-answers.ts';
import { fuzzRuns } from './runs.ts';

isolateAwsEnvironment();

beforeEach(() => {
  // The pauses of the SDK between its retries are real time, as much of it as chance gives.
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => vi.restoreAllMocks());

/** Real milliseconds after which an answer that never ends is given up. */
const callLimit = 250;
const mostCalls = 250;
const { signal } = new AbortController();
const location = { bucket: 'acme-output', key: 'a/stdout', region: 'eu-west-1' };
const logStream = { group: '/acme/run', stream: 'a/stdout' };

/** An invocation whose output is in S3, or in the logs. */
const inS3 = invocation({ commandId, instanceId, plugins: [plugin({ outputLocation: inBucket })] });
const inLogs = invocation({ commandId, instanceId, logGroup: '/acme/run', plugins: [plugin()] });

type Read = (connection: Connection) => Promise<unknown>;

async function wholeStreams(connection: Connection, row: typeof inS3): Promise<unknown> {
  const { stdout, stderr } = await readWholeStreams(row, 0, createOutputReaders(connection), signal);
  return Promise.all([stdout, stderr].map(async ({ bytes, ...stream }) => [stream, await buffer(bytes)]));
}

/** Everything that is read of AWS but by the poller, which has a test of its own. */
const reads: readonly (readonly [name: string, read: Read])[] = [
  [
    'GetCommandInvocation',
    (connection) =>
      createOutputReaders(connection).readPluginOutput({ ...inS3 }, 'aws:runShellScript', signal),
  ],
  ['DescribeInstanceInformation', (connection) => readNodes(connection, [instanceId, 'mi-1'], signal)],
  [
    'ListCommands, a page',
    (connection) =>
      new SsmCommandReader(connection, { instanceId: null, pageSize: 50 }).readPage(null, signal),
  ],
  ['ListCommands, one command', (connection) => readCommand(connection, commandId, signal)],
  [
    'ListCommandInvocations',
    (connection) =>
      new SsmRolloutReader(connection, { commandId, instanceId: null, pageSize: 50 }).readInvocation(
        instanceId,
        signal,
      ),
  ],
  [
    'ListCommandInvocations, an output',
    (connection) => readListedOutput(connection, { commandId, instanceId }, 0, signal),
  ],
  [
    'GetObject, from an offset',
    (connection) => new ObjectReader(connection).read(location, { from: 20, length: 100 }, signal),
  ],
  ['GetObject, the end', (connection) => new ObjectReader(connection).read(location, { last: 100 }, signal)],
  ['GetLogEvents', (connection) => new LogReader(connection).read(logStream, 'head', signal)],
  ['a whole output in S3', (connection) => wholeStreams(connection, inS3)],
  ['a whole output in the logs', (connection) => wholeStreams(connection, inLogs)],
];

const changes = fc.array(
  fc.record({ from: fc.integer({ min: 0, max: 3 }), calls: fc.constantFrom(1, 2, 300), mutation }),
  { minLength: 1, maxLength: 4 },
);

describe('of changed answers', () => {
  it.each(reads)(
    '%s gives what can be relied on, or says what is wrong',
    { timeout: 24 * 3_600_000 },
    async (_, read) => {
      await fc.assert(
        fc.asyncProperty(changes, async (changed) => {
          await using endpoint = await openMutatingEndpoint(
            (operation, __, range) => recordedAnswer(operation, range),
            (call) =>
              changed.flatMap(({ from, calls, mutation: change }) =>
                call >= from && call < from + calls ? [change] : [],
              ),
          );
          const connection = connectTo(endpoint.url, { callLimit });
          const [settled] = await Promise.allSettled([read(connection)]);
          connection.close();
          expect(connection.requests).toBeLessThan(mostCalls);
          expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
          if (settled?.status === 'rejected') expectToldError(settled.reason);
          else expectReliable(settled?.value);
        }),
        { numRuns: fuzzRuns(20) },
      );
    },
  );
});

/** A problem in one line; of a source that cannot be read for now the problem is the cause. */
function expectToldError(error: unknown): void {
  const remote = error instanceof Error && error.cause instanceof RemoteError ? error.cause : error;
  if (!(remote instanceof RemoteError)) throw error;
  expect(remote.message).toMatch(/^[^\n]+$/);
}

/** Data and nothing but: no text that is a number, no number that is none, no part of an object outside of it. */
function expectReliable(value: unknown): void {
  if (value instanceof Uint8Array || value === null) return;
  if (typeof value !== 'object') {
    expect(['string', 'boolean', 'number']).toContain(typeof value);
    expect(value).not.toBeNaN();
    expect(typeof value === 'number' && !Number.isFinite(value)).toBe(false);
    return;
  }
  if ('bytes' in value && 'from' in value && 'total' in value) {
    const { bytes, from, total } = value as { bytes: Uint8Array; from: number; total: number };
    expect([from, total].every(Number.isSafeInteger)).toBe(true);
    expect(from + bytes.length).toBeLessThanOrEqual(total);
  }
  for (const member of Object.values(value)) expectReliable(member);
}
