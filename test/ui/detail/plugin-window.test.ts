import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { windowOnPlugins } from '../../../src/ui/detail/plugin-window.ts';
import { requestedAt } from '../../helpers/fixtures.ts';

const steps = (count: number, responseCode: number | null = 0, startedAt: number | null = null) =>
  Array.from({ length: count }, () => ({ responseCode, startedAt }));
const plugins = (...given: Parameters<typeof steps>) => ({ plugins: steps(...given), requestedAt });

describe('which plugins are shown', () => {
  it.each([
    ['all where there is room', 2, 0, 80, 24, { from: 0, count: 2 }],
    ['none of none', 0, 0, 80, 24, { from: 0, count: 0, height: 0 }],
    ['five at most, the first', 9, 0, 100, 60, { from: 0, count: 5 }],
    ['five at most, around the chosen one', 9, 4, 100, 60, { from: 2, count: 5 }],
    ['five at most, the last', 9, 8, 100, 60, { from: 4, count: 5 }],
    ['fewer on a low screen', 9, 4, 100, 14, { from: 3, count: 2 }],
    ['none on a lower one', 9, 4, 100, 9, { count: 0, height: 0 }],
    ['none on a narrow one', 2, 0, 60, 24, { count: 0, height: 0 }],
  ])('%s', (_, count, chosen, columns, rows, window) =>
    expect(windowOnPlugins(plugins(count), chosen, { columns, rows })).toMatchObject(window),
  );

  it.each([
    [80, null, 21],
    [80, 0, 21],
    [80, -1, 21],
    [80, 3010, 21],
    [80, 17_002, 20],
    [80, -1_073_741_819, 14],
    [100, -1_073_741_819, 32],
    [74, -1_073_741_819, 8],
  ])('at %i columns, with exit code %i, a name has %i cells', (columns, exitCode, cells) =>
    expect(windowOnPlugins(plugins(2, exitCode), 0, { columns, rows: 24 }).nameWidth).toBe(cells),
  );

  it('makes room for the longest exit code of all, also of plugins out of sight', () => {
    const all = { plugins: [...steps(8), ...steps(1, -1_073_741_819)], requestedAt };
    expect(windowOnPlugins(all, 0, { columns: 80, rows: 24 }).nameWidth).toBe(14);
  });

  it('makes room for the date of a step that began on another day than the request', () => {
    const all = { plugins: [...steps(8), ...steps(1, 0, requestedAt + 86_400_000)], requestedAt };
    expect(windowOnPlugins(all, 0, { columns: 80, rows: 24 }).nameWidth).toBe(15);
  });

  it('the chosen one is among them, if any is, and half of the screen is left', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.nat(39),
        fc.nat(300),
        fc.nat(100),
        (all, some, columns, rows) => {
          const chosen = some % all;
          const { from, count, height } = windowOnPlugins(plugins(all), chosen, { columns, rows });
          expect(from).toBeGreaterThanOrEqual(0);
          expect(from + count).toBeLessThanOrEqual(all);
          expect(height).toBeLessThanOrEqual(rows / 2);
          if (count === 0) return;
          expect(chosen).toBeGreaterThanOrEqual(from);
          expect(chosen).toBeLessThan(from + count);
        },
      ),
    ));
});
