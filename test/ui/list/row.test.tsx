import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { nothingKnown } from '../../../src/domain/circumstances.ts';
import type { Invocation } from '../../../src/domain/invocation.ts';
import { layoutColumns } from '../../../src/ui/list/columns.ts';
import { Row, timeText } from '../../../src/ui/list/row.tsx';
import { hostileIn, invocation, plugin, requestedAt } from '../../helpers/fixtures.ts';
import { hostile } from '../../helpers/ui-fixtures.ts';
import { frameOf } from '../frame.ts';

const failed = invocation({
  instanceId: 'i-0cb2b964d3e14fd9f',
  status: 'Failed',
  plugins: [
    plugin({
      status: 'Failed',
      responseCode: 127,
      startedAt: requestedAt,
      finishedAt: requestedAt + 3_000,
      output: '\n----------ERROR-------\nbash: yum: command not found\n',
    }),
  ],
});

const draw = (row: Invocation, { width = 100, underCursor = false, circumstances = nothingKnown } = {}) =>
  frameOf(
    <Row
      invocation={row}
      circumstances={circumstances}
      columns={layoutColumns(width)}
      underCursor={underCursor}
      time={timeText(row, requestedAt)}
    />,
    width,
  );

describe('a row', () => {
  it.each<[string, Invocation, string]>([
    ['a failure', failed, '✗ i-0cb2b964d3e14fd9f web-eu-01 Failed 127 3s bash: yum: command not found'],
    [
      'an end that never ran',
      invocation({ instanceName: '', status: 'TimedOut', statusDetails: 'DeliveryTimedOut' }),
      '✗ i-0cb2b964d3e14fd9f — DeliveryTimedOut — not delivered before the timeout',
    ],
    [
      'a step of two',
      invocation({
        status: 'InProgress',
        runningSince: requestedAt - 12_000,
        plugins: [plugin({ status: 'InProgress', name: 'configure' }), plugin({ status: 'Pending' })],
      }),
      '● i-0cb2b964d3e14fd9f web-eu-01 InProgress 12s step 1 of 2: configure',
    ],
    ['waiting', invocation({ status: 'Pending' }), '○ i-0cb2b964d3e14fd9f web-eu-01 Pending —'],
    [
      'delayed',
      invocation({ status: 'Pending', statusDetails: 'Delayed' }),
      '◷ i-0cb2b964d3e14fd9f web-eu-01 Delayed — could not be sent yet; AWS trie…',
    ],
    ['an unknown status', invocation({ status: 'Sleeping' }), '? i-0cb2b964d3e14fd9f web-eu-01 Sleeping —'],
  ])('%s', (_, row, line) => expect(draw(row).trim().replace(/ +/g, ' ')).toBe(line));

  it('shows an exit code only of what has ended', () => {
    const plugins = [plugin({ responseCode: 0 }), plugin({ status: 'InProgress', responseCode: -1 })];
    expect(draw(invocation({ status: 'InProgress', plugins }))).not.toMatch(/ 0 /);
    expect(draw(invocation({ plugins: [plugin()] }))).toMatch(/Success +0 /);
  });

  it('is marked where the cursor is', () => expect(draw(failed, { underCursor: true })).toMatch(/^❯ ✗ /));

  it.each([24, 42, 58, 67, 72, 80, 100])('is one line of at most %i cells, whatever is in it', (width) => {
    const row = invocation({
      instanceId: hostile,
      instanceName: hostile,
      status: hostile,
      plugins: [plugin({ name: hostile, status: 'InProgress' }), plugin({ name: hostile })],
    });
    for (const some of [
      row,
      { ...row, statusDetails: 'InProgress' },
      { ...row, instanceName: '日'.repeat(255) },
    ]) {
      const line = draw(some, { width });
      expect(hostileIn(line)).toEqual([]);
      expect(stringWidth(line)).toBeLessThanOrEqual(width);
    }
  });
});

describe('timeText', () => {
  const [from, until, now] = [requestedAt + 1_000, requestedAt + 9_000, requestedAt + 60_000];
  const running = { status: 'InProgress', requestedAt } as const;

  it.each<[string, Partial<Invocation>, string]>([
    ['ended', { plugins: [plugin({ startedAt: from, finishedAt: until })] }, '8s'],
    [
      'ended after two steps',
      {
        plugins: [
          plugin({ startedAt: from, finishedAt: from }),
          plugin({ startedAt: until, finishedAt: until }),
        ],
      },
      '8s',
    ],
    ['ended, without times', { plugins: [plugin()] }, '—'],
    ['ended, never started', { status: 'TimedOut', statusDetails: 'DeliveryTimedOut' }, '—'],
    ['running since its first step began', { ...running, plugins: [plugin({ startedAt: from })] }, '59s'],
    ['running since it was seen to', { ...running, runningSince: until }, '51s'],
    ['running since it was asked for', running, '1m 00s'],
    ['running since nobody knows', { ...running, requestedAt: null }, '—'],
    ['just ended', { ...running, endUnread: true }, '—'],
    ['pending', { status: 'Pending' }, '—'],
    ['delayed after it had run', { status: 'Delayed', runningSince: from }, '—'],
    ['unknown', { status: 'Sleeping' }, '—'],
  ])('%s', (_, change, text) => expect(timeText(invocation(change), now)).toBe(text));
});
