import { describe, expect, it } from 'vitest';
import { everything } from '../../src/domain/rows.ts';
import { contextOf, promptText } from '../../src/ui/controller.ts';
import { initialState } from '../../src/ui/state.ts';
import { setUp } from './pressed-controller.ts';

describe('several keys in one event', () => {
  it('each meet the state that the one before left', () => {
    const { press, state, cursor } = setUp();
    press('j', 'j');
    expect(cursor()).toBe('i-3');
    press('/', 'w', 'e', 'b', '-', '2', 'enter');
    expect(state().filter.text).toBe('web-2');
    expect(state().mode.kind).toBe('list');
    expect(cursor()).toBe('i-2');
    press('enter', '?', 'q');
    expect(state().mode.kind).toBe('detail');
    press('q', 'esc');
    expect(state()).toMatchObject({ mode: { kind: 'list' }, filter: everything });
  });

  it('Enter in a prompt accepts it, and opens nothing', () => {
    const { press, state } = setUp();
    press('/', '2', 'enter');
    expect(state()).toMatchObject({ prompt: null, mode: { kind: 'list' }, filter: { text: '2' } });
    press('enter');
    expect(state().mode.kind).toBe('detail');
  });

  it('keys of the list are text in a prompt', () => {
    const { press, state, services } = setUp();
    press('/', 'q', 'p', 'r', 'y', 'space', '?', '>', 'backspace');
    expect(state().filter.text).toBe('qpry ?');
    expect(services.calls).toEqual([]);
    press('ctrl-u');
    expect(state().filter.text).toBe('');
    press('up', 'tab', 'ctrl-s');
    expect(state()).toMatchObject({ filter: everything, prompt: { purpose: 'filter' } });
  });
});

describe('searching in the output', () => {
  it('goes to the first match while the text is typed, then n and N', () => {
    const { press, top, state } = setUp();
    // Above the lines stands a heading.
    press('enter', '/', 'l', 'i', 'n', 'e', 'space', '1');
    expect(top()).toBe(2);
    press('2');
    expect(top()).toBe(13);
    press('backspace', 'enter', 'n', 'n');
    expect(top()).toBe(12);
    press('N');
    expect(top()).toBe(11);
    expect(state()).toMatchObject({ prompt: null, search: 'line 1', filter: everything });
  });

  it('stays where nothing matches', () => {
    const { press, top, view } = setUp();
    press('enter', 'space', '/', 'x', 'x', 'enter', 'n');
    expect(view().output.matches.lines).toEqual([]);
    expect(top()).toBe(view().output.height);
  });
});

describe('pasting', () => {
  it('adds to the line of input', () => {
    const { controller, press, state } = setUp();
    press('/', 'w');
    controller.paste('eb-2');
    expect(state().filter.text).toBe('web-2');
  });

  it('is nothing where there is no line of input', () => {
    const { controller, state } = setUp();
    controller.paste('q');
    expect(state()).toEqual(initialState());
  });
});

describe('contextOf and promptText', () => {
  it.each([
    ['list', [], ''],
    ['detail', ['enter'], ''],
    ['help', ['?'], ''],
    ['help', ['enter', '?'], ''],
    ['prompt', ['/', 'a'], 'a'],
    ['prompt', ['/', 'a', 'enter', 'esc', 'enter', '/', 'b'], 'b'],
  ])('%s after %j, with %j to edit', (context, keys, text) => {
    const { press, state } = setUp();
    press(...keys);
    expect(contextOf(state())).toBe(context);
    expect(promptText(state())).toBe(text);
  });
});
