import { expect, test } from 'vitest';
import { manualClock, realClock } from '../../../src/simulator/model/clock.ts';

test('a manual clock moves only when told, and never back', () => {
  const clock = manualClock(1000);
  clock.advance(3_600_000);
  expect(clock.now()).toBe(3_601_000);
  expect(() => clock.advance(-1)).toThrow(RangeError);
});

test('a real clock starts at the present and never goes back', () => {
  const before = Date.now();
  const clock = realClock(1000);
  const [first, second] = [clock.now(), clock.now()];
  expect(first).toBeGreaterThanOrEqual(before);
  expect(second).toBeGreaterThanOrEqual(first);
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('speed %d is refused', (speed) => {
  expect(() => realClock(speed)).toThrow(RangeError);
});
