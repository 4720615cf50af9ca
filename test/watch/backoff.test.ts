import { expect, it } from 'vitest';
import { backoff } from '../../src/watch/backoff.ts';

it.each([
  [1, 0, 1_000],
  [1, 1, 2_000],
  [2, 0, 2_000],
  [2, 1, 4_000],
  [3, 0.5, 6_000],
  [4, 0, 8_000],
  [5, 0, 15_000],
  [5, 1, 30_000],
  [6, 1, 30_000],
  [1_000_000, 0, 15_000],
  [1_000_000, 1, 30_000],
])('after %i failures in a row, with chance %d: %i ms', (failures, random, expected) => {
  expect(backoff(failures, random)).toBe(expected);
});
