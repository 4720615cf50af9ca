import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Block,
  findMatches,
  fixedBlock,
  OutputDocument,
} from '../../../src/ui/detail/output-document.ts';

const block = (name: string, pieces: readonly (readonly string[])[], firstId = 0): Block => ({
  name,
  kind: 'stdout',
  region: { pieces: pieces.map((lines) => ({ lines, size: 1 })), firstId, zeroId: null },
});

/** Blocks with pieces of few lines, empty ones among them. */
const anyDocument = fc
  .array(
    fc.tuple(
      fc.array(fc.array(fc.string({ unit: fc.constantFrom(...'abAB'), maxLength: 4 }), { maxLength: 4 }), {
        maxLength: 3,
      }),
      fc.integer({ min: -9, max: 9 }),
    ),
    { maxLength: 4 },
  )
  .map((blocks) => new OutputDocument(blocks.map(([pieces, id], index) => block(`b${index}`, pieces, id))));

const linesOf = (document: OutputDocument) =>
  document.blocks.flatMap(({ region }) => region.pieces.flatMap(({ lines }) => lines));

describe('the lines of a document', () => {
  it('are those of its blocks, in their order', () =>
    fc.assert(
      fc.property(anyDocument, (document) => {
        const lines = linesOf(document);
        expect(document.length).toBe(lines.length);
        expect(lines.map((_, index) => document.lineAt(index)?.text)).toEqual(lines);
        expect(document.lineAt(lines.length)).toBeNull();
        expect(document.lineAt(-1)).toBeNull();
      }),
    ));

  it('are found again by their places', () =>
    fc.assert(
      fc.property(anyDocument, (document) => {
        for (let index = 0; index < document.length; index += 1) {
          const place = document.placeOf(index);
          expect(place && document.indexOf(place)).toBe(index);
        }
      }),
    ));

  it('are found in the ranges of their blocks', () => {
    const document = new OutputDocument([
      block('a', [['1'], ['2', '3']]),
      block('b', []),
      block('c', [['4']]),
    ]);
    expect(document.rangeOf('a')).toEqual({ start: 0, end: 3 });
    expect(document.rangeOf('b')).toEqual({ start: 3, end: 3 });
    expect(document.rangeOf('c')).toEqual({ start: 3, end: 4 });
    expect(document.rangeOf('d')).toEqual({ start: 4, end: 4 });
  });

  it.each([
    [-9, 1],
    [-2, 1],
    [-1, 2],
    [99, 2],
  ])('stand in for one that is not there: %i of the block is line %i', (id, index) => {
    const document = new OutputDocument([block('a', [['1']]), block('b', [['2', '3']], -2)]);
    expect(document.indexOf({ block: 'b', id })).toBe(index);
  });

  it('are those of a text where the block is given one', () => {
    const { region } = fixedBlock('n', 'notice', ['a\nb', '', 'c']);
    expect(region.pieces.flatMap(({ lines }) => lines)).toEqual(['a', 'b', '', 'c']);
  });
});

describe('the matches', () => {
  const document = new OutputDocument([
    fixedBlock('heading', 'heading', ['stdout error']),
    block('stdout', [
      ['Error: no error', 'fine'],
      ['an ERROR', 'a (b'],
    ]),
    fixedBlock('end', 'notice', ['one more error']),
  ]);

  it.each<[string, number[], number]>([
    ['error', [1, 3, 5], 4],
    ['ERROR', [1, 3, 5], 4],
    ['fine', [2], 1],
    ['(', [4], 1],
    ['.', [], 0],
    ['', [], 0],
    ['stdout', [], 0],
  ])('of %j are in the lines %j, %i in all', (text, lines, count) =>
    expect(findMatches(document, text)).toEqual({ lines, count }),
  );

  it('are looked for in what is drawn', () => {
    const drawn = new OutputDocument([
      block('stdout', [['\u001b[31mred\u001b[0m alert', 'bell\u0007', 'é日']]),
    ]);
    expect(findMatches(drawn, 'red alert')).toEqual({ lines: [0], count: 1 });
    expect(findMatches(drawn, '[31m').count).toBe(0);
    expect(findMatches(drawn, '^G')).toEqual({ lines: [1], count: 1 });
    expect(findMatches(drawn, 'É日')).toEqual({ lines: [2], count: 1 });
  });

  it.each<[string, string, number]>([
    ['a\tb', 'a       b', 1],
    ['a\tb', 'a b', 0],
    ['1234567\tb', '7 b', 1],
    ['日本語\tb', '語  b', 1],
    ['日本語\tb', '語 b', 0],
    ['a  b\tc', 'a  b', 1],
    ['a  b\tc', 'a b', 0],
    ['\te\te', 'e', 2],
    ['\te', '    ', 2],
    ['\u001b[1m\tred\u001b[0m\t', ' red ', 1],
    ['a \u001b[0m\tb', 'a       b', 1],
  ])('of tabs are those of what they are drawn as: %j has %j %i times', (line, text, count) =>
    expect(findMatches(new OutputDocument([block('stdout', [[line]])]), text).count).toBe(count),
  );

  it('are as many as there are', () =>
    fc.assert(
      fc.property(anyDocument, fc.constantFrom('a', 'B', 'ab'), (document, text) => {
        const counts = linesOf(document).map(
          (line) => line.toLowerCase().split(text.toLowerCase()).length - 1,
        );
        expect(findMatches(document, text)).toEqual({
          lines: counts.flatMap((count, index) => (count > 0 ? [index] : [])),
          count: counts.reduce((sum, count) => sum + count, 0),
        });
      }),
    ));

  it('are the same when the text is typed on as when it is looked for at once', () =>
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom(...'aAb \tß', 'ſ', 's'), maxLength: 9 }), {
          maxLength: 6,
        }),
        fc.string({ unit: fc.constantFrom(...'aAb sß'), minLength: 1, maxLength: 4 }),
        (lines, text) => {
          const typedIn = new OutputDocument([block('stdout', [lines])]);
          const typed = Array.from({ length: text.length }, (_, end) =>
            findMatches(typedIn, text.slice(0, end + 1)),
          ).at(-1);
          expect(typed).toEqual(findMatches(new OutputDocument([block('stdout', [lines])]), text));
        },
      ),
    ));

  it('are looked for once in what does not change', () => {
    let looked = 0;
    const lines = new Proxy(['one', 'two'], {
      get: (target, name) => {
        if (name === '0') looked += 1;
        return Reflect.get(target, name);
      },
    });
    const blocks = [block('stdout', [lines])];
    const first = findMatches(new OutputDocument(blocks), 'two');
    expect(first).toEqual({ lines: [1], count: 1 });
    const before = looked;
    const more = [{ name: 'stdout', kind: 'stdout', region: blocks[0]?.region ?? never() } as const];
    expect(findMatches(new OutputDocument(more), 'two')).toEqual(first);
    expect(looked).toBe(before);
    expect(findMatches(new OutputDocument(more), 'one').lines).toEqual([0]);
    expect(looked).toBeGreaterThan(before);
  });
});

function never(): never {
  throw new Error('there is a block');
}
