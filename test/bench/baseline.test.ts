import { expect, test } from 'vitest';
import { compareWithBaseline, countsOf } from './baseline.ts';
import { figureOf } from './figure.ts';

test('only calls and bytes are compared, never times or memory', () => {
  const figures = (['ms', 'calls', 'MiB', 'bytes', '% of a core', 's'] as const).map((unit) =>
    figureOf({ id: `of ${unit}`, what: unit, unit }, [5]),
  );
  expect(countsOf(figures)).toEqual({ 'of calls': 5, 'of bytes': 5 });
});

test.each([
  { is: 1000, exceeded: false, undercut: false },
  { is: 1020, exceeded: false, undercut: false },
  { is: 1021, exceeded: true, undercut: false },
  { is: 980, exceeded: false, undercut: false },
  { is: 979, exceeded: false, undercut: true },
])('$is where it was 1000: exceeded $exceeded, undercut $undercut', ({ is, exceeded, undercut }) => {
  const comparison = compareWithBaseline({ calls: 1000 }, { calls: is });
  const deviation = { id: 'calls', was: 1000, is };
  expect(comparison.exceeded).toEqual(exceeded ? [deviation] : []);
  expect(comparison.undercut).toEqual(undercut ? [deviation] : []);
});

test('what the baseline does not have is told; what was not measured is not', () => {
  const comparison = compareWithBaseline({ old: 1 }, { new: 2 });
  expect(comparison).toEqual({ exceeded: [], undercut: [], unknown: ['new'] });
});
