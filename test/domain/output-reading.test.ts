import { describe, expect, it } from 'vitest';
import type { Invocation, Plugin } from '../../src/domain/invocation.ts';
import { listedReading, placesOf, wholeText } from '../../src/domain/output-reading.ts';
import { textOf } from '../../src/domain/text-region.ts';
import { commandId, instanceId, invocation, plugin } from '../helpers/fixtures.ts';
import { inBucket } from '../helpers/output-sources.ts';

const url = (stream: string) => `https://s3.eu-west-1.amazonaws.com/logs/run/${stream}`;
const inS3 = { ...inBucket, stdoutUrl: url('stdout'), stderrUrl: url('stderr') };
const cut = 'some\n---Output truncated---';
const s3 = (stream: string) => ({
  source: 'S3',
  location: { bucket: 'logs', key: `run/${stream}`, region: 'eu-west-1' },
});
const logs = (stream: string) => ({
  source: 'CloudWatch Logs',
  location: { group: '/ssm', stream: `${commandId}/${instanceId}/aws-runShellScript/${stream}` },
});
const call = { source: 'GetCommandInvocation' };

describe('the places of an output', () => {
  it.each<[string, Partial<Invocation>, Partial<Plugin>, object[]]>([
    ['nothing but the list', {}, { output: 'all' }, []],
    ['what the list cut', {}, { output: cut }, [call]],
    [
      'what the list cut of stderr',
      {},
      { output: `\n----------ERROR-------\nx\n---Error truncated----` },
      [call],
    ],
    ['what the list cut, but the step goes on', {}, { output: cut, status: 'InProgress' }, []],
    ['S3, once the step has ended', {}, { outputLocation: inS3 }, [s3('stdout')]],
    ['S3 while the step runs', {}, { outputLocation: inS3, status: 'InProgress' }, []],
    ['CloudWatch Logs while the step runs', { logGroup: '/ssm' }, { status: 'InProgress' }, [logs('stdout')]],
    ['CloudWatch Logs once the step has ended', { logGroup: '/ssm' }, { status: 'Failed' }, [logs('stdout')]],
    [
      'all of them, the best first',
      { logGroup: '/ssm' },
      { outputLocation: inS3, output: cut, status: 'Failed' },
      [s3('stdout'), logs('stdout'), call],
    ],
    [
      'a URL of something else',
      {},
      { outputLocation: { ...inBucket, stdoutUrl: 'https://example.com/a/b' } },
      [],
    ],
  ])('%s', (_, row, step, places) =>
    expect(placesOf(invocation(row), plugin(step), 'stdout')).toEqual(places),
  );

  it.each([
    ['https://s3.amazonaws.com/logs/run/stdout', 'eu-central-1', 'eu-central-1'],
    ['https://s3.amazonaws.com/logs/run/stdout', '', null],
    ['https://s3.eu-west-1.amazonaws.com/logs/run/stdout', 'eu-central-1', 'eu-west-1'],
  ])(
    'are in the region of the URL, else in the one that AWS names: %s, %j',
    (stdoutUrl, s3Region, region) => {
      const outputLocation = { ...inBucket, stdoutUrl, s3Region };
      expect(placesOf(invocation(), plugin({ outputLocation }), 'stdout')).toMatchObject([
        { location: { region } },
      ]);
    },
  );

  it('are those of the stream', () =>
    expect(placesOf(invocation({ logGroup: '/ssm' }), plugin({ outputLocation: inS3 }), 'stderr')).toEqual([
      s3('stderr'),
      logs('stderr'),
    ]));
});

describe('what the list gave', () => {
  it('is both streams, apart, and whether AWS cut them', () => {
    const { stdout, stderr, notices, busy } = listedReading(
      plugin({ output: 'first\n---Output truncated---\n----------ERROR-------\noops' }),
    );
    expect({ notices, busy }).toEqual({ notices: [], busy: false });
    expect(stdout).toMatchObject({ source: 'ListCommandInvocations', truncated: true, total: null });
    expect(stderr).toMatchObject({ source: 'ListCommandInvocations', truncated: false });
    expect([stdout, stderr].map(({ region }) => textOf(region))).toEqual(['first', 'oops']);
  });

  it('is all that there is to read of it', () =>
    expect(wholeText('GetCommandInvocation', 'a\nb', true)).toMatchObject({
      moreBefore: false,
      moreAfter: false,
      truncated: true,
      region: { firstId: 0, zeroId: 0 },
    }));
});
