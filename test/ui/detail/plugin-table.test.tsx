import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { Plugin } from '../../../src/domain/invocation.ts';
import { PluginTable } from '../../../src/ui/detail/plugin-table.tsx';
import { windowOnPlugins } from '../../../src/ui/detail/plugin-window.ts';
import { hostileIn, plugin, requestedAt } from '../../helpers/fixtures.ts';
import { hostile } from '../../helpers/ui-fixtures.ts';
import { frameOf } from '../frame.ts';

const draw = (plugins: readonly Plugin[], chosen = 0, nameWidth = 32, skipped: readonly boolean[] = []) =>
  frameOf(
    <PluginTable
      plugins={plugins}
      skipped={skipped}
      shownIndex={chosen}
      nameWidth={nameWidth}
      requestedAt={requestedAt}
    />,
  ).split('\n');
/** The cells of the rows, titles first. */
const cells = (plugins: readonly Plugin[], chosen = 0) =>
  draw(plugins, chosen)
    .filter((line) => line.startsWith('│'))
    .map((line) =>
      line
        .split('│')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

describe('the table of plugins', () => {
  it('shows name, status, exit code, start and time, and marks the chosen one', () => {
    const times = { startedAt: requestedAt, finishedAt: requestedAt + 62_000 };
    const steps = [
      plugin({ name: 'configure', ...times }),
      plugin({ name: 'install', status: 'Failed', responseCode: 7, startedAt: requestedAt }),
      plugin({ name: 'restart', startedAt: requestedAt + 86_400_000 }),
      plugin({ name: 'check', status: 'Pending', responseCode: -1 }),
    ];
    expect(cells(steps, 1)).toEqual([
      ['', 'plugin', 'status', 'exit', 'start', 'time'],
      ['', 'configure', '✓ Success', '0', '00:39:03', '1m 02s'],
      ['❯', 'install', '✗ Failed', '7', '00:39:03', ''],
      ['', 'restart', '✓ Success', '0', '09-28 00:39:03', ''],
      ['', 'check', '○ Pending', '', '', ''],
    ]);
  });

  it.each<[string, Partial<Plugin>, string]>([
    ['that has not ended', { status: 'InProgress', responseCode: 0 }, ''],
    ['that gave no answer', { status: 'Failed', responseCode: -1 }, ''],
    ['that is not known', { responseCode: null }, ''],
    ['of a kill', { status: 'TimedOut', statusDetails: 'ExecutionTimedOut', responseCode: 137 }, '137'],
  ])('shows the exit code of a step %s as %j', (_, change, exit) =>
    expect(cells([plugin(change)])[1]?.[3]).toBe(exit),
  );

  it('shows a step that was skipped as that, whatever AWS says of it', () => {
    const times = { startedAt: requestedAt, finishedAt: requestedAt };
    const drawn = draw([plugin({ name: 'other', ...times }), plugin({ name: 'own', ...times })], 1, 32, [
      true,
      false,
    ]);
    expect(drawn.find((line) => line.includes('other'))).toMatch(/^│ {3}│ other +│ ⊘ skipped +│ +│ +│ +│$/);
    expect(drawn.find((line) => line.includes('own'))).toMatch(/│ ✓ Success +│ 0 /);
    expect(new Set(drawn.map((line) => stringWidth(line))).size).toBe(1);
  });

  it('cuts names and unknown statuses that are too long', () => {
    const long = plugin({ name: 'x'.repeat(255), status: 'y'.repeat(255) });
    expect(cells([long])[1]?.slice(1, 3)).toEqual([`${'x'.repeat(31)}…`, `? ${'y'.repeat(16)}…`]);
    expect(cells([plugin({ name: 'x'.repeat(32) })])[1]?.[1]).toBe('x'.repeat(32));
    expect(draw([long], 0, 8).join('')).toContain(' xxxxxxx… ');
  });

  it('shows every one of two plugins that look alike', () =>
    expect(cells([plugin(), plugin()], 2)).toHaveLength(3));

  it('lets nothing hostile through, and takes no further line for it', () => {
    const drawn = draw([plugin({ name: hostile, status: hostile }), plugin({ name: '日'.repeat(255) })]);
    expect(drawn).toHaveLength(draw([plugin(), plugin()]).length);
    expect(hostileIn(drawn.join(''))).toEqual([]);
  });
});

describe('the table of plugins in its window', () => {
  const day = 86_400_000;
  const screens = [67, 70, 80, 91, 92, 98, 99, 100].flatMap((columns) =>
    [0, 127, -1_073_741_819].flatMap((exitCode) =>
      [0, day].map((later) => [columns, exitCode, later] as const),
    ),
  );

  it.each(screens)(
    'is as tall as it says, and not wider than %i cells, with exit code %i, begun %i ms later',
    (columns, responseCode, later) => {
      const startedAt = requestedAt + later;
      const times = { startedAt, finishedAt: startedAt + 86_399_000 };
      const widest = plugin({
        name: 'x'.repeat(255),
        status: 'TimedOut',
        statusDetails: 'ExecutionTimedOut',
        responseCode,
        ...times,
      });
      const plugins = Array.from({ length: 5 }, () => widest);
      const { count, height, nameWidth } = windowOnPlugins({ plugins, requestedAt }, 0, {
        columns,
        rows: 60,
      });
      const table = (
        <PluginTable
          plugins={plugins.slice(0, count)}
          skipped={[]}
          shownIndex={0}
          nameWidth={nameWidth}
          requestedAt={requestedAt}
        />
      );
      // Not cut at the edge: what does not fit would be a line of its own.
      const drawn = frameOf(table, columns).split('\n');
      expect(count).toBe(nameWidth < 8 ? 0 : 5);
      if (count === 0) return;
      expect(drawn).toHaveLength(height);
      expect(drawn.join('')).toContain(` ${responseCode} `);
      for (const line of drawn) {
        expect(stringWidth(line)).toBe(stringWidth(drawn[0] ?? ''));
        expect(line).toMatch(/^[┌├└│].*[┐┤┘│]$/);
      }
    },
  );

  it('has room for the exit codes of Windows from 80 columns on', () => {
    const plugins = [plugin({ status: 'Failed', responseCode: -2_147_024_891 })];
    expect(windowOnPlugins({ plugins, requestedAt }, 0, { columns: 80, rows: 24 })).toMatchObject({
      count: 1,
      nameWidth: 14,
    });
  });
});
