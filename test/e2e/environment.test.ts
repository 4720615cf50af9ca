import { describe, expect, test } from 'vitest';
import { finishedRollout, standingRollout, until } from '../helpers/rollout.ts';
import { openTerminal } from '../helpers/terminal.ts';

describe('what the environment says', () => {
  test('NO_COLOR: no colour, but glyphs and words', async () => {
    await using rollout = await standingRollout(12);
    using terminal = openTerminal(rollout.args, { env: { NO_COLOR: '1' } });
    await terminal.waitFor(/✗ i-\w+ .*Failed.*● i-\w+ .*InProgress/s, 'rows');
    expect(new Set(terminal.cells().flatMap((line) => line.map(({ colour }) => colour)))).toEqual(
      new Set([null]),
    );
    terminal.write('q');
    await terminal.exit;
    expect(terminal.scrollback()).toContain('✗ i-');
    expect(
      terminal
        .cells()
        .flat()
        .filter(({ colour }) => colour !== null),
    ).toEqual([]);
  });

  test('--color always wins over NO_COLOR, --color never over FORCE_COLOR', async () => {
    await using rollout = await finishedRollout();
    const colours = async (color: string, env: Record<string, string>) => {
      using terminal = openTerminal([...rollout.args, '--color', color], { env });
      await terminal.waitFor(/FAILURE/, 'the verdict');
      return terminal
        .cells()
        .flat()
        .some(({ colour }) => colour === 'red');
    };
    expect(await colours('always', { NO_COLOR: '1' })).toBe(true);
    expect(await colours('never', { FORCE_COLOR: '1' })).toBe(false);
  });

  test('TERM=dumb: plain lines without an escape', async () => {
    await using rollout = await finishedRollout();
    using terminal = openTerminal(rollout.args, { env: { TERM: 'dumb' } });
    expect((await terminal.exit).exitCode).toBe(1);
    expect(terminal.output).not.toContain('\u001b');
    expect(terminal.scrollback()).toMatch(/^failure: 45 of 60 succeeded/m);
  });
});

describe.concurrent('the screen is drawn all the same', () => {
  test.for<[Record<string, string | undefined>, boolean]>([
    [{ CI: 'true', GITHUB_ACTIONS: 'true', TERM: 'xterm' }, true],
    [{ TERM: undefined }, true],
    [{ TERM: 'linux' }, true],
    [{ TERM: 'vt100', NO_COLOR: '' }, true],
    [{ FORCE_COLOR: '0' }, false],
    [{ FORCE_COLOR: '3', COLORTERM: 'truecolor' }, true],
    [{ NO_COLOR: '1', CI: 'true' }, false],
  ])('%j: in colours %s', async ([env, inColours], { expect }) => {
    await using rollout = await standingRollout(12);
    using terminal = openTerminal(rollout.args, { env });
    const screen = await terminal.waitFor(/22 of 60/, 'rows');
    expect(screen[4]).toMatch(/^❯ ✗ i-\w+ .* Failed /);
    expect(terminal.onAlternateScreen).toBe(true);
    expect(terminal.cells()[4]?.[2]?.colour).toBe(inColours ? 'red' : null);
    terminal.write('q');
    expect((await terminal.exit).exitCode).toBe(130);
    expect(terminal.onAlternateScreen).toBe(false);
    expect(terminal.output.includes('\u001b[31m')).toBe(inColours);
  });
});

describe.concurrent('a screen reader', () => {
  const env = { INK_SCREEN_READER: 'true' };

  test('gets lines, each once, and keeps its terminal', async ({ expect }) => {
    await using rollout = await standingRollout(12);
    using terminal = openTerminal(rollout.args, { env, columns: 200 });
    await until(() => /Undeliverable/.test(terminal.output), 'the rows are told');
    rollout.clock.advance(120_000);
    expect((await terminal.exit).exitCode).toBe(1);
    const redraws = ['\u001b[?', '\u001b[H', '\u001b[2K', '\u001b[1A', '\b'];
    expect(redraws.filter((sequence) => terminal.output.includes(sequence))).toEqual([]);
    expect(terminal.scrollback()).toMatch(/^failure: 45 of 60 succeeded/m);
    const lines = terminal.output.split('\r\n').filter((line) => / i-[0-9a-f]{17} .*Failed/.test(line));
    expect(new Set(lines).size).toBe(lines.length);
  });

  test('gets the screen when that is asked for', async ({ expect }) => {
    await using rollout = await standingRollout(12);
    using terminal = openTerminal([...rollout.args, '-o', 'tui'], { env });
    await terminal.waitFor(/22 of 60.*✗ i-\w+ .*Failed/s, 'rows');
    terminal.write('?');
    await terminal.waitFor(/In the list/, 'the help');
    terminal.write('qq');
    expect((await terminal.exit).exitCode).toBe(130);
    expect(terminal.onAlternateScreen).toBe(false);
    expect(terminal.cursorIsShown).toBe(true);
  });
});
