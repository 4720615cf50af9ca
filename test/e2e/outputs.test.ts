import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Cell } from '../helpers/cells.ts';
import { type Rollout, standingRollout } from '../helpers/rollout.ts';
import { openTerminal, type TerminalOptions, type TestTerminal } from '../helpers/terminal.ts';
import { instancesOn } from './screen-texts.ts';

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 200, rows: 60 },
];

/** A rollout all of whose outputs are in S3: its end, and whether one writes 50 MB, or what no terminal should see. */
const inS3 = () => standingRollout(900, { scenario: 's3' });

function instanceThat(
  { simulator }: Rollout,
  writes: (output: { stdout: string; stdoutTail?: unknown }) => boolean,
): string {
  const found = simulator
    .truth()
    ?.invocations.find(({ steps }) => steps.some(({ output }) => writes(output())));
  if (!found) throw new Error('no instance writes that');
  return found.instanceId;
}

const hostile = (rollout: Rollout) => instanceThat(rollout, ({ stdout }) => stdout.includes('\u001b'));
const huge = (rollout: Rollout) => instanceThat(rollout, ({ stdoutTail }) => stdoutTail !== undefined);

/** The program once it has seen the end of the rollout, with the output of one instance open. */
async function openOutput(
  rollout: Rollout,
  instanceId: string,
  heading: RegExp,
  size: TerminalOptions,
): Promise<TestTerminal> {
  const terminal = openTerminal(rollout.args, size);
  await terminal.waitFor((screen) => instancesOn(screen).length > 0, 'rows');
  terminal.write(`/${instanceId}\r`);
  await terminal.waitFor(/1 of \d+ shown/, 'the row');
  terminal.write('\r');
  await terminal.waitFor(heading, 'the output');
  return terminal;
}

/** The cells of a text on the screen. */
function cellsWith(terminal: TestTerminal, text: string): Cell[] {
  const line = terminal.screen().findIndex((one) => one.includes(text));
  const from = terminal.screen()[line]?.indexOf(text) ?? 0;
  return (terminal.cells()[line] ?? []).slice(from, from + text.length);
}

/** The texts that were put into the terminal's clipboard. */
const clipboard = ({ output }: TestTerminal) =>
  output
    .split('\u001b]52;c;')
    .slice(1)
    .map((rest) => Buffer.from(rest.split('\u0007')[0] ?? '', 'base64').toString());

describe('an output in S3', () => {
  test.for(sizes)('has its colours, and obeys nothing, at $columns × $rows', async (size) => {
    await using rollout = await inS3();
    using terminal = await openOutput(rollout, hostile(rollout), /stdout · S3 · [\d.]+ kB/, size);
    await terminal.waitFor(/FAIL: connection refused/, 'the text');
    for (const [text, look] of [
      ['==> acme-checks 4.2', { bold: true, colour: null }],
      ['✓ configuration is readable', { colour: 'green' }],
      ['FAIL: connection refused', { bold: true, colour: 'red' }],
      ['underlined', { underline: true }],
      ['inverse', { inverse: true }],
      ['faint', { dim: true }],
      ['plain', { underline: false, inverse: false, dim: false, colour: null }],
    ] as const) {
      const cells = cellsWith(terminal, text);
      expect(cells.map((cell) => cell.text).join('')).toBe(text);
      for (const cell of cells) expect(cell, text).toMatchObject(look);
    }

    terminal.write('/failed\r');
    const found = await terminal.waitFor(/7 matches/, 'the matches');
    const top = (screen: string[]) => Number(/ (\d+)–\d+ of \d+$/.exec(screen.at(-1) ?? '')?.[1]);
    const marked = () =>
      terminal
        .cells()
        .map((line) => line.filter(({ inverse }) => inverse).map(({ text }) => text))
        .filter((texts) => texts.length > 0)
        .map((texts) => texts.join(''));
    expect(marked().length).toBeGreaterThan(0);
    expect(new Set(marked())).toEqual(new Set(['failed']));
    terminal.write('n');
    const next = await terminal.waitFor((screen) => top(screen) > top(found), 'the next match');
    terminal.write('N');
    await terminal.waitFor((screen) => top(screen) < top(next), 'the match before');

    terminal.write('G');
    const end = (await terminal.waitFor(/back to normal/, 'the end')).join('\n');
    expect(end).toMatch(/^device control: \^\[P\$q"p\^\[\\ end$/m);
    expect(end).toMatch(/^bell and null: \^G\^@ end$/m);
    expect(end).toMatch(/^bidi: \\u\{202e\}gpj\.exe/m);
    expect(end).toMatch(/^cursor up: \^\[\[5A\^\[\[K overwritten end$/m);
    expect(end).toMatch(/^stderr · S3 · \d+ B$/m);
    for (const cell of cellsWith(terminal, 'back to normal')) expect(cell.colour).toBe('green');
    terminal.write('k'.repeat(14));
    await terminal.waitFor(/^clipboard: \^\[\]52;c;cm0gLXJmIH4K\^G end$/m, 'what is above');
    for (const sequence of ['\u001b]0;', '\u001b]8;', '\u001bP', '\u001b]52;c;cm0', '\u009b', '\u202e']) {
      expect(terminal.output).not.toContain(sequence);
    }
    expect(terminal.onAlternateScreen).toBe(true);

    terminal.write('y');
    await terminal.waitFor(/copied the output/, 'that it is copied');
    const [copied = '', ...others] = clipboard(terminal);
    expect(others).toEqual([]);
    expect(copied).toContain('\tindented\tend\n');
    expect(copied).toContain('FAIL: connection refused');
    expect(copied).toMatch(/of 120 checks failed/);
    expect(copied).not.toMatch(/(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
  });

  test('has its colours out of 256 and out of all, where the terminal has them', async () => {
    await using rollout = await inS3();
    using terminal = await openOutput(rollout, hostile(rollout), /FAIL: connection refused/, {});
    for (const text of ['256 colours: orange', 'true colour: light blue']) {
      for (const cell of cellsWith(terminal, text)) expect(cell, text).toMatchObject({ colour: 'other' });
    }
  });

  test.for(sizes)('of 50 MB is read at both ends, and not copied, at $columns × $rows', async (size) => {
    await using rollout = await inS3();
    using terminal = await openOutput(rollout, huge(rollout), /stdout · S3 · 51\.9 MB/, size);
    const first = await terminal.waitFor(/doc=000000003.*line 1 of stdout$/s, 'the beginning');
    terminal.write('G');
    const end = await terminal.waitFor(/100% of stdout$/, 'the end');
    expect(end.at(-2)).toMatch(/ doc=000480299 /);
    terminal.write('k');
    await terminal.waitFor((screen) => / doc=000480298 /.test(screen.at(-2) ?? ''), 'a line up');
    terminal.write('g');
    const again = await terminal.waitFor(/line 1 of stdout$/, 'the beginning again');
    expect(again.slice(3, -1)).toEqual(first.slice(3, -1));
    terminal.write('y');
    const refused = await terminal.waitFor(/not copied: 51\.9 MB/, 'that it is not copied');
    expect(refused.at(-1)).toContain('75 kB');
    expect(refused.at(-1)).toContain('Ctrl-S');
    expect(clipboard(terminal)).toEqual([]);
    // Both ends, and what is read ahead of them.
    expect(rollout.requests('GetObject')).toBeLessThan(20);
  });

  test('of 50 MB is searched beyond what is read of it, and a key ends the search', async () => {
    await using rollout = await inS3();
    using terminal = await openOutput(rollout, huge(rollout), /stdout · S3 · 51\.9 MB/, {});
    terminal.write('/Z ERROR\r');
    await terminal.waitFor(/no match in [\d.]+ MB {2}line \d+ of stdout$/, 'no match so far');
    terminal.write('n');
    await terminal.waitFor(/Z ERROR reindex: .* doc=000240\d{3} .* 1 match in/s, 'the match in the middle');
    terminal.write('n');
    await terminal.waitFor(/searching what is not read yet|no more match/, 'the search for the next');
    terminal.write('k');
    await terminal.waitFor(
      (screen) => !/searching|no more match/.test(screen.at(-1) ?? ''),
      'the end of the search',
    );
  });

  test('gives way to the next best when it may not be read, and says why', async () => {
    await using rollout = await inS3();
    rollout.simulator.addFault({ operation: 'GetObject', kind: 'access-denied' });
    const heading = /stdout · GetCommandInvocation/;
    using terminal = await openOutput(rollout, huge(rollout), heading, { columns: 160, rows: 40 });
    const screen = (await terminal.waitFor(heading, 'the next best')).join('\n');
    expect(screen.match(/s3:GetObject/g)).toHaveLength(1);
    expect(screen).toMatch(/^S3 could not be read: access denied: the IAM action s3:GetObject/m);
  });
});

test('an output in CloudWatch Logs is followed with F while the script runs', async () => {
  await using rollout = await standingRollout(40, { scenario: 'logs' });
  const { instanceId = '' } = rollout.simulator.truth()?.invocations[0] ?? {};
  using terminal = await openOutput(rollout, instanceId, /stdout · CloudWatch Logs/, {
    columns: 80,
    rows: 24,
  });
  terminal.write('F');
  const before = await terminal.waitFor(/follow {2}\d+–(\d+) of \1$/, 'the end');
  rollout.clock.advance(31_000);
  const after = await terminal.waitFor(
    (screen) => screen.at(-2) !== before.at(-2) && /follow/.test(screen.at(-1) ?? ''),
    'what came since',
  );
  expect(after.slice(9, -1)).not.toContain(before.at(-2));
});

describe('Ctrl-S in the list', () => {
  /** Every file below the program's folder, by its path there, with its text. */
  function filesOf({ folder }: TestTerminal): Map<string, string> {
    const entries = readdirSync(folder.path, { recursive: true, withFileTypes: true });
    return new Map(
      entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .map((path) => [path.slice(folder.path.length + 1), readFileSync(path, 'latin1')]),
    );
  }

  /** The files that the index knows, by their paths. Where nothing was saved there is none. */
  function indexed(files: ReadonlyMap<string, string>, commandId: string): Map<string, { bytes: number }> {
    const folder = `ssm-watch-${commandId}`;
    const written = files.get(join(folder, 'index.json'));
    if (written === undefined) return new Map();
    const index = JSON.parse(written);
    expect(index.commandId).toBe(commandId);
    return new Map(
      index.instances.flatMap((instance: { folder: string; plugins: { files: { name: string }[] }[] }) =>
        instance.plugins.flatMap((plugin) =>
          plugin.files.map((file) => [join(folder, instance.folder, file.name), file] as const),
        ),
      ),
    );
  }

  /** What is on the disk is what the index says, to the byte. */
  function expectWhole(terminal: TestTerminal, { simulator: { commandId } }: Rollout): number {
    const files = filesOf(terminal);
    const known = indexed(files, commandId);
    files.delete(join(`ssm-watch-${commandId}`, 'index.json'));
    expect([...files.keys()].toSorted()).toEqual([...known.keys()].toSorted());
    for (const [path, { bytes }] of known) expect(files.get(path)?.length, path).toBe(bytes);
    return known.size;
  }

  test.for(sizes)('saves the rows that are shown, and says where, at $columns × $rows', async (size) => {
    await using rollout = await inS3();
    using terminal = openTerminal(rollout.args, size);
    await terminal.waitFor(/FAILURE/, 'the end');
    terminal.write('f');
    await terminal.waitFor(/3 of 12 shown/, 'the failures');
    terminal.write('\u0013');
    await terminal.waitFor(/^ saved 6 files of 3 instances in \.\/ssm-watch-/m, 'that they are saved');
    expect(expectWhole(terminal, rollout)).toBe(6);
    terminal.write('f');
    await terminal.waitFor((screen) => instancesOn(screen).length === 12, 'all rows');
    terminal.write('\u0013');
    await terminal.waitFor(/^ saving: \d+ of 12 instances · [\d,]+ files?/m, 'how far it is');
    await terminal.waitFor(/^ saved 18 files of 9 instances in \.\/ssm-watch-.*/m, 'that they are saved');
    expect(expectWhole(terminal, rollout)).toBe(24);
    const stdout = filesOf(terminal).get(
      join(`ssm-watch-${rollout.simulator.commandId}`, hostile(rollout), '1-aws-runShellScript.stdout'),
    );
    // As the bytes came.
    expect(stdout).toContain('\u001b]52;c;cm0gLXJmIH4K\u0007');
  });

  test.each([
    ['at once', null],
    ['half-way', /^ saving: \d+ of 12 instances · \d+ files?/m],
  ])('and q %s leave whole files and an index of them, or nothing', async (_, progress) => {
    await using rollout = await inS3();
    using terminal = openTerminal(rollout.args);
    await terminal.waitFor(/FAILURE/, 'the end');
    terminal.write(progress ? '\u0013' : '\u0013q');
    if (progress) {
      await terminal.waitFor(progress, 'how far it is');
      // It cannot come to its end before the key does.
      rollout.simulator.addFault({ operation: 'GetObject', kind: 'hang' });
      terminal.write('q');
    }
    expect(await terminal.exit).toEqual({ exitCode: 1, signal: 0 });
    expectWhole(terminal, rollout);
    // Said below the closing summary.
    expect(terminal.output).toMatch(
      /exit 1: .*\r\n(not saved: interrupted|stopped after \d+ of 12 instances: interrupted · saved .*)\r\n/,
    );
    const folder = join(terminal.folder.path, `ssm-watch-${rollout.simulator.commandId}`);
    if (terminal.output.includes('not saved')) expect(existsSync(folder)).toBe(false);
    else
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        if (entry.isDirectory()) expect(readdirSync(join(folder, entry.name)), entry.name).not.toEqual([]);
      }
  });
});
