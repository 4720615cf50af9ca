import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sanitiseLine, sanitiseLines } from '../../src/domain/sanitise.ts';
import { hostileCharacters, hostileIn, hostileText } from '../helpers/fixtures.ts';

/** Zero-width joiners that hold an emoji together are let through. */
const withoutEmojiJoiners = (text: string) => text.replace(/\u200d(?=\p{Extended_Pictographic})/gu, '');

describe('sanitiseLine', () => {
  it.each<[string, string, string]>([
    ['plain text', 'bash: yum: command not found', 'bash: yum: command not found'],
    ['other scripts', 'ошибка 日本語 é ñ', 'ошибка 日本語 é ñ'],
    ['combining marks', 'e\u0301', 'e\u0301'],
    ['SGR colours', '\u001b[1;31merror\u001b[0m: \u001b[38:2::1:2:3mx\u001b[m', 'error: x'],
    ['an SGR inside an SGR', '\u001b[\u001b[31m31mx', '^[[31mx'],
    ['clear screen', '\u001b[2J', '^[[2J'],
    ['cursor to the top', '\u001b[1;1H', '^[[1;1H'],
    ['set the title', '\u001b]0;owned\u0007', '^[]0;owned^G'],
    ['a hyperlink', '\u001b]8;;http://e.vil\u001b\\x\u001b]8;;\u001b\\', 'x'],
    ['a hyperlink that ends in BEL', 'a\u001b]8;id=1:x=2;http://e.vil?a;b\u0007x\u001b]8;;\u0007b', 'axb'],
    ['a hyperlink without an end', '\u001b]8;;http://e.vil and more', '^[]8;;http://e.vil and more'],
    ['a hyperlink that ends on another line', '\u001b]8;;x\nlost?\u0007', '^[]8;;x lost?^G'],
    ['a hyperlink that ends after another control', '\u001b]8;;x\u001b[2Jlost?\u0007', '^[]8;;x^[[2Jlost?^G'],
    ['a hyperlink to what is no URI', '\u001b]8;;日本\u0007', '^[]8;;日本^G'],
    ['a hyperlink without parameters', '\u001b]8;x\u0007', '^[]8;x^G'],
    ['another OSC', '\u001b]88;;x\u0007', '^[]88;;x^G'],
    ['a hyperlink inside an SGR', '\u001b[\u001b]8;;x\u000731mx', '^[[31mx'],
    ['an SGR without its end', '\u001b[31', '^[[31'],
    ['write the clipboard', '\u001b]52;c;cm0=\u0007', '^[]52;c;cm0=^G'],
    ['an 8-bit CSI', '\u009b31m', 'M-^[31m'],
    ['a lone return', 'ok\rerror', 'ok^Merror'],
    ['backspaces', 'bad\b\b\b', 'bad^H^H^H'],
    ['NUL, DEL, NEL', '\u0000\u007f\u0085', '^@^?M-^E'],
    ['the first and the last of C1', '\u0080\u009f\u00a0', 'M-^@M-^_\u00a0'],
    ['newlines and tabs', 'a\nb\r\nc\td', 'a b c d'],
    ['bidi', 'user\u202etxt.exe\u2066', 'user\\u{202e}txt.exe\\u{2066}'],
    ['zero-width', 'web\u200b\ufeff-01\u2060', 'web\\u{200b}\\u{feff}-01\\u{2060}'],
    ['line separators', 'a\u2028b\u2029', 'a\\u{2028}b\\u{2029}'],
    ['tag characters', 'a\u{e0041}\u{e007f}', 'a\\u{e0041}\\u{e007f}'],
    ['a Hangul filler', 'a\u3164', 'a\\u{3164}'],
    ['a joiner and a non-joiner between letters', 'a\u200cb\u200dc', 'a\\u{200c}b\\u{200d}c'],
    [
      'format characters that are measured as nothing and drawn as something',
      '\u0600\u06dd\u070f\u08e2\u{110bd}\u{13430}',
      '\\u{600}\\u{6dd}\\u{70f}\\u{8e2}\\u{110bd}\\u{13430}',
    ],
    ['interlinear marks', '\ufff9a\ufffab\ufffb', '\\u{fff9}a\\u{fffa}b\\u{fffb}'],
    ['an emoji with a joiner', '👩🏽‍🚀 ❤️‍🔥', '👩🏽‍🚀 ❤️‍🔥'],
    ['a skin tone of its own', '🏽 a🏽 👩🏽🏽', '\\u{1f3fd} a\\u{1f3fd} 👩🏽\\u{1f3fd}'],
    ['a skin tone behind a variation selector', '☝\ufe0f🏽', '☝\ufe0f🏽'],
    ['a joiner before a letter', '👩\u200da\u200d', '👩\\u{200d}a\\u{200d}'],
    ['joiners in a row', '👩\u200d\u200d🚀', '👩\\u{200d}\\u{200d}🚀'],
    ['a keycap', '1\ufe0f\u20e3 #\ufe0f\u20e3', '1\ufe0f\u20e3 #\ufe0f\u20e3'],
    ['variation selectors of no emoji', 'web\ufe0f-1\ufe0e', 'web\\u{fe0f}-1\\u{fe0e}'],
    ['variation selectors in a row', '❤\ufe0f\ufe0f', '❤\ufe0f\\u{fe0f}'],
    ['four combining marks', 'e\u0301\u0302\u0303\u0304', 'e\u0301\u0302\u0303\u0304'],
    [
      'more combining marks',
      'e\u0301\u0302\u0303\u0304\u0305\u20dd',
      'e\u0301\u0302\u0303\u0304\\u{305}\\u{20dd}',
    ],
    ['spacing marks among them', 'का\u0301\u093e\u0301\u093e', 'का\u0301\u093e\u0301\\u{93e}'],
    [
      'marks after what is shown by its number',
      'e\u034f\u0301\u0301\u0301\u0301',
      'e\\u{34f}\u0301\u0301\u0301\u0301',
    ],
    ['half a surrogate pair', 'a\ud83d', 'a\ufffd'],
    ['halves apart', '\ud83d\u001b[31m\ude80', '\ufffd\ufffd'],
  ])('%s', (_, text, line) => expect(sanitiseLine(text)).toBe(line));

  it('makes each hostile character visible, but for the newline and the tab', () => {
    const visible = /^a(\^[@-_?]|M-\^[@-_]|\\u\{[0-9a-f]+\})b$/;
    const hidden = hostileCharacters.filter((character) => !visible.test(sanitiseLine(`a${character}b`)));
    expect(hidden).toEqual(['\t', '\n']);
  });

  it('lets nothing hostile through, and has nothing to do a second time', () =>
    fc.assert(
      fc.property(fc.oneof(hostileText(), fc.string({ unit: 'binary' })), (text) => {
        const line = sanitiseLine(text);
        expect(hostileIn(withoutEmojiJoiners(line))).toEqual([]);
        expect(line.isWellFormed()).toBe(true);
        expect(sanitiseLine(line)).toBe(line);
      }),
    ));

  it('leaves printable ASCII as it is', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        expect(sanitiseLine(text)).toBe(text);
      }),
    ));

  it('loses no printable ASCII between hostile characters', () =>
    fc.assert(
      fc.property(hostileText(), (text) => {
        const colourless = text.replaceAll('\u001b', '');
        const line = sanitiseLine(colourless);
        const printable = [...colourless.replace(/[^ -~]/g, '')];
        const end = printable.reduce((from, character) => line.indexOf(character, from) + 1 || Infinity, 0);
        expect(end).toBeLessThanOrEqual(line.length);
      }),
    ));
});

describe('sanitiseLines', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['\n', ['']],
    ['a', ['a']],
    ['a\n', ['a']],
    ['a\r\nb\n\n', ['a', 'b', '']],
    ['a\tb', ['a       b']],
    ['\t\tx', ['                x']],
    ['1234567\tx\n12345678\tx', ['1234567 x', '12345678        x']],
    ['a\u001b[31mb\u001b[0m\u001b[K', ['ab^[[K']],
    ['\u001b[31mab\u001b[0m\tx', ['ab      x']],
    ['\u001b]8;;http://x/\u0007ab\u001b]8;;\u0007\tx', ['ab      x']],
    ['日本\tx', ['日本    x']],
    ['a\u0007b\tx', ['a^Gb    x']],
    ['\u0007\tx', ['^G      x']],
    ['\u001b]8;;x\nb\u0007', ['^[]8;;x', 'b^G']],
    ['10%\r20%\n', ['10%^M20%']],
    ['a\u2028b\u0085c', ['a\\u{2028}bM-^Ec']],
  ])('%j', (text, lines) => expect(sanitiseLines(text)).toEqual(lines));

  it('lets nothing hostile through, and has nothing to do a second time', () =>
    fc.assert(
      fc.property(hostileText(), (text) => {
        const lines = sanitiseLines(text);
        expect(hostileIn(withoutEmojiJoiners(lines.join('')))).toEqual([]);
        expect(lines.flatMap((line) => (line === '' ? [''] : sanitiseLines(line)))).toEqual(lines);
      }),
    ));
});
