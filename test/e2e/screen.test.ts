import { describe, expect, test } from 'vitest';
import { startSimulator } from '../../src/simulator/server.ts';
import { finishedRollout, Rollout, standingRollout } from '../helpers/rollout.ts';
import { openTerminal } from '../helpers/terminal.ts';
import { cursorLine, instancesOn, instanceUnderCursor, statusesOn } from './screen-texts.ts';

/** What product.md says that a colour means. */
const tones: Readonly<Record<string, string>> = {
  Failed: 'red',
  Undeliverable: 'red',
  DeliveryTimedOut: 'red',
  ExecutionTimedOut: 'red',
  InProgress: 'cyan',
  Pending: 'yellow',
  Delayed: 'yellow',
  Success: 'green',
};

const glyphs: Readonly<Record<string, RegExp>> = { red: /✗/, cyan: /●/, yellow: /[○◷]/, green: /✓/ };

/** A rollout whose virtual time moves with each request, so that a fault can strike the n-th of them. */
async function rolloutThatHangsAt(request: number) {
  const start = Date.now() - 12_000;
  let answered = () => 0;
  const clock = { now: () => start + answered() * 1000 };
  const simulator = await startSimulator({
    scenario: 'bad',
    pagingTricks: false,
    clock,
    faults: [{ kind: 'hang', operation: 'ListCommandInvocations', from: (12 + request) * 1000 }],
  });
  answered = () => 12 + simulator.requests.length;
  return new Rollout(simulator, clock);
}

describe('the screen', () => {
  test('shows the rows of the first page while the next one is still awaited', async () => {
    await using rollout = await rolloutThatHangsAt(2);
    using terminal = openTerminal([...rollout.args, '--page-size', '10']);
    const screen = await terminal.waitFor((lines) => instancesOn(lines).length > 0, 'rows');
    expect(instancesOn(screen)).toHaveLength(10);
    expect(rollout.requests('ListCommandInvocations')).toBeLessThanOrEqual(2);
    terminal.write('q');
    expect((await terminal.exit).exitCode).toBe(130);
  });

  test('gives glyph and word of each row the colour of its StatusDetails', async () => {
    await using rollout = await standingRollout(8);
    using terminal = openTerminal(rollout.args);
    const seen = new Set<string>();
    const check = (screen: string[]) => {
      const title = screen.findIndex((line) => line.includes('INSTANCE'));
      const at = screen[title]?.indexOf('STATUS') ?? -1;
      const cells = terminal.cells().slice(title + 1);
      for (const [index, status] of statusesOn(screen).entries()) {
        const tone = tones[status] ?? '';
        const row = cells[index] ?? [];
        expect([status, row[2]?.colour, row[at]?.colour]).toEqual([status, tone, tone]);
        expect(row[2]?.text).toMatch(glyphs[tone] ?? /^$/);
        // Colour is for the status only: the rest of the row is as the terminal has it.
        expect(row[4]?.colour).toBeNull();
        seen.add(status);
      }
    };
    check(await terminal.waitFor((lines) => instancesOn(lines).length > 20, 'rows'));
    terminal.write('G');
    check(await terminal.waitFor(/Success/, 'the rows at the end'));
    expect([...seen].sort()).toEqual(['Delayed', 'Failed', 'InProgress', 'Pending', 'Success']);
  });

  test('puts the worst first: failures, then running, waiting, succeeded', async () => {
    await using rollout = await standingRollout(12);
    using terminal = openTerminal(rollout.args, { rows: 70 });
    const screen = await terminal.waitFor((lines) => instancesOn(lines).length === 60, 'all rows');
    const order = ['red', 'cyan', 'yellow', 'green'];
    const ranks = statusesOn(screen).map((status) => order.indexOf(tones[status] ?? ''));
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    expect(new Set(ranks)).toEqual(new Set([0, 1, 2, 3]));
  });

  test('keeps the cursor on its instance when the rows are sorted anew', async () => {
    await using rollout = await standingRollout(8);
    using terminal = openTerminal([...rollout.args, '--interval', '0.5']);
    const before = await terminal.waitFor(/ 9 of 60/, 'all rows');
    const running = statusesOn(before).indexOf('InProgress');
    const chosen = instancesOn(before)[running] ?? '';
    terminal.write('j'.repeat(running));
    await terminal.waitFor((lines) => instanceUnderCursor(lines) === chosen, `the cursor on ${chosen}`);
    rollout.clock.advance(12_000);
    const after = await terminal.waitFor(/✗ 9 /, 'the rows of 12 seconds later');
    expect(instanceUnderCursor(after)).toBe(chosen);
    expect(instancesOn(after).indexOf(chosen)).not.toBe(running);
    expect(cursorLine(after)).not.toContain('InProgress');
  });

  test('says how it goes, where, how old the data is, and how far it is', async () => {
    await using rollout = await standingRollout(12);
    using terminal = openTerminal(rollout.args);
    const [first, second, third] = await terminal.waitFor(/22 of 60.*✓ 18 {2}✗ 4 {2}● 11 {2}○ 27/, 'counts');
    expect(first).toMatch(
      /^ ssm-watch +AWS-RunShellScript · patch kernel .* eu-west-1 .*every 2 s · \d s ago$/,
    );
    expect(second).toContain(`${rollout.simulator.commandId}  running 1`);
    expect(second).toMatch(/20% at a time {2}3 .*25%/);
    expect(third).toMatch(/^ █+░+ /);
  });

  test('stays at the end with the verdict, and leaves a summary behind', async () => {
    await using rollout = await finishedRollout();
    using terminal = openTerminal(rollout.args);
    const screen = await terminal.waitFor(/FAILURE/, 'the verdict');
    expect(screen[0]).toMatch(/finished · read \d+ s ago$/);
    expect(terminal.onAlternateScreen).toBe(true);
    const polled = rollout.requests();
    terminal.write('G');
    expect(statusesOn(await terminal.waitFor(/Success/, 'the end of the list')).at(-1)).toBe('Success');
    await terminal.waitFor(/read [3-9] s ago/, 'older data');
    expect(rollout.requests()).toBe(polled);
    terminal.write('q');
    expect(await terminal.exit).toEqual({ exitCode: 1, signal: 0 });
    expect(terminal.onAlternateScreen).toBe(false);
    const summary = terminal.scrollback();
    expect(summary).toContain(rollout.simulator.commandId);
    expect(summary).toContain('failure: 45 of 60 succeeded, 15 did not');
    expect(summary).toContain(
      '45 Success  11 Failed  2 DeliveryTimedOut  1 Undeliverable  1 ExecutionTimedOut',
    );
    expect(summary.match(/^ {2}✗ /gm)).toHaveLength(15);
    expect(summary).toMatch(/✗ i-0f1316a9e7b6c633a .* exit 127 .*apt-get: command not found/);
    expect(summary).toMatch(/^exit 1: /m);
    // Nothing of the alternate screen is left between the lines.
    expect(summary).not.toContain('INSTANCE');
  });

  test('says success only in green, and of all', async () => {
    await using rollout = await finishedRollout({ scenario: 'healthy' });
    using terminal = openTerminal(rollout.args);
    await terminal.waitFor(/SUCCESS/, 'the verdict');
    const line = terminal.cells()[1] ?? [];
    const at = line.findIndex(({ colour }) => colour !== null);
    expect(
      line
        .slice(at, at + 7)
        .map(({ text }) => text)
        .join(''),
    ).toBe('SUCCESS');
    expect(line[at]?.colour).toBe('green');
    terminal.write('\u0003');
    expect((await terminal.exit).exitCode).toBe(0);
    expect(terminal.scrollback()).toContain('success: 40 invocations succeeded');
  });

  test('leaves by itself with --exit, and with --timeout', async () => {
    await using over = await finishedRollout({ scenario: 'no-targets' });
    using leaving = openTerminal([...over.args, '--exit']);
    expect((await leaving.exit).exitCode).toBe(4);
    expect(leaving.scrollback()).toContain('no targets: the command matched no instance');
    await using standing = await standingRollout(12);
    using timed = openTerminal([...standing.args, '--timeout', '2s']);
    expect((await timed.exit).exitCode).toBe(124);
    expect(timed.onAlternateScreen).toBe(false);
    expect(timed.scrollback()).toMatch(/^timeout: /m);
  });
});
