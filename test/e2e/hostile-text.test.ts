import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hostile } from '../helpers/attacks.ts';
import type { Endpoint } from '../helpers/endpoint.ts';
import {
  hostileCommand,
  hostileInstance,
  hostileMessages,
  hostileObject,
  hostileStdout,
  openHostileEndpoint,
} from '../helpers/hostile-endpoint.ts';
import { runProgram } from '../helpers/run-program.ts';
import { openTerminal, type TestTerminal } from '../helpers/terminal.ts';
import { clipboardTexts, countIn, foreignIn } from '../helpers/terminal-bytes.ts';

const esc = '\u001b';
const argsFor = (endpoint: Endpoint, ...more: string[]) => [
  ...['--endpoint-url', endpoint.url, '--region', 'eu-west-1'],
  ...more,
];

const unsafeInJson =
  /(?!\n)\p{Cc}|\p{Cs}|[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/u;

/** Nothing came to the terminal but text that can be seen, and what the program writes itself. */
function expectHarmless({ output }: TestTerminal): void {
  expect(foreignIn(output)).toEqual([]);
  // What looks like our own sequences, and is not.
  expect(output).not.toContain(`${esc}[77`);
  expect(countIn(output, `${esc}[?1049l`)).toBe(countIn(output, `${esc}[?1049h`));
  for (const text of clipboardTexts(output)) {
    expect(text).not.toBe('owned');
    expect(text).not.toMatch(/(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
  }
}

/** Presses keys one after the other, each when the screen shows what the one before led to. */
async function walk(terminal: TestTerminal, steps: readonly (readonly [string, RegExp])[]): Promise<void> {
  for (const [keys, sign] of steps) {
    terminal.write(keys);
    const screen = await terminal.waitFor(sign, `${sign} after ${JSON.stringify(keys)}`);
    // A terminal that takes emoji for wider than we do has not pushed it away.
    expect(screen[0]).toMatch(/^ ssm-watch /);
  }
}

/** Opens the output of one row, goes through it, and comes back. */
const throughOutput = (turn: number, sign: RegExp) =>
  [
    [`/i-${String(turn).padStart(17, '0')}\r`, /1 of 24 shown/],
    ['\r', sign],
    ['w', /wrap {2}/],
    ['G', /100%|(\d+) of \1$/m],
    ['/owned', /\d+ match/],
    ['\r', /^(?! \/).*\d+ match/m],
    ['y', /copied (the|what was read of the) output/],
    ['\u001b', /INSTANCE/],
    ['\u001b', /^(?!.*of 24 shown).*INSTANCE/s],
  ] as const;

describe('an AWS that has something against terminals', () => {
  test.for([
    { columns: 80, rows: 24 },
    { columns: 200, rows: 60 },
  ])('is shown as it is on the screen, at $columns × $rows', async (size) => {
    await using endpoint = await openHostileEndpoint({ instances: 24, over: false });
    using terminal = openTerminal(argsFor(endpoint, hostileCommand), size);
    await terminal.waitFor(/INSTANCE.*[✗?] i-0{15}/s, 'the rows');
    await walk(terminal, [
      ['v', /CAUSE$/m],
      ['G', /23 causes/],
      ['v', /24 instances, worst first/],
      ['v', /INSTANCE/],
      ...throughOutput(4, /^stdout$/m),
      ...throughOutput(5, /stdout · GetCommandInvocation/),
      ...throughOutput(6, /stdout · S3/),
      ...throughOutput(7, /stdout · CloudWatch Logs/),
      ['\r', /plugin/],
      ['a', /Fields of i-/],
      ['G', /(\d+) of \1$/m],
      ['a', /Fields of the command/],
      ['P', /parameter/],
      ['y', /copied the fields/],
      ['?', /up a line/],
      ['\u001b', /Fields of the command/],
      ['\u001b', /│ plugin/],
      ['o', /commands on i-/],
      ['/owned', /^ \/owned/m],
      ['\u001b', /commands on i-(?!.*\n \/)/s],
      ['\u001b', /│ plugin/],
      ['\u001b', /INSTANCE/],
      ['/\u200bowned', /^ \/\\u\{200b\}owned/m],
      ['\u001b', /INSTANCE(?!.*\n \/)/s],
      ['\u0013', /saved \d+ files of 23 instances/],
      ['\u000c', /INSTANCE/],
    ]);
    terminal.write('q');
    expect(await terminal.exit).toEqual({ exitCode: 130, signal: 0 });
    expectHarmless(terminal);
    // Nothing is dropped: it can be read what was tried.
    expect(terminal.scrollback()).toContain('Document^[]52;c;b3duZWQ=^[\\^[[77;77H');
    expect(terminal.scrollback()).toMatch(/^interrupted: 0 of 24 /m);
    expectSavedAsItCame(terminal);
  });

  test('is shown as it is in the list of recent commands', async () => {
    await using endpoint = await openHostileEndpoint({ instances: 3, over: true });
    using terminal = openTerminal(argsFor(endpoint));
    await terminal.waitFor(/DOCUMENT.*comment/s, 'the commands');
    await walk(terminal, [
      ['j', /recent commands/],
      ['y', /copied 11111111-/],
      ['g\r', /FAILURE/],
    ]);
    terminal.write('q');
    expect(await terminal.exit).toEqual({ exitCode: 1, signal: 0 });
    expectHarmless(terminal);
    expect(terminal.scrollback()).toMatch(/✗ i-0{17}\^\[\]0;owned\^G/);
  });

  test('is shown as it is in lines on a terminal, also in the summary of many failures', async () => {
    await using endpoint = await openHostileEndpoint({ instances: 24, over: true });
    using terminal = openTerminal(argsFor(endpoint, '-o', 'plain', hostileCommand));
    expect(await terminal.exit).toEqual({ exitCode: 1, signal: 0 });
    expect(terminal.output).toMatch(/1 × .*\^\[\]/);
    expect(foreignIn(terminal.output)).toEqual([]);
    // Lines move no cursor, and switch no mode.
    expect(terminal.output).not.toMatch(new RegExp(`${esc}\\[[\\d?]*[A-Zhl]`));
  });

  test('is the original in json, in which nothing is obeyed', async () => {
    await using endpoint = await openHostileEndpoint({ instances: 24, over: false });
    const run = await runProgram(argsFor(endpoint, '-o', 'json', '--once', hostileCommand));
    expect(run).toMatchObject({ exitCode: 5, stderr: '' });
    expect(run.stdout).not.toMatch(unsafeInJson);
    const lines = run.stdout.trimEnd().split('\n');
    const events = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const names = events.filter(({ event }) => event === 'invocation').map((row) => row.instanceName);
    expect(names).toEqual(Array.from({ length: 24 }, (_, turn) => hostile('name', turn + 1)));
    expect(events[0]).toMatchObject({ documentName: hostile('Document', 2), comment: hostile('comment', 3) });
  });
});

/** Files hold the text as AWS gave it, and objects their bytes. */
function expectSavedAsItCame({ folder }: TestTerminal): void {
  const root = join(folder.path, `ssm-watch-${hostileCommand}`);
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const stdoutOf = (turn: number) => {
    const instance = `i-${String(turn).padStart(17, '0')}`;
    const file = entries.find(
      ({ name, parentPath }) => name.endsWith('.stdout') && parentPath.includes(instance),
    );
    return readFileSync(join(file?.parentPath ?? '', file?.name ?? ''));
  };
  expect(stdoutOf(4).equals(Buffer.from(hostileStdout(4)))).toBe(true);
  expect(stdoutOf(5).equals(Buffer.from(hostileStdout(1)))).toBe(true);
  expect(stdoutOf(6).equals(hostileObject)).toBe(true);
  expect(stdoutOf(7).toString()).toBe(Buffer.from(`${hostileMessages.join('\n')}\n`).toString());
  for (const { name } of entries) expect(name).toMatch(/^[A-Za-z0-9._-]+$/);
  const index = readFileSync(join(root, 'index.json'), 'utf8');
  expect(index).not.toMatch(unsafeInJson);
  expect(index).toContain(JSON.stringify(hostileInstance(4)).slice(1, 20));
}
