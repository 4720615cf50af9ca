/**
 * An hour of watching while much goes wrong, in the suite; `npm run day` makes it a day of 24 hours, and prints what was
 * held after each.
 */
import { describe, expect, it } from 'vitest';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import type { Holdings } from './leaks.ts';
import { type DaySetup, type WatchedDay, watchDay } from './watched-day.ts';

// One quick retry of the SDK's, as far as its pauses, which are real time, allow.
isolateAwsEnvironment({ AWS_MAX_ATTEMPTS: '2' });

const minute = 60_000;
const isWholeDay = process.env.DAY_OF_WATCHING === '1';
const setup: DaySetup = isWholeDay
  ? { rows: 100, interval: 4 * minute, period: 60 * minute, periods: 24, seed: 1 }
  : { rows: 60, interval: minute, period: 15 * minute, periods: 4, seed: 1 };
/** What is under way at any moment holds no more than this. */
const most = { abortListeners: 10, dependentSignals: 10, timers: 20, resources: 20 };
/** By so much the heap may grow from the third before the last to the last: in an hour node still compiles. */
const mostGrowth = isWholeDay ? 1.05 : 1.3;

describe(isWholeDay ? 'a day of watching' : 'an hour of watching', () => {
  it('leaves nothing behind, and loses nothing', async () => {
    const day = await watchDay(setup);
    if (isWholeDay) tell(day);
    const { before, meanwhile, after } = day;
    expect(meanwhile).toHaveLength(setup.periods);
    for (const held of meanwhile) {
      for (const [what, bound] of Object.entries(most)) {
        expect(held[what as keyof typeof most], what).toBeLessThanOrEqual(bound);
      }
      expect(held.processListeners).toBe(meanwhile[0]?.processListeners);
    }
    expect(after).toMatchObject({ abortListeners: 0, dependentSignals: 0 });
    expect(after.resources).toBeLessThanOrEqual(before.resources);
    // One can be the test runner's.
    expect(after.timers).toBeLessThanOrEqual(before.timers + 1);
    expect(day.warnings).toEqual([]);

    const settled = meanwhile.slice(1);
    const third = Math.ceil(settled.length / 3);
    const growth = leastHeap(settled.slice(-third)) / leastHeap(settled.slice(-2 * third, -third));
    expect(growth).toBeLessThan(mostGrowth);

    // Much went wrong, and it is all well again.
    expect(day.faults).toBeGreaterThan(setup.periods);
    expect(day.faultKinds).toBeGreaterThan(isWholeDay ? 11 : 5);
    expect(day.problems).toBeGreaterThan(setup.periods / 2);
    expect(day).toMatchObject({ rows: setup.rows, standing: [] });
    expect(day.drawnBytes).toBeGreaterThan(day.keys);
  }, 600_000);
});

function leastHeap(held: readonly Holdings[]): number {
  return Math.min(...held.map(({ heapMiB }) => heapMiB));
}

function tell({ before, meanwhile, after, ...figures }: WatchedDay): void {
  const rounded = ({ heapMiB, ...counts }: Holdings) => ({
    heapMiB: Math.round(heapMiB * 10) / 10,
    ...counts,
  });
  const hours = meanwhile.map((held, hour) => [`hour ${hour + 1}`, rounded(held)] as const);
  console.table(Object.fromEntries([['before', rounded(before)], ...hours, ['after', rounded(after)]]));
  console.log(figures);
}
