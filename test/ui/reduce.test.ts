import { describe, expect, it } from 'vitest';
import { everything, type RowFilter, sortColumns } from '../../src/domain/rows.ts';
import type { Action } from '../../src/ui/keys/actions.ts';
import { reduce } from '../../src/ui/reduce.ts';
import { cursorIndex, initialState, listTop, type ScreenState } from '../../src/ui/state.ts';
import { afterActions, drawn } from '../helpers/ui-fixtures.ts';

const filtered: RowFilter = { text: 'web', failuresOnly: true, statuses: ['Failed'], group: null };
/** The state with the cursor bound to a row, as a move leaves it. */
const on = (row: string, drawnNow = drawn()) =>
  afterActions(
    Array.from({ length: drawnNow.rowKeys.indexOf(row) + 1 }, (_, index) =>
      index === 0 ? 'top' : 'lineDown',
    ),
    {
      drawn: drawnNow,
    },
  );
const cursorRow = (state: ScreenState, rows: readonly string[]) => rows[cursorIndex(state, rows)] ?? null;

describe('moving in the list', () => {
  // Five rows, three of which are visible.
  it.each<[Action, string, string, number]>([
    ['lineUp', 'a', 'a', 0],
    ['lineUp', 'c', 'b', 0],
    ['lineDown', 'a', 'b', 0],
    ['lineDown', 'c', 'd', 1],
    ['lineDown', 'e', 'e', 2],
    ['pageDown', 'a', 'd', 1],
    ['pageDown', 'd', 'e', 2],
    ['pageUp', 'e', 'b', 1],
    ['pageUp', 'b', 'a', 0],
    ['halfPageDown', 'a', 'c', 0],
    ['halfPageDown', 'd', 'e', 2],
    ['halfPageUp', 'e', 'c', 2],
    ['halfPageUp', 'b', 'a', 0],
    ['top', 'e', 'a', 0],
    ['bottom', 'a', 'e', 2],
  ])('%s from %s goes to %s, with row %i at the top', (action, from, to, top) => {
    const state = afterActions([action], { state: on(from) });
    expect(state.selectedKey).toBe(to);
    expect(state.top).toBe(top);
    expect(listTop(state, drawn())).toBe(top);
  });

  it('moves by a line at least where no line is visible', () => {
    const tiny = drawn({ listHeight: 0 });
    expect(afterActions(['pageDown'], { drawn: tiny }).selectedKey).toBe('b');
    expect(afterActions(['halfPageDown'], { drawn: tiny }).selectedKey).toBe('b');
  });

  it('stays unbound in an empty list', () => {
    const empty = drawn({ rowKeys: [] });
    for (const action of ['lineDown', 'pageDown', 'bottom', 'open'] as const) {
      expect(afterActions([action], { drawn: empty })).toEqual(initialState());
    }
    expect(cursorIndex(initialState(), [])).toBe(-1);
  });
});

describe('the cursor', () => {
  it('is on the first row, whichever that is, as long as it was not moved', () => {
    expect(cursorRow(initialState(), ['a', 'b'])).toBe('a');
    expect(cursorRow(initialState(), ['z', 'a', 'b'])).toBe('z');
  });

  it('follows its instance, not its line, and keeps it in sight', () => {
    const state = on('b');
    const resorted = drawn({ rowKeys: ['e', 'd', 'c', 'a', 'b'] });
    expect(cursorRow(state, resorted.rowKeys)).toBe('b');
    expect(listTop(state, resorted)).toBe(2);
    expect(afterActions(['lineUp'], { state, drawn: resorted }).selectedKey).toBe('a');
  });

  it('is on the nearest line while its instance is filtered away, and back on it after that', () => {
    const state = on('d');
    expect(cursorRow(state, ['a', 'c', 'e'])).toBe('e');
    expect(cursorRow(state, ['a'])).toBe('a');
    expect(cursorRow(state, [])).toBeNull();
    expect(cursorRow(state, drawn().rowKeys)).toBe('d');
  });

  it('is bound to the row it is on by opening that', () => {
    const state = afterActions(['open', 'back']);
    expect(cursorRow(state, ['z', 'a', 'b'])).toBe('a');
  });

  it('is bound to the row that stands in for a filtered one by moving from there', () => {
    const state = afterActions(['lineUp'], { state: on('d'), drawn: drawn({ rowKeys: ['a', 'c', 'e'] }) });
    expect(cursorRow(state, drawn().rowKeys)).toBe('c');
  });
});

describe('the window on the list', () => {
  it('moves no more than it must', () => {
    const ten = drawn({ rowKeys: [...'abcdefghij'], listHeight: 4 });
    const atSix = afterActions(['top', 'pageDown', 'lineDown', 'lineDown'], { drawn: ten });
    expect([atSix.selectedKey, atSix.top]).toEqual(['g', 3]);
    const back = afterActions(['lineUp', 'lineUp', 'lineUp'], { state: atSix, drawn: ten });
    expect([back.selectedKey, back.top]).toEqual(['d', 3]);
    expect(afterActions(['lineUp'], { state: back, drawn: ten }).top).toBe(2);
  });

  it('leaves no empty lines below when rows went away or lines came', () => {
    const state = afterActions(['bottom']);
    expect(listTop(state, { rowKeys: ['a', 'b', 'c', 'e'], listHeight: 3 })).toBe(1);
    expect(listTop(state, { rowKeys: drawn().rowKeys, listHeight: 9 })).toBe(0);
  });
});

describe('sorting', () => {
  it('goes through every column and round again, forwards and backwards', () => {
    const columns: string[] = [];
    let state = initialState();
    for (const _ of sortColumns) {
      state = afterActions(['sortNext'], { state });
      columns.push(state.order.column);
    }
    expect(columns.toSorted()).toEqual(sortColumns.toSorted());
    expect(state.order).toEqual(initialState().order);
    for (const column of columns.slice(0, -1).toReversed()) {
      state = afterActions(['sortPrevious'], { state });
      expect(state.order.column).toBe(column);
    }
  });

  it('is inverted and put right by I, and never inverted on a new column', () => {
    const inverted = afterActions(['sortNext', 'sortInvert']);
    expect(inverted.order.inverted).toBe(true);
    expect(afterActions(['sortInvert'], { state: inverted }).order).toEqual(afterActions(['sortNext']).order);
    expect(afterActions(['sortNext'], { state: inverted }).order.inverted).toBe(false);
    expect(afterActions(['sortPrevious'], { state: inverted }).order.inverted).toBe(false);
  });
});

describe('filters', () => {
  it('f shows failures only, and all again; the text stays', () => {
    const text = { ...filtered, failuresOnly: false, statuses: [] };
    const state = afterActions(['failures'], { state: initialState(text) });
    expect(state.filter).toEqual({ ...text, failuresOnly: true });
    expect(afterActions(['failures'], { state }).filter).toEqual(text);
  });

  it('Esc clears the text, then f, then --status, then nothing', () => {
    const filters: RowFilter[] = [];
    let state = initialState(filtered);
    for (let press = 0; press < 4; press++) {
      state = afterActions(['clear'], { state });
      filters.push(state.filter);
    }
    expect(filters).toEqual([
      { ...filtered, text: '' },
      { ...everything, statuses: ['Failed'] },
      everything,
      everything,
    ]);
  });

  it.each<[string, RowFilter, RowFilter]>([
    ['f without a text', { ...filtered, text: '' }, { ...everything, statuses: ['Failed'] }],
    ['--status alone', { ...everything, statuses: ['Failed'] }, initialState().filter],
    [
      'the text before --status',
      { ...filtered, failuresOnly: false },
      { ...everything, statuses: ['Failed'] },
    ],
  ])('Esc clears %s', (_, filter, left) =>
    expect(afterActions(['clear'], { state: initialState(filter) }).filter).toEqual(left),
  );
});

describe('the prompt', () => {
  const typing = reduce(afterActions(['filter'], { state: initialState(filtered) }), {
    type: 'edit',
    text: 'web-0',
  });

  it('filters as the text is typed', () => expect(typing.filter).toEqual({ ...filtered, text: 'web-0' }));

  it('Enter accepts it, and nothing else', () =>
    expect(afterActions(['accept'], { state: typing })).toEqual({ ...typing, prompt: null }));

  it('Esc brings the previous filter back', () =>
    expect(afterActions(['cancel'], { state: typing })).toEqual(initialState(filtered)));

  it('Esc brings the previous filter back, also one that was typed before', () => {
    const again = afterActions(['filter'], { state: afterActions(['accept'], { state: typing }) });
    const cancelled = afterActions(['cancel'], { state: reduce(again, { type: 'edit', text: '' }) });
    expect(cancelled.filter.text).toBe('web-0');
    expect(cancelled.prompt).toBeNull();
  });

  it('searches in the detail pane and leaves the filter alone; Esc brings the previous search back', () => {
    const searched = afterActions(['open', 'search'], { state: initialState(filtered) });
    const first = afterActions(['accept'], { state: reduce(searched, { type: 'edit', text: 'yum' }) });
    expect([first.search, first.filter]).toEqual(['yum', filtered]);
    const second = reduce(afterActions(['search'], { state: first }), { type: 'edit', text: 'yumx' });
    expect(second.search).toBe('yumx');
    expect(afterActions(['cancel'], { state: second })).toEqual(first);
  });

  it('takes no text where there is none, and has nothing to cancel', () => {
    expect(reduce(initialState(), { type: 'edit', text: 'x' })).toEqual(initialState());
    expect(afterActions(['cancel'])).toEqual(initialState());
  });
});

describe('a notice', () => {
  it('is kept until it is taken away, and the same state when it is the same', () => {
    const told = reduce(initialState(), { type: 'notice', notice: 'copied' });
    expect(told.notice).toBe('copied');
    expect(reduce(told, { type: 'notice', notice: 'copied' })).toBe(told);
    expect(reduce(told, { type: 'notice', notice: null })).toEqual(initialState());
  });
});

describe('what has effects only', () => {
  it.each<Action>([
    'pause',
    'refresh',
    'copyId',
    'copyOutput',
    'save',
    'quit',
    'leave',
    'suspend',
    'repaint',
  ])('%s leaves the state as it is', (action) => {
    const state = on('c');
    expect(afterActions([action], { state })).toBe(state);
  });
});
