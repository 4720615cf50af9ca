import * as fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/domain/command.ts';
import type { Invocation } from '../../../src/domain/invocation.ts';
import { controlsText } from '../../../src/ui/header/controls-text.ts';
import type { Snapshot } from '../../../src/watch/snapshot.ts';
import { command, invocation } from '../../helpers/fixtures.ts';
import { snapshot, verdict } from '../../helpers/ui-fixtures.ts';

const of = (count: number, status: string, statusDetails = status) =>
  Array.from({ length: count }, () => invocation({ status, statusDetails }));
const failed = (count: number) => of(count, 'Failed');
const waits = of(5, 'Pending');
const running = of(40, 'InProgress');
const terminated = of(12, 'Failed', 'Terminated');

const text = (
  change: Partial<Command>,
  rows: readonly Invocation[],
  more: Partial<Snapshot> = {},
  room = 200,
) => {
  const sent = command({ status: 'InProgress', targetCount: rows.length, ...change });
  return controlsText(snapshot({ command: sent, rows, ...more }), room).join('  ');
};
const over = { verdict: verdict('failure') };
const alarm = { triggeredAlarms: ['acme-5xx'], alarms: ['acme-5xx'] };

describe('how the command is sent out', () => {
  it.each<[string, Partial<Command>, readonly Invocation[], Partial<Snapshot>, string]>([
    ['none of them', {}, waits, {}, '0 of 10 errors used'],
    ['some', {}, [...failed(3), ...waits], {}, '3 of 10 errors used'],
    [
      'what the next few do',
      {},
      [...failed(8), ...waits],
      {},
      '8 of 10 errors used · 3 more errors stop the rollout',
    ],
    [
      'what the next two do',
      {},
      [...failed(9), ...waits],
      {},
      '9 of 10 errors used · 2 more errors stop the rollout',
    ],
    [
      'what the next one does',
      {},
      [...failed(10), ...waits],
      {},
      '10 of 10 errors used · 1 more error stops the rollout',
    ],
    ['nothing of that before the first', { maxErrors: '2' }, waits, {}, '0 of 2 errors used'],
    [
      'but where the first is one too many',
      { maxErrors: '0' },
      waits,
      {},
      '0 errors allowed: the first one stops the rollout',
    ],
    ['nothing to stop is left', {}, [...failed(10), ...running], {}, '10 of 10 errors used'],
    ['and none is allowed', { maxErrors: '0' }, running, {}, '0 errors allowed'],
    ['somebody cancels', { status: 'Cancelling' }, [...failed(10), ...waits], {}, '10 of 10 errors used'],
    ['the command has ended', { status: 'Failed' }, [...failed(10), ...waits], {}, '10 of 10 errors used'],
    ['it is over', {}, [...failed(10), ...waits], over, '10 of 10 errors used'],
    [
      'targets that are not listed',
      { targetCount: 60 },
      failed(10),
      {},
      '10 of 10 errors used · 1 more error stops the rollout',
    ],
    ['a share', { maxErrors: '10%', targetCount: 60 }, failed(3), {}, '3 of 6 errors used (10%)'],
    [
      'a share that is none',
      { maxErrors: '1%', targetCount: 60 },
      waits,
      {},
      '0 errors allowed (1%): the first one stops the rollout',
    ],
    [
      'a share of what is not known',
      { maxErrors: '10%', targetCount: 0 },
      failed(2),
      {},
      '2 errors, 10% allowed',
    ],
    ['one error of a share', { maxErrors: '10%', targetCount: 0 }, failed(1), {}, '1 error, 10% allowed'],
    [
      'too many',
      {},
      [...failed(11), ...running, ...terminated],
      {},
      '11 errors: the rollout was stopped, 40 still running, 12 terminated',
    ],
    [
      'too many, and nothing is terminated yet',
      {},
      [...failed(11), ...waits],
      {},
      '11 errors: the rollout was stopped',
    ],
    [
      'one too many of none',
      { maxErrors: '0' },
      [...failed(1), ...terminated],
      {},
      '1 error: the rollout was stopped, 12 terminated',
    ],
    [
      'too many, at the end',
      {},
      [...failed(11), ...terminated],
      over,
      '11 errors: the rollout was stopped, 12 terminated',
    ],
    ['too many, when all had been sent', {}, [...failed(11), ...running], {}, '11 errors, 10 allowed'],
    [
      'an alarm',
      alarm,
      [...failed(3), ...terminated],
      {},
      '3 of 10 errors used · stopped by the alarm acme-5xx, 12 terminated',
    ],
    [
      'an alarm, nothing terminated yet',
      alarm,
      [...failed(10), ...waits],
      {},
      '10 of 10 errors used · stopped by the alarm acme-5xx',
    ],
    [
      'an alarm, and a share',
      { ...alarm, maxErrors: '5%', targetCount: 0 },
      failed(3),
      {},
      '3 errors, 5% allowed · stopped by the alarm acme-5xx',
    ],
    [
      'an alarm, and more errors than allowed',
      alarm,
      [...failed(11), ...terminated],
      {},
      '11 errors: the rollout was stopped, 12 terminated',
    ],
    ['an alarm, one instance watched', alarm, terminated, { errors: null }, 'stopped by the alarm acme-5xx'],
  ])('errors: %s', (_, change, rows, more, errors) =>
    expect(text(change, rows, more)).toBe(`50 at a time  ${errors}`),
  );

  it.each<[string, Partial<Command>, string]>([
    ['of concurrency alone', { maxErrors: null }, '50 at a time'],
    ['of errors alone', { maxConcurrency: null }, '3 of 10 errors used'],
    ['of nothing', { maxConcurrency: null, maxErrors: null }, ''],
    ['of shares', { maxConcurrency: '10%' }, '10% at a time  3 of 10 errors used'],
  ])('says what is known: %s', (_, change, all) => expect(text(change, [...failed(3), ...waits])).toBe(all));

  it('says nothing of a command that is not known, nor of all errors where one instance is watched', () => {
    expect(controlsText(snapshot(), 200)).toEqual([]);
    expect(text({}, failed(3), { errors: null })).toBe('50 at a time');
  });
});

describe('where there is less room', () => {
  it.each<[number, string]>([
    [35, '50 at a time  3 of 10 errors used'],
    [34, '50 at a time  3/10 errors'],
    [27, '50 at a time  3/10 errors'],
    [26, '3 of 10 errors used'],
    [20, '3/10 errors'],
    [13, '3/10 errors'],
    [12, ''],
  ])('in %i cells nothing is urgent: %s', (room, shown) =>
    expect(text({}, [...failed(3), ...waits], {}, room)).toBe(shown),
  );

  it.each<[number, string]>([
    [69, '50 at a time  10 of 10 errors used · 1 more error stops the rollout'],
    [68, '10 of 10 errors used · 1 more error stops the rollout'],
    [54, '50 at a time  10 of 10 errors used · 1 more stops it'],
    [41, '10 of 10 errors used · 1 more stops it'],
    [38, '10/10 errors · 1 more stops it'],
    [25, '1 more error stops it'],
    [23, '1 more error stops it'],
    [22, ''],
  ])('in %i cells what happens next comes first: %s', (room, shown) =>
    expect(text({}, [...failed(10), ...waits], {}, room)).toBe(shown),
  );

  it.each<[number, string]>([
    [70, '11 errors: the rollout was stopped, 40 still running, 12 terminated'],
    [50, '11 errors: stopped, 40 running, 12 terminated'],
    [40, '50 at a time  11 errors: stopped'],
    [20, '11 errors: stopped'],
  ])('in %i cells a stop is told: %s', (room, shown) =>
    expect(text({}, [...failed(11), ...running, ...terminated], {}, room)).toBe(shown),
  );

  it('fits, or is not there', () => {
    const status = fc.constantFrom(
      ...failed(1),
      ...waits.slice(1),
      ...running.slice(1),
      ...terminated.slice(1),
    );
    return fc.assert(
      fc.property(
        fc.array(status, { maxLength: 40 }),
        fc.constantFrom('0', '3', '10', '10%', null),
        fc.nat(60),
        fc.nat(90),
        (rows, maxErrors, targetCount, room) => {
          const width = (cells: number) => {
            const shown = text({ maxErrors, targetCount }, rows, {}, cells);
            return shown === '' ? 0 : 2 + stringWidth(shown);
          };
          expect(width(room)).toBeLessThanOrEqual(room);
        },
      ),
    );
  });
});
