import { describe, expect, it } from 'vitest';
import type { Action } from '../../../src/ui/keys/actions.ts';
import { actionFor, bindingsIn, type KeyContext, keymap } from '../../../src/ui/keys/keymap.ts';

/** Every action there is: the type checker sees to that. */
const every: Readonly<Record<Action, true>> = {
  lineUp: true,
  lineDown: true,
  pageUp: true,
  pageDown: true,
  halfPageUp: true,
  halfPageDown: true,
  top: true,
  bottom: true,
  cellLeft: true,
  cellRight: true,
  open: true,
  openGroup: true,
  watch: true,
  nextOverview: true,
  back: true,
  clear: true,
  filter: true,
  search: true,
  accept: true,
  cancel: true,
  nextMatch: true,
  previousMatch: true,
  failures: true,
  sortNext: true,
  sortPrevious: true,
  sortInvert: true,
  mapOrder: true,
  nextPlugin: true,
  previousPlugin: true,
  wrap: true,
  follow: true,
  pause: true,
  refresh: true,
  copyId: true,
  copyOutput: true,
  fields: true,
  parameters: true,
  copyFields: true,
  others: true,
  save: true,
  help: true,
  quit: true,
  leave: true,
  suspend: true,
  repaint: true,
};

const moving = {
  up: 'lineUp',
  k: 'lineUp',
  down: 'lineDown',
  j: 'lineDown',
  pageup: 'pageUp',
  'ctrl-b': 'pageUp',
  b: 'pageUp',
  pagedown: 'pageDown',
  'ctrl-f': 'pageDown',
  space: 'pageDown',
  'ctrl-u': 'halfPageUp',
  'ctrl-d': 'halfPageDown',
  g: 'top',
  home: 'top',
  G: 'bottom',
  end: 'bottom',
} as const;
const always = { 'ctrl-c': 'leave', 'ctrl-z': 'suspend', 'ctrl-l': 'repaint' } as const;
const pane = { ...moving, ...always, p: 'pause', r: 'refresh', '?': 'help' } as const;

/** The key table of product.md, and what there is beyond it: what each key does in each place. */
const contract: Readonly<Record<KeyContext, Readonly<Record<string, Action>>>> = {
  commands: { ...pane, enter: 'watch', '/': 'filter', esc: 'clear', y: 'copyId', q: 'quit' },
  others: { ...pane, enter: 'watch', '/': 'filter', esc: 'clear', y: 'copyId', q: 'back' },
  list: {
    ...pane,
    enter: 'open',
    esc: 'clear',
    '/': 'filter',
    f: 'failures',
    '>': 'sortNext',
    '<': 'sortPrevious',
    I: 'sortInvert',
    y: 'copyId',
    'ctrl-s': 'save',
    v: 'nextOverview',
    q: 'quit',
  },
  groups: { ...pane, enter: 'openGroup', esc: 'back', v: 'nextOverview', q: 'quit' },
  map: {
    ...pane,
    left: 'cellLeft',
    h: 'cellLeft',
    right: 'cellRight',
    l: 'cellRight',
    enter: 'open',
    esc: 'back',
    '/': 'filter',
    f: 'failures',
    '>': 'mapOrder',
    y: 'copyId',
    'ctrl-s': 'save',
    v: 'nextOverview',
    q: 'quit',
  },
  detail: {
    ...pane,
    esc: 'back',
    q: 'back',
    '/': 'search',
    n: 'nextMatch',
    N: 'previousMatch',
    tab: 'nextPlugin',
    'shift-tab': 'previousPlugin',
    w: 'wrap',
    F: 'follow',
    y: 'copyOutput',
    'ctrl-s': 'save',
    a: 'fields',
    o: 'others',
  },
  fields: { ...pane, esc: 'back', q: 'back', a: 'fields', P: 'parameters', y: 'copyFields' },
  help: { ...pane, esc: 'back', q: 'back' },
  prompt: { ...always, enter: 'accept', esc: 'cancel' },
};
const contexts = Object.keys(contract) as KeyContext[];

describe('the key table', () => {
  it.each(contexts)('binds these keys, and no others, in the %s', (context) => {
    const bound = bindingsIn(context).flatMap(({ keys, action }) => keys.map((key) => [key, action]));
    expect(Object.fromEntries(bound)).toEqual(contract[context]);
  });

  it.each(contexts)('binds no key twice in the %s', (context) => {
    const keys = bindingsIn(context).flatMap((binding) => binding.keys);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it('reaches every action', () =>
    expect(new Set(keymap.map(({ action }) => action))).toEqual(new Set(Object.keys(every))));

  it('leaves every character to the line of input', () => {
    const printable = Array.from({ length: 0x7f - 0x21 }, (_, index) => String.fromCharCode(0x21 + index));
    for (const key of [...printable, 'space', 'backspace', 'ctrl-u', 'ctrl-w', 'é', '日', '😀']) {
      expect(actionFor(key, 'prompt'), key).toBeNull();
    }
  });

  it('knows nothing of other keys', () => {
    for (const context of contexts) expect(actionFor('x', context)).toBeNull();
  });
});

describe('what is said of the keys', () => {
  it.each(keymap)('$action has a description, a place and a short name or none', (binding) => {
    expect(binding.description).toMatch(/\S/);
    expect(binding.contexts).not.toEqual([]);
    if (binding.footer !== undefined) expect(binding.footer).toMatch(/^[a-z]+$/);
  });

  it.each(contexts)('the footer names no two things alike in the %s', (context) => {
    const names = bindingsIn(context).flatMap(({ footer }) => footer ?? []);
    expect(names).not.toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });
});
