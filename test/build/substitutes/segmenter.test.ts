import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownCharacters } from '../../../build/substitutes/own-characters.ts';
import QuickSegmenter from '../../../build/substitutes/segmenter.ts';

const unit = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: 0, max: 0x7f }).map((code) => String.fromCharCode(code)) },
  { weight: 20, arbitrary: fc.constantFrom(...ownCharacters) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('\r', '\u0301', '\ufe0f', '\u200d', '\u20e3', '日', '👩', '🚀', '한'),
  },
);
const text = fc.string({ unit, maxLength: 12 });

describe('segments as Intl.Segmenter does', () => {
  it.each<[string, Intl.SegmenterOptions | undefined]>([
    ['by default', undefined],
    ['graphemes', { granularity: 'grapheme' }],
    ['words', { granularity: 'word' }],
  ])('%s', (_, options) => {
    const quick = new QuickSegmenter(undefined, options);
    const builtIn = new Intl.Segmenter(undefined, options);
    expect(quick.resolvedOptions()).toEqual(builtIn.resolvedOptions());
    return fc.assert(
      fc.property(text, fc.option(fc.integer({ min: 0, max: 13 }), { nil: undefined }), (input, index) => {
        expect([...quick.segment(input)]).toEqual([...builtIn.segment(input)]);
        expect(quick.segment(input).containing(index)).toEqual(builtIn.segment(input).containing(index));
      }),
      { numRuns: 1_000 },
    );
  });
});
