import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowedErrors, type ErrorBudget, errorBudget, isExceeded } from '../../src/domain/error-budget.ts';
import type { Invocation } from '../../src/domain/invocation.ts';
import { invocation } from '../helpers/fixtures.ts';
import { tallyOf } from '../helpers/tally.ts';

const row = (status: string, statusDetails = status) => invocation({ status, statusDetails });
const rows = [
  row('Failed'),
  row('TimedOut', 'ExecutionTimedOut'),
  row('Success'),
  row('TimedOut', 'DeliveryTimedOut'),
  row('Failed', 'Undeliverable'),
  row('Failed', 'Terminated'),
  row('Failed', 'Terminated'),
  row('Failed', 'Terminated'),
  row('Cancelled'),
  row('InProgress'),
  row('InProgress', 'Failed'),
  row('Cancelling'),
  row('Rebooting'),
  row('Pending'),
  row('Pending', 'Delayed'),
  row('Delayed'),
];

describe('the errors that MaxErrors allows', () => {
  it.each<[string, number | null, number | null]>([
    ['0', 40, 0],
    ['10', 40, 10],
    ['10', null, 10],
    ['10', 0, 10],
    ['10%', 60, 6],
    ['10%', 69, 6],
    ['10%', 9, 0],
    ['0%', 9, 0],
    ['100%', 9, 9],
    ['10%', null, null],
    // What AWS says of a tag fan-out before it knows.
    ['10%', 0, null],
    ['', 10, null],
    ['ten', 10, null],
    ['-1', 10, null],
    ['10 %', 10, null],
    ['99999999', 10, null],
  ])('%j of %s are %s', (maxErrors, targetCount, allowed) =>
    expect(allowedErrors(maxErrors, targetCount)).toBe(allowed),
  );

  it('are never more than the share of the targets, and less than one fewer', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 1e6 }), (percent, targets) => {
        const allowed = allowedErrors(`${percent}%`, targets) ?? Number.NaN;
        expect(allowed).toBeLessThanOrEqual((percent * targets) / 100);
        expect(allowed).toBeGreaterThan((percent * targets) / 100 - 1);
      }),
    ));
});

describe('the budget of errors', () => {
  it('counts what failed or was killed at its timeout, and what could still be stopped', () =>
    expect(errorBudget({ maxErrors: '1', targetCount: 20 }, tallyOf(rows))).toEqual({
      errors: 2,
      maxErrors: '1',
      allowed: 1,
      running: 1,
      // Three that wait, and four that are not listed yet.
      unsent: 7,
      terminated: 3,
    } satisfies ErrorBudget));

  it.each([null, 0, 3])('has no unlisted targets where TargetCount is %s', (targetCount) =>
    expect(errorBudget({ maxErrors: '1', targetCount }, tallyOf(rows))?.unsent).toBe(3),
  );

  it.each([null, ''])('is not known where MaxErrors is %j', (maxErrors) =>
    expect(errorBudget({ maxErrors, targetCount: 20 }, tallyOf(rows))).toBeNull(),
  );

  it.each<[number | null, boolean]>([
    [null, false],
    [3, false],
    [2, false],
    [1, true],
    [0, true],
  ])('with two errors and %s allowed is exceeded: %s', (allowed, exceeded) => {
    const budget = errorBudget({ maxErrors: '1', targetCount: 20 }, tallyOf(rows));
    expect(budget && isExceeded({ ...budget, allowed })).toBe(exceeded);
  });

  it('is the same whatever the order of the rows, and counts none twice', () => {
    const anyRows = fc
      .array(fc.constantFrom(...rows))
      .chain((some) =>
        fc.tuple(
          fc.constant<readonly Invocation[]>(some),
          fc.shuffledSubarray(some, { minLength: some.length, maxLength: some.length }),
        ),
      );
    return fc.assert(
      fc.property(anyRows, fc.nat(100), ([some, shuffled], targetCount) => {
        const budget = errorBudget({ maxErrors: '10%', targetCount }, tallyOf(some));
        expect(errorBudget({ maxErrors: '10%', targetCount }, tallyOf(shuffled))).toEqual(budget);
        if (budget === null) return;
        const { errors, running, unsent, terminated } = budget;
        const all = Math.max(some.length, targetCount);
        expect(errors + running + unsent + terminated).toBeLessThanOrEqual(all);
      }),
    );
  });
});
