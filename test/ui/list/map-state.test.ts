import { describe, expect, it } from 'vitest';
import { mapCells } from '../../../src/domain/fleet-map.ts';
import type { SortOrder } from '../../../src/domain/rows.ts';
import type { Action } from '../../../src/ui/keys/actions.ts';
import { cellIndex, mapLayout, orderText, pointedRow, shownOrder } from '../../../src/ui/list/map-state.ts';
import { initialState, type ScreenState } from '../../../src/ui/state.ts';
import { invocation } from '../../helpers/fixtures.ts';
import { afterActions, drawn } from '../../helpers/ui-fixtures.ts';

const ok = invocation();
const failed = invocation({ status: 'Failed' });
/** Eleven rows a…k, four cells a line: `abcd`, `efgh`, `ijk`. */
const letters = [...'abcdefghijk'];
const single = drawn({
  rowKeys: letters,
  map: {
    cells: mapCells(
      letters.map(() => ok),
      12,
    ),
    cellsPerLine: 4,
    lineCount: 3,
  },
});
/** Three rows a cell: abc, def, ghi, jk; of which b, f and g have failed. */
const several = drawn({
  rowKeys: letters,
  map: {
    cells: mapCells(
      letters.map((letter) => ('bfg'.includes(letter) ? failed : ok)),
      4,
    ),
    cellsPerLine: 2,
    lineCount: 2,
  },
});
const inMap = (selectedKey: string | null = null, change: Partial<ScreenState> = {}): ScreenState => ({
  ...initialState(),
  mode: { kind: 'map' },
  selectedKey,
  selectedIndex: Math.max(0, letters.indexOf(selectedKey ?? '')),
  ...change,
});

describe('moving in the map', () => {
  it.each<[Action, string, string]>([
    ['cellRight', 'a', 'b'],
    ['cellRight', 'd', 'e'],
    ['cellRight', 'k', 'k'],
    ['cellLeft', 'e', 'd'],
    ['cellLeft', 'a', 'a'],
    ['lineDown', 'b', 'f'],
    ['lineDown', 'h', 'k'],
    ['lineDown', 'j', 'j'],
    ['lineUp', 'j', 'f'],
    ['lineUp', 'c', 'c'],
    ['pageDown', 'b', 'j'],
    ['pageDown', 'd', 'k'],
    ['pageUp', 'j', 'b'],
    ['halfPageDown', 'b', 'j'],
    ['halfPageUp', 'k', 'c'],
    ['top', 'j', 'a'],
    ['bottom', 'a', 'k'],
  ])('%s from %s goes to %s', (action, from, to) =>
    expect(afterActions([action], { state: inMap(from), drawn: single })).toEqual(inMap(to)),
  );

  it.each<[Action[], string]>([
    [['cellRight'], 'f'],
    [['lineDown'], 'g'],
    [['bottom'], 'j'],
    [['bottom', 'top'], 'b'],
    [['lineDown', 'cellLeft'], 'f'],
  ])('%j goes to the worst row of a cell of several: %s', (actions, row) =>
    expect(afterActions(actions, { state: inMap(), drawn: several }).selectedKey).toBe(row),
  );

  it('goes nowhere where there are no cells', () => {
    const none = drawn({ rowKeys: [], map: { cells: [], cellsPerLine: 4, lineCount: 3 } });
    for (const action of ['cellLeft', 'lineDown', 'bottom', 'pageUp', 'open'] as const) {
      expect(afterActions([action], { state: inMap(), drawn: none })).toEqual(inMap());
    }
    expect(cellIndex(inMap(), none)).toBe(-1);
    expect(pointedRow(inMap(), none)).toBe(-1);
  });

  it('moves the cursor of the list', () => {
    const moved = afterActions(['nextOverview', 'nextOverview', 'lineDown', 'cellRight', 'nextOverview'], {
      drawn: single,
    });
    expect(moved).toMatchObject({ mode: { kind: 'list' }, selectedKey: 'f' });
  });
});

describe('the cell under the cursor', () => {
  it('is the one with the row of the list', () => {
    expect(cellIndex(inMap('e'), single)).toBe(4);
    expect(cellIndex(inMap('e'), several)).toBe(1);
    expect(cellIndex(inMap(), several)).toBe(0);
  });

  it('stands for its worst row; the list, for the row itself', () => {
    expect(letters[pointedRow(inMap('e'), several)]).toBe('f');
    expect(letters[pointedRow({ ...inMap('e'), mode: { kind: 'list' } }, several)]).toBe('e');
  });
});

describe('opening a cell', () => {
  it('opens its worst row, and comes back to the map with the cursor there', () => {
    const state = afterActions(['open'], { state: inMap('e'), drawn: several });
    expect(state).toMatchObject({
      mode: { kind: 'detail', invocationKey: 'f', from: 'map' },
      selectedKey: 'f',
    });
    expect(afterActions(['back'], { state }).mode).toEqual({ kind: 'map' });
    expect(afterActions(['help', 'back', 'back'], { state }).mode).toEqual({ kind: 'map' });
  });

  it('from the list comes back to the list', () => {
    const state = afterActions(['open'], { drawn: several });
    expect(state.mode).toMatchObject({ kind: 'detail', from: 'list' });
    expect(afterActions(['back'], { state }).mode).toEqual({ kind: 'list' });
  });
});

describe('the order of the map', () => {
  const worst: SortOrder = { column: 'status', inverted: false };
  const byName: SortOrder = { column: 'name', inverted: false };
  const listOrder = { mapOrder: 'list' } as const;

  it.each<[string, ScreenState, SortOrder | null, string]>([
    ['the worst first', inMap(null, { order: byName }), worst, 'worst first'],
    ['that of the list', inMap(null, { ...listOrder, order: byName }), byName, 'by name'],
    [
      'that of the list, inverted',
      inMap(null, { ...listOrder, order: { ...byName, inverted: true } }),
      { ...byName, inverted: true },
      'by name, inverted',
    ],
    ['no order where the list has the worst first, too', inMap(null, listOrder), null, 'as AWS lists them'],
    [
      'that of the list with the worst last',
      inMap(null, { ...listOrder, order: { ...worst, inverted: true } }),
      { ...worst, inverted: true },
      'by status, inverted',
    ],
  ])('is %s', (_, state, order, text) => {
    expect(shownOrder(state)).toEqual(order);
    expect(orderText(state)).toBe(text);
  });

  it('holds for what is above the map, and for nothing else', () => {
    const state = inMap('a', { order: byName });
    expect(shownOrder(afterActions(['help'], { state }))).toEqual(worst);
    expect(shownOrder(afterActions(['open', 'help'], { state, drawn: single }))).toEqual(worst);
    expect(shownOrder(afterActions(['nextOverview'], { state }))).toEqual(byName);
    expect(shownOrder(afterActions(['nextOverview', 'open'], { state, drawn: single }))).toEqual(byName);
  });

  it('changes with >, and back, and leaves that of the list alone', () => {
    const once = afterActions(['mapOrder'], { state: inMap('c') });
    expect(once).toEqual(inMap('c', listOrder));
    expect(afterActions(['mapOrder'], { state: once })).toEqual(inMap('c'));
  });
});

describe('the layout', () => {
  it.each([
    [80, 20, 78, 17],
    [200, 56, 198, 53],
    [3, 4, 1, 1],
    [1, 1, 1, 1],
    [1, 0, 1, 1],
  ])(
    'on %i columns and %i lines has %i cells a line on %i lines',
    (columns, body, cellsPerLine, lineCount) => {
      const rows = [ok, failed];
      expect(mapLayout(rows, columns, body)).toMatchObject({ cellsPerLine, lineCount });
    },
  );

  it('has no more cells than there is room for, whatever the screen', () => {
    const rows = Array.from({ length: 1_000 }, () => ok);
    for (const [columns, body] of [
      [80, 20],
      [20, 5],
      [1, 1],
    ] as const) {
      const { cells, cellsPerLine, lineCount } = mapLayout(rows, columns, body);
      expect(cells.length).toBeLessThanOrEqual(cellsPerLine * lineCount);
      expect(cells.reduce((sum, { count }) => sum + count, 0)).toBe(1_000);
    }
  });

  it('is another one on another screen of the same rows', () => {
    const rows = [ok, failed];
    expect(mapLayout(rows, 80, 20)).toBe(mapLayout(rows, 80, 20));
    expect(mapLayout(rows, 1, 1).cells).toHaveLength(1);
    expect(mapLayout(rows, 80, 1).cells).toHaveLength(2);
  });
});
