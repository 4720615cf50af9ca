import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { nothingKnown } from '../../../src/domain/circumstances.ts';
import type { Invocation } from '../../../src/domain/invocation.ts';
import { layoutColumns } from '../../../src/ui/list/columns.ts';
import { InstanceRow } from '../../../src/ui/list/instance-row.tsx';
import { timeText } from '../../../src/ui/time-text.ts';
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
    <InstanceRow
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
