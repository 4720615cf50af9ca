import { describe, expect, it } from 'vitest';
import { alarmText, type Circumstances, nothingKnown, stopReasonOf } from '../../src/domain/circumstances.ts';
import type { Command } from '../../src/domain/command.ts';
import { explanation, failureDetail, rowDetail } from '../../src/domain/detail.ts';
import { errorBudget } from '../../src/domain/error-budget.ts';
import { failureGroupKey, groupByCause } from '../../src/domain/failure-groups.ts';
import type { ManagedNode } from '../../src/domain/managed-node.ts';
import { sortRows } from '../../src/domain/row-order.ts';
import { everything, matches } from '../../src/domain/rows.ts';
import { command, invocation, plugin, requestedAt } from '../helpers/fixtures.ts';
import { tallyOf } from '../helpers/tally.ts';

const failed = (count: number) => Array.from({ length: count }, () => invocation({ status: 'Failed' }));
const terminated = (instanceId: string) =>
  invocation({ instanceId, status: 'Failed', statusDetails: 'Terminated' });
const undelivered = invocation({ status: 'TimedOut', statusDetails: 'DeliveryTimedOut' });
const node: ManagedNode = {
  instanceId: undelivered.instanceId,
  pingStatus: 'ConnectionLost',
  lastPingAt: requestedAt - 7_800_000,
  agentVersion: '3.3.1611.0',
  platform: 'Ubuntu 22.04',
  ipAddress: '10.0.0.4',
};
const knowing = (known: ManagedNode | null): Circumstances => ({
  ...nothingKnown,
  nodes: new Map([[undelivered.instanceId, known]]),
});

describe('why a rollout was stopped', () => {
  const alarm = { alarms: ['acme-5xx'] };
  it.each<[string, Partial<Command>, number, string | null]>([
    ['too many errors', {}, 11, 'stopped: 11 errors exceeded MaxErrors 10'],
    ['one error, none allowed', { maxErrors: '0' }, 1, 'stopped: 1 error exceeded MaxErrors 0'],
    [
      'a share of errors',
      { maxErrors: '10%', targetCount: 60 },
      7,
      'stopped: 7 errors exceeded MaxErrors 10%',
    ],
    // Its pages are read one after the other; without an alarm there is only one reason.
    ['not all errors seen yet', {}, 9, 'stopped: MaxErrors 10 was exceeded'],
    ['as many errors as are allowed', {}, 10, 'stopped: MaxErrors 10 was exceeded'],
    [
      'a share of unknown targets',
      { maxErrors: '10%', targetCount: 0 },
      7,
      'stopped: MaxErrors 10% was exceeded',
    ],
    ['an alarm', { ...alarm, triggeredAlarms: ['acme-5xx'] }, 3, 'stopped by the alarm acme-5xx'],
    ['two alarms', { triggeredAlarms: ['a', 'b'] }, 0, 'stopped by the alarms a, b'],
    [
      'both',
      { ...alarm, triggeredAlarms: ['acme-5xx'] },
      11,
      'stopped: 11 errors exceeded MaxErrors 10, and the alarm acme-5xx went off',
    ],
    ['too many errors, with an alarm that is quiet', alarm, 11, 'stopped: 11 errors exceeded MaxErrors 10'],
    ['not known, with an alarm that may have gone off', alarm, 9, null],
    ['not known without MaxErrors', { maxErrors: null }, 9, null],
    ['an alarm, without MaxErrors', { maxErrors: null, triggeredAlarms: ['x'] }, 9, 'stopped by the alarm x'],
  ])('%s', (_, change, errors, reason) => {
    const sent = command({ targetCount: 60, ...change });
    expect(stopReasonOf(sent, errorBudget(sent, tallyOf(failed(errors))))).toBe(reason);
  });

  it('where only one of the invocations is seen says no number', () =>
    expect(stopReasonOf(command(), null)).toBe('stopped: MaxErrors 10 was exceeded'));

  it.each([
    [['a'], 'alarm a'],
    [['a', 'b', 'c'], 'alarms a, b, c'],
  ])('names %j', (names, text) => expect(alarmText(names)).toBe(text));
});

describe('a terminated row', () => {
  const row = terminated('i-00000001');
  const because = (stopReason: string): Circumstances => ({ ...nothingKnown, stopReason });
  const eleven = because('stopped: 11 errors exceeded MaxErrors 10');
  const twelve = because('stopped: 12 errors exceeded MaxErrors 10');

  it('says why, and a filter finds what it says', () => {
    expect(failureDetail(row, eleven)).toBe('stopped: 11 errors exceeded MaxErrors 10');
    expect(rowDetail(row, eleven)).toBe('stopped: 11 errors exceeded MaxErrors 10');
    expect(matches({ ...everything, text: '11 ERRORS' }, row, eleven)).toBe(true);
    expect(matches({ ...everything, text: '11 ERRORS' }, row, twelve)).toBe(false);
    expect(matches({ ...everything, text: 'alarm went off' }, row)).toBe(true);
  });

  it.each(['Failed', 'Undeliverable', 'Cancelled'])('is not one that is %s', (statusDetails) => {
    const other = invocation({ status: 'Failed', statusDetails });
    expect(failureDetail(other, eleven)).toBe(failureDetail(other));
  });

  it('stays in its group while more errors come in, and when they become known', () => {
    const rows = [row, terminated('i-00000002')];
    const groups = [nothingKnown, eleven, twelve].map((known) => groupByCause(rows, known));
    expect(groups.map((some) => some.map(({ cause, invocations }) => [cause, invocations.length]))).toEqual([
      [['stopped: MaxErrors was exceeded, or an alarm went off', 2]],
      [['stopped: 11 errors exceeded MaxErrors 10', 2]],
      [['stopped: 12 errors exceeded MaxErrors 10', 2]],
    ]);
    for (const [group] of groups) expect(group?.key).toBe(failureGroupKey(row));
  });
});

describe('a row that was not delivered', () => {
  it('says since when the node has not been seen, and a filter finds what it says', () => {
    const known = knowing(node);
    expect(rowDetail(undelivered, known)).toBe('not delivered; last seen 22:29, 2h 10m before the command');
    expect(matches({ ...everything, text: '2h 10m before' }, undelivered, known)).toBe(true);
    expect(matches({ ...everything, text: 'before the timeout' }, undelivered, known)).toBe(false);
    expect(matches({ ...everything, text: 'before the timeout' }, undelivered)).toBe(true);
  });

  it('is sorted by what it says', () => {
    const other = invocation({ instanceId: 'i-2', status: 'Failed', statusDetails: 'AccessDenied' });
    const order = { column: 'detail', inverted: false } as const;
    const late = { ...undelivered, statusDetails: 'Undeliverable' };
    expect(sortRows([late, other], order, knowing(node))).toEqual([other, late]);
    // `could not be delivered` comes behind `access denied`, `undeliverable` behind both.
    const cancelled = invocation({
      instanceId: 'i-3',
      status: 'Cancelled',
      statusDetails: 'DeliveryTimedOut',
    });
    expect(sortRows([late, cancelled], order)).toEqual([late, cancelled]);
    expect(sortRows([late, cancelled], order, knowing(node))).toEqual([cancelled, late]);
  });

  it('is in one group with others, whatever their nodes did, and tells a machine the same as ever', () => {
    const other = { ...undelivered, instanceId: 'i-2' };
    expect(groupByCause([undelivered, other], knowing(node))).toHaveLength(1);
    expect(failureDetail(undelivered, knowing(node))).toBe('not delivered before the timeout');
  });

  it('says what it always did of a node without a time', () =>
    expect(rowDetail(undelivered, knowing({ ...node, lastPingAt: null }))).toBe(
      'not delivered before the timeout',
    ));

  it.each<[string, Partial<Parameters<typeof invocation>[0]>]>([
    ['failed', { status: 'Failed' }],
    ['succeeded', {}],
    ['goes on', { status: 'InProgress', statusDetails: 'DeliveryTimedOut' }],
  ])('is not one that %s', (_, change) => {
    const row = invocation(change);
    expect(rowDetail(row, knowing(node))).toBe(rowDetail(row));
    expect(explanation(row, knowing(node), requestedAt)).toBeNull();
  });

  it.each<[string, Circumstances, string | null]>([
    ['nothing, as long as nobody has asked', nothingKnown, 'not delivered before the timeout'],
    [
      'all that is known',
      knowing(node),
      'node: ConnectionLost, last seen 22:29 (2h 10m ago), agent 3.3.1611.0, Ubuntu 22.04, 10.0.0.4',
    ],
    ['that SSM does not know it', knowing(null), 'node: SSM knows it no longer'],
    ['why it could not be asked for', { ...nothingKnown, nodesProblem: 'denied' }, 'node: denied'],
    [
      'what is known, also when the next could not be asked for',
      { ...knowing(null), nodesProblem: 'denied' },
      'node: SSM knows it no longer',
    ],
  ])('tells of its node %s', (_, circumstances, line) =>
    expect(explanation(undelivered, circumstances, requestedAt)).toBe(line),
  );
});

describe('what the output cannot tell', () => {
  const because: Circumstances = { ...nothingKnown, stopReason: 'stopped by the alarm acme-5xx' };
  const skipped = plugin({ output: 'Step execution skipped due to unsatisfied preconditions: platformType' });

  it.each<[string, Parameters<typeof invocation>[0], string | null]>([
    [
      'why it was terminated',
      { status: 'Failed', statusDetails: 'Terminated' },
      'stopped by the alarm acme-5xx',
    ],
    ['access denied', { status: 'Failed', statusDetails: 'AccessDenied' }, 'access denied by AWS'],
    ['what was skipped', { plugins: [skipped] }, 'every step was skipped: not for this platform'],
    ['nothing of a success', { plugins: [plugin()] }, null],
    ['nothing of a failure', { status: 'Failed', plugins: [plugin({ status: 'Failed' })] }, null],
    ['nothing of what was cancelled', { status: 'Cancelled' }, null],
    ['nothing of what goes on', { status: 'InProgress', statusDetails: 'Terminated' }, null],
  ])('is %s', (_, change, text) => expect(explanation(invocation(change), because, requestedAt)).toBe(text));
});
