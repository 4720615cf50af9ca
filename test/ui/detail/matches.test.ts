import { describe, expect, it } from 'vitest';
import { matchAbove, matchBelow } from '../../../src/ui/detail/matches.ts';
import { initialState, type ScreenState } from '../../../src/ui/state.ts';
import { outputView } from '../../helpers/ui-fixtures.ts';

const state = (line: number, match: number | null): ScreenState => ({
  ...initialState(),
  mode: {
    kind: 'detail',
    invocationKey: 'a',
    pluginIndex: 0,
    top: { block: 'stdout', id: line, row: 0 },
    end: 'start',
    from: 'list',
  },
  match: match === null ? null : { block: 'stdout', id: match },
});

describe('the matches around', () => {
  it.each<[string, number, number | null, number | undefined, number | undefined]>([
    ['the line on top', 10, null, 40, 5],
    ['the line on top, which is one', 40, null, 95, 5],
    ['the one that was come to, below the top', 80, 95, 99, 40],
    ['the last', 80, 99, undefined, 95],
    ['the first', 5, 5, 40, undefined],
  ])('%s', (_, line, match, below, above) => {
    const output = outputView(100, 20, [5, 40, 95, 99]);
    expect(matchBelow(state(line, match), output)).toBe(below);
    expect(matchAbove(state(line, match), output)).toBe(above);
  });

  it('are none where there are none', () => {
    expect(matchBelow(state(0, null), outputView(100, 20))).toBeUndefined();
    expect(matchAbove(state(50, null), outputView(0, 20))).toBeUndefined();
  });
});
