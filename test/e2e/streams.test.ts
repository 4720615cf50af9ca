import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { describe, test, vi } from 'vitest';
import { cleanEnvironment, type Environment, programFile, TemporaryFolder } from '../helpers/environment.ts';
import { finishedRollout, standingRollout } from '../helpers/rollout.ts';
import { openTerminal, TestTerminal } from '../helpers/terminal.ts';
import { eventsOf } from './json-lines.ts';

/** Runs `script` with the program as "$@"; gives what the script wrote to stderr and stdout. */
async function inShell(script: string, args: readonly string[], env: Environment = {}) {
  using folder = new TemporaryFolder();
  const shell = spawn('sh', ['-c', script, 'sh', process.execPath, programFile, ...args], {
    detached: true,
    cwd: folder.path,
    env: cleanEnvironment(folder.path, env),
  });
  const written = { stdout: '', stderr: '' };
  shell.stdout.on('data', (text) => {
    written.stdout += text;
  });
  shell.stderr.on('data', (text) => {
    written.stderr += text;
  });
  await once(shell, 'close');
  return written;
}

/** Writes until the reader of the pipe is gone. */
const untilNobodyReads = "trap '' PIPE; while echo; do sleep 0.02; done 2> /dev/null; trap - PIPE";

describe.concurrent('closed from the start', () => {
  test.for([
    ['stdin', '"$@" <&-; echo "code $?" >&2', /^failure: /m],
    ['stdout', '"$@" >&-; echo "code $?" >&2', /^$/],
    ['stderr', '"$@" 2>&-; echo "code $?" >&2', /^failure: /m],
    ['all three', '"$@" <&- >&- 2>&-; echo "code $?" >&2', /^$/],
  ] as const)('%s: the exit code is the verdict', async ([, script, printed], { expect }) => {
    await using rollout = await finishedRollout();
    const { stdout, stderr } = await inShell(script, rollout.args);
    expect(stderr).toBe('code 1\n');
    expect(stdout).toMatch(printed);
  });
});

const full = /^ssm-watch: stdout cannot be written \(ENOSPC: .*\)\ncode 141\n$/;

describe.concurrent('what is written cannot be', () => {
  test('since nobody reads it: 141 without a word, from a command that only prints, too', async ({
    expect,
  }) => {
    const script = `{ ${untilNobodyReads}; "$@"; echo "code $?" >&2; } | true`;
    const { stderr } = await inShell(script, ['simulate', '--port', '0']);
    expect(stderr).toBe('code 141\n');
  });

  test('on stderr: the exit code is what it would have been', async ({ expect }) => {
    const { stdout } = await inShell(
      `exec 3>&1; { ${untilNobodyReads}; "$@" 2>&1 >&3; echo "code $?" >&3; } | true`,
      ['--nope'],
    );
    expect(stdout).toBe('code 2\n');
  });

  test.skipIf(!existsSync('/dev/full'))('since the disk is full: 141, and why', async ({ expect }) => {
    await using rollout = await standingRollout(12);
    for (const output of ['plain', 'json']) {
      const { stderr } = await inShell('"$@" > /dev/full; echo "code $?" >&2', [
        ...rollout.args,
        '-o',
        output,
      ]);
      expect(stderr).toMatch(full);
    }
  });

  test
    .skipIf(!existsSync('/dev/full'))
    .for([['--help'], ['--version'], ['demo', '--help'], ['simulate', '--port', '0']])(
    'since the disk is full, by what watches nothing: 141, and why: %s',
    async (args, { expect }) => {
      const { stderr } = await inShell('"$@" > /dev/full; echo "code $?" >&2', args);
      expect(stderr).toMatch(full);
    },
  );

  test('since nobody reads the help: 141 without a word', async ({ expect }) => {
    const { stderr } = await inShell(`{ ${untilNobodyReads}; "$@"; echo "code $?" >&2; } | true`, ['--help']);
    expect(stderr).toBe('code 141\n');
  });
});

describe.concurrent('a reader of the pipe who does not read for the time being', () => {
  /** Watches 2,000 instances that are over; calls back when all of them were read, and are more than a pipe holds. */
  async function unread(meanwhile: (program: ChildProcessByStdio<null, Readable, null>) => void) {
    await using rollout = await finishedRollout({ scenario: 'causes' });
    using folder = new TemporaryFolder();
    const program = spawn(process.execPath, [programFile, ...rollout.args, '-o', 'json'], {
      detached: true,
      env: cleanEnvironment(folder.path),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const ended = once(program, 'close');
    await vi.waitUntil(() => rollout.requests('ListCommandInvocations') >= 40, { timeout: 30_000 });
    meanwhile(program);
    const [exitCode] = await ended;
    return exitCode;
  }

  test('gets everything', async ({ expect }) => {
    let written = '';
    const exitCode = await unread(({ stdout }) => {
      stdout.setEncoding('utf8').on('data', (text) => {
        written += text;
      });
    });
    const events = eventsOf(written);
    expect(events.filter(({ event }) => event === 'invocation')).toHaveLength(2_000);
    expect(events.at(-1)).toMatchObject({ event: 'end', exitCode: 1 });
    expect(exitCode).toBe(1);
  });

  test('holds up nothing that a signal ends', async ({ expect }) => {
    const exitCode = await unread((program) => {
      program.kill('SIGTERM');
      // The pipe is open until the program has gone.
      program.once('exit', () => program.stdout.resume());
    });
    expect(exitCode).toBe(143);
  });

  test('and then goes away: 141', async ({ expect }) => {
    expect(await unread(({ stdout }) => stdout.destroy())).toBe(141);
  });
});

test('the terminal that is drawn on is closed, while the one with the keys stays: 141', async ({
  expect,
}) => {
  await using rollout = await standingRollout(12);
  // It is there first: a process has all terminals open that were opened before it.
  using keys = new TestTerminal(
    'sh',
    ['-c', 'read NAME; "$@" > "$NAME"; echo "code $?"', 'sh', process.execPath, programFile, ...rollout.args],
    {},
  );
  using drawn = new TestTerminal('sh', ['-c', 'tty; exec sleep 60'], {});
  await drawn.waitFor(/\/dev\/\S+/, 'its name');
  const [name = ''] = /\/dev\/\S+/.exec(drawn.output) ?? [];
  keys.write(`${name}\r`);
  await drawn.waitFor(/22 of 60/, 'rows');
  drawn.hangUp();
  await keys.exit;
  expect(keys.scrollback()).toBe(`${name}\ncode 141`);
});

test.skipIf(process.platform !== 'linux')(
  'a folder for temporary files that nobody can make',
  async ({ expect }) => {
    // node tries for ever to make a folder for what it has compiled below one that is not there and cannot be made.
    using terminal = openTerminal(['--version'], { env: { TMPDIR: '/proc/nothing' } });
    expect((await terminal.exit).exitCode).toBe(0);
  },
);
