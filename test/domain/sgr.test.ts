import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applySgr, isSameStyle, plainStyle, type TextStyle } from '../../src/domain/sgr.ts';

const red: TextStyle = { color: 'red' };
const all: TextStyle = {
  color: 'red',
  backgroundColor: 'blue',
  bold: true,
  dim: true,
  italic: true,
  underline: true,
  inverse: true,
  strikethrough: true,
};
const without = (...names: (keyof TextStyle)[]) =>
  Object.fromEntries(Object.entries(all).filter(([name]) => !names.some((one) => one === name)));

describe('applySgr to a plain style', () => {
  it.each<[string, TextStyle]>([
    ['1', { bold: true }],
    ['2', { dim: true }],
    ['3', { italic: true }],
    ['4', { underline: true }],
    ['7', { inverse: true }],
    ['9', { strikethrough: true }],
    ['21', { underline: true }],
    ['01;31', { bold: true, color: 'red' }],
    ['30', { color: 'black' }],
    ['35', { color: 'magenta' }],
    ['36', { color: 'cyan' }],
    ['37', { color: 'white' }],
    ['90', { color: 'blackBright' }],
    ['97', { color: 'whiteBright' }],
    ['40', { backgroundColor: 'black' }],
    ['47', { backgroundColor: 'white' }],
    ['100', { backgroundColor: 'blackBright' }],
    ['107', { backgroundColor: 'whiteBright' }],
    ['31;32', { color: 'green' }],
    ['38;5;196', { color: 'ansi256(196)' }],
    ['38:5:196', { color: 'ansi256(196)' }],
    ['48;5;0', { backgroundColor: 'ansi256(0)' }],
    ['38;2;1;2;3', { color: 'rgb(1, 2, 3)' }],
    ['38:2::1:2:3', { color: 'rgb(1, 2, 3)' }],
    ['38:2:0:1:2:3', { color: 'rgb(1, 2, 3)' }],
    ['38:2:1:2:3', { color: 'rgb(1, 2, 3)' }],
    ['48:2::255:0:0;1', { backgroundColor: 'rgb(255, 0, 0)', bold: true }],
    ['38;2;;;7;4', { color: 'rgb(0, 0, 7)', underline: true }],
    ['4:3', { underline: true }],
    ['1;0;3', { italic: true }],
    ['1;;3', { italic: true }],
    ['58;5;1;3', { italic: true }],
    ['58;2;1;2;3;3', { italic: true }],
    ['58:2::1:2:3;3', { italic: true }],
  ])('%s', (parameters, style) => expect(applySgr(plainStyle, parameters)).toEqual(style));
});

describe('applySgr to every style', () => {
  it.each<[string, TextStyle]>([
    ['', {}],
    ['0', {}],
    ['000', {}],
    ['22', without('bold', 'dim')],
    ['23', without('italic')],
    ['24', without('underline')],
    ['4:0', without('underline')],
    ['27', without('inverse')],
    ['29', without('strikethrough')],
    ['39', without('color')],
    ['49', without('backgroundColor')],
    ['0;31', red],
  ])('%j', (parameters, style) => expect(applySgr(all, parameters)).toEqual(style));
});

describe('applySgr leaves as it is', () => {
  it.each([
    ['blinking', '5'],
    ['fast blinking', '6'],
    ['concealing', '8'],
    ['fonts and frames', '10;20;25;28;50;51;53;59;73'],
    ['unknown codes', '108;255;999'],
    ['a huge code', '9'.repeat(400)],
    ['other underlines', '4:9;4:;4:1:2'],
    ['codes with parts that have none', '1:2;0:1;:;:0;31:1'],
    ['a colour outside of the table', '38;5;256'],
    ['components above 255', '38;2;1;2;256;38;2;1;256;3;38;2;256;2;3'],
    ['a colour that is cut', '38;2;1;2'],
    ['an index that is cut', '38;5'],
    ['a colour without a mode', '38'],
    ['a colour of an unknown mode, and what follows', '38;7;1;2;3'],
    ['parts inside of fields', '38;5;1:2'],
    ['colours in parts that are cut', '38:;38:5;38:2:1:2;38:9:1;38:9:1:2:3;38::1'],
    ['more than 32 parameters', Array(33).fill('1').join(';')],
  ])('%s', (_, parameters) => expect(applySgr(red, parameters)).toEqual(red));
});

it('takes 32 parameters', () => {
  expect(applySgr(plainStyle, Array(32).fill('1').join(';'))).toEqual({ bold: true });
});

it('gives only colours that can be drawn, whatever the parameters', () => {
  const color =
    /^((black|red|green|yellow|blue|magenta|cyan|white)(Bright)?|ansi256\(\d{1,3}\)|rgb\(\d{1,3}, \d{1,3}, \d{1,3}\))$/;
  const unit = fc.constantFrom(...'0123456789;:', '38;5;', '48:2:', '38;2;');
  return fc.assert(
    fc.property(fc.string({ unit, maxLength: 30 }), (parameters) => {
      const { color: front = 'red', backgroundColor = 'red', ...flags } = applySgr(all, parameters);
      expect(front).toMatch(color);
      expect(backgroundColor).toMatch(color);
      expect(new Set(Object.values(flags))).toEqual(new Set(Object.keys(flags).length > 0 ? [true] : []));
    }),
  );
});

describe('isSameStyle', () => {
  it.each<[TextStyle, TextStyle, boolean]>([
    [{}, {}, true],
    [{ bold: true, color: 'red' }, { color: 'red', bold: true }, true],
    [{ color: 'red' }, { color: 'blue' }, false],
    [{ color: 'red' }, { backgroundColor: 'red' }, false],
    [{ color: 'red' }, {}, false],
    [{}, { color: 'red' }, false],
  ])('%j and %j: %s', (one, other, same) => expect(isSameStyle(one, other)).toBe(same));
});
