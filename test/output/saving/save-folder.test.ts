import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileName } from '../../../src/output/saving/save-folder.ts';
import { hostileText } from '../../helpers/fixtures.ts';

describe('fileName', () => {
  it.each([
    ['aws:runShellScript', 'aws-runShellScript'],
    ['i-0cb2b964d3e14fd9f', 'i-0cb2b964d3e14fd9f'],
    ['a_b.c-d', 'a_b.c-d'],
    ['..', '-'],
    ['.bashrc', '-bashrc'],
    ['', '-'],
    ['C:\\x', 'C--x'],
    ['👩日', '--'],
  ])('%j', (name, safe) => expect(fileName(name)).toBe(safe));

  it('is a part of a path whatever the name, and stays what it is', () =>
    fc.assert(
      fc.property(fc.oneof(hostileText(), fc.string({ unit: 'binary', maxLength: 400 })), (name) => {
        const safe = fileName(name);
        expect(safe).toMatch(/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$/);
        expect(fileName(safe)).toBe(safe);
      }),
    ));

  it('keeps the allowed characters in their places', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 100 }), (text) => {
        const name = `x${text}`.slice(0, 100);
        const expected = [...name].map((character) => (/[\w.-]/.test(character) ? character : '-'));
        expect(fileName(name)).toBe(expected.join(''));
      }),
    ));
});
