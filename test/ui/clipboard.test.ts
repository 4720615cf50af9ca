import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clipboardSequence, pasteable } from '../../src/ui/clipboard.ts';
import { hostileText } from '../helpers/fixtures.ts';

describe('what is copied', () => {
  it.each([
    ['plain lines', 'one\n\ttwo\n', 'one\n\ttwo\n'],
    ['other scripts', 'ошибка 日本 👩🏽‍🚀', 'ошибка 日本 👩🏽‍🚀'],
    ['Windows newlines', 'a\r\nb\r\n', 'a\nb\n'],
    ['a lone return', 'ok\rrm -rf', 'okrm -rf'],
    ['the end of a bracketed paste', 'x\u001b[201~y', 'x[201~y'],
    ['Ctrl-C, Ctrl-D, NUL and DEL', '\u0003\u0004a\u0000\u007fb', 'ab'],
    ['C1', 'a\u009b31mb\u0085c', 'a31mbc'],
    ['bidi', 'user\u202etxt\u2066.exe\u200f', 'usertxt.exe'],
    ['nothing', '', ''],
  ])('%s', (_, output, text) => expect(pasteable(output)).toBe(text));

  it('leaves no control but newline and tab', () =>
    fc.assert(
      fc.property(hostileText(), (output) => {
        expect(pasteable(output).replaceAll(/[\n\t]/g, '')).not.toMatch(
          /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u,
        );
      }),
    ));

  it('is cleaned once and for all', () =>
    fc.assert(
      fc.property(hostileText(), (output) => {
        expect(pasteable(pasteable(output))).toBe(pasteable(output));
      }),
    ));
});

describe('clipboardSequence', () => {
  const [esc, bell] = ['\u001b', '\u0007'];

  it('is OSC 52 for the clipboard', () =>
    expect(clipboardSequence('web-01')).toBe(`${esc}]52;c;d2ViLTAx${bell}`));

  it('carries any text, and nothing that could end it early', () =>
    fc.assert(
      fc.property(hostileText(), (text) => {
        const sequence = clipboardSequence(text);
        const payload = sequence.slice(`${esc}]52;c;`.length, -1);
        expect(payload).toMatch(/^[A-Za-z0-9+/=]*$/);
        expect(Buffer.from(payload, 'base64').toString()).toBe(text.toWellFormed());
      }),
    ));
});
