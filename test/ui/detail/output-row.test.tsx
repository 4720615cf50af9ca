import * as fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { sanitiseStyledLine } from '../../../src/domain/sanitise.ts';
import {
  fixedBlock,
  type LineKind,
  noMatches,
  OutputDocument,
} from '../../../src/ui/detail/output-document.ts';
import { OutputRowLine } from '../../../src/ui/detail/output-row.tsx';
import { cutWidth, type OutputRow, OutputView } from '../../../src/ui/detail/output-view.ts';
import { frameOf } from '../frame.ts';

const rowOf = (text: string, kind: LineKind): OutputRow => ({
  key: text,
  line: 0,
  kind,
  spans: sanitiseStyledLine(text),
});
const draw = (text: string, { search = '', kind = 'stdout' as LineKind, width = 40 } = {}) =>
  frameOf(<OutputRowLine row={rowOf(text, kind)} search={search} />, width);

describe('a line of output', () => {
  it.each(['stdout', 'stderr', 'heading', 'notice'] as const)('shows the text of %s', (kind) =>
    expect(draw('yum: not found', { kind })).toBe('yum: not found'),
  );

  it.each(['stdout', 'stderr', 'heading', 'notice'] as const)('is cut at the edge in %s', (kind) =>
    expect(draw('日本語 yum: not found', { kind, width: 10 })).toBe('日本語 yu…'),
  );

  it.each(['stdout', 'stderr'] as const)('takes a line in %s also when it is empty', (kind) => {
    const lines = ['', 'next'].map((text) => <OutputRowLine key={text} row={rowOf(text, kind)} search="" />);
    expect(frameOf(lines)).toMatch(/^ *\nnext$/);
  });

  it.each([
    ['yum', 'YUM: yum not found, yum'],
    ['YUM', 'YUM: yum not found, yum'],
    ['YUM: yum not found, yum', 'YUM: yum not found, yum'],
    ['aa', 'aaaaa'],
    ['日', '日本日本'],
    ['(', 'f(x)'],
    ['x', 'no match'],
  ])('with %j marked still says %j', (search, text) => expect(draw(text, { search })).toBe(text));

  it.each([
    ['a', 'a', `${'a'.repeat(9)}…`],
    ['日', '', '日日日日…'],
    ['日', '日', '日日日日…'],
    ['e\u0301', 'e', `${'e\u0301'.repeat(9)}…`],
    ['👩🏽‍🚀', '', `${'👩🏽‍🚀'.repeat(4)}…`],
  ])('of thousands of %j with %j marked fills its row, and shows that it goes on', (unit, search, shown) => {
    const document = new OutputDocument([fixedBlock('text', 'stdout', [unit.repeat(2_000)])]);
    const rows = new OutputView(document, noMatches, 1, null, cutWidth(10, search), 10).rows('start');
    const lines = rows.map((row) => <OutputRowLine key={row.key} row={row} search={search} />);
    expect(frameOf(lines, 10)).toBe(shown);
  });

  it('loses nothing of any text to any search', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'aAbß日'), maxLength: 12 }),
        fc.string({ unit: fc.constantFrom(...'aAbß日'), maxLength: 3 }),
        (text, search) => {
          expect(draw(`|${text}|`, { search })).toBe(`|${text}|`);
          expect(stringWidth(draw(text, { search, width: 5 }))).toBeLessThanOrEqual(5);
        },
      ),
      { numRuns: 40 },
    ));
});
