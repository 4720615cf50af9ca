import { describe, expect, it } from 'vitest';
import type { Invocation } from '../../src/domain/invocation.ts';
import { KeptOutputs } from '../../src/watch/kept-outputs.ts';
import { KnownRows, type PageTimes } from '../../src/watch/known-rows.ts';
import { invocation, plugin } from '../helpers/fixtures.ts';
import { tallyOf } from '../helpers/tally.ts';

const time = Date.UTC(2026, 8, 27);
/** Of a page that was read then. */
const at = (readAt: number): PageTimes => ({ readAt, awsTime: time, beganAt: null });
const pending = invocation({ status: 'Pending' });
const running = invocation({ status: 'InProgress', plugins: [plugin({ status: 'InProgress' })] });
const failed = invocation({ status: 'Failed', plugins: [plugin({ status: 'Failed', responseCode: 1 })] });
const bare = (row: Invocation): Invocation => ({ ...row, plugins: [] });
const isRunning = ({ status }: Invocation) => status === 'InProgress';

function open(...rows: Invocation[]): KnownRows {
  const known = new KnownRows(new KeptOutputs());
  for (const row of rows) known.read(row, at(1));
  return known;
}

describe('a row that was listed without its plugins', () => {
  it('is confirmed where it is as it was', () => {
    const known = open(failed);
    expect(known.glimpse(bare(failed), at(5))).toBeNull();
    expect(known.list).toEqual([failed]);
    expect(known.absentSince(5)).toEqual([]);
  });

  it('has an end that is unread where that was not known, and is told with its plugins', () => {
    const known = open(running);
    expect(known.glimpse(bare(failed), at(5))).toBeNull();
    expect(known.list).toEqual([{ ...running, endUnread: true }]);
    expect(known.unreadEnds).toMatchObject([{ row: { instanceId: running.instanceId }, since: 5 }]);
    expect(known.read(failed, at(6))).toMatchObject({
      invocation: failed,
      previous: { status: 'InProgress' },
    });
    expect(known.unreadEnds).toEqual([]);
  });

  it('keeps the plugins that are known while it goes on', () => {
    const known = open(running);
    known.glimpse({ ...bare(running), statusDetails: 'Cancelling', status: 'Cancelling' }, at(5));
    expect(known.list).toEqual([{ ...running, status: 'Cancelling', statusDetails: 'Cancelling' }]);
  });

  it('is told as it comes where it has not ended', () => {
    const known = open();
    expect(known.glimpse(pending, at(5))).toEqual({
      type: 'invocation',
      invocation: pending,
      previous: null,
    });
  });

  it('is told only with its plugins where it came as ended', () => {
    const known = open();
    expect(known.glimpse(bare(failed), at(5))).toBeNull();
    expect(known.list).toMatchObject([{ status: 'Failed', endUnread: true }]);
    expect(known.read(failed, at(6))).toEqual({ type: 'invocation', invocation: failed, previous: null });
  });

  it('does not fall back from an end', () => {
    const known = open(failed);
    known.glimpse(bare(running), at(5));
    expect(known.list).toEqual([failed]);
  });
});

describe('rows that left a list', () => {
  it('have an end that is unread, and are told of once', () => {
    const known = open(running);
    expect(known.left(isRunning, 5, 6)).toBe(1);
    expect(known.left(isRunning, 7, 8)).toBe(0);
    expect(known.list).toEqual([{ ...running, endUnread: true }]);
    expect(known.unreadEnds).toMatchObject([{ since: 6 }]);
  });

  it('are not those that another list had meanwhile, or that belong into another', () => {
    const known = open(running, { ...pending, instanceId: 'i-00000002' });
    known.read(running, at(5));
    expect(known.left(isRunning, 5, 6)).toBe(0);
  });

  it('are false ends in a row until one is true', () => {
    const known = open(running);
    for (const stamp of [5, 15]) {
      known.left(isRunning, stamp, stamp + 1);
      known.read(running, at(stamp + 2));
    }
    expect(known.falseEnds).toBe(2);
    known.left(isRunning, 25, 26);
    known.read(failed, at(27));
    expect(known.falseEnds).toBe(0);
  });

  it('go on where they are found to', () => {
    const known = open(running);
    known.left(isRunning, 5, 6);
    expect(known.read(running, at(7))).toBeNull();
    expect(known.list).toEqual([running]);
    expect(known.unreadEnds).toEqual([]);
  });
});

describe('what is counted', () => {
  it('is always what the rows are', () => {
    const known = open(pending, { ...running, instanceId: 'i-2' }, { ...failed, instanceId: 'i-3' });
    known.read(failed, at(2));
    known.left(isRunning, 5, 6);
    const byText = (counts: readonly object[]) => counts.map((count) => JSON.stringify(count)).sort();
    expect(byText(known.counts)).toEqual(byText(tallyOf(known.list)));
  });

  it('is who came or ended without having been listed as under way', () => {
    const known = open(pending);
    const { movedUnseen } = known;
    known.read(running, at(2));
    known.read(failed, at(3));
    expect(known.movedUnseen).toBe(movedUnseen);
    const waiting = open(pending);
    const before = waiting.movedUnseen;
    waiting.glimpse(bare(failed), at(2));
    waiting.read(failed, at(3));
    waiting.read({ ...pending, instanceId: 'i-2' }, at(3));
    expect(waiting.movedUnseen).toBe(before + 2);
  });
});
