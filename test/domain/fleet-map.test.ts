import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { legendOf, mapCells } from '../../src/domain/fleet-map.ts';
import type { Invocation } from '../../src/domain/invocation.ts';
import { sortRows } from '../../src/domain/row-order.ts';
import { worstFirst } from '../../src/domain/rows.ts';
import { phaseOf, phases } from '../../src/domain/status.ts';
import { invocation } from '../helpers/fixtures.ts';

const ok = invocation();
const failed = invocation({ status: 'Failed' });
const late = invocation({ status: 'TimedOut', statusDetails: 'DeliveryTimedOut' });
const running = invocation({ status: 'InProgress' });
const delayed = invocation({ status: 'Pending', statusDetails: 'Delayed' });
const asleep = invocation({ status: 'Sleeping' });

/** Cells as `✗2`: glyph of the worst row and how many rows there are, with the place of the worst among them. */
const drawn = (rows: readonly Invocation[], room: number) =>
  mapCells(rows, room).map(({ glyph, count, worst, first }) => `${glyph}${count}@${worst - first}`);

describe('the cells of a map', () => {
  it.each<[string, Invocation[], number, string[]]>([
    ['one each where there is room', [ok, failed, running], 3, ['✓1@0', '✗1@0', '●1@0']],
    ['no more than rows', [ok, delayed], 100, ['✓1@0', '◷1@0']],
    ['of several, the worst', [ok, running, failed, ok], 2, ['●2@1', '✗2@0']],
    ['of several of one phase, the worst status', [late, failed, ok], 1, ['✗3@1']],
    ['of several as bad, the first', [ok, failed, failed], 1, ['✗3@1']],
    ['an unknown status is worse than running', [running, asleep], 1, ['?2@1']],
    ['the last can be of fewer', [ok, ok, ok, ok, failed], 2, ['✓3@0', '✗2@1']],
    ['fewer cells than room, none of them empty', [ok, ok, ok, ok, ok], 4, ['✓2@0', '✓2@0', '✓1@0']],
    ['all in one where there is no room', [ok, running], 0, ['●2@1']],
    ['none of no rows', [], 5, []],
  ])('are %s', (_, rows, room, cells) => expect(drawn(rows, room)).toEqual(cells));

  it('have phase and glyph of their worst row', () =>
    expect(mapCells([ok, delayed], 1)).toEqual([
      { first: 0, count: 2, worst: 1, phase: 'waiting', glyph: '◷' },
    ]));
});

const anyRows = fc.array(fc.constantFrom(ok, failed, late, running, delayed, asleep), { maxLength: 200 });
const anyRoom = fc.integer({ min: 1, max: 60 });

describe('any rows on any room', () => {
  it('are each in exactly one cell, in their order', () =>
    fc.assert(
      fc.property(anyRows, anyRoom, (rows, room) => {
        const cells = mapCells(rows, room);
        expect(cells.length).toBeLessThanOrEqual(room);
        let next = 0;
        for (const { first, count } of cells) {
          expect(first).toBe(next);
          expect(count).toBeGreaterThan(0);
          next += count;
        }
        expect(next).toBe(rows.length);
      }),
    ));

  it('are spread evenly, so that the cell of a row can be reckoned', () =>
    fc.assert(
      fc.property(anyRows, anyRoom, (rows, room) => {
        const counts = mapCells(rows, room).map(({ count }) => count);
        const [perCell = 0] = counts;
        expect(counts.slice(0, -1).every((count) => count === perCell)).toBe(true);
        expect(counts.at(-1) ?? 0).toBeLessThanOrEqual(perCell);
        // Not one row more than needed.
        expect((perCell - 1) * room).toBeLessThan(Math.max(1, rows.length));
      }),
    ));

  it('show the worst phase of each cell, of its first row that is so bad', () =>
    fc.assert(
      fc.property(anyRows, anyRoom, (rows, room) => {
        for (const { first, count, worst, phase } of mapCells(rows, room)) {
          const inCell = rows.slice(first, first + count);
          const badness = inCell.map((row) => phases.indexOf(phaseOf(row)));
          expect(phases.indexOf(phase)).toBe(Math.min(...badness));
          const [worstRow] = sortRows(inCell, worstFirst);
          expect(worst - first).toBe(
            inCell.findIndex((row) => row.statusDetails === worstRow?.statusDetails),
          );
        }
      }),
    ));
});

describe('the legend', () => {
  it('counts by phase and status, the worst first', () =>
    expect(
      legendOf([ok, running, late, ok, delayed, failed, late]).map(
        ({ glyph, count, statusDetails, phase }) => `${glyph} ${count} ${statusDetails} ${phase}`,
      ),
    ).toEqual([
      '✗ 1 Failed failed',
      '✗ 2 DeliveryTimedOut failed',
      '● 1 InProgress running',
      '◷ 1 Delayed waiting',
      '✓ 2 Success succeeded',
    ]));

  it('tells ends from what is not, where AWS calls them alike', () => {
    const ended = invocation({ status: 'Failed', statusDetails: 'Odd' });
    const open = invocation({ status: 'Odd', statusDetails: 'Odd' });
    expect(legendOf([open, ended]).map(({ phase, count }) => [phase, count])).toEqual([
      ['failed', 1],
      ['unknown', 1],
    ]);
  });

  it('counts every row once, in whatever order they come', () =>
    fc.assert(
      fc.property(anyRows, (rows) => {
        const legend = legendOf(rows);
        expect(legend.reduce((sum, { count }) => sum + count, 0)).toBe(rows.length);
        expect(legendOf(rows.toReversed())).toEqual(legend);
      }),
    ));
});
