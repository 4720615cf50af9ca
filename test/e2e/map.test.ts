import { describe, expect, test } from 'vitest';
import { standingRollout } from '../helpers/rollout.ts';
import { openTerminal, type TestTerminal } from '../helpers/terminal.ts';
import { instanceUnderCursor } from './screen-texts.ts';

/** The lines of cells, without their margin. */
const cellsOn = (screen: readonly string[]) =>
  screen.flatMap((line) => /^[❯ ]([✗?●○◷✓]+)$/.exec(line)?.[1] ?? []);

/** Where the cell under the cursor is, and what is in it. */
function cursorIn(terminal: TestTerminal): { line: number; column: number; text: string }[] {
  return terminal
    .cells()
    .flatMap((cells, line) =>
      cells.filter(({ inverse }) => inverse).map(({ column, text }) => ({ line, column, text })),
    );
}

describe('the fleet map', () => {
  test.each([
    { columns: 80, rows: 24, perCell: 2 },
    { columns: 200, rows: 60, perCell: 1 },
  ])('of 2,000 instances is there at $columns×$rows, in colours, and leads to an output', async (screen) => {
    const { perCell, ...size } = screen;
    using terminal = openTerminal(
      ['demo', '--instances', '2000', '--speed', '200', '--page-size', '50'],
      size,
    );
    await terminal.waitFor(/FAILURE/, 'the end');
    const instance = instanceUnderCursor(terminal.screen());
    terminal.write('vv');
    const scale = perCell === 1 ? '' : `one cell = ${perCell} instances, `;
    const map = await terminal.waitFor(new RegExp(`^ 2,000 instances, ${scale}worst first$`, 'm'), 'the map');
    const cells = cellsOn(map);
    expect(cells.join('')).toHaveLength(2_000 / perCell);
    expect(cells.join('')).toMatch(/^✗+✓+$/);
    expect(cells.slice(0, -1).every((line) => line.length === size.columns - 2)).toBe(true);
    expect(map.at(-1)).toMatch(
      /^ ↑↓ move {2}⏎ output .*> order {2}(v view {2})?Esc back {2}\? help {2}q quit$/,
    );
    expect(map.at(-2)).toContain(instance);
    const colours = new Set(
      terminal
        .cells()
        .slice(4, 4 + cells.length)
        .flatMap((line) => line.filter(({ text }) => '✗✓'.includes(text)))
        .map(({ text, colour }) => `${text} ${colour}`),
    );
    expect([...colours].toSorted()).toEqual(['✓ green', '✗ red']);
    expect(cursorIn(terminal)).toEqual([{ line: 4, column: 1, text: '✗' }]);

    terminal.write('jlll');
    await terminal.waitFor(() => cursorIn(terminal)[0]?.column === 4, 'the cursor further on');
    expect(cursorIn(terminal)).toEqual([{ line: 5, column: 4, text: '✗' }]);
    const id = /\bi-[0-9a-f]{17}\b/.exec(terminal.screen().at(-2) ?? '')?.[0] ?? 'no instance';
    terminal.write('\r');
    const detail = await terminal.waitFor(/ plugin .*Tab plugin/s, 'the output');
    expect(detail[3]).toContain(id);
    terminal.write('q');
    await terminal.waitFor(
      (lines) => cellsOn(lines).length > 0 && lines.at(-2)?.includes(id) === true,
      'the map',
    );
    terminal.write('v');
    expect(instanceUnderCursor(await terminal.waitFor(/INSTANCE/, 'the list'))).toBe(id);
  });

  test('is on any terminal, and the same again on the old one', async () => {
    await using rollout = await standingRollout(12);
    using terminal = openTerminal(rollout.args);
    await terminal.waitFor(/22 of 60/, 'all rows');
    terminal.write('vvlll');
    const whole = () => cursorIn(terminal)[0]?.column === 4;
    const before = cellsOn(await terminal.waitFor(whole, 'the map'));
    expect(before.join('')).toHaveLength(60);
    for (const [columns, rows] of [
      [1, 1],
      [20, 5],
      [200, 60],
      [2, 30],
      [40, 7],
    ] as const) {
      terminal.resize(columns, rows);
      await terminal.waitFor(() => true, `a frame for ${columns}×${rows}`);
      terminal.resize(100, 30);
      const same = (lines: string[]) => JSON.stringify(cellsOn(lines)) === JSON.stringify(before) && whole();
      await terminal.waitFor(same, `the same map as before ${columns}×${rows}`);
    }
  });

  test('changes while the rollout goes on', async () => {
    await using rollout = await standingRollout(12);
    using terminal = openTerminal([...rollout.args, '--interval', '0.5']);
    await terminal.waitFor(/22 of 60/, 'all rows');
    terminal.write('vv');
    const running = (screen: string[]) => cellsOn(screen).join('').split('●').length - 1;
    const before = running(await terminal.waitFor(/worst first/, 'the map'));
    expect(before).toBeGreaterThan(0);
    rollout.clock.advance(120_000);
    const end = await terminal.waitFor(/FAILURE/, 'the end');
    expect(running(end)).toBe(0);
    expect(cellsOn(end).join('')).toMatch(/^✗+✓+$/);
  });

  test('shows its cursor without colours, too', async () => {
    await using rollout = await standingRollout(12);
    using terminal = openTerminal([...rollout.args, '--color', 'never']);
    await terminal.waitFor(/22 of 60/, 'all rows');
    terminal.write('vvll');
    await terminal.waitFor(/^❯✗✗█✗/m, 'the cursor');
    expect(cursorIn(terminal)).toEqual([]);
  });
});
