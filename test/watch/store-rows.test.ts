import { describe, expect, it } from 'vitest';
import type { Invocation } from '../../src/domain/invocation.ts';
import { RolloutStore } from '../../src/watch/store.ts';
import { invocation, plugin } from '../helpers/fixtures.ts';
import { failed, openStore, pending, running } from './open-store.ts';

describe('rows', () => {
  it('are told when they come and when they change, with what they were', () => {
    const { store, events } = openStore();
    store.pageRead([pending]);
    store.pageRead([pending]);
    store.pageRead([failed]);
    expect(events).toEqual([
      { type: 'invocation', invocation: pending, previous: null },
      { type: 'invocation', invocation: failed, previous: pending },
    ]);
  });

  it('that repeat in a page or a sweep are one', () => {
    const { store, events } = openStore();
    store.pageRead([running, running]);
    store.pageRead([running]);
    expect(store.getSnapshot().rows).toEqual([running]);
    expect(events).toHaveLength(1);
  });

  it('keep the order in which they were first listed', () => {
    const { store } = openStore();
    const other = invocation({ instanceId: 'i-00000002', status: 'Pending' });
    store.pageRead([other, running]);
    store.pageRead([failed]);
    store.pageRead([{ ...other, status: 'Success', statusDetails: 'Success' }]);
    expect(store.getSnapshot().rows.map(({ instanceId }) => instanceId)).toEqual([
      'i-00000002',
      running.instanceId,
    ]);
  });

  it('know when they were seen to begin to run', () => {
    const { store, time } = openStore();
    store.pageRead([pending]);
    time.now = 9_000;
    store.pageRead([running]);
    expect(store.getSnapshot().rows).toEqual([{ ...running, runningSince: 1_009_000 }]);
  });

  it('do not fall back from their end', () => {
    const { store, events } = openStore();
    store.pageRead([failed]);
    store.pageRead([running]);
    expect(store.getSnapshot().rows).toEqual([failed]);
    expect(events).toHaveLength(1);
  });

  it.each<[string, Partial<Invocation>]>([
    ['the output', { plugins: [plugin({ output: 'ab' })] }],
    ['other fields', { otherFields: [{ name: 'TraceOutput', value: 'x' }] }],
  ])('of which only %s changed are kept anew, and not told', (_, change) => {
    const { store, events } = openStore();
    const before = invocation({ status: 'InProgress', plugins: [plugin({ output: 'a' })] });
    const after = { ...before, ...change };
    store.pageRead([before]);
    store.pageRead([after]);
    expect(store.getSnapshot().rows).toEqual([after]);
    expect(events).toHaveLength(1);
  });

  it('tell when they were read', () => {
    const { store, time } = openStore();
    expect(store.getSnapshot().readAt).toBeNull();
    store.pageRead([running]);
    expect(store.getSnapshot().readAt).toBe(1_000);
    time.now = 5_000;
    store.pageRead([running]);
    expect(store.getSnapshot().readAt).toBe(5_000);
  });

  it('that a sweep did not list are known', () => {
    const { store } = openStore();
    const other = invocation({ instanceId: 'i-00000002' });
    store.pageRead([running, other]);
    const beganAt = store.stamp();
    store.pageRead([running]);
    expect(store.rows.absentSince(beganAt)).toEqual([other]);
  });
});

it('takes an empty page for no confirmation of the rows', () => {
  const time = { now: 1_000 };
  const store = new RolloutStore({ monotonic: () => time.now, awsTime: () => time.now });
  store.pageRead([invocation()]);
  time.now = 60_000;
  store.pageRead([]);
  expect(store.getSnapshot().readAt).toBe(1_000);
});

describe('how far what is known reaches', () => {
  const reach = (store: RolloutStore) => {
    const { sweptAt, coveredAt } = store.getSnapshot();
    return { sweptAt, coveredAt };
  };

  it("is told after a round, by AWS's clock and by ours", () => {
    const { store, time } = openStore();
    store.pageRead([running]);
    expect(reach(store)).toEqual({ sweptAt: null, coveredAt: null });
    time.now = 5_000;
    store.roundEnded(2_000, 2_000);
    expect(reach(store)).toEqual({ sweptAt: 1_002_000, coveredAt: 2_000 });
  });

  it('is not beyond an end that is unread', () => {
    const { store, time } = openStore();
    store.pageRead([running]);
    time.now = 4_000;
    store.listingEnded(() => true, store.stamp());
    time.now = 9_000;
    store.roundEnded(8_000, 8_000);
    expect(store.getSnapshot().sweptAt).toBeCloseTo(1_004_000, 0);
  });

  it('is as it was while AWS does not list what it did', () => {
    const { store } = openStore();
    store.pageRead([running]);
    store.roundEnded(1_000, 1_000);
    store.problemMet('listing', { kind: 'response', message: 'gone', needsAction: false }, 2_000);
    store.roundEnded(3_000, 3_000);
    expect(store.getSnapshot().coveredAt).toBe(1_000);
  });
});
