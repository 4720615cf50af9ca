import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { cleanEnvironment, programFile, TemporaryFolder } from '../helpers/environment.ts';
import { finishedRollout, standingRollout } from '../helpers/rollout.ts';
import { runProgram } from '../helpers/run-program.ts';
import { openShell, shellCommand } from '../helpers/terminal.ts';

const other = 'b8eac879-0541-439d-94ec-47a80d554f44';

/** What `aws ssm send-command` prints, in each of its formats. */
const formats: readonly (readonly [string, (id: string) => string])[] = [
  [
    'JSON',
    (id) =>
      JSON.stringify(
        { Command: { CommandId: id, Parameters: { commands: [`echo ${other}`] }, Status: 'Pending' } },
        null,
        4,
      ),
  ],
  [
    'YAML',
    (id) => `Command:\n  AlarmConfiguration: null\n  CommandId: ${id}\n  Comment: ''\n  CompletedCount: 0\n`,
  ],
  [
    'text',
    (id) => `COMMAND\t${id}\t\t0\t0\t$DEFAULT\tAWS-RunShellScript\t0\t2026-09-27T02:49:03+02:00\t50\t0\n`,
  ],
  [
    'table',
    (id) =>
      `----------------------\n|     SendCommand    |\n+--------------------+\n||      Command     ||\n||  CommandId  | ${id} ||\n||  Comment  |  ||\n`,
  ],
  ['a bare ID', (id) => `${id}\n`],
  ['a bare ID without a line end', (id) => id],
];

describe.concurrent('piped input that does not end', () => {
  async function unended(args: readonly string[], meanwhile: (program: ChildProcess) => void = () => {}) {
    using folder = new TemporaryFolder();
    const program = spawn(process.execPath, [programFile, '--region', 'eu-west-1', ...args], {
      detached: true,
      env: cleanEnvironment(folder.path),
    });
    let stderr = '';
    program.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    // It takes so much only when it reads.
    program.stdin.on('error', () => {}).write(' '.repeat(1_000_000), () => meanwhile(program));
    const [exitCode] = await once(program, 'close');
    program.stdin.destroy();
    return { exitCode, stderr };
  }

  test('is waited for up to --timeout', async ({ expect }) => {
    expect(await unended(['--timeout', '1s'])).toEqual({
      exitCode: 124,
      stderr: 'ssm-watch: the piped input, in which the command ID is looked for, has not ended\n',
    });
  });

  test('is left at a signal, with its exit code', async ({ expect }) => {
    expect(await unended(['-o', 'json'], (program) => program.kill('SIGTERM'))).toEqual({
      exitCode: 143,
      stderr: '',
    });
  });

  test('does not keep a wrong choice of the output from being told', async ({ expect }) => {
    const { exitCode, stderr } = await unended(['-o', 'tui']);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^ssm-watch: -o tui needs a terminal/);
  });
});

describe.concurrent('piped input', () => {
  test.for(formats)('%s', async ([, format], { expect }) => {
    await using rollout = await finishedRollout({ scenario: 'healthy' });
    const { endpoint, simulator } = rollout;
    const run = await runProgram(endpoint, { input: format(simulator.commandId) });
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout).toContain(simulator.commandId);
  });

  test('with several IDs is a usage error that lists them', async ({ expect }) => {
    const third = '11111111-2222-4333-8444-555555555555';
    const { exitCode, stdout, stderr } = await runProgram([], { input: `${other}\n${third}\n` });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^ssm-watch: [^\n]+\n$/);
    expect(stderr).toContain(other);
    expect(stderr).toContain(third);
  });

  test.for([
    ['nothing', ''],
    ['an error message', 'An error occurred (AccessDeniedException) when calling SendCommand\n'],
  ] as const)('with %s is a usage error', async ([, input], { expect }) => {
    const { exitCode, stdout, stderr } = await runProgram([], { input });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^ssm-watch: no command ID[^\n]+\n$/);
  });
});

describe('piped input on a terminal', () => {
  test('leaves the keys to the terminal, also for Ctrl-Z', async () => {
    await using rollout = await standingRollout(12);
    using shell = openShell();
    await shell.waitFor(/\$/, 'the prompt');
    const { endpoint, simulator } = rollout;
    shell.write(
      `echo '{"CommandId":"${simulator.commandId}"}' | ${shellCommand(endpoint)}; echo "code $?"\r`,
    );
    await shell.waitFor(/22 of 60/, 'rows');
    expect(shell.onAlternateScreen).toBe(true);
    shell.write('j');
    await shell.waitFor((screen) => screen[5]?.startsWith('❯') ?? false, 'the second row');
    shell.write('\u001a');
    // What is typed before the shell says so is not for the shell.
    await shell.waitFor(/Stopped/, 'the shell');
    expect(shell.onAlternateScreen).toBe(false);
    shell.write('fg; echo "code $?"\r');
    await shell.waitFor(
      (screen) => shell.onAlternateScreen && /22 of 60/.test(screen.join()),
      'the screen again',
    );
    shell.write('q');
    await shell.waitFor(/^code 130$/m, 'the exit code');
    expect(shell.onAlternateScreen).toBe(false);
  });
});
