import * as fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { countCompletions, lastCompletion, sparkline } from '../../src/domain/completions.ts';
import { invocation, plugin, requestedAt } from '../helpers/fixtures.ts';

const second = 1_000;
const hour = 3_600_000;
/** Rows whose last plugin finished so many milliseconds after the request. */
const finished = (...after: readonly number[]) =>
  after.map((ms, index) =>
    invocation({
      instanceId: `i-${index}`,
      plugins: [plugin({ finishedAt: requestedAt }), plugin({ finishedAt: requestedAt + ms })],
    }),
  );
const count = (after: readonly number[], until: number, cells = 12) =>
  countCompletions(finished(...after), requestedAt, requestedAt + until, cells);

describe('completions over time', () => {
  it.each<[string, number[], number, number, number[]]>([
    ['none yet', [], 0, 1, [0]],
    ['seconds', [0, 500, 999, 1_000, 3_500], 4 * second, 1, [3, 1, 0, 1, 0]],
    [
      'seconds, as many as there is room for',
      [11_999],
      12 * second - 1,
      1,
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    ],
    ['pairs of seconds beyond that', [11_999], 12 * second, 2, [0, 0, 0, 0, 0, 1, 0]],
    ['what a clock that is off puts before the start', [-5_000, 2_000], 2 * second, 1, [1, 0, 1]],
    ['not what came later', [1_000, 2_001, 99_000], 2 * second, 1, [0, 1, 0]],
    ['nothing, by a clock that is off itself', [1], -5_000, 1, [0]],
  ])('%s', (_, after, until, span, counts) =>
    expect(count(after, until)).toEqual({ span: span * second, counts }),
  );

  it.each([
    [59 * second, 5],
    [60 * second, 10],
    [10 * 60 * second, 60],
    [hour, 600],
    [12 * hour, 7_200],
    [10 * 24 * hour, 86_400],
    [30 * 24 * hour, 3 * 86_400],
  ])('after %i ms are counted for each %i s', (until, seconds) =>
    expect(count([], until).span).toBe(seconds * second),
  );

  it('leaves out what has no time', () => {
    const rows = [
      invocation(),
      invocation({ status: 'Failed', statusDetails: 'Terminated' }),
      ...finished(1),
    ];
    expect(countCompletions(rows, requestedAt, requestedAt, 12).counts).toEqual([0]);
    expect(countCompletions(rows, requestedAt, requestedAt + 1, 12).counts).toEqual([1]);
    expect(lastCompletion(rows)).toBe(requestedAt + 1);
    expect(lastCompletion([invocation()])).toBeNull();
  });

  it('counts each completion once, in no more spans than there is room for', () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1_000, max: 4e9 })),
        fc.integer({ min: -1_000, max: 4e9 }),
        fc.integer({ min: 1, max: 24 }),
        (after, until, cells) => {
          const { counts, span } = count(after, until, cells);
          expect(counts.length).toBeGreaterThan(0);
          expect(counts.length).toBeLessThanOrEqual(cells);
          expect(counts.length * span).toBeGreaterThan(until);
          expect(counts.reduce((sum, each) => sum + each, 0)).toBe(after.filter((ms) => ms <= until).length);
          expect(stringWidth(sparkline(counts))).toBe(counts.length);
        },
      ),
    ));

  it('keeps what is past as it is while time goes on within a span length', () =>
    fc.assert(
      fc.property(fc.array(fc.nat(50_000)), fc.nat(50_000), fc.nat(50_000), (after, some, more) => {
        const until = some + more;
        const past = after.filter((ms) => ms <= some);
        const before = count(past, some);
        const later = count(past, until);
        if (before.span !== later.span) return;
        expect(later.counts.slice(0, before.counts.length)).toEqual(before.counts);
      }),
    ));
});

describe('the plot', () => {
  it.each<[number[], string]>([
    [[], ''],
    [[0], '▁'],
    [[0, 0], '▁▁'],
    [[0, 1, 2, 3, 4, 5, 6, 7], '▁▂▃▄▅▆▇█'],
    [[1], '█'],
    // What is not nothing is never drawn as nothing.
    [[1, 10_000, 0], '▂█▁'],
  ])('of %j is %s', (counts, plot) => expect(sparkline(counts)).toBe(plot));
});
