import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/ui/keys/keymap.ts';
import { reduce } from '../../src/ui/reduce.ts';
import { initialState, type Mode, outputTop, type ScreenState } from '../../src/ui/state.ts';
import { afterActions, drawn, outputView } from '../helpers/ui-fixtures.ts';

const place = (line: number) => ({ block: 'stdout', id: line });
const detail = (top = 0, pluginIndex: number | null = null): Extract<Mode, { kind: 'detail' }> => ({
  kind: 'detail',
  invocationKey: 'a',
  pluginIndex,
  top: { ...place(top), row: 0 },
  end: 'start',
  from: 'list',
});
/** The output as it is opened. */
const opened = (invocationKey: string, pluginIndex: number | null = null): Mode => ({
  ...detail(0, pluginIndex),
  invocationKey,
  top: 'start',
});
/** Index of the first visible line of an output of a hundred lines, or another one. */
const topLine = (state: ScreenState, output = outputView(100, 20)) => output.firstLine(outputTop(state));
/** A hundred lines drawn, of which these match. */
const matching = (...lines: number[]) => drawn({ output: outputView(100, 20, lines) });
const inDetail = (top = 0, change: Partial<ScreenState> = {}): ScreenState => ({
  ...initialState(),
  selectedKey: 'a',
  mode: detail(top),
  ...change,
});
const inHelp = (top = 0, under: Exclude<Mode, { kind: 'help' }> = { kind: 'list' }): ScreenState => ({
  ...initialState(),
  mode: { kind: 'help', top, under },
});

describe('opening and going back', () => {
  it('opens the row under the cursor at the plugin that tells most and the top of its output', () =>
    expect(afterActions(['lineDown', 'open']).mode).toEqual(opened('b')));

  it('opens the row that stands in for a filtered one', () => {
    const state = afterActions(['open'], {
      state: afterActions(['bottom']),
      drawn: drawn({ rowKeys: ['a', 'b'] }),
    });
    expect(state.mode).toEqual(opened('b'));
    expect(state.selectedKey).toBe('b');
  });

  it('goes back to the list as it was', () => {
    const state = afterActions(['bottom', 'sortNext']);
    expect(afterActions(['open', 'pageDown', 'nextPlugin', 'back'], { state })).toEqual(state);
  });

  it.each<[string, ScreenState]>([
    ['the list', afterActions(['lineDown'])],
    ['the detail pane', afterActions(['lineDown', 'open', 'nextPlugin', 'pageDown', 'wrap'])],
  ])('help returns to %s as it was, by Esc and by ?', (_, state) => {
    const help = afterActions(['help'], { state });
    expect(help.mode).toEqual({ kind: 'help', top: 0, under: state.mode });
    expect(afterActions(['lineDown', 'bottom', 'back'], { state: help })).toEqual(state);
    expect(afterActions(['help'], { state: help })).toEqual(state);
  });
});

describe('scrolling', () => {
  // A hundred lines, twenty of which are visible.
  const table: [Action, number, number][] = [
    ['lineUp', 0, 0],
    ['lineUp', 7, 6],
    ['lineDown', 0, 1],
    ['lineDown', 80, 80],
    ['pageDown', 0, 20],
    ['pageDown', 70, 80],
    ['pageUp', 50, 30],
    ['pageUp', 5, 0],
    ['halfPageDown', 0, 10],
    ['halfPageUp', 15, 5],
    ['top', 60, 0],
    ['bottom', 3, 80],
  ];

  it.each(table)('%s in the output from line %i to line %i', (action, from, to) =>
    expect(topLine(afterActions([action], { state: inDetail(from) }))).toBe(to),
  );

  it.each<[Action, Partial<Mode>]>([
    ['top', { top: 'start', end: 'start' }],
    ['bottom', { top: 'end', end: 'end' }],
  ])('%s goes to that end of the whole output, also of what is not read yet', (action, mode) => {
    for (const end of ['start', 'end'] as const) {
      const state = { ...inDetail(), mode: { ...detail(50), end } };
      expect(afterActions([action], { state }).mode).toMatchObject(mode);
    }
  });

  it('reads from the same end on as long as it goes by lines and pages', () => {
    const state = afterActions(['bottom', 'lineUp', 'pageUp', 'lineDown'], { state: inDetail() });
    expect(state.mode).toMatchObject({ end: 'end' });
  });

  it.each(table)('%s in the help from line %i to line %i', (action, from, to) =>
    expect(afterActions([action], { state: inHelp(from) }).mode).toEqual({
      kind: 'help',
      top: to,
      under: { kind: 'list' },
    }),
  );

  it('goes nowhere where all is visible', () => {
    const output = outputView(5, 20);
    for (const action of ['lineDown', 'pageDown', 'bottom'] as const) {
      const state = afterActions([action], { state: inDetail(), drawn: drawn({ output }) });
      expect(topLine(state, output)).toBe(0);
    }
  });

  it('moves by a line at least where no line is visible', () =>
    expect(
      afterActions(['pageDown'], { state: inDetail(), drawn: drawn({ output: outputView(100, 0) }) }).mode,
    ).toEqual(detail(1)));

  it('shows the end when the output got shorter, and moves on from there', () => {
    const output = outputView(30, 20);
    expect(topLine(inDetail(50), output)).toBe(10);
    const state = afterActions(['lineUp'], { state: inDetail(50), drawn: drawn({ output }) });
    expect(topLine(state, output)).toBe(9);
  });
});

describe('following', () => {
  const following = afterActions(['follow'], { state: inDetail() });

  it('keeps the end in sight while the output grows', () => {
    expect(topLine(following)).toBe(80);
    expect(topLine(following, outputView(150, 20))).toBe(130);
    expect(topLine(following, outputView(5, 20))).toBe(0);
  });

  it.each<Action>(['lineUp', 'pageUp', 'halfPageUp', 'top'])('ends with %s, from the end', (action) => {
    const state = afterActions([action], { state: following });
    expect(state.follow).toBe(false);
    expect(topLine(state)).toBeLessThan(80);
  });

  it('goes by a line up from the end', () =>
    expect(topLine(afterActions(['lineUp'], { state: following }))).toBe(79));

  it.each<Action>(['lineDown', 'pageDown', 'bottom'])('goes on with %s', (action) =>
    expect(afterActions([action], { state: following }).follow).toBe(true),
  );

  it('ends where a match is gone to', () => {
    const state = afterActions(['previousMatch'], { state: following, drawn: matching(10) });
    expect(state.follow).toBe(false);
    expect(topLine(state)).toBe(10);
  });

  it('is switched off by the same key, and off when another row is opened', () => {
    expect(afterActions(['follow'], { state: following }).follow).toBe(false);
    expect(afterActions(['back', 'lineDown', 'open'], { state: following }).follow).toBe(false);
  });

  it('switched on and off again stays at the end', () => {
    const twice = afterActions(['follow', 'follow'], { state: inDetail(3) });
    expect(twice.follow).toBe(false);
    expect(topLine(twice)).toBe(80);
    expect(topLine(twice, outputView(150, 20))).toBe(80);
  });

  it.each<Action>(['lineUp', 'pageUp', 'top', 'lineDown', 'bottom'])(
    'is left alone by %s in the help',
    (action) => {
      const back = afterActions(['help', action, 'back'], { state: following });
      expect(back.follow).toBe(true);
      expect(topLine(back, outputView(150, 20))).toBe(130);
    },
  );

  it('is nothing to the list', () => {
    const list = afterActions(['back'], { state: following });
    expect(afterActions(['follow'], { state: list })).toEqual(list);
  });

  it('reads the output from its end', () => expect(following.mode).toMatchObject({ end: 'end' }));

  it('is nothing to the help', () =>
    expect(outputTop(afterActions(['help'], { state: following }))).toBe('start'));
});

describe('the search', () => {
  const before = { ...afterActions(['open']), search: 'old' };

  it('begins with nothing, and Esc brings the text before again', () => {
    const typing = afterActions(['search'], { state: before });
    expect(typing.search).toBe('');
    expect(afterActions(['cancel'], { state: typing })).toMatchObject({ search: 'old', prompt: null });
  });

  it('for nothing is the one before again', () =>
    expect(afterActions(['search', 'accept'], { state: before })).toMatchObject({
      search: 'old',
      prompt: null,
    }));
});

describe('matches', () => {
  const found = [5, 40, 70];

  it.each<[Action, number, number]>([
    ['nextMatch', 0, 5],
    ['nextMatch', 5, 40],
    ['nextMatch', 39, 40],
    ['nextMatch', 70, 5],
    ['previousMatch', 0, 70],
    ['previousMatch', 5, 70],
    ['previousMatch', 41, 40],
    ['previousMatch', 40, 5],
  ])('%s from line %i goes to line %i', (action, from, to) =>
    expect(topLine(afterActions([action], { state: inDetail(from), drawn: matching(...found) }))).toBe(to),
  );

  it('the first match is gone to while typing', () => {
    const event = { type: 'action', action: 'firstMatch', drawn: matching(...found) } as const;
    expect(topLine(reduce(inDetail(50), event))).toBe(5);
  });

  it('a match near the end is shown with the end', () =>
    expect(topLine(afterActions(['nextMatch'], { state: inDetail(), drawn: matching(99) }))).toBe(80));

  it('n goes on to the matches on the last screen, then to the first; N goes back', () => {
    const last = matching(5, 82, 90, 99);
    let state = inDetail(60);
    const visited = (
      ['nextMatch', 'nextMatch', 'nextMatch', 'nextMatch', 'previousMatch', 'previousMatch'] as const
    ).map((action) => {
      state = afterActions([action], { state, drawn: last });
      return [state.match?.id, topLine(state)];
    });
    expect(visited).toEqual([
      [82, 80],
      [90, 80],
      [99, 80],
      [5, 5],
      [99, 80],
      [90, 80],
    ]);
  });

  it.each<[Action, Action, number]>([
    ['lineUp', 'nextMatch', 82],
    ['pageUp', 'nextMatch', 65],
    ['pageUp', 'previousMatch', 40],
    ['top', 'nextMatch', 40],
    ['bottom', 'nextMatch', 82],
    ['lineDown', 'nextMatch', 82],
  ])('after a match on the last screen and %s, %s goes on from what is shown', (scroll, action, to) => {
    const last = matching(40, 65, 82, 90, 99);
    const onLast = afterActions(['nextMatch', 'nextMatch'], { state: inDetail(80), drawn: last });
    expect(onLast.match).toEqual(place(90));
    expect(afterActions([scroll, action], { state: onLast, drawn: last }).match).toEqual(place(to));
  });

  it.each<Action>(['nextPlugin', 'previousPlugin'])(
    'after %s goes on from the top of the other output',
    (action) => {
      const onLast = afterActions(['nextMatch'], { state: inDetail(80), drawn: matching(99) });
      const other = afterActions([action, 'nextMatch'], { state: onLast, drawn: matching(3, 99) });
      expect(other.match).toEqual(place(3));
    },
  );

  it('is forgotten when another instance is opened', () => {
    const onLast = afterActions(['nextMatch'], { state: inDetail(80), drawn: matching(99) });
    expect(afterActions(['back', 'lineDown', 'open'], { state: onLast }).match).toBeNull();
  });

  it.each<Action>(['nextMatch', 'previousMatch'])('%s stays where nothing matches', (action) => {
    const state = inDetail(33);
    expect(afterActions([action], { state })).toBe(state);
  });
});

describe('plugins', () => {
  it.each<[Action, number, number, number]>([
    ['nextPlugin', 3, 0, 1],
    ['nextPlugin', 3, 2, 0],
    ['nextPlugin', 1, 0, 0],
    ['previousPlugin', 3, 2, 1],
    ['previousPlugin', 3, 0, 2],
    ['previousPlugin', 1, 0, 0],
  ])('%s of %i goes from the one shown, %i, to %i', (action, pluginCount, shownPluginIndex, to) => {
    const state = afterActions([action], {
      state: inDetail(),
      drawn: drawn({ pluginCount, shownPluginIndex }),
    });
    expect(state.mode).toEqual(opened('a', to));
  });

  it('shows the other output from its top', () =>
    expect(afterActions(['nextPlugin'], { state: inDetail(40) }).mode).toEqual(opened('a', 1)));

  it('stays where there are none, and outside the detail pane', () => {
    const state = inDetail(7);
    const actions = ['nextPlugin', 'previousPlugin'] as const;
    expect(afterActions(actions, { state, drawn: drawn({ pluginCount: 0 }) })).toBe(state);
    expect(afterActions(['nextPlugin'])).toEqual(initialState());
  });
});

describe('wrapping', () => {
  it('is switched by the same key, and kept for the next output', () => {
    const wrapped = afterActions(['wrap'], { state: inDetail() });
    expect(wrapped.wrap).toBe(true);
    expect(afterActions(['back', 'lineDown', 'open'], { state: wrapped }).wrap).toBe(true);
    expect(afterActions(['wrap'], { state: wrapped })).toEqual(inDetail());
  });
});
