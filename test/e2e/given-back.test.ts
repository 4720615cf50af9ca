import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { standingRollout, until } from '../helpers/rollout.ts';
import { openShell, shellCommand, type TestTerminal } from '../helpers/terminal.ts';
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

  /** Starts the program in a shell of its own, whose process it takes over. */
  async start(args: readonly string[]): Promise<void> {
    await this.saveModes('before');
    this.terminal.write(`sh -c 'echo $$ > pid; exec "$@" 2> errors' - ${shellCommand(args)}\r`);
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
    await shell.start(rollout.args);
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

  test('is stopped by a signal from outside, in a line of input, and comes back to it', async () => {
    await using rollout = await standingRollout(12);
    using shell = new ModesShell();
    const { terminal } = shell;
    await shell.start(rollout.args);
    await terminal.waitFor(/22 of 60/, 'rows');
    terminal.write('/web');
    await terminal.waitFor(() => terminal.pastesInBrackets, 'the line of input');
    const pid = Number(shell.read('pid'));
    process.kill(pid, 'SIGTSTP');
    await shell.waitForStop(1);
    expectGivenBack(terminal);
    terminal.write('fg\r');
    await terminal.waitFor(() => terminal.onAlternateScreen && terminal.pastesInBrackets, 'the screen again');
    await terminal.waitFor(/^ \/web/m, 'the line of input again');
    terminal.write('-eu\r');
    await terminal.waitFor(/shown: \/web-eu/, 'what was typed after that');
    // This one gives no warning: the terminal stays raw, and what was on it is drawn anew.
    process.kill(pid, 'SIGSTOP');
    await until(() => terminal.output.includes('Stopped (signal)'), 'the shell says so');
    const written = terminal.output.length;
    terminal.write('fg\n');
    // What the shell said can be broken over two lines: that it is gone does not tell that all is drawn anew.
    await terminal.waitFor(
      (screen) => terminal.output.slice(written).includes('INSTANCE') && !/Stopped/.test(screen.join()),
      'the whole screen anew',
    );
    terminal.write('\u001a');
    await shell.waitForStop(2);
    process.kill(pid, 'SIGTERM');
    terminal.write('fg; echo "code $?"\r');
    await terminal.waitFor(/^code 143$/m, 'the exit code');
    await shell.saveModes('after');
    expect(shell.read('after')).toBe(shell.read('before'));
    expect(terminal.scrollback()).toMatch(/^interrupted: 18 of 60 /m);
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
