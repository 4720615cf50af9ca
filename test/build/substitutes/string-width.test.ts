import * as fc from 'fast-check';
import packageStringWidth, { type Options } from 'string-width';
import { expect, it } from 'vitest';
import quickStringWidth from '../../../build/substitutes/string-width.ts';

/** What is told apart without the package, its neighbours in Unicode, and what must be left to the package. */
const character = fc.oneof(
  fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCodePoint(code)),
  fc.integer({ min: 0x80, max: 0x27ff }).map((code) => String.fromCodePoint(code)),
  fc.constantFrom(...'±·×–—‘’“”•…←↑→↓−∞≤≥⊘⏎─█▟●○◷✓✗❯'),
  fc.constantFrom('\u001b[1;31m', '\u001b[m', '\u001b[K', '\u001b', '\u0301', '\ufe0f', '\u200d', '\u20e3'),
  fc.constantFrom('日', '👩‍🚀', '한', '↔', '⏳', '◾', '1', '#'),
);

it('measures as the package does', () =>
  fc.assert(
    fc.property(
      fc.string({ unit: character, maxLength: 12 }),
      fc.constantFrom<(Options | undefined)[]>(
        undefined,
        { countAnsiEscapeCodes: true },
        { ambiguousIsNarrow: false },
      ),
      (text, options) => {
        expect(quickStringWidth(text, options)).toBe(packageStringWidth(text, options));
      },
    ),
    { numRuns: 2_000 },
  ));

it('measures every character of the plane that has ours as the package does', () => {
  const characters = Array.from({ length: 0xd800 }, (_, code) => String.fromCodePoint(code));
  const different = characters.filter((text) => quickStringWidth(text) !== packageStringWidth(text));
  expect(different).toEqual([]);
});
