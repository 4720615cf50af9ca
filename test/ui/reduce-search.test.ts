import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/ui/keys/actions.ts';
import { reduce } from '../../src/ui/reduce.ts';
import { afterActions } from '../helpers/ui-fixtures.ts';
import { inDetail, matching, place, topLine } from './pane-states.ts';

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
