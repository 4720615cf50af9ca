import { describe, expect, test } from 'vitest';
import { finishedRollout, standingRollout, until } from '../helpers/rollout.ts';
import { openTerminal } from '../helpers/terminal.ts';
import { choose, commandsOn, send } from './picker-screen.ts';
import { cursorLine, instanceUnderCursor } from './screen-texts.ts';

describe('o in the output of an instance', () => {
  test('opens other commands on it, and Esc leads back to where one was', async () => {
    await using rollout = await finishedRollout();
    for (const comment of ['another job', 'one more job']) await send(rollout, comment, ['prod', 'staging']);
    rollout.clock.advance(120_000);
    using terminal = openTerminal(rollout.args, { columns: 80, rows: 13 });
    await terminal.waitFor(/FAILURE/, 'the verdict');
    terminal.write('jjj');
    const list = await terminal.waitFor((screen) => screen[7]?.startsWith('❯') ?? false, 'the fourth row');
    const instance = instanceUnderCursor(list);
    terminal.write('\rwj');
    const detail = await terminal.waitFor(/wrap {2}2–/, 'the output, a line down');
    terminal.write('o');
    const others = await terminal.waitFor((screen) => commandsOn(screen).length > 0, 'other commands');
    expect(others[0]).toContain(`commands on ${instance}`);
    expect(others[1]).toMatch(/\d other commands?, .*Esc goes back/);
    expect(others.join('\n')).not.toContain('patch kernel');
    await choose(terminal, 'another job');
    terminal.write('\r');
    await terminal.waitFor(/another job.*(SUCCESS|FAILURE)/s, 'the other watch');
    terminal.write('\u001b');
    expect(cursorLine(await terminal.waitFor(/Esc goes back/, 'the other commands'))).toContain(
      'another job',
    );
    terminal.write('\u001b');
    const back = await terminal.waitFor(/wrap {2}2–/, 'the output as it was');
    expect(back.slice(3)).toEqual(detail.slice(3));
    terminal.write('\u001b');
    expect(instanceUnderCursor(await terminal.waitFor(/INSTANCE/, 'the list'))).toBe(instance);
    terminal.write('q');
    expect(await terminal.exit).toEqual({ exitCode: 1, signal: 0 });
    expect(terminal.scrollback()).toMatch(/^failure: 45 of 60 succeeded/m);
  });

  test('asks nothing of the watch below, which goes on after it, paused if it was', async () => {
    await using rollout = await standingRollout(12);
    using terminal = openTerminal([...rollout.args, '--interval', '0.5']);
    await terminal.waitFor(/22 of 60/, 'rows');
    terminal.write('\ro');
    await terminal.waitFor(/Esc goes back/, 'other commands');
    const before = rollout.requests('ListCommandInvocations');
    await terminal.waitFor(/every 5 s · [2-4] s ago$/m, 'that time passes');
    expect(rollout.requests('ListCommandInvocations')).toBeLessThanOrEqual(before + 2);
    terminal.write('\u001b');
    const during = rollout.requests('ListCommandInvocations');
    await until(() => rollout.requests('ListCommandInvocations') > during + 1, 'polling goes on');
    terminal.write('p');
    await terminal.waitFor(/paused/, 'a pause');
    terminal.write('o');
    await terminal.waitFor(/Esc goes back/, 'other commands');
    terminal.write('\u001b');
    await terminal.waitFor(/paused/, 'the same pause');
    terminal.write('o');
    await terminal.waitFor(/Esc goes back/, 'other commands');
    terminal.write('q');
    await terminal.waitFor(/Esc back/, 'the output');
    terminal.write('o');
    await terminal.waitFor(/q back/, 'other commands');
    terminal.write('\u0003');
    expect((await terminal.exit).exitCode).toBe(130);
    expect(terminal.scrollback()).toMatch(/^interrupted: 18 of 60 /m);
  });

  test('is told when ListCommands is denied, and ends nothing', async () => {
    const faults = [{ kind: 'access-denied', operation: 'ListCommands' }] as const;
    await using rollout = await standingRollout(12, { faults });
    using terminal = openTerminal(rollout.args);
    await terminal.waitFor(/22 of 60/, 'rows');
    terminal.write('\ro');
    await terminal.waitFor(/! access denied: .*ssm:ListCommands.* · next try/s, 'what is denied');
    terminal.write('\u001b');
    await terminal.waitFor(/Esc back/, 'the output');
    terminal.write('q');
    await terminal.waitFor(/INSTANCE/, 'the list');
    terminal.write('q');
    expect((await terminal.exit).exitCode).toBe(130);
  });
});
