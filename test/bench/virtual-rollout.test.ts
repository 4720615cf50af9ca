import { expect, test } from 'vitest';
import { naiveCalls, watchRollout } from './virtual-rollout.ts';

test('a rollout is watched to its end, and its calls are the same each time', async () => {
  const setup = { nodes: 60, mostCalls: 1_000 };
  const run = await watchRollout(setup);
  // Two waves of a minute each.
  expect(run).toMatchObject({ ended: true });
  expect(run.duration).toBeGreaterThan(120_000);
  expect(run.duration).toBeLessThan(180_000);
  // More than one call an interval: nothing is left out of the count.
  expect(run.calls).toBeGreaterThan(run.duration / 5_000);
  expect(run.longestStale).toBeLessThanOrEqual(5_000);
  expect(await watchRollout(setup)).toEqual(run);
});

test('a watch that takes too many calls is left', async () => {
  expect(await watchRollout({ nodes: 60, mostCalls: 10 })).toMatchObject({ ended: false, calls: 10 });
});

test.each([
  { nodes: 10_000, minutes: 200, calls: 480_000 },
  { nodes: 150, minutes: 3, calls: 108 },
])('naive polling of $nodes nodes for $minutes minutes takes $calls calls', ({ nodes, minutes, calls }) => {
  expect(naiveCalls(nodes, minutes * 60_000)).toBe(calls);
});
