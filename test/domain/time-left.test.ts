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
const fast = Array.from({ length: 40 }, (_, index) => index * 250 + 1);

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
    // Four a second for 10 s, and then nothing: 15 s are waited for.
    ['what it was, as long as nothing is missed', ended(...fast), 60, 20 * second, 10 * second],
    ['not known when nothing has ended for long', ended(...fast), 60, 25 * second, null],
    [
      'patient where ends are far apart',
      ended(...[31, 32, 33, 34, 35].map((s) => s * second)),
      6,
      90 * second,
      12 * second,
    ],
    ['nothing when all have ended', ended(1, 2, 3, 4, 5), 5, 5 * second, null],
    ['nothing when more are listed than were targeted', ended(1, 2, 3, 4, 5, 6), 5, 5 * second, null],
    ['not known before the request, by a clock that is off', ended(1, 2, 3, 4, 5), 10, -second, null],
  ])('is %s', (_, rows, targets, after, left) => {
    expect(timeLeft(rows, targets, requestedAt, requestedAt + after)).toBe(left);
  });

  it('is reckoned from the time of which all ends are known', () => {
    // One a second; of the last 20 s a long sweep has shown only two.
    const rows = ended(...Array.from({ length: 40 }, (_, index) => index * 1_000 + 500), 50_000, 59_000);
    const left = (seenUntil?: number) =>
      timeLeft(
        rows,
        62,
        requestedAt,
        requestedAt + 60_000,
        seenUntil === undefined ? seenUntil : requestedAt + seenUntil,
      );
    expect(left(40_000)).toBe(20_000);
    expect(left()).toBeGreaterThan(28_000);
    expect(left(4_000)).toBeNull();
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
