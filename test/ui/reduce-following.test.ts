import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/ui/keys/actions.ts';
import { outputTop } from '../../src/ui/state.ts';
import { afterActions, outputView } from '../helpers/ui-fixtures.ts';
import { inDetail, matching, topLine } from './pane-states.ts';

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
