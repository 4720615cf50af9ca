import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TemporaryFolder } from '../helpers/environment.ts';
import { standingRollout } from '../helpers/rollout.ts';
import { openTerminal, type TestTerminal } from '../helpers/terminal.ts';
import { cursorLine, instancesOn, still } from './screen-texts.ts';

/** Resizes to each of many sizes and back, and waits each time until the screen is what it was before. */
async function expectSame(terminal: TestTerminal, before: readonly string[]): Promise<void> {
  for (const [columns, rows] of sizes) {
    terminal.resize(columns, rows);
    await terminal.waitFor(() => true, `a frame for ${columns}×${rows}`);
    terminal.resize(100, 30);
    await terminal.waitFor(
      (screen) => JSON.stringify(still(screen)) === JSON.stringify(before),
      `the same screen as before ${columns}×${rows}`,
    );
  }
}

/** Visible rows, also where no whole instance ID fits. */
const rowsOn = (screen: readonly string[]) => screen.filter((line) => /^[❯ ] [✗●○◷✓] /.test(line)).length;

/** Up to what no screen has. */
const anySize = fc.tuple(
  fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 500 })),
  fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 200 })),
);

const sizes = [
  [1, 1],
  [20, 5],
  [200, 60],
  [2, 30],
  [79, 3],
  [300, 2],
  [40, 10],
  [99, 29],
  [500, 200],
] as const;

describe('another size of the terminal', () => {
  test('leaves the list right when the old one is back', async () => {
    await using rollout = await standingRollout(12);
    using terminal = openTerminal(rollout.args);
    await terminal.waitFor(/22 of 60.*; last seen/s, 'all rows, and what is known of their nodes');
    terminal.write('jjj');
    const screen = await terminal.waitFor((lines) => lines[7]?.startsWith('❯') ?? false, 'the fourth row');
    await expectSame(terminal, still(screen));
  });

  test('is filled: no line wraps, the footer is last', async () => {
    await using rollout = await standingRollout(12);
    using terminal = openTerminal(rollout.args);
    await terminal.waitFor(/22 of 60/, 'all rows');
    for (const [columns, rows] of [
      [200, 60],
      [80, 24],
      [60, 12],
      [30, 40],
      [20, 8],
      [120, 8],
    ] as const) {
      terminal.resize(columns, rows);
      const screen = await terminal.waitFor(
        (lines) => /\? help {2}q quit$/.test(lines.at(-1) ?? '') && rowsOn(lines) === Math.min(60, rows - 5),
        `a filled screen of ${columns}×${rows}`,
      );
      expect(cursorLine(screen)).toMatch(/^❯ ✗ i-09929993f1f/);
    }
  });

  test('too low for rows is not said to have none', async () => {
    await using rollout = await standingRollout(12);
    using terminal = openTerminal(rollout.args);
    await terminal.waitFor(/22 of 60/, 'all rows');
    for (const rows of [5, 4, 3]) {
      terminal.resize(100, rows);
      const screen = await terminal.waitFor((lines) => / 22 of 60/.test(lines[2] ?? ''), `${rows} lines`);
      expect(screen.join('\n')).not.toMatch(/no row passes|no invocation/);
    }
  });

  test('has the age of the data in it, however narrow it is', async () => {
    await using rollout = await standingRollout(12);
    using files = new TemporaryFolder();
    const credentials = join(files.path, 'credentials');
    const keys = 'aws_access_key_id = x\naws_secret_access_key = y\naws_account_id = 123456789012\n';
    writeFileSync(credentials, `[prod]\n${keys}`);
    using terminal = openTerminal([...rollout.args, '--profile', 'prod'], {
      env: { AWS_SHARED_CREDENTIALS_FILE: credentials },
    });
    await terminal.waitFor(/eu-west-1 · prod · 123456789012 .* ago$/m, 'where it is');
    for (const columns of [80, 60, 40, 30]) {
      terminal.resize(columns, 20);
      await terminal.waitFor((lines) => /\d s( ago)?$/.test(lines[0] ?? ''), `the age at ${columns} columns`);
    }
  });

  test('has every column from 80 on, and DETAIL at least 30 cells from 100 on', async () => {
    await using rollout = await standingRollout(12);
    using terminal = openTerminal(rollout.args);
    await terminal.waitFor(/22 of 60/, 'all rows');
    for (const columns of [200, 130, 100, 90, 80]) {
      terminal.resize(columns, 30);
      const titles = /INSTANCE +NAME +STATUS . +EXIT +TIME +DETAIL/;
      const detail = (lines: readonly string[]) => columns - (lines[3]?.indexOf('DETAIL') ?? columns);
      await terminal.waitFor(
        (lines) => titles.test(lines[3] ?? '') && detail(lines) >= (columns >= 100 ? 30 : 10),
        `the columns at ${columns}`,
      );
    }
  });

  test('leaves the output of an instance and the help right, too', async () => {
    await using rollout = await standingRollout(12);
    using terminal = openTerminal(rollout.args);
    await terminal.waitFor(/22 of 60/, 'all rows');
    for (const [key, sign] of [
      ['\r', /❯ │.*· GetCommandInvocation/],
      ['?', /In the output of an instance/],
    ] as const) {
      terminal.write(key);
      const whole = (screen: string[]) => sign.test(screen.join()) && /^ ↑↓ move/.test(screen.at(-1) ?? '');
      await expectSame(terminal, still(await terminal.waitFor(whole, 'the pane')));
    }
    terminal.write('qq');
    await terminal.waitFor(/INSTANCE/, 'the list');
  });

  test('may come faster than frames, in every place', async () => {
    await using rollout = await standingRollout(12);
    using terminal = openTerminal(rollout.args);
    await terminal.waitFor(/22 of 60.*; last seen/s, 'all rows, and what is known of their nodes');
    const asBefore = async (before: readonly string[], place: string) => {
      for (const [columns, rows] of fc.sample(anySize, 25)) terminal.resize(columns, rows);
      terminal.resize(100, 30);
      await terminal.waitFor(
        (screen) => JSON.stringify(still(screen)) === JSON.stringify(before),
        `the same ${place} as before`,
      );
    };
    for (const [place, keys, sign] of [
      ['failures by cause', 'v', /CAUSE/],
      ['map', 'v', /60 instances, worst first/],
      ['list', 'v', /INSTANCE/],
      ['line of input', '/db-eu-04', /^ \/db-eu-04/m],
      ['output', '\r\r', /❯ │.*stdout · GetCommandInvocation.* 1–20 of 419$/s],
      ['fields', 'a', /fields|Fields/],
      ['help', '?', /In the other fields/],
    ] as const) {
      terminal.write(keys);
      const shown = (screen: string[]) => sign.test(screen.join('\n'));
      await asBefore(still(await terminal.waitFor(shown, place)), place);
    }
    terminal.write('\u0003');
    expect((await terminal.exit).exitCode).toBe(130);
    expect(terminal.scrollback()).toMatch(/^interrupted: 18 of 60 /m);
  });

  test('is known from the first frame on, however small it is', async () => {
    await using rollout = await standingRollout(12);
    for (const [columns, rows] of [
      [1, 1],
      [10, 2],
      [3, 50],
    ] as const) {
      using terminal = openTerminal(rollout.args, { columns, rows });
      await terminal.waitFor(() => rollout.requests() > 0 && terminal.onAlternateScreen, 'a frame');
      terminal.resize(100, 30);
      await terminal.waitFor((screen) => instancesOn(screen).length === 25, 'rows');
      terminal.write('q');
      expect((await terminal.exit).exitCode).toBe(130);
    }
  });
});
