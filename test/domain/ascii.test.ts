import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { ownCharacters } from '../../build/substitutes/own-characters.ts';
import { asciiCells, asciiText } from '../../src/domain/ascii.ts';
import { endUnreadGlyph, glyphs, skippedGlyph } from '../../src/domain/tone.ts';

const ascii = /^[\0-\x7f]*$/;

/** The character class, written out. */
const own = ownCharacters
  .replaceAll(/(.)-(.)/gu, (_, from: string, to: string) =>
    String.fromCodePoint(
      ...Array.from(
        { length: (to.codePointAt(0) ?? 0) - (from.codePointAt(0) ?? 0) + 1 },
        (_step, index) => (from.codePointAt(0) ?? 0) + index,
      ),
    ),
  )
  .split('');

describe('cells', () => {
  it.each([
    ['│ ❯ │ ✓ Success │', '| > | v Success |'],
    ['┌───┬───┐', '+---+---+'],
    ['████░░  612 of 1,000  ✗ 22  ● 50', '####..  612 of 1,000  x 22  * 50'],
    ['délai dépassé', 'd?lai d?pass?'],
    ['日本 web', '???? web'],
    ['e\u0301 x', 'e x'],
    ['1\ufe0f\u20e3 x', '1? x'],
    ['👩‍💻!', '??!'],
    ['\u001b[31m✗\u001b[39m é', '\u001b[31mx\u001b[39m ?'],
    ['a\r\né', 'a\r\n?'],
  ])('%j: %j', (drawn, expected) => {
    expect(asciiCells(drawn)).toBe(expected);
  });

  it('are there for everything that this program draws', () => {
    expect(own).toContain('┼');
    for (const character of own) {
      expect([character, asciiCells(character)]).toEqual([character, expect.stringMatching(/^[!->@-~]$/)]);
    }
  });

  it('tell statuses apart', () => {
    const all = [...Object.values(glyphs), endUnreadGlyph, skippedGlyph, '◷'].map(asciiCells);
    expect(new Set(all).size).toBe(all.length);
  });

  it('tell the levels of a plot apart', () => {
    const levels = asciiCells('▁▂▃▄▅▆▇█');
    expect(new Set(levels).size).toBe(8);
  });

  it('take the place of whatever it is, as wide as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (drawn) => {
        const cells = asciiCells(drawn);
        expect(cells).toMatch(ascii);
        expect(stringWidth(cells)).toBe(stringWidth(drawn));
      }),
    );
  });

  it('are ASCII, whatever they stand for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (drawn) => {
        expect(asciiCells(drawn)).toMatch(ascii);
      }),
      { numRuns: 30 },
    );
  });
});

describe('text', () => {
  it.each([
    ['InProgress → Success', 'InProgress -> Success'],
    ['6 × no space (i-1, i-2, …)', '6 x no space (i-1, i-2, ...)'],
    ['AWS-RunShellScript · délai', 'AWS-RunShellScript - d\\u{e9}lai'],
    ['日本', '\\u{65e5}\\u{672c}'],
    ['👩‍💻', '\\u{1f469}\\u{200d}\\u{1f4bb}'],
  ])('%j: %j', (text, expected) => {
    expect(asciiText(text)).toBe(expected);
  });

  it('is ASCII, and leaves ASCII as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary-ascii' }), (text, plain) => {
        expect(asciiText(text)).toMatch(ascii);
        expect(asciiText(plain)).toBe(plain);
      }),
    );
  });
});
