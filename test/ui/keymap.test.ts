import { describe, expect, it } from 'vitest';
import { type Action, actionFor, bindingsIn, type KeyContext, keymap } from '../../src/ui/keymap.ts';

const contexts: readonly KeyContext[] = ['list', 'groups', 'detail', 'fields', 'help', 'prompt'];

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
  open: true,
  openGroup: true,
  nextView: true,
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
  save: true,
  help: true,
  quit: true,
  leave: true,
  suspend: true,
  repaint: true,
};

type Does = Action | null;
/**
 * The key table of product.md and what groups and fields add to it: key, then what it does in the list, the failure groups,
 * the detail pane, the other fields, the help and a prompt.
 */
const contract: readonly (readonly [string, Does, Does, Does, Does, Does, Does])[] = [
  ['up', 'lineUp', 'lineUp', 'lineUp', 'lineUp', 'lineUp', null],
  ['down', 'lineDown', 'lineDown', 'lineDown', 'lineDown', 'lineDown', null],
  ['j', 'lineDown', 'lineDown', 'lineDown', 'lineDown', 'lineDown', null],
  ['k', 'lineUp', 'lineUp', 'lineUp', 'lineUp', 'lineUp', null],
  ['pageup', 'pageUp', 'pageUp', 'pageUp', 'pageUp', 'pageUp', null],
  ['pagedown', 'pageDown', 'pageDown', 'pageDown', 'pageDown', 'pageDown', null],
  ['ctrl-b', 'pageUp', 'pageUp', 'pageUp', 'pageUp', 'pageUp', null],
  ['ctrl-f', 'pageDown', 'pageDown', 'pageDown', 'pageDown', 'pageDown', null],
  ['b', 'pageUp', 'pageUp', 'pageUp', 'pageUp', 'pageUp', null],
  ['space', 'pageDown', 'pageDown', 'pageDown', 'pageDown', 'pageDown', null],
  ['ctrl-u', 'halfPageUp', 'halfPageUp', 'halfPageUp', 'halfPageUp', 'halfPageUp', null],
  ['ctrl-d', 'halfPageDown', 'halfPageDown', 'halfPageDown', 'halfPageDown', 'halfPageDown', null],
  ['g', 'top', 'top', 'top', 'top', 'top', null],
  ['G', 'bottom', 'bottom', 'bottom', 'bottom', 'bottom', null],
  ['home', 'top', 'top', 'top', 'top', 'top', null],
  ['end', 'bottom', 'bottom', 'bottom', 'bottom', 'bottom', null],
  ['enter', 'open', 'openGroup', null, null, null, 'accept'],
  ['esc', 'clear', 'back', 'back', 'back', 'back', 'cancel'],
  ['/', 'filter', null, 'search', null, null, null],
  ['n', null, null, 'nextMatch', null, null, null],
  ['N', null, null, 'previousMatch', null, null, null],
  ['f', 'failures', null, null, null, null, null],
  ['>', 'sortNext', null, null, null, null, null],
  ['<', 'sortPrevious', null, null, null, null, null],
  ['I', 'sortInvert', null, null, null, null, null],
  ['tab', null, null, 'nextPlugin', null, null, null],
  ['shift-tab', null, null, 'previousPlugin', null, null, null],
  ['w', null, null, 'wrap', null, null, null],
  ['F', null, null, 'follow', null, null, null],
  ['p', 'pause', 'pause', 'pause', 'pause', 'pause', null],
  ['r', 'refresh', 'refresh', 'refresh', 'refresh', 'refresh', null],
  ['y', 'copyId', null, 'copyOutput', 'copyFields', null, null],
  ['ctrl-s', null, null, 'save', null, null, null],
  ['?', 'help', 'help', 'help', 'help', 'help', null],
  ['q', 'quit', 'quit', 'back', 'back', 'back', null],
  ['ctrl-c', 'leave', 'leave', 'leave', 'leave', 'leave', 'leave'],
  ['ctrl-z', 'suspend', 'suspend', 'suspend', 'suspend', 'suspend', 'suspend'],
  ['v', 'nextView', 'nextView', null, null, null, null],
  ['a', null, null, 'fields', 'fields', null, null],
  ['P', null, null, null, 'parameters', null, null],
];

describe('the key table', () => {
  it.each(contract)('%s', (key, ...actions) =>
    expect(contexts.map((context) => actionFor(key, context))).toEqual(actions),
  );

  it('binds no key that the contract does not name, but Ctrl-L', () => {
    const bound = new Set(keymap.flatMap(({ keys }) => keys));
    expect([...bound].toSorted()).toEqual([...contract.map(([key]) => key), 'ctrl-l'].toSorted());
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
