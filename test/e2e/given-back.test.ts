import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { finishedRollout, standingRollout, until } from '../helpers/rollout.ts';
import { openShell, openTerminal, shellCommand, type TestTerminal } from '../helpers/terminal.ts';
import { instancesOn, instanceUnderCursor } from './screen-texts.ts';

function expectGivenBack(terminal: TestTerminal): void {
  expect(terminal.onAlternateScreen).toBe(false);
  expect(terminal.cursorIsShown).toBe(true);
  expect(terminal.pastesInBrackets).toBe(false);
  expect(terminal.wrapsLines).toBe(true);
}

/** A shell in which the terminal's modes can be looked at. */
class ModesShell implements Disposable {
  readonly terminal = openShell();

  /** Starts the program and goes on with `after` when it has ended. */
  async start(args: readonly string[], after = 'echo "code $?"'): Promise<void> {
    await this.saveModes('before');
    this.terminal.write(`${shellCommand(args)} 2>errors; ${after}\r`);
  }

  async saveModes(file: string): Promise<void> {
    // The sum tells what is printed from what is typed.
    this.terminal.write(`stty -a > ${file}; echo "saved $((1 + 1)) ${file}"\r`);
    await this.terminal.waitFor(new RegExp(`saved 2 ${file}$`, 'm'), `${file} to be saved`);
  }

  /** Waits until the shell has said so often that its job is stopped: what is typed before that is not for the shell. */
  async waitForStop(times: number): Promise<void> {
    const { terminal } = this;
    const said = (screen: string[]) => screen.filter((line) => line.includes('Stopped')).length;
    await terminal.waitFor(
      (screen) => !terminal.onAlternateScreen && said(screen) === times,
      `stop ${times}`,
    );
  }

  read(file: string): string {
    return readFileSync(join(this.terminal.folder.path, file), 'utf8');
  }

  [Symbol.dispose](): void {
    this.terminal[Symbol.dispose]();
  }
}

describe('in a shell', () => {
  test('suspends with Ctrl-Z and comes back with fg, on a terminal of another size', async () => {
    await using rollout = await standingRollout(12);
    using shell = new ModesShell();
    const { terminal } = shell;
    await shell.start(rollout.args, ':');
    await terminal.waitFor(/22 of 60/, 'rows');
    terminal.write('jjj');
    const before = await terminal.waitFor((screen) => screen[7]?.startsWith('❯') ?? false, 'the fourth row');
    terminal.write('\u001a');
    await shell.waitForStop(1);
    await shell.saveModes('stopped');
    expect(shell.read('stopped')).toBe(shell.read('before'));
    expectGivenBack(terminal);
    terminal.resize(120, 20);
    terminal.write('fg; echo "code $?"\r');
    const filled = (screen: string[]) =>
      terminal.onAlternateScreen && instancesOn(screen).length === 15 && (screen[0]?.length ?? 0) > 110;
    const after = await terminal.waitFor(filled, 'the screen in its new size');
    expect(instanceUnderCursor(after)).toBe(instanceUnderCursor(before));
    terminal.write('k');
    await terminal.waitFor((screen) => screen[6]?.startsWith('❯') ?? false, 'the third row');
    terminal.write('\u001a');
    await shell.waitForStop(2);
    terminal.write('fg; echo "code $?"\r');
    await terminal.waitFor(filled, 'the screen again');
    terminal.write('q');
    await terminal.waitFor(/^code 130$/m, 'the exit code');
    await shell.saveModes('after');
    expect(shell.read('after')).toMatch(/[^-]icanon/);
    expect(shell.read('errors')).toBe('');
    expectGivenBack(terminal);
  });

  test('ends with 129 when the terminal goes away', async () => {
    await using rollout = await standingRollout(12);
    using terminal = openShell();
    await terminal.waitFor(/\$/, 'the prompt');
    // The inner shell outlives the hang-up to tell what became of the program, whose own SIGHUP is as ever.
    terminal.write(`sh -c 'trap : HUP; "$@"; echo $? > code' - ${shellCommand(rollout.args)}\r`);
    await terminal.waitFor(/22 of 60/, 'rows');
    terminal.kill('SIGKILL');
    const code = join(terminal.folder.path, 'code');
    await until(() => readOrNothing(code) !== '', 'the program has ended');
    expect(readOrNothing(code)).toBe('129\n');
  });
});

function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

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
