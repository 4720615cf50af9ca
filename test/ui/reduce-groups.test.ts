import { describe, expect, it } from 'vitest';
import { everything } from '../../src/domain/rows.ts';
import type { Action } from '../../src/ui/keys/actions.ts';
import { groupIndex, initialState, type ScreenState } from '../../src/ui/state.ts';
import { afterActions, drawn, outputView } from '../helpers/ui-fixtures.ts';

/** Six groups, three of which are visible. */
const six = drawn({ groupKeys: [...'uvwxyz'] });
const inGroups = (selectedGroupKey: string | null = null): ScreenState => ({
  ...initialState(),
  mode: { kind: 'groups' },
  selectedGroupKey,
});
const cursor = (state: ScreenState, groupKeys = six.groupKeys) => groupKeys[groupIndex(state, groupKeys)];

describe('the groups', () => {
  it('are gone to and come back from, on through the map or by Esc, with the list as it was', () => {
    const list = afterActions(['bottom', 'sortNext', 'failures']);
    const groups = afterActions(['nextOverview'], { state: list });
    expect(groups).toEqual({ ...list, mode: { kind: 'groups' } });
    const map = afterActions(['nextOverview'], { state: groups });
    expect(map).toEqual({ ...list, mode: { kind: 'map' } });
    expect(afterActions(['nextOverview'], { state: map })).toEqual(list);
    expect(afterActions(['back'], { state: groups })).toEqual(list);
  });

  it('are under the help as they were', () => {
    const state = inGroups('y');
    const help = afterActions(['help', 'lineDown'], { state, drawn: six });
    expect(help.mode).toMatchObject({ kind: 'help', under: { kind: 'groups' } });
    expect(afterActions(['back'], { state: help })).toEqual(state);
  });
});

describe('moving in the groups', () => {
  it.each<[Action, string, string]>([
    ['lineUp', 'u', 'u'],
    ['lineUp', 'w', 'v'],
    ['lineDown', 'u', 'v'],
    ['lineDown', 'z', 'z'],
    ['pageDown', 'u', 'x'],
    ['pageDown', 'y', 'z'],
    ['pageUp', 'z', 'w'],
    ['pageUp', 'v', 'u'],
    ['halfPageDown', 'u', 'w'],
    ['halfPageUp', 'z', 'x'],
    ['top', 'z', 'u'],
    ['bottom', 'u', 'z'],
  ])('%s from %s goes to %s, and leaves the list alone', (action, from, to) =>
    expect(afterActions([action], { state: inGroups(from), drawn: six })).toEqual(inGroups(to)),
  );

  it('goes nowhere where there are none', () => {
    const none = drawn({ groupKeys: [] });
    for (const action of ['lineDown', 'pageUp', 'bottom', 'openGroup'] as const) {
      expect(afterActions([action], { state: inGroups(), drawn: none })).toEqual(inGroups());
    }
    expect(groupIndex(inGroups('u'), [])).toBe(-1);
  });

  it('knows nothing of matches, plugins and following', () => {
    const state = inGroups('v');
    for (const action of ['nextMatch', 'previousMatch', 'nextPlugin', 'previousPlugin', 'follow'] as const) {
      expect(afterActions([action], { state, drawn: drawn({ output: outputView(100, 20, [3]) }) })).toEqual(
        state,
      );
    }
  });
});

describe('the cursor in the groups', () => {
  it('is on the first, whichever that is, as long as it was not moved', () => {
    expect(cursor(inGroups())).toBe('u');
    expect(cursor(inGroups(), ['z', 'u'])).toBe('z');
  });

  it('stays on its group as groups grow and change places', () => {
    expect(cursor(inGroups('x'), ['x', 'u', 'v'])).toBe('x');
    expect(cursor(inGroups('x'), ['new', 'u', 'v', 'x'])).toBe('x');
  });

  it('is on the first while its group is not there, and back on it after that', () => {
    expect(cursor(inGroups('x'), ['u', 'v'])).toBe('u');
    expect(cursor(inGroups('x'))).toBe('x');
  });
});

describe('opening a group', () => {
  const list = { ...afterActions(['bottom']), filter: { ...everything, text: 'web', statuses: ['Failed'] } };
  const groups = afterActions(['nextOverview', 'lineDown'], { state: list, drawn: six });
  const opened = afterActions(['openGroup'], { state: groups, drawn: six });

  it('narrows the list to it, from the top, within the other limits', () =>
    expect(opened).toEqual({
      ...groups,
      mode: { kind: 'list' },
      filter: { ...list.filter, group: 'v' },
      selectedKey: null,
      selectedIndex: 0,
      top: 0,
    }));

  it('narrows to the first where the cursor was not moved, and binds it there', () => {
    const state = afterActions(['openGroup'], { state: inGroups(), drawn: six });
    expect(state).toMatchObject({ filter: { group: 'u' }, selectedGroupKey: 'u' });
    const back = afterActions(['clear'], { state });
    expect(cursor(back, ['new', 'u'])).toBe('u');
  });

  it('is undone by Esc once there is no text, and leads back to the groups with the cursor where it was', () => {
    const back = afterActions(['clear', 'clear'], {
      state: afterActions(['lineDown', 'lineDown'], { state: opened }),
    });
    expect(back.mode).toEqual({ kind: 'groups' });
    expect(back.filter).toEqual({ ...list.filter, text: '' });
    expect(cursor(back, ['x', 'v', 'u'])).toBe('v');
  });

  it('is undone by Esc from the output of an instance step by step', () => {
    const output = afterActions(['lineDown', 'open'], { state: opened });
    const listed = afterActions(['back'], { state: output });
    expect(listed).toMatchObject({ mode: { kind: 'list' }, filter: { group: 'v' }, selectedKey: 'b' });
    expect(afterActions(['clear', 'clear'], { state: listed }).mode).toEqual({ kind: 'groups' });
  });

  it('is one limit among the others: Esc clears the text, then it, then f, then --status', () => {
    const limited = afterActions(['failures'], { state: opened });
    const kinds: unknown[] = [];
    let state = limited;
    for (let press = 0; press < 5; press++) {
      state = afterActions([state.mode.kind === 'groups' ? 'back' : 'clear'], { state });
      const { text, failuresOnly, statuses, group } = state.filter;
      kinds.push([state.mode.kind, group, text, failuresOnly, statuses.length]);
    }
    expect(kinds).toEqual([
      ['list', 'v', '', true, 1],
      ['groups', null, '', true, 1],
      ['list', null, '', true, 1],
      ['list', null, '', false, 1],
      ['list', null, '', false, 0],
    ]);
  });

  it('can be followed by the opening of another one', () => {
    const again = afterActions(['nextOverview', 'top', 'openGroup'], { state: opened, drawn: six });
    expect(again.filter.group).toBe('u');
  });
});
