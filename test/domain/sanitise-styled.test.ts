import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type StyledSpan, sanitiseStyledLine } from '../../src/domain/sanitise.ts';

const esc = '\u001b';
const joined = (spans: readonly StyledSpan[]) => spans.map(({ text }) => text).join('');
const linesOf = (text: string) => text.split(/\r?\n/);

describe('sanitiseStyledLine', () => {
  it.each<[string, string, [string, StyledSpan['style']][]]>([
    ['nothing', '', []],
    ['colours alone', `${esc}[31m${esc}[0m`, []],
    ['plain text', 'a b', [['a b', {}]]],
    [
      'colours, and their end',
      `a${esc}[1;31mb${esc}[0mc`,
      [
        ['a', {}],
        ['b', { bold: true, color: 'red' }],
        ['c', {}],
      ],
    ],
    ['a colour to the end of the line', `${esc}[32mok`, [['ok', { color: 'green' }]]],
    ['a colour that changes nothing', `a${esc}[0mb${esc}[39mc`, [['abc', {}]]],
    [
      'a hyperlink, coloured',
      `${esc}[34m${esc}]8;id=1;http://x/${esc}\\here${esc}]8;;${esc}\\`,
      [['here', { color: 'blue' }]],
    ],
    ['what is no colour', `${esc}[31mx${esc}[2J${esc}[>4my`, [['x^[[2J^[[>4my', { color: 'red' }]]],
    ['blinking and concealed', `${esc}[5;8mhere`, [['here', {}]]],
    [
      'tabs, over the whole line',
      `ab${esc}[31m\tc${esc}[0m\t日${esc}[32m\td`,
      [
        ['ab', {}],
        ['      c', { color: 'red' }],
        ['       日', {}],
        ['      d', { color: 'green' }],
      ],
    ],
    ['an emoji of parts in different colours', `👩${esc}[31m\u200d🚀`, [['👩\u200d🚀', {}]]],
    [
      'an emoji and its skin tone in different colours',
      `👩${esc}[31m🏽!${esc}[32m🏽`,
      [
        ['👩🏽', {}],
        ['!\\u{1f3fd}', { color: 'red' }],
      ],
    ],
    [
      'an emoji behind a letter of its colour',
      `a${esc}[31mb👩🏽`,
      [
        ['a', {}],
        ['b👩🏽', { color: 'red' }],
      ],
    ],
    [
      'half a surrogate pair in each colour',
      `\ud83d${esc}[31m\ude80`,
      [
        ['\ufffd', {}],
        ['\ufffd', { color: 'red' }],
      ],
    ],
    [
      'marks above four, counted over the colours',
      `e\u0301\u0301\u0301${esc}[31m\u0301\u0301`,
      [
        ['e\u0301\u0301\u0301', {}],
        ['\u0301\\u{301}', { color: 'red' }],
      ],
    ],
    ['a lone return', `${esc}[33m10%\r20%`, [['10%^M20%', { color: 'yellow' }]]],
  ])('%s', (_, line, spans) =>
    expect(sanitiseStyledLine(line)).toEqual(spans.map(([text, style]) => ({ text, style }))),
  );

  it('begins each line anew', () => {
    expect(linesOf(`${esc}[31ma\nb`).map(sanitiseStyledLine)).toEqual([
      [{ text: 'a', style: { color: 'red' } }],
      [{ text: 'b', style: {} }],
    ]);
  });
});

it('colours between the characters change no text', () =>
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.constantFrom('a', '\t', '日', '👩', '\u200d', '\ufe0f', '🏽', '\u0301', '\u202e'),
          fc.boolean(),
        ),
      ),
      (characters) => {
        const plain = characters.map(([character]) => character).join('');
        const coloured = characters
          .map(([character, isRed]) => `${esc}[${isRed ? 31 : 0}m${character}`)
          .join('');
        expect(joined(sanitiseStyledLine(coloured))).toBe(joined(sanitiseStyledLine(plain)));
      },
    ),
  ));
