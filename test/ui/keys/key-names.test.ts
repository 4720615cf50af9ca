import * as fc from 'fast-check';
import type { Key } from 'ink';
import { describe, expect, it } from 'vitest';
import { editLine, keyLabel, keyNames } from '../../../src/ui/keys/key-names.ts';

const noKey: Key = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageDown: false,
  pageUp: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  ctrl: false,
  shift: false,
  tab: false,
  backspace: false,
  delete: false,
  meta: false,
  super: false,
  hyper: false,
  capsLock: false,
  numLock: false,
};

describe('keyNames', () => {
  it.each<[string, Partial<Key>, string[]]>([
    ['', { upArrow: true }, ['up']],
    ['', { downArrow: true }, ['down']],
    ['', { leftArrow: true }, ['left']],
    ['', { rightArrow: true }, ['right']],
    ['', { pageUp: true }, ['pageup']],
    ['', { pageDown: true }, ['pagedown']],
    ['', { home: true }, ['home']],
    ['', { end: true }, ['end']],
    ['', { backspace: true }, ['backspace']],
    ['', { delete: true }, ['delete']],
    ['\r', { return: true }, ['enter']],
    ['', { tab: true }, ['tab']],
    ['', { tab: true, shift: true }, ['shift-tab']],
    ['', { escape: true }, ['esc']],
    ['\u001b', { escape: true, meta: true }, ['esc', 'esc']],
    ['\r', { return: true, meta: true }, ['esc', 'enter']],
    ['', { tab: true, meta: true }, ['esc', 'tab']],
    ['', { tab: true, shift: true, meta: true }, ['esc', 'shift-tab']],
    ['', { upArrow: true, meta: true }, ['esc', 'up']],
    ['', { pageDown: true, meta: true }, ['esc', 'pagedown']],
    ['', { backspace: true, meta: true }, ['esc', 'backspace']],
    ['c', { ctrl: true, meta: true }, ['esc', 'ctrl-c']],
    ['b', { ctrl: true }, ['ctrl-b']],
    ['G', { shift: true }, ['G']],
    ['j', { meta: true }, ['esc', 'j']],
    ['jj', { meta: true }, ['esc', 'j', 'j']],
    ['', {}, []],
  ])('%j with %o is %j', (input, flags, names) =>
    expect(keyNames(input, { ...noKey, ...flags })).toEqual(names),
  );

  it.each<[string, string[]]>([
    ['jjj', ['j', 'j', 'j']],
    ['/web\r', ['/', 'w', 'e', 'b', 'enter']],
    ['a b', ['a', 'space', 'b']],
    ['a\tb', ['a', 'tab', 'b']],
    ['x\n', ['x', 'enter']],
    ['ab\u007f\b', ['a', 'b', 'backspace', 'backspace']],
    ['j\u001a', ['j', 'ctrl-z']],
    ['j\u0003', ['j', 'ctrl-c']],
    ['j\u0002\u0006\u0015\u0004', ['j', 'ctrl-b', 'ctrl-f', 'ctrl-u', 'ctrl-d']],
    ['x\u001b', ['x', 'esc']],
    ['日本', ['日', '本']],
    ['é😀', ['é', '😀']],
  ])('%j in one event is %j', (input, names) => expect(keyNames(input, noKey)).toEqual(names));
});

const typed = (text: string, from = '') =>
  Array.from(text, (character) => (character === ' ' ? 'space' : character)).reduce(
    (line, key) => editLine(line, key) ?? line,
    from,
  );

describe('editLine', () => {
  it.each<[string, string, string]>([
    ['', 'a', 'a'],
    ['we', 'b', 'web'],
    ['web', 'space', 'web '],
    ['web', '日', 'web日'],
    ['web', '😀', 'web😀'],
    ['web', 'backspace', 'we'],
    ['web', 'delete', 'we'],
    ['', 'backspace', ''],
    ['日本', 'backspace', '日'],
    ['a👩🏽‍🚀', 'backspace', 'a'],
    ['a🇩🇪', 'backspace', 'a'],
    ['ae\u0301', 'backspace', 'a'],
    ['web eu', 'ctrl-w', 'web '],
    ['web eu  ', 'ctrl-w', 'web '],
    ['web', 'ctrl-w', ''],
    ['', 'ctrl-w', ''],
    ['web eu', 'ctrl-u', ''],
  ])('%j after %s is %j', (text, key, edited) => expect(editLine(text, key)).toBe(edited));

  it.each([
    'up',
    'left',
    'pagedown',
    'home',
    'tab',
    'shift-tab',
    'enter',
    'esc',
    'ctrl-a',
    'ctrl-c',
    'ctrl-s',
  ])('%s does not edit', (key) => expect(editLine('web', key)).toBeNull());

  it('takes what is typed, in any script', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(typed(text)).toBe(text);
      }),
    ));

  it('takes back one character that a person sees, whatever it is made of', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const characters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
        expect(editLine(text, 'backspace')).toBe(characters.slice(0, -1).join(''));
      }),
    ));

  it('rubs out word by word in as many steps as there are words', () =>
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom(...'aé日-'), minLength: 1 })), (words) => {
        const left = words.reduce((text) => editLine(text, 'ctrl-w') ?? 'not edited', words.join(' '));
        expect(left).toBe('');
      }),
    ));
});

describe('how a key is written', () => {
  it.each([
    ['up', '↑'],
    ['down', '↓'],
    ['left', '←'],
    ['right', '→'],
    ['pageup', 'PgUp'],
    ['pagedown', 'PgDn'],
    ['space', 'Space'],
    ['enter', '⏎'],
    ['esc', 'Esc'],
    ['shift-tab', 'Shift-Tab'],
    ['ctrl-b', 'Ctrl-B'],
    ['g', 'g'],
    ['G', 'G'],
    ['/', '/'],
  ])('%s is %s', (name, label) => expect(keyLabel(name)).toBe(label));
});
