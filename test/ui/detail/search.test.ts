import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchPattern, splitAtMatches } from '../../../src/ui/detail/search.ts';

/** The pieces in writing, matches in guillemets. */
const marked = (line: string, text: string) =>
  splitAtMatches(line, text)
    .map((piece) => (piece.isMatch ? `«${piece.text}»` : piece.text))
    .join('|');
const special = String.raw`\^$.*+?()[]{}|/-,#&~`;

describe('splitAtMatches', () => {
  it.each([
    ['no match', 'yum', 'no match'],
    ['yum', 'yum', '«yum»'],
    ['yum: not found', 'yum', '«yum»|: not found'],
    ['no YUM here, Yum', 'yum', 'no |«YUM»| here, |«Yum»'],
    ['no yum', 'YUM', 'no |«yum»'],
    ['aaaaa', 'aa', '«aa»|«aa»|a'],
    ['f(x) [y]', '(x) [', 'f|«(x) [»|y]'],
    ['日本日本', '日', '«日»|本|«日»|本'],
    ['ОШИБКА диска', 'ошибка', '«ОШИБКА»| диска'],
    ['İstanbul yum', 'yum', 'İstanbul |«yum»'],
    ['straße', 'strasse', 'straße'],
    ['a👩🏽‍🚀b', '👩🏽‍🚀', 'a|«👩🏽‍🚀»|b'],
    ['a👩🏽b 👩🏽‍🚀', '👩', 'a|«👩🏽»|b |«👩🏽‍🚀»'],
    ['a line', '', 'a line'],
    ['', 'x', ''],
    ['', '', ''],
  ])('%j for %j is %j', (line, text, pieces) => expect(marked(line, text)).toBe(pieces));

  const texts = fc.string({ unit: fc.constantFrom(...`aAbßſİkK日😀${special}`), maxLength: 12 });
  const anyText = fc.oneof(texts, fc.string({ unit: 'binary', maxLength: 20 }));

  it('loses nothing, and says where each piece begins', () =>
    fc.assert(
      fc.property(anyText, anyText, (line, text) => {
        const pieces = splitAtMatches(line, text);
        expect(pieces.map((piece) => piece.text).join('')).toBe(line);
        for (const piece of pieces) {
          expect(piece.text).not.toBe('');
          expect(line.startsWith(piece.text, piece.at)).toBe(true);
        }
        expect(new Set(pieces.map(({ at }) => at)).size).toBe(pieces.length);
      }),
      { numRuns: 500 },
    ));

  it('marks what the pattern finds, and nothing else', () =>
    fc.assert(
      fc.property(texts, texts, (line, text) => {
        const pattern = searchPattern(text);
        const matches = splitAtMatches(line, text).filter(({ isMatch }) => isMatch);
        expect(matches.length > 0).toBe(pattern !== null && line.search(pattern) >= 0);
        for (const match of matches) expect(match.text).toHaveLength(text.length);
      }),
      { numRuns: 500 },
    ));

  it('finds any text in itself, and with more around it', () =>
    fc.assert(
      fc.property(
        texts.filter((text) => text !== ''),
        fc.constantFrom('', ' ', '-'),
        (text, around) => {
          // What is around can be the beginning of the text, so that it is found there.
          const [found] = splitAtMatches(`${around}${text}${around}`, text).filter(({ isMatch }) => isMatch);
          expect(found?.text.toLowerCase()).toBe(text.toLowerCase());
          expect(found?.at).toBeLessThanOrEqual(around.length);
        },
      ),
    ));
});

describe('searchPattern', () => {
  it('is nothing for nothing', () => expect(searchPattern('')).toBeNull());

  it.each([...special])('takes %s as it is', (character) => {
    const pattern = searchPattern(`a${character}b`);
    expect(`xa${character}by`.search(pattern ?? /$/)).toBe(1);
    expect('ab a1b'.search(pattern ?? /$/)).toBe(-1);
  });

  it('throws at no text that can be typed', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(() => searchPattern(text)).not.toThrow();
      }),
    ));
});
