import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everything } from '../../src/domain/rows.ts';
import { actionFor, keymap } from '../../src/ui/keys/keymap.ts';
import { cellIndex, pointedRow } from '../../src/ui/list/map-state.ts';
import { reduce } from '../../src/ui/reduce.ts';
import {
  cursorIndex,
  type Drawn,
  groupIndex,
  initialState,
  listTop,
  type MapLayout,
  outputTop,
  paneTop,
  type ScreenEvent,
  type ScreenState,
} from '../../src/ui/state.ts';
import { outputView } from '../helpers/ui-fixtures.ts';

/** Whatever could be drawn, no lines and no rows among it. */
const anyDrawn: fc.Arbitrary<Drawn> = fc
  .record({
    rowsPerCell: fc.integer({ min: 1, max: 3 }),
    cellsPerLine: fc.integer({ min: 1, max: 4 }),
    rowKeys: fc.shuffledSubarray([...'abcdef']),
    groupKeys: fc.shuffledSubarray([...'xyz']),
    listHeight: fc.nat(7),
    paneLineCount: fc.nat(9),
    paneHeight: fc.nat(7),
    pluginCount: fc.nat(3),
    shownPluginIndex: fc.nat(4),
  })
  .chain(({ rowsPerCell, cellsPerLine, ...sizes }) =>
    fc.subarray(Array.from({ length: sizes.paneLineCount }, (_, index) => index)).map((found) => ({
      ...sizes,
      output: outputView(sizes.paneLineCount, sizes.paneHeight, found),
      map: mapOf(sizes.rowKeys.length, rowsPerCell, cellsPerLine),
    })),
  );

/** A map of cells whose last row is the worst. */
function mapOf(rows: number, rowsPerCell: number, cellsPerLine: number): MapLayout {
  const cells = Array.from({ length: Math.ceil(rows / rowsPerCell) }, (_, index) => {
    const first = index * rowsPerCell;
    const count = Math.min(rowsPerCell, rows - first);
    return { first, count, worst: first + count - 1, phase: 'failed' as const, glyph: '✗' };
  });
  return { cells, cellsPerLine, lineCount: 2 };
}

const anyEvent: fc.Arbitrary<ScreenEvent> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant('action' as const),
      action: fc.constantFrom(...keymap.map(({ action }) => action), 'firstMatch' as const),
      drawn: anyDrawn,
    }),
  },
  fc.record({ type: fc.constant('edit' as const), text: fc.string({ maxLength: 3 }) }),
  fc.record({ type: fc.constant('notice' as const), notice: fc.option(fc.string({ maxLength: 3 })) }),
);

const anyState: fc.Arbitrary<ScreenState> = fc
  .array(anyEvent, { maxLength: 30 })
  .map((events) => events.reduce(reduce, initialState()));

const act = (state: ScreenState, action: Extract<ScreenEvent, { type: 'action' }>['action'], drawn: Drawn) =>
  reduce(state, { type: 'action', action, drawn });

/** Where lines of so many begin to be shown. */
function expectTop(top: number, length: number, height: number): void {
  expect(top).toBeGreaterThanOrEqual(0);
  expect(top).toBeLessThanOrEqual(Math.max(0, length - height));
}

describe('after any events, on any screen', () => {
  it('the cursor is on a row if there is one, and in sight if anything is', () =>
    fc.assert(
      fc.property(anyState, anyDrawn, (state, drawn) => {
        const cursor = cursorIndex(state, drawn.rowKeys);
        const top = listTop(state, drawn);
        expectTop(top, drawn.rowKeys.length, drawn.listHeight);
        if (drawn.rowKeys.length === 0) expect(cursor).toBe(-1);
        else expect(drawn.rowKeys[cursor]).toBeDefined();
        if (drawn.rowKeys.length === 0 || drawn.listHeight === 0) return;
        expect(cursor).toBeGreaterThanOrEqual(top);
        expect(cursor).toBeLessThan(top + drawn.listHeight);
      }),
      { numRuns: 500 },
    ));

  it('the cursor is on a group if there is one, and on its own if that is there', () =>
    fc.assert(
      fc.property(anyState, anyDrawn, (state, { groupKeys }) => {
        const index = groupIndex(state, groupKeys);
        if (groupKeys.length === 0) expect(index).toBe(-1);
        else expect(groupKeys[index]).toBeDefined();
        if (groupKeys.includes(state.selectedGroupKey ?? ''))
          expect(groupKeys[index]).toBe(state.selectedGroupKey);
      }),
    ));

  it('the cell under the cursor is the one with its row, if there is one, and keys are about a row of it', () =>
    fc.assert(
      fc.property(anyState, anyDrawn, (state, drawn) => {
        const cell = drawn.map.cells[cellIndex(state, drawn)];
        if (drawn.rowKeys.length === 0) {
          expect(cell).toBeUndefined();
          return;
        }
        const { first = -1, count = 0 } = cell ?? {};
        const rows = drawn.rowKeys.slice(first, first + count);
        expect(rows).toContain(drawn.rowKeys[cursorIndex(state, drawn.rowKeys)]);
        const pointed = pointedRow({ ...state, mode: { kind: 'map' } }, drawn);
        expect(rows).toContain(drawn.rowKeys[pointed]);
      }),
    ));

  it('Esc leads to the unlimited list from anywhere', () =>
    fc.assert(
      fc.property(anyState, anyDrawn, (state, drawn) => {
        const esc = (now: ScreenState) =>
          act(now, actionFor('esc', now.prompt ? 'prompt' : now.mode.kind) ?? 'accept', drawn);
        const end = Array.from({ length: 9 }).reduce<ScreenState>(esc, state);
        expect(end).toMatchObject({ mode: { kind: 'list' }, prompt: null, filter: everything });
        expect(esc(end)).toEqual(end);
      }),
      { numRuns: 500 },
    ));

  it('the panes show lines that they have', () =>
    fc.assert(
      fc.property(anyState, anyDrawn, (state, drawn) => {
        expectTop(paneTop(state, drawn), drawn.paneLineCount, drawn.paneHeight);
        const { length } = drawn.output.document;
        const top = drawn.output.firstLine(outputTop(state));
        if (drawn.output.height === 0) expect(top).toBeLessThanOrEqual(Math.max(0, length - 1));
        else expectTop(top, length, drawn.output.height);
      }),
      { numRuns: 500 },
    ));

  it('the cursor is on the instance that it is bound to, wherever that is', () =>
    fc.assert(
      fc.property(anyState, fc.shuffledSubarray([...'abcdef']), (state, rows) => {
        fc.pre(state.selectedKey !== null && rows.includes(state.selectedKey));
        expect(rows[cursorIndex(state, rows)]).toBe(state.selectedKey);
      }),
    ));

  it('Enter in a prompt accepts it, in an empty search the one before, and changes nothing else', () =>
    fc.assert(
      fc.property(anyState, anyDrawn, (state, drawn) => {
        const { prompt, search: typed } = state;
        const search = prompt?.purpose === 'search' && typed === '' ? prompt.before : typed;
        expect(act(state, 'accept', drawn)).toEqual({ ...state, search, prompt: null });
      }),
    ));

  it.each(['filter', 'search'] as const)('Esc undoes all that was typed after %s', (purpose) =>
    fc.assert(
      fc.property(anyState, anyDrawn, fc.array(fc.string(), { maxLength: 5 }), (state, drawn, texts) => {
        const typed = texts.reduce(
          (now, text) => reduce(now, { type: 'edit', text }),
          act(state, purpose, drawn),
        );
        expect(act(typed, 'cancel', drawn)).toEqual({ ...state, prompt: null });
      }),
    ),
  );

  it('four times Esc in the list clear every limit', () =>
    fc.assert(
      fc.property(anyState, anyDrawn, fc.subarray(['Failed', 'Pending']), (state, drawn, statuses) => {
        const limited = { ...state, filter: { ...state.filter, statuses } };
        const cleared = [1, 2, 3, 4].reduce<ScreenState>((now) => act(now, 'clear', drawn), limited);
        expect(cleared.filter).toEqual(everything);
      }),
    ));

  it('the next column and back is the same column', () =>
    fc.assert(
      fc.property(anyState, anyDrawn, (state, drawn) => {
        const back = act(act(state, 'sortNext', drawn), 'sortPrevious', drawn);
        expect(back.order.column).toBe(state.order.column);
      }),
    ));

  it('the chosen plugin is one that there is, once it was chosen', () =>
    fc.assert(
      fc.property(
        anyState,
        anyDrawn,
        fc.constantFrom('nextPlugin' as const, 'previousPlugin' as const),
        (state, drawn, action) => {
          const { mode } = act(act(state, 'open', drawn), action, drawn);
          fc.pre(mode.kind === 'detail' && drawn.pluginCount > 0);
          if (mode.kind === 'detail') expect(mode.pluginIndex).toBeLessThan(drawn.pluginCount);
        },
      ),
    ));
});
