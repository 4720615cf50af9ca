import { describe, expect, test } from 'vitest';
import { finishedRollout, type Rollout, standingRollout } from '../helpers/rollout.ts';
import { openTerminal, type TerminalOptions, type TestTerminal } from '../helpers/terminal.ts';
import { cursorLine } from './screen-texts.ts';

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 200, rows: 60 },
];

/** The program once it has seen the end, with the rows that the filter finds. */
async function openFiltered(rollout: Rollout, filter: string, size: TerminalOptions): Promise<TestTerminal> {
  const terminal = openTerminal(rollout.args, size);
  await terminal.waitFor(/FAILURE/, 'the end');
  terminal.write(`/${filter}\r`);
  await terminal.waitFor(/ shown: /, 'the filter');
  return terminal;
}

describe('a rollout that MaxErrors stopped', () => {
  test.for(sizes)('says so, and why, at $columns × $rows', async (size) => {
    await using rollout = await finishedRollout({ scenario: 'stopped' });
    using terminal = await openFiltered(rollout, 'Terminated', size);
    const [, state = '', , , first = ''] = terminal.screen();
    expect(state).toMatch(/FAILURE · took \d+s .*7 errors: (the rollout was )?stopped/);
    expect(first).toContain(
      size.columns === 80 ? 'stopped: 7 er…' : 'stopped: 7 errors exceeded MaxErrors 3',
    );
    terminal.write('v');
    await terminal.waitFor(/19 +100% Terminated .*stopped: 7 er/, 'the group');
  });

  test.for(sizes)('says what the next error does, at $columns × $rows', async (size) => {
    await using rollout = await standingRollout(0, { scenario: 'stopped' });
    using terminal = openTerminal(rollout.args, size);
    const errors = () => {
      const invocations = rollout.simulator.truth()?.invocations ?? [];
      return invocations.filter(({ statusDetails }) => statusDetails === 'Failed').length;
    };
    while (errors() < 3) rollout.clock.advance(100);
    rollout.clock.advance(100);
    expect(errors()).toBe(3);
    const words = size.columns === 80 ? /1 more (error )?stops it/ : / · 1 more error stops the rollout/;
    await terminal.waitFor((screen) => words.test(screen[1] ?? ''), 'what happens next');
  });
});

describe('a node that was not reached', () => {
  test.for(sizes)('says since when it has not been seen, at $columns × $rows', async (size) => {
    await using rollout = await finishedRollout();
    using terminal = await openFiltered(rollout, 'last seen', size);
    const list = await terminal.waitFor(/❯ ✗ .*DeliveryTimedOut/, 'the row');
    if (size.columns > 80)
      expect(cursorLine(list)).toMatch(/not delivered; last seen .*, \w+ \w+ before the command$/);
    terminal.write('\r');
    const detail = await terminal.waitFor(/node: ConnectionLost.*Esc back/s, 'the output');
    expect(detail[4]).toMatch(/^ node: ConnectionLost, last seen .* ago\), agent 3\./);
    expect(detail[5]).toMatch(/^┌/);
  });

  test('names the permission that is missing, once', async () => {
    await using rollout = await finishedRollout({
      faults: [{ operation: 'DescribeInstanceInformation', kind: 'access-denied' }],
    });
    using terminal = await openFiltered(rollout, 'not delivered before', { columns: 120 });
    terminal.write('\r');
    const detail = await terminal.waitFor(/ssm:DescribeInstanceInformation/, 'the output');
    const named = detail.filter((line) => line.includes('ssm:DescribeInstanceInformation'));
    expect(named).toHaveLength(1);
    expect(rollout.requests('DescribeInstanceInformation')).toBe(1);
  });
});

test('steps that were skipped are told from those that ran', async () => {
  await using rollout = await finishedRollout({ scenario: 'two-plugins' });
  using terminal = await openFiltered(rollout, 'skipped the rest', {});
  expect(cursorLine(terminal.screen())).toMatch(/Success +168 .*skipped the rest \(exit 168\)/);
  terminal.write('\r');
  const detail = (await terminal.waitFor(/Esc back/, 'the output')).join('\n');
  expect(detail).toMatch(/❯ │ \S+ +│ ✓ Success +│ 168 /);
  expect(detail.match(/⊘ skipped/g)?.length).toBeGreaterThan(0);
});

test.for(sizes)('no targets: what was targeted is told, at $columns × $rows', async (size) => {
  await using rollout = await finishedRollout({ scenario: 'no-targets' });
  using terminal = openTerminal(rollout.args, size);
  const screen = await terminal.waitFor(/NO TARGETS/, 'the end');
  expect(screen.slice(4).join('\n')).toContain('the command matched no instance: tag:Role=gateway');
});
