import { expect, test } from 'vitest';
import { standingRollout } from '../helpers/rollout.ts';
import { openTerminal } from '../helpers/terminal.ts';
import { choose, openPicker, send } from './picker-screen.ts';
import { instanceUnderCursor } from './screen-texts.ts';

/** The groups on the screen: how many, and what they have in common. */
const groupsOn = (screen: readonly string[]) =>
  screen.flatMap((line) => {
    const [, count, rest = ''] = /^[❯ ] ✗ +(\d+) +\d+% (.*)$/.exec(line) ?? [];
    return count === undefined ? [] : [{ count: Number(count), text: rest.trim() }];
  });

test.each([
  [80, 24],
  [200, 60],
])(
  '2,000 instances with 140 failures are 7 causes, and Enter has the 118, at %i × %i',
  async (columns, rows) => {
    await using rollout = await standingRollout(20, { scenario: 'causes' });
    using terminal = openTerminal([...rollout.args, '--interval', '0.5'], { columns, rows });
    await terminal.waitFor(/running/, 'the rollout');
    terminal.write('v');
    const early = groupsOn(await terminal.waitFor((screen) => groupsOn(screen).length > 1, 'causes'));
    expect(early[0]?.count).toBeLessThan(118);
    terminal.write('j');
    const second = early[1]?.text.split(/ {2,}/)[0] ?? '';
    await terminal.waitFor((screen) => screen.some((line) => line.startsWith('❯') && line.includes(second)));
    terminal.write('k');
    rollout.clock.advance(900_000);
    const screen = await terminal.waitFor(/FAILURE.*7 causes$/s, 'the end');
    const groups = groupsOn(screen);
    expect(groups.map(({ count }) => count)).toEqual([118, 8, 5, 4, 2, 2, 1]);
    expect(groups[0]?.text).toMatch(/^Failed +127 .*yum: command not found$/);
    expect(screen.join('\n')).toMatch(/2,000 of 2,000 {2}✓ 1,860 {2}✗ 140/);
    expect(screen.every((line) => line.length <= columns)).toBe(true);
    terminal.write('g\r');
    const list = await terminal.waitFor(/118 of 2,000 shown: one cause$/, 'the 118');
    const failed = list.filter((line) => /^[❯ ] ✗/.test(line));
    expect(failed.length).toBeGreaterThan(0);
    expect(failed.filter((line) => !/Failed +127 .* yum/.test(line))).toEqual([]);
    terminal.write('\u001b');
    expect(groupsOn(await terminal.waitFor(/7 causes$/, 'the groups'))).toEqual(groups);
    terminal.write('q');
    expect(await terminal.exit).toEqual({ exitCode: 1, signal: 0 });
    expect(terminal.scrollback()).toMatch(/118 .*yum: command not found/);
  },
);

test('from the picker to a watch, to the other commands on an instance, and all the way back with Esc', async () => {
  await using rollout = await standingRollout(900, { scenario: 'bad' });
  await send(rollout, 'another job', ['prod', 'staging']);
  rollout.clock.advance(900_000);
  using terminal = await openPicker(rollout);
  await choose(terminal, 'patch kernel');
  terminal.write('\r');
  const list = await terminal.waitFor(/patch kernel.*FAILURE.*INSTANCE/s, 'the watch');
  const instance = instanceUnderCursor(list);
  terminal.write('\r');
  await terminal.waitFor(/ plugin .*Esc back/s, 'the output');
  terminal.write('o');
  await terminal.waitFor(new RegExp(`commands on ${instance}`), 'the other commands');
  terminal.write('\u001b');
  await terminal.waitFor(/ plugin .*Esc back/s, 'the output again');
  terminal.write('\u001b');
  expect(instanceUnderCursor(await terminal.waitFor(/INSTANCE/, 'the list'))).toBe(instance);
  terminal.write('\u001b');
  const picker = await terminal.waitFor(/recent commands/, 'the picker again');
  expect(picker.find((line) => line.startsWith('❯'))).toMatch(/patch kernel$/);
  terminal.write('q');
  expect((await terminal.exit).exitCode).toBe(1);
});
