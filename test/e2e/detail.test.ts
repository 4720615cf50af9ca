import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { finishedRollout, type Rollout, standingRollout, until } from '../helpers/rollout.ts';
import { openTerminal, type TestTerminal } from '../helpers/terminal.ts';
import { cursorLine, instanceUnderCursor } from './screen-texts.ts';

/** The output of the row that the filter finds. */
async function openDetail(rollout: Rollout, filter: string, ...args: string[]): Promise<TestTerminal> {
  const terminal = openTerminal([...rollout.args, ...args]);
  await terminal.waitFor(/(22|60) of 60/, 'all rows');
  terminal.write(`/${filter}\r`);
  await terminal.waitFor(/^ ↑↓ move.* shown: /m, 'the filter');
  terminal.write('\r');
  // While more is read a line says so, and it goes: what was pressed before moves by one less.
  await terminal.waitFor(
    (screen) => / plugin .*Esc back/s.test(screen.join('\n')) && !screen.join('\n').includes('reading more'),
    'the output',
  );
  return terminal;
}

const notFound = 'i-0f1316a9e7b6c633a';

describe('the output of an instance', () => {
  test('opens with Enter, shows what AWS gives, and closes with Esc and q', async () => {
    await using rollout = await finishedRollout();
    using terminal = openTerminal(rollout.args);
    await terminal.waitFor(/FAILURE/, 'the end');
    for (const close of ['\u001b', 'q']) {
      const list = await terminal.waitFor(/INSTANCE/, 'the list');
      const instance = instanceUnderCursor(list);
      terminal.write('\r');
      const detail = await terminal.waitFor(/Esc back/, 'the output');
      expect(detail[3]).toContain(instance);
      expect(detail[3]).toMatch(/✗ \w+ {2}requested \d\d:\d\d:\d\d {2}took \S+$/);
      terminal.write(close);
      expect(instanceUnderCursor(await terminal.waitFor(/INSTANCE/, 'the list'))).toBe(instance);
      terminal.write('j');
      await terminal.waitFor((screen) => instanceUnderCursor(screen) !== instance, 'the next row');
    }
  });

  test('shows stdout and stderr apart, with the plugin that wrote them', async () => {
    await using rollout = await finishedRollout();
    using terminal = await openDetail(rollout, notFound);
    terminal.write('wG');
    const end = await terminal.waitFor(/wrap {2}\d+–(\d+) of \1$/m, 'the end of the output, wrapped');
    const text = end.join('\n');
    expect(text).toMatch(/❯ │ aws:runShellScript │ ✗ Failed │ 127 +│ \d\d:\d\d:\d\d │/);
    expect(text).toMatch(/^stderr$/m);
    expect(end.join('')).toContain('apt-get: command not found');
    expect(text).not.toContain('ERROR-----');
  });

  test('goes through the plugins with Tab and Shift-Tab', async () => {
    await using rollout = await finishedRollout({ scenario: 'two-plugins' });
    using terminal = openTerminal(rollout.args);
    await terminal.waitFor(/FAILURE/, 'the end');
    terminal.write('f\r');
    const first = await terminal.waitFor(/❯ │/, 'the plugins');
    const plugins = first.flatMap((line) => /^│ [❯ ] │ (\S+) +│/.exec(line)?.[1] ?? []).slice(1);
    expect(plugins.length).toBeGreaterThan(1);
    const chosen = (name: string | undefined) =>
      terminal.waitFor(new RegExp(`❯ │ ${name} `), `plugin ${name}`);
    await chosen(plugins[0]);
    terminal.write('\t');
    await chosen(plugins[1]);
    terminal.write('\u001b[Z');
    await chosen(plugins[0]);
    terminal.write('\u001b[Z');
    await chosen(plugins.at(-1));
    terminal.write('\t');
    await chosen(plugins[0]);
  });

  test('is refreshed while the script runs', async () => {
    await using rollout = await standingRollout(12);
    const truth = rollout.simulator.truth()?.invocations ?? [];
    const running = truth.find(({ statusDetails }) => statusDetails === 'InProgress')?.instanceId ?? '';
    using terminal = await openDetail(rollout, running, '--interval', '0.5');
    await terminal.waitFor(/● InProgress/, 'a script that runs');
    rollout.clock.advance(60_000);
    const screen = await terminal.waitFor(/│ [✓✗] \w+ +│/, 'its end');
    expect(screen[3]).toContain(running);
  });

  test('is searched with /, n and N, and the matches stand out', async () => {
    await using rollout = await finishedRollout();
    using terminal = await openDetail(rollout, 'i-09929993f1fa8be0f');
    const marked = () =>
      terminal.cells().map((line) =>
        line
          .filter(({ inverse }) => inverse)
          .map(({ text }) => text)
          .join(''),
      );
    terminal.write('/test 1\r');
    const found = await terminal.waitFor(/\d+ matches .*\d+–\d+ of/, 'the matches');
    expect(
      marked()
        .filter((text) => text !== '')
        .every((text) => text === 'test 1'),
    ).toBe(true);
    expect(marked()).toContain('test 1');
    const top = (screen: string[]) => Number(/ (\d+)–\d+ of \d+$/.exec(screen.at(-1) ?? '')?.[1]);
    terminal.write('n');
    const next = await terminal.waitFor((screen) => top(screen) > top(found), 'the next match');
    terminal.write('N');
    await terminal.waitFor((screen) => top(screen) < top(next), 'the match before');
    terminal.write('/\u0015nowhere to be found');
    await terminal.waitFor(/no match/, 'no match');
    terminal.write('\u001b');
    await terminal.waitFor(/\d+ matches/, 'the search before');
  });

  test('wraps with w, follows its end with F, and scrolls', async () => {
    await using rollout = await finishedRollout();
    using terminal = await openDetail(rollout, 'i-09929993f1fa8be0f');
    const last = (screen: string[]) => / (\d+)–(\d+) of (\d+)$/.exec(screen.at(-1) ?? '') ?? [];
    const atEnd = (screen: string[]) => last(screen)[2] !== undefined && last(screen)[2] === last(screen)[3];
    terminal.write('j');
    await terminal.waitFor(/ 2–\d+ of/, 'a line down');
    terminal.write('G');
    await terminal.waitFor(atEnd, 'the end');
    terminal.write('g');
    await terminal.waitFor(/ 1–\d+ of/, 'the top');
    terminal.write('F');
    await terminal.waitFor(
      (screen) => /follow/.test(screen.at(-1) ?? '') && atEnd(screen),
      'the end, followed',
    );
    terminal.write('w');
    await terminal.waitFor(/wrap {2}follow/, 'wrapped lines');
  });

  test.each([
    [
      'is read whole where AWS cut it from the list, and says where it is from',
      false,
      /std(out|err) · GetCommandInvocation/,
    ],
    [
      'says that it was cut, why no more can be read, and how to get the rest',
      true,
      /ssm:GetCommandInvocation.*was cut by AWS; .*aws ssm get-command-invocation/s,
    ],
  ])('%s', async (_, denied, sign) => {
    await using rollout = await finishedRollout();
    if (denied) rollout.simulator.addFault({ operation: 'GetCommandInvocation', kind: 'access-denied' });
    const { invocations = [] } = rollout.simulator.truth() ?? {};
    using terminal = openTerminal(rollout.args, { columns: 100, rows: 60 });
    await terminal.waitFor(/FAILURE/, 'the end');
    terminal.write('f');
    await terminal.waitFor(/15 of 60 shown/, 'the failures');
    for (const _ of invocations.filter(({ status }) => status !== 'Success')) {
      terminal.write('\r');
      const screen = await terminal.waitFor(
        (lines) => /Esc back/.test(lines.join('\n')) && !/reading more/.test(lines.join('\n')),
        'the output',
      );
      if (sign.test(screen.join('\n'))) return;
      terminal.write('\u001b');
      await terminal.waitFor(/INSTANCE/, 'the list');
      terminal.write('j');
    }
    throw new Error('no output was cut');
  });

  test('is copied with y and saved with Ctrl-S; y in the list copies the ID', async () => {
    await using rollout = await finishedRollout();
    using terminal = await openDetail(rollout, notFound);
    const copied = () => {
      const last = [...terminal.output.matchAll(/\]52;c;([A-Za-z0-9+/=]*)/g)].at(-1)?.[1] ?? '';
      return Buffer.from(last, 'base64').toString();
    };
    terminal.write('y');
    await terminal.waitFor(/copied/, 'that it is copied');
    expect(copied()).toContain('apt-get: command not found');
    terminal.write('\u0013');
    await until(() => readdirSync(terminal.folder.path).length > 0, 'a file is saved');
    await terminal.waitFor(/saved/i, 'that it is saved');
    const saved = readdirSync(terminal.folder.path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    expect(saved.join('\n')).toContain('apt-get: command not found');
    terminal.write('\u001b');
    const list = await terminal.waitFor(/INSTANCE/, 'the list');
    expect(cursorLine(list)).toContain(notFound);
    terminal.write('y');
    await terminal.waitFor(/copied i-/, 'that the ID is copied');
    expect(copied()).toBe(notFound);
  });
});
