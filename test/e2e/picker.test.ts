import { describe, expect, test } from 'vitest';
import { finishedRollout, standingRollout } from '../helpers/rollout.ts';
import { openTerminal, type TestTerminal } from '../helpers/terminal.ts';
import { choose, commandsOn, given, givenBack, openPicker, send } from './picker-screen.ts';
import { cursorLine } from './screen-texts.ts';

describe('without a command ID on a terminal', () => {
  test.each([
    [80, 24],
    [200, 60],
  ])('the recent commands open, newest first, at %i×%i', async (columns, rows) => {
    await using rollout = await finishedRollout();
    using terminal = openTerminal(rollout.endpoint, { columns, rows });
    const screen = await terminal.waitFor((lines) => commandsOn(lines).length > 7, 'commands');
    expect(screen[0]).toMatch(/^ ssm-watch recent commands .*eu-west-1 {2}every 5 s · \d+ s ago$/);
    expect(screen[2]).toMatch(/STATUS +DOCUMENT +TARGETS +DONE +FAIL +AGE COMMENT$/);
    expect(commandsOn(screen)[0]).toMatch(
      /^❯ ✗ \w+ +AWS-Run\S+ +tag:Env=.*60\/60 +\d+ +2m 0\ds patch kernel$/,
    );
    expect(commandsOn(screen)[1]).toMatch(
      /^ {2}✗ Incomplete +AWS-Run\S+ +8 instances +8\/8 .* 2h 02m patch ring 0$/,
    );
    expect(screen.every((line) => line.length <= columns)).toBe(true);
    terminal.write('q');
    expect(await terminal.exit).toEqual({ exitCode: 130, signal: 0 });
    expect(given(terminal)).toEqual(givenBack);
    expect(terminal.scrollback()).toBe('');
  });

  test('Enter watches one, Esc comes back to it, and q tells of the last that was over', async () => {
    await using rollout = await finishedRollout();
    using terminal = await openPicker(rollout);
    await choose(terminal, 'agent update');
    terminal.write('\r');
    await terminal.waitFor(/AWS-UpdateSSMAgent · agent update.*SUCCESS/s, 'the first watch');
    terminal.write('jj/x\r');
    await terminal.waitFor(/shown: \/x/, 'a filter');
    terminal.write('\u001b');
    await terminal.waitFor(/↑↓ move.*q quit$/m, 'the unfiltered list');
    terminal.write('\u001b');
    expect(cursorLine(await terminal.waitFor(/recent commands/, 'the picker'))).toContain('agent update');
    await choose(terminal, 'patch ring 0');
    terminal.write('\r');
    await terminal.waitFor(/patch ring 0.*FAILURE/s, 'the second watch');
    terminal.write('\u001b');
    await terminal.waitFor(/recent commands/, 'the picker again');
    terminal.write('q');
    expect(await terminal.exit).toEqual({ exitCode: 1, signal: 0 });
    expect(given(terminal)).toEqual(givenBack);
    expect(terminal.scrollback()).toMatch(/patch ring 0.*\n.*failure: 7 of 8 succeeded/);
    expect(terminal.scrollback()).not.toContain('agent update');
  });

  test('a watch that is left tells its own end; one that was left before its end does not', async () => {
    await using rollout = await standingRollout(12);
    using terminal = await openPicker(rollout);
    terminal.write('\r');
    await terminal.waitFor(/22 of 60/, 'rows');
    terminal.write('\u001b');
    await terminal.waitFor(/recent commands/, 'the picker');
    const before = rollout.requests('ListCommandInvocations');
    await terminal.waitFor(/every 5 s · [2-4] s ago$/m, 'that time passes');
    expect(rollout.requests('ListCommandInvocations')).toBe(before);
    terminal.write('q');
    expect((await terminal.exit).exitCode).toBe(130);
    expect(terminal.scrollback()).toBe('');

    using second = await openPicker(rollout);
    second.write('\r');
    await second.waitFor(/22 of 60/, 'rows');
    second.write('q');
    expect((await second.exit).exitCode).toBe(130);
    expect(second.scrollback()).toMatch(/^interrupted: 18 of 60 /m);
  });

  test('with --exit the first that comes to its end is the end', async () => {
    await using rollout = await finishedRollout();
    using terminal = await openPicker(rollout, '--exit');
    await choose(terminal, 'agent update');
    terminal.write('\r');
    expect(await terminal.exit).toEqual({ exitCode: 0, signal: 0 });
    expect(terminal.scrollback()).toMatch(/^success: /m);
  });

  test('is live: what is sent comes on top, and the cursor stays on its command', async () => {
    await using rollout = await standingRollout(12);
    using terminal = await openPicker(rollout);
    rollout.clock.advance(1_000);
    await send(rollout, 'sent meanwhile');
    rollout.clock.advance(1_000);
    const screen = await terminal.waitFor(/sent meanwhile/, 'the new command');
    expect(commandsOn(screen)[0]).toContain('sent meanwhile');
    expect(cursorLine(screen)).toContain('patch kernel');
  });

  test('is paged as one scrolls', async () => {
    // The account has sent some 120 commands before.
    await using rollout = await standingRollout(12);
    rollout.clock.advance(4_000);
    using terminal = await openPicker(rollout, '--page-size', '13');
    const listed = () => rollout.requests('ListCommands');
    await terminal.waitFor(/1 of 26\+/, 'two pages, which fill the screen');
    expect(listed()).toBe(2);
    terminal.write('G');
    await terminal.waitFor(/26 of 39\+/, 'the third page');
    // At the last command that is known others are read, until there are none.
    const known = (screen: string[]) => Number(/ of (\d+)\+?$/.exec(screen.at(-1) ?? '')?.[1]);
    for (let last = 39; last < 121; last = known(terminal.screen())) {
      terminal.write('G');
      await terminal.waitFor((screen) => known(screen) > last, `more than ${last}`);
    }
    terminal.write('G');
    await terminal.waitFor(/121 of 121$/m, 'the end');
    terminal.write('/patch kernel\r');
    await terminal.waitFor(/1 of 121 shown: \/patch kernel/, 'the filter');
  });
});

describe('--instance-id without a command ID', () => {
  test('lists the commands of that instance, and watches its invocation', async () => {
    await using rollout = await finishedRollout();
    const instance = rollout.simulator.truth()?.invocations[0]?.instanceId ?? '';
    using terminal = await openPicker(rollout, '--instance-id', instance, '--page-size', '2');
    const screen = await terminal.waitFor(/all that AWS lists/, 'all of the commands');
    expect(screen[0]).toContain(`commands on ${instance}`);
    expect(rollout.simulator.requests.map(({ input }) => input)).toContainEqual(
      expect.objectContaining({ InstanceId: instance, MaxResults: 2 }),
    );
    terminal.write('\r');
    await terminal.waitFor(/(SUCCESS|FAILURE) · took.* {2}1 of /s, 'the watch of one invocation');
    terminal.write('q');
    expect((await terminal.exit).exitCode).toBeLessThan(2);
    expect(terminal.scrollback()).toMatch(/of 1 succeeded|1 invocation succeeded/);
  });
});

describe('the picker ends', () => {
  const ways = [
    ['Ctrl-C', 130, (terminal: TestTerminal) => terminal.write('\u0003')],
    ['Ctrl-C in a line of input', 130, (terminal: TestTerminal) => terminal.write('/x\u0003')],
    ['SIGTERM', 143, (terminal: TestTerminal) => terminal.kill('SIGTERM')],
    ['SIGHUP', 129, (terminal: TestTerminal) => terminal.kill('SIGHUP')],
  ] as const;
  test.each(ways)('by %s: %i', async (_, exitCode, leave) => {
    await using rollout = await finishedRollout();
    using terminal = await openPicker(rollout);
    leave(terminal);
    expect(await terminal.exit).toEqual({ exitCode, signal: 0 });
    expect(given(terminal)).toEqual(givenBack);
    expect(terminal.scrollback()).toBe('');
  });

  test('by --timeout, which is counted from the start: 124', async () => {
    await using rollout = await finishedRollout();
    using terminal = openTerminal([...rollout.endpoint, '--timeout', '4s']);
    expect(await terminal.exit).toEqual({ exitCode: 124, signal: 0 });
    expect(given(terminal)).toEqual(givenBack);
  });

  test.each([
    ['access-denied', /^ssm-watch: access denied: .*ssm:ListCommands/],
    ['unrecognized-client', /^ssm-watch: AWS does not accept the keys in the environment/],
  ] as const)('by %s, with one line that says so: 3', async (kind, line) => {
    await using rollout = await standingRollout(12, { faults: [{ kind, operation: 'ListCommands' }] });
    using terminal = openTerminal(rollout.endpoint);
    expect((await terminal.exit).exitCode).toBe(3);
    expect(given(terminal)).toEqual(givenBack);
    expect(terminal.scrollback()).toMatch(line);
  });

  test('not by what passes: it is told in the header', async () => {
    await using rollout = await standingRollout(12);
    const mend = rollout.simulator.addFault({ kind: 'throttle', operation: 'ListCommands' });
    using terminal = openTerminal(rollout.endpoint);
    await terminal.waitFor(/throttled · no data yet.*! ListCommands: AWS throttles/s, 'the problem');
    mend();
    await terminal.waitFor((screen) => commandsOn(screen).length > 1, 'commands');
  });
});

describe('no picker', () => {
  test.each([
    ['-o plain', ['-o', 'plain']],
    ['-o json', ['-o', 'json']],
    ['--once', ['--once']],
  ])('with %s: a usage error', async (_, args) => {
    using terminal = openTerminal(args);
    expect((await terminal.exit).exitCode).toBe(2);
    expect(terminal.output.trim().split('\n')).toHaveLength(1);
    expect(terminal.scrollback()).toMatch(/^ssm-watch: no command ID: /);
  });
});
