import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeJson } from '../../src/output/safe-json.ts';
import { dangerousText } from '../helpers/dangerous-text.ts';

const dangerous =
  /(?!\n)\p{Cc}|[\u2028\u2029\ufff9-\ufffb]|(?![\ufe0e\ufe0f])\p{Default_Ignorable_Code_Point}/u;

describe('safeJson', () => {
  it.each([
    ['a\u001b[2J\u009b\u007f', '"a\\u001b[2J\\u009b\\u007f"'],
    ['\n\r\t\b\f\\n"', '"\\u000a\\u000d\\u0009\\u0008\\u000c\\\\n\\""'],
    ['\u202e\u{e0041}\u2028', '"\\u202e\\udb40\\udc41\\u2028"'],
    ['日本 é ❤️', '"日本 é ❤️"'],
    ['\ud83d', '"\\ud83d"'],
  ])('of %j', (text, json) => expect(safeJson(text)).toBe(json));

  it('is in lines for people, with nothing raw but the newlines between', () => {
    expect(safeJson({ a: ['x\n\u009b'] }, 2)).toBe('{\n  "a": [\n    "x\\u000a\\u009b"\n  ]\n}');
  });

  it('has nothing that a terminal obeys or does not show, and is the original, whatever the text', () =>
    fc.assert(
      fc.property(dangerousText(), fc.constantFrom(0, 2), (text, indent) => {
        const json = safeJson({ [text]: [text] }, indent);
        expect(json).not.toMatch(dangerous);
        expect(JSON.parse(json)).toEqual({ [text]: [text] });
      }),
      { numRuns: 1_000 },
    ));
});
