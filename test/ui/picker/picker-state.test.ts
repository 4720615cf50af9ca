import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionFor, keymap } from '../../../src/ui/keys/keymap.ts';
import { pickerContext } from '../../../src/ui/picker/picker-controller.ts';
import {
  initialPickerState,
  type PickerDrawn,
  type PickerEvent,
  type PickerState,
  reducePicker,
  visibleHelpTop,
} from '../../../src/ui/picker/picker-state.ts';
import { cursorIndex, listTop } from '../../../src/ui/state.ts';

const drawn: PickerDrawn = { rowKeys: [...'abcde'], listHeight: 3, helpLineCount: 40, helpHeight: 10 };

/** The state after keys, each of which meets the same things drawn. */
function afterKeys(keys: readonly string[], from: Partial<PickerState> = {}, shown = drawn): PickerState {
  return keys.reduce<PickerState>(
    (state, key) => {
      const action = actionFor(key, pickerContext(state, { back: null }));
      return action ? reducePicker(state, { type: 'action', action, drawn: shown }) : state;
    },
    { ...initialPickerState, ...from },
  );
}

describe('the cursor', () => {
  it.each<[string[], string]>([
    [['j'], 'b'],
    [['down', 'down', 'up'], 'b'],
    [['space'], 'd'],
    [['ctrl-d'], 'c'],
    [['G'], 'e'],
    [['G', 'b'], 'b'],
    [['G', 'g'], 'a'],
    [['k'], 'a'],
  ])('after %j is on %s', (keys, row) => {
    const state = afterKeys(keys, { selectedKey: 'a' });
    expect(state.selectedKey).toBe(row);
    expect(drawn.rowKeys[cursorIndex(state, drawn.rowKeys)]).toBe(row);
  });

  it('is bound to the first command as soon as there is one, and to that only', () => {
    const bound = reducePicker(initialPickerState, { type: 'listed', commandIds: ['b', 'c'] });
    expect(bound.selectedKey).toBe('b');
    expect(reducePicker(bound, { type: 'listed', commandIds: ['a', 'b', 'c'] })).toBe(bound);
    expect(reducePicker(initialPickerState, { type: 'listed', commandIds: [] })).toBe(initialPickerState);
  });

  it('stays where it is where there is nothing to move on', () => {
    const empty = { ...drawn, rowKeys: [] };
    expect(afterKeys(['j', 'G'], {}, empty)).toEqual(initialPickerState);
  });
});

describe('the filter', () => {
  it('is typed, accepted, cancelled and cleared', () => {
    const typed = reducePicker(afterKeys(['/']), { type: 'edit', text: 'x' });
    expect(typed).toMatchObject({ text: 'x', prompt: { purpose: 'filter', before: '' } });
    const accepted = afterKeys(['enter'], typed);
    expect(accepted).toMatchObject({ text: 'x', prompt: null });
    const again = reducePicker(afterKeys(['/'], accepted), { type: 'edit', text: 'xy' });
    expect(afterKeys(['esc'], again)).toEqual(accepted);
    expect(afterKeys(['esc'], accepted).text).toBe('');
  });
});

describe('the help', () => {
  it('opens, scrolls within its lines, and closes with Esc, q and ?', () => {
    expect(afterKeys(['?', 'j', 'space']).helpTop).toBe(11);
    expect(afterKeys(['?', 'G']).helpTop).toBe(30);
    for (const key of ['esc', 'q', '?']) expect(afterKeys(['?', 'j', key])).toEqual(initialPickerState);
    expect(visibleHelpTop(afterKeys(['?', 'G']), { helpLineCount: 40, helpHeight: 35 })).toBe(5);
  });
});

const anyDrawn: fc.Arbitrary<PickerDrawn> = fc.record({
  rowKeys: fc.shuffledSubarray([...'abcdef']),
  listHeight: fc.nat(7),
  helpLineCount: fc.nat(9),
  helpHeight: fc.nat(7),
});

const anyEvent: fc.Arbitrary<PickerEvent> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant('action' as const),
      action: fc.constantFrom(...keymap.map(({ action }) => action)),
      drawn: anyDrawn,
    }),
  },
  fc.record({ type: fc.constant('listed' as const), commandIds: fc.shuffledSubarray([...'abcdef']) }),
  fc.record({ type: fc.constant('edit' as const), text: fc.string({ maxLength: 3 }) }),
);

const anyState = fc
  .array(anyEvent, { maxLength: 30 })
  .map((events) => events.reduce(reducePicker, initialPickerState));

describe('after any events, on any screen', () => {
  it('the cursor is on its command if that is there, on one if there is any, and in sight', () =>
    fc.assert(
      fc.property(anyState, anyDrawn, (state, { rowKeys, listHeight }) => {
        const cursor = cursorIndex(state, rowKeys);
        if (rowKeys.includes(state.selectedKey ?? '')) expect(rowKeys[cursor]).toBe(state.selectedKey);
        if (rowKeys.length === 0) expect(cursor).toBe(-1);
        else expect(rowKeys[cursor]).toBeDefined();
        const top = listTop(state, { rowKeys, listHeight });
        if (listHeight === 0 || rowKeys.length === 0) return;
        expect(cursor).toBeGreaterThanOrEqual(top);
        expect(cursor).toBeLessThan(top + listHeight);
      }),
    ));

  it('Esc leads to the unfiltered list', () =>
    fc.assert(
      fc.property(anyState, anyDrawn, (state, shown) => {
        const end = afterKeys(['esc', 'esc', 'esc'], state, shown);
        expect(end).toMatchObject({ helpTop: null, prompt: null, text: '' });
      }),
    ));
});
