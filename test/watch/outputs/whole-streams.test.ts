import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { Invocation } from '../../../src/domain/invocation.ts';
import type { StreamName } from '../../../src/domain/output-location.ts';
import { RemoteError } from '../../../src/domain/problem.ts';
import type { OutputReaders } from '../../../src/watch/outputs/output-readers.ts';
import { readWholeStreams } from '../../../src/watch/outputs/whole-streams.ts';
import { denied, inBucket, OneLogStream, OneObject } from '../../helpers/output-sources.ts';
import {
  cut,
  deny,
  gist,
  inS3,
  listed,
  output,
  rowOf,
  running,
  silence,
} from '../../helpers/output-store.ts';
import { nothing } from './saved-streams.ts';

const { signal } = new AbortController();

const everywhere = rowOf({ outputLocation: inBucket }, { logGroup: '/ssm' });

async function saved(row: Invocation, readers: Partial<OutputReaders>, stream: StreamName = 'stdout') {
  const streams = await readWholeStreams(row, 0, { ...nothing, ...readers }, signal);
  const { bytes, ...rest } = streams[stream];
  return { ...rest, text: (await buffer(bytes)).toString() };
}

describe('a whole stream of whose output only the gist is kept', () => {
  const problem = { message: 'ListCommandInvocations: no', needsAction: false };
  const unavailable = new RemoteError({ ...problem, kind: 'throttled' });
  const refused = new RemoteError({ ...problem, kind: 'response' });

  it('is read from the list again', async () =>
    expect(await saved(gist, {})).toEqual({
      source: 'ListCommandInvocations',
      text: 'all that was listed',
      truncated: false,
      note: null,
    }));

  it.each([
    ['denied', denied, 'ListCommandInvocations could not be read: denied'],
    ['refused', refused, 'ListCommandInvocations could not be read: no'],
    ['not to be had now', unavailable, 'ListCommandInvocations cannot be read now: no'],
  ])('is not had where that is %s: the gist does not pass for it', async (_, error, message) => {
    const readListedOutput = () => Promise.reject(error);
    await expect(saved(gist, { readListedOutput })).rejects.toThrow(message);
  });

  it('is asked for once for both streams', async () => {
    let asked = 0;
    const readListedOutput = async () => {
      asked += 1;
      return listed;
    };
    const { stdout, stderr } = await readWholeStreams(gist, 0, { ...nothing, readListedOutput }, signal);
    expect([stdout.source, stderr.source, asked]).toEqual([
      'ListCommandInvocations',
      'ListCommandInvocations',
      1,
    ]);
  });
});

describe('a whole stream', () => {
  it.each<[string, Partial<OutputReaders>, object]>([
    ['S3', { readObject: new OneObject('in S3').read }, { source: 'S3', text: 'in S3', note: null }],
    [
      'CloudWatch Logs, S3 being denied',
      { readObject: deny, readEvents: new OneLogStream(['one', 'two\n', ''], 9).read },
      { source: 'CloudWatch Logs', text: 'one\ntwo\n\n', note: 'S3 could not be read: denied' },
    ],
    [
      'GetCommandInvocation, both being denied',
      { readObject: deny, readEvents: deny },
      {
        source: 'GetCommandInvocation',
        text: 'all of it',
        note: 'S3 could not be read: denied; CloudWatch Logs could not be read: denied',
      },
    ],
    [
      'the list, all being denied',
      { readObject: deny, readEvents: deny, readPluginOutput: deny },
      {
        source: 'ListCommandInvocations',
        text: 'some of it',
        truncated: true,
        note: 'S3 could not be read: denied; CloudWatch Logs could not be read: denied; GetCommandInvocation could not be read: denied',
      },
    ],
    [
      'the list, GetCommandInvocation having nothing yet',
      { readObject: deny, readEvents: deny, readPluginOutput: async () => silence },
      {
        source: 'ListCommandInvocations',
        text: 'some of it',
        truncated: true,
        note: 'S3 could not be read: denied; CloudWatch Logs could not be read: denied; GetCommandInvocation has nothing of stdout yet',
      },
    ],
    [
      'GetCommandInvocation, nothing being there yet',
      {},
      {
        source: 'GetCommandInvocation',
        text: 'all of it',
        note: 'S3 has no object of stdout yet: logs/stdout; CloudWatch Logs has nothing of stdout yet; the agent uploads every 30 s',
      },
    ],
  ])('comes from the best source: %s', async (_, readers, expected) => {
    expect(await saved(everywhere, readers)).toMatchObject(expected);
  });

  it.each([
    ['throttled', false],
    ['network', false],
    ['service', false],
    ['credentials', true],
  ] as const)(
    'is not had from the next best source for %s, which can be mended',
    async (kind, needsAction) => {
      const problem = new RemoteError({ kind, message: 'not now', needsAction });
      await expect(saved(everywhere, { readObject: () => Promise.reject(problem) })).rejects.toThrow(
        'S3 cannot be read now: not now',
      );
    },
  );

  it("is the list's where nothing was cut and nothing was sent anywhere", async () => {
    const row = rowOf({ output: 'all\n----------ERROR-------\noops' });
    for (const [stream, text] of [
      ['stdout', 'all'],
      ['stderr', 'oops'],
    ] as const) {
      expect(await saved(row, { readPluginOutput: deny }, stream)).toEqual({
        source: 'ListCommandInvocations',
        truncated: false,
        note: null,
        text,
      });
    }
  });

  it('of a step that runs is what the logs have by now', async () => {
    const log = new OneLogStream(['so far'], 9);
    expect(await saved(running, { readEvents: log.read })).toMatchObject({
      source: 'CloudWatch Logs',
      text: 'so far\n',
    });
  });

  it('asks GetCommandInvocation once for both streams, also where that is denied', async () => {
    for (const answer of [async () => output, deny]) {
      let asked = 0;
      const readPluginOutput = async () => {
        asked += 1;
        return answer();
      };
      await readWholeStreams(rowOf({}), 0, { ...nothing, readPluginOutput }, signal);
      expect(asked).toBe(1);
    }
  });

  it('says nothing of a stream on which the step was silent: no object', async () => {
    const silent = rowOf({ output: 'only stdout', outputLocation: inBucket });
    expect(await saved(silent, {}, 'stderr')).toMatchObject({ note: null, text: '' });
  });

  it('says nothing of a stream on which the step was silent: denied, as S3 says to who may not list', async () => {
    const silent = rowOf({ output: 'only stdout', outputLocation: inBucket });
    expect(await saved(silent, { readObject: deny }, 'stderr')).toMatchObject({ note: null, text: '' });
  });

  it('is no output but an error where the reading is ended, or goes wrong in a way nobody knows', async () => {
    for (const error of [new Error('ended'), new TypeError('a mistake')]) {
      const readObject = async () => {
        throw error;
      };
      await expect(readWholeStreams(inS3, 0, { ...nothing, readObject }, signal)).rejects.toBe(error);
    }
    await expect(readWholeStreams(inS3, 3, nothing, signal)).rejects.toThrow('no plugin 3');
  });

  it('is told to be cut where its source cut it', async () => {
    const readPluginOutput = async () => ({ ...output, stdoutTruncated: true, stderrTruncated: false });
    const row = rowOf({ output: cut });
    expect(await saved(row, { readPluginOutput })).toMatchObject({ truncated: true });
    expect(await saved(row, { readPluginOutput }, 'stderr')).toMatchObject({
      truncated: false,
      text: 'oops',
    });
  });
});
