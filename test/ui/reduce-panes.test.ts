import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/ui/keys/actions.ts';
import { initialState, type Mode, type ScreenState } from '../../src/ui/state.ts';
import { afterActions, drawn, outputView } from '../helpers/ui-fixtures.ts';
import { detail, inDetail, topLine } from './pane-states.ts';

/** The output as it is opened. */
const opened = (invocationKey: string, pluginIndex: number | null = null): Mode => ({
  ...detail(0, pluginIndex),
  invocationKey,
  top: 'start',
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
