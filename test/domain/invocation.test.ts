import { describe, expect, it } from 'vitest';
import { failureDetail } from '../../src/domain/detail.ts';
import {
  decisivePlugin,
  exitCodeOf,
  fieldsOfInvocation,
  fieldsOfPlugin,
  finishedAt,
  hasProgressed,
  invocationKey,
  mergeInvocation,
  startedAt,
  withGist,
} from '../../src/domain/invocation.ts';
import { commandId, instanceId, invocation, plugin } from '../helpers/fixtures.ts';

const now = 1_790_469_600_000;
const pending = invocation({ status: 'Pending' });
const running = invocation({ status: 'InProgress' });

it('an invocation is known by its command and its instance', () => {
  expect(invocationKey(invocation())).toBe(`${commandId} ${instanceId}`);
});

describe('mergeInvocation', () => {
  it.each(['Success', 'Failed', 'TimedOut', 'Cancelled'])('an end stays an end: %s', (status) => {
    const ended = invocation({ status });
    expect(mergeInvocation(ended, running, now)).toBe(ended);
  });

  it('an end can become another', () => {
    const ended = mergeInvocation(invocation(), invocation({ status: 'Failed' }), now);
    expect(ended).toEqual(invocation({ status: 'Failed' }));
  });

  const known = plugin({ status: 'Failed', statusDetails: 'Failed', output: 'boom', responseCode: 1 });
  const damaged = { ...known, output: '', responseCode: null };
  it.each([
    ['damaged', damaged, known],
    ['damaged, and without times', { ...damaged, startedAt: null, finishedAt: null }, known],
    ['with another output', { ...known, output: 'bang' }, { ...known, output: 'bang' }],
    ['without output', { ...known, output: '' }, { ...known, output: '' }],
    ['with another status', { ...damaged, status: 'TimedOut' }, { ...damaged, status: 'TimedOut' }],
  ])('what is known of an ended plugin is not erased by one that is %s', (_, read, kept) => {
    const ended = invocation({ status: 'Failed', plugins: [known] });
    expect(mergeInvocation(ended, { ...ended, plugins: [read] }, now).plugins).toEqual([kept]);
  });

  it('a status can go backwards before the end', () => {
    const delayed = invocation({ status: 'Pending', statusDetails: 'Delayed' });
    expect(mergeInvocation(running, delayed, now)).toEqual(delayed);
  });

  it('a page that leaves the name or the time of the request out takes neither back', () => {
    const named = invocation({ instanceName: 'web-1', requestedAt: 5, status: 'InProgress' });
    const ended = mergeInvocation(named, invocation({ instanceName: '', requestedAt: null }), now);
    expect(ended).toMatchObject({ instanceName: 'web-1', requestedAt: 5, status: 'Success' });
    const renamed = mergeInvocation(named, { ...named, instanceName: 'web-2', requestedAt: 6 }, now);
    expect(renamed).toMatchObject({ instanceName: 'web-2', requestedAt: 6 });
  });

  it('keeps the object when nothing changed', () => {
    const known = invocation({
      runningSince: 5,
      status: 'InProgress',
      plugins: [plugin({ status: 'InProgress' })],
    });
    expect(
      mergeInvocation(
        known,
        { ...known, runningSince: null, plugins: [plugin({ status: 'InProgress' })] },
        now,
      ),
    ).toBe(known);
  });

  it.each([
    ['seen to start', pending, running, now],
    [
      'seen to start after a delay',
      invocation({ status: 'Pending', statusDetails: 'Delayed' }),
      running,
      now,
    ],
    ['first seen running', running, { ...running, comment: 'x' }, null],
    ['started before', { ...running, runningSince: 5 }, { ...running, comment: 'x' }, 5],
    ['ended since', { ...running, runningSince: 5 }, invocation(), 5],
    ['not seen to run', pending, invocation(), null],
  ])('runningSince: %s', (_, known, read, since) => {
    expect(mergeInvocation(known, read, now).runningSince).toBe(since);
  });
});

describe('an invocation of whose output only the gist is kept', () => {
  const line = 'cp: no space left';
  const whole = invocation({
    status: 'Failed',
    plugins: [plugin({ status: 'Failed', output: `${'copying\n'.repeat(50)}${line}\n` })],
  });
  const known = { ...whole, plugins: whole.plugins.map((one) => withGist(one, whole)) };

  it('has the telling line of it', () => {
    expect(known.plugins[0]).toMatchObject({ output: `...\n${line}`, outputIsGist: true });
    expect(failureDetail(known)).toBe(failureDetail(whole));
  });

  it('is the same when it is read again whole', () => expect(mergeInvocation(known, whole, now)).toBe(known));

  it('keeps the gist of what it becomes', () => {
    const output = `${'copying\n'.repeat(50)}cp: gone\n`;
    const read = { ...whole, plugins: [plugin({ status: 'Failed', output })] };
    expect(mergeInvocation(known, read, now).plugins[0]).toMatchObject({
      output: '...\ncp: gone',
      outputIsGist: true,
    });
  });

  it('has not progressed by that alone', () => expect(hasProgressed(whole, known)).toBe(false));

  it('is kept as it is where the output is no longer than its gist', () => {
    const short = plugin({ output: 'done' });
    expect(withGist(short, known)).toBe(short);
  });
});

describe('all fields', () => {
  const field = (name: string) => ({ name, value: 'x' });
  const names = (fields: readonly { readonly name: string }[]) => fields.map(({ name }) => name);

  it('of an invocation have the time of the request in its place, with all digits', () => {
    const fields = fieldsOfInvocation(
      invocation({
        otherFields: [field('DocumentVersion'), field('ServiceRole')],
        requestedAt: 1_790_469_543_112,
      }),
    );
    expect(names(fields)).toEqual(['DocumentVersion', 'RequestedDateTime', 'ServiceRole']);
    expect(fields[1]?.value).toBe('2026-09-27T00:39:03.112Z');
  });

  it('of a plugin have its times, at the end where nothing comes behind them', () => {
    const times = { startedAt: 1, finishedAt: 2 };
    const fields = fieldsOfPlugin(plugin({ otherFields: [field('OutputS3Region')], ...times }));
    expect(names(fields)).toEqual(['OutputS3Region', 'ResponseFinishDateTime', 'ResponseStartDateTime']);
  });

  it('have no time that AWS did not give', () =>
    expect(fieldsOfPlugin(plugin({ otherFields: [], startedAt: null, finishedAt: null }))).toEqual([]));
});

describe('hasProgressed', () => {
  const before = invocation({
    status: 'InProgress',
    plugins: [plugin({ status: 'InProgress', responseCode: -1 })],
  });
  const withPlugin = (change: Parameters<typeof plugin>[0]) => ({
    ...before,
    plugins: [plugin({ status: 'InProgress', responseCode: -1, ...change })],
  });

  it.each([
    ['nothing', before, false],
    ['output', withPlugin({ output: 'line 1\n' }), false],
    [
      'where the output is kept',
      withPlugin({
        outputLocation: { stdoutUrl: 'u', stderrUrl: '', s3Bucket: 'b', s3KeyPrefix: '', s3Region: '' },
      }),
      false,
    ],
    ['another field of a plugin', withPlugin({ otherFields: [{ name: 'A', value: 'b' }] }), false],
    ['another field', { ...before, otherFields: [{ name: 'A', value: 'b' }] }, false],
    ['the group of logs', { ...before, logGroup: 'g' }, false],
    ['comment', { ...before, comment: 'x' }, false],
    ['runningSince', { ...before, runningSince: now }, false],
    ['Status', { ...before, status: 'Failed' }, true],
    ['StatusDetails', { ...before, statusDetails: 'Delayed' }, true],
    ['a status of a plugin', withPlugin({ status: 'Success' }), true],
    ['an exit code', withPlugin({ responseCode: 0 }), true],
    ['a start', withPlugin({ startedAt: now }), true],
    ['a finish', withPlugin({ finishedAt: now }), true],
    ['one more plugin', { ...before, plugins: [...before.plugins, plugin()] }, true],
  ])('%s: %s', (_, after, progressed) => expect(hasProgressed(before, after)).toBe(progressed));
});

describe('decisivePlugin', () => {
  const done = plugin({ name: 'done' });
  const failed = plugin({ name: 'failed', status: 'Failed', responseCode: 7 });
  const runs = plugin({ name: 'runs', status: 'InProgress', responseCode: -1 });
  const waits = plugin({ name: 'waits', status: 'Pending', responseCode: -1 });

  it.each([
    ['the first that failed', [done, failed, { ...failed, name: 'later', responseCode: 8 }], 'failed', 7],
    ['a failure before what runs', [runs, failed], 'failed', 7],
    ['what runs', [done, runs, waits], 'runs', null],
    ['the last that succeeded', [done, { ...done, name: 'last', responseCode: 168 }], 'last', 168],
    ['the first, where none was reached', [waits, { ...waits, name: 'next' }], 'waits', null],
    ['none', [], undefined, null],
    ['a plugin without an exit code', [{ ...done, responseCode: null }], 'done', null],
  ])('%s', (_, plugins, name, exitCode) => {
    const row = invocation({ plugins });
    expect([decisivePlugin(row)?.name, exitCodeOf(row)]).toEqual([name, exitCode]);
  });
});

it.each([
  ['no plugin', [], null, null],
  ['none started', [plugin()], null, null],
  ['one runs', [plugin({ startedAt: 5 })], 5, null],
  [
    'in any order',
    [plugin({ startedAt: 7, finishedAt: 9 }), plugin({ startedAt: 5, finishedAt: 6 }), plugin()],
    5,
    9,
  ],
  ['at 0', [plugin({ startedAt: 0, finishedAt: 0 })], 0, 0],
])('startedAt and finishedAt: %s', (_, plugins, start, finish) => {
  const row = invocation({ plugins });
  expect([startedAt(row), finishedAt(row)]).toEqual([start, finish]);
});
