import { describe, expect, test } from 'vitest';
import { finishedRollout, standingRollout } from '../helpers/rollout.ts';
import { runProgram } from '../helpers/run-program.ts';
import { openTerminal } from '../helpers/terminal.ts';

const ascii = /^[\0-\x7f]*$/;

/** Each has no UTF-8, in a way of its own. */
const locales = [{ LC_ALL: 'C', LANG: 'en_US.UTF-8' }, { LANG: 'en_US.ISO-8859-1' }];

describe.concurrent('a locale without UTF-8', () => {
  test.for(locales)('%j: the screen is ASCII in every place, and as wide', async (env, { expect }) => {
    await using rollout = await standingRollout(12);
    using terminal = openTerminal(rollout.args, { env });
    const list = await terminal.waitFor(/22 of 60.*; last seen/s, 'rows');
    expect(list[2]).toMatch(/^ #+\.+ {2}22 of 60 {2}v 18 {2}x 4 {2}\* 11 {2}o 27 {2}about .* _/);
    expect(list[3]).toMatch(/STATUS v +EXIT +TIME DETAIL/);
    expect(list[4]).toMatch(/^> x i-/);
    expect(list.at(-1)).toMatch(/^ Up\/Down move {2}Enter output/);
    for (const [keys, sign] of [
      ['?', /^ {3}Enter .*^ {3}Esc .*^ {3}Up k /ms],
      ['qv', /CAUSE/],
      ['v', /^>x+\*+o+v+$/m],
      // What the script says is French.
      ['v\r', /\| > \| .*stdout - GetCommandInvocation.*FAIL - d\?lai d\?pass\? \(/s],
      ['a', /^ Up\/Down move {2}Esc back {2}a next/m],
    ] as const) {
      terminal.write(keys);
      await terminal.waitFor(sign);
    }
    terminal.write('\u0003');
    expect((await terminal.exit).exitCode).toBe(130);
    expect(terminal.scrollback()).toMatch(/^ssm-watch {2}AWS-RunShellScript - patch kernel/m);
    expect(terminal.scrollback()).toMatch(/^ {2}x i-/m);
    expect(terminal.output).toMatch(ascii);
  });

  test('lines are ASCII, and nothing is lost of what is not; json stays UTF-8', async ({ expect }) => {
    await using rollout = await finishedRollout();
    const env = { LC_ALL: 'C' };
    const [plain, json, usage, help] = await Promise.all([
      runProgram(rollout.args, { env }),
      runProgram([...rollout.args, '-o', 'json'], { env }),
      runProgram(['--bögus'], { env }),
      runProgram(['--help'], { env }),
    ]);
    expect(plain.stdout).toMatch(ascii);
    expect(plain.stdout).toContain('health: 200 in 80 ms - pr\\u{ea}t v');
    expect(json.stdout).not.toMatch(ascii);
    expect(usage.stderr).toBe("ssm-watch: unknown option '--b\\u{f6}gus' (see ssm-watch --help)\n");
    expect(help.stdout).toMatch(ascii);
  });
});

test('the arrows of the picker are words, too', async () => {
  await using rollout = await standingRollout(12);
  using terminal = openTerminal(rollout.endpoint, { env: { LC_ALL: 'C' } });
  await terminal.waitFor(/^> \* InProgress +AWS-RunShellScript/m, 'commands');
  terminal.write('?');
  await terminal.waitFor(/Up k/, 'the help');
  terminal.write('\u0003');
  await terminal.exit;
  expect(terminal.output).toMatch(ascii);
});
