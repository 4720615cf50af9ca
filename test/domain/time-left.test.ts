import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeLeft } from '../../src/domain/time-left.ts';
import { invocation, plugin, requestedAt } from '../helpers/fixtures.ts';

/** Rows that ended so many milliseconds after the request. */
const ended = (...after: readonly number[]) =>
  after.map((ms, index) =>
    invocation({ instanceId: `i-${index}`, plugins: [plugin({ finishedAt: requestedAt + ms })] }),
  );
const running = invocation({ status: 'InProgress' });
const second = 1_000;

describe('timeLeft', () => {
  it.each([
    ['at the rate so far', ended(1, 2, 3, 4, 5), 10, 5 * second, 5 * second],
    ['with what runs among the rest', [...ended(1, 2, 3, 4, 5), running], 15, 5 * second, 10 * second],
    [
      'at the rate of the last minute',
      ended(1, 2, ...[61, 62, 63, 64, 65].map((s) => s * second)),
      12,
      70 * second,
      60 * second,
    ],
    ['not known from few', ended(1, 2, 3, 4), 10, 5 * second, null],
    ['not known from what is long ago', ended(1, 2, 3, 4, 5, 6), 10, 600 * second, null],
    ['nothing when all have ended', ended(1, 2, 3, 4, 5), 5, 5 * second, null],
    ['nothing when more are listed than were targeted', ended(1, 2, 3, 4, 5, 6), 5, 5 * second, null],
    ['not known before the request, by a clock that is off', ended(1, 2, 3, 4, 5), 10, -second, null],
  ])('is %s', (_, rows, targets, after, left) => {
    expect(timeLeft(rows, targets, requestedAt, requestedAt + after)).toBe(left);
  });

  it('is never negative, nor endless', () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 200_000 })),
        fc.nat(500),
        fc.integer(),
        (after, targets, now) => {
          const left = timeLeft(ended(...after), targets, requestedAt, requestedAt + now);
          expect(left === null || (left > 0 && Number.isFinite(left))).toBe(true);
        },
      ),
    ));
});
