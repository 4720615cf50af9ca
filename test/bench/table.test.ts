import { expect, test } from 'vitest';
import { comparedFigure, figureOf, isMet } from './figure.ts';
import { tableLines } from './table.ts';

const sweep = comparedFigure(
  { id: 'sweep', what: 'one sweep', unit: 'ms', target: { kind: 'ratio', most: 0.5 } },
  [1200, 1000, 1100],
  'aws',
  [2000, 2000, 2200],
);
const rest = figureOf(
  { id: 'rest', what: 'at rest', unit: 'bytes', target: { kind: 'value', most: 1000 } },
  [734.25],
);
const calls = figureOf({ id: 'calls', what: 'calls', unit: 'calls' }, [4862]);

test('the table says what was measured, with its spread, beside its peer and target', () => {
  expect(tableLines([sweep, rest, calls])).toEqual([
    "what                         ours  peer                  peer's  ratio         target  met",
    '---------  ----------------------  ----  ----------------------  -----  -------------  ---',
    'one sweep  1,100 ms [1,000–1,200]  aws   2,000 ms [2,000–2,200]   0.50        ≤ 0.5 ×  yes',
    'at rest                 734 bytes                                       ≤ 1,000 bytes  yes',
    'calls                 4,862 calls',
  ]);
});

test.each([
  { ours: [10], peers: [20], most: 0.5, met: true },
  { ours: [11], peers: [20], most: 0.5, met: false },
])('a ratio of $ours to $peers meets ≤ $most: $met', ({ ours, peers, most, met }) => {
  const subject = { id: 'x', what: 'x', unit: 'ms', target: { kind: 'ratio', most } } as const;
  expect(isMet(comparedFigure(subject, ours, 'peer', peers))).toBe(met);
});

test('a ratio that could not be measured is not met, and what has no target is neither', () => {
  const target = { kind: 'ratio', most: 2 } as const;
  expect(isMet(figureOf({ id: 'x', what: 'x', unit: 'ms', target }, [1]))).toBe(false);
  expect(isMet(calls)).toBeNull();
});
