import { describe, expect, test } from 'vitest';
import { finishedRollout, standingRollout } from '../helpers/rollout.ts';
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

  test('CI=1: the screen is drawn all the same', async () => {
    await using rollout = await standingRollout(12);
    using terminal = openTerminal(rollout.args, { env: { CI: '1' } });
    await terminal.waitFor(/22 of 60/, 'rows');
    expect(terminal.onAlternateScreen).toBe(true);
    expect(terminal.cells()[4]?.[2]?.colour).toBe('red');
  });

  test('TERM=dumb: plain lines without an escape', async () => {
    await using rollout = await finishedRollout();
    using terminal = openTerminal(rollout.args, { env: { TERM: 'dumb' } });
    expect((await terminal.exit).exitCode).toBe(1);
    expect(terminal.output).not.toContain('\u001b');
    expect(terminal.scrollback()).toMatch(/^failure: 45 of 60 succeeded/m);
  });
});
