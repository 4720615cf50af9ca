import { cleanup } from 'ink-testing-library';
import { afterEach, describe, expect, it } from 'vitest';
import type { CommandSummary } from '../../../src/domain/command-summary.ts';
import { FakeAccount, idOf, remoteError, summaries, summary } from '../../helpers/recent-commands.ts';
import { hostile } from '../../helpers/ui-fixtures.ts';
import { FakePickerServices, TestPicker } from '../test-picker.ts';

let opened: TestPicker | null = null;
afterEach(() => {
  opened?.close();
  cleanup();
});

async function open(account: FakeAccount, columns = 100, rows = 30): Promise<TestPicker> {
  const services = new FakePickerServices(account);
  opened = new TestPicker(services, columns, rows);
  await services.virtual.start();
  return opened;
}

const varied: CommandSummary[] = [
  summary(9, { status: 'InProgress', completedCount: 0, targetCount: 1_200, comment: 'patch kernel' }),
  summary(8, { status: 'Failed', statusDetails: 'Failed', errorCount: 2, deliveryTimedOutCount: 1 }),
  summary(7, { status: 'TimedOut', statusDetails: 'DeliveryTimedOut' }),
  summary(6, { targets: [], instanceIds: ['i-1', 'i-2'], requestedAt: null }),
];

describe('the recent commands', () => {
  it('show status, document, comment, targets, counts and age at 80 columns', async () => {
    const screen = await open(new FakeAccount(varied, 50), 80, 24);
    await screen.shows('patch kernel');
    const lines = screen.lines();
    expect(lines[0]).toMatch(/^ ssm-watch recent commands +eu-west-1 · prod {2}every 5 s · 0 s ago$/);
    expect(lines[1]).toContain('4 commands, all that AWS lists  1 not over');
    expect(lines[2]).toMatch(/STATUS +DOCUMENT +TARGETS +DONE +FAIL +AGE COMMENT$/);
    expect(lines[3]).toMatch(/^❯ ● InProgress AWS-RunShell\S*… tag:Env=prod +—\/1200 +51m 00s patch kernel$/);
    expect(lines[4]).toMatch(/^ {2}✗ Failed {2}.* 3\/3 +3 +52m 00s job 8$/);
    expect(lines[5]).toMatch(/^ {2}✗ DeliveryT…/);
    expect(lines[6]).toMatch(/^ {2}✓ Success .* 2 instances +3\/3 +0 +— job 6$/);
    expect(lines.at(-1)).toMatch(/↑↓ move {2}⏎ watch {2}\/ filter {2}\? help {2}q quit +1 of 4$/);
    expect(lines.every((line) => line.length <= 80)).toBe(true);
  });

  it('are read on as one scrolls, and new ones move no cursor', async () => {
    const account = new FakeAccount(summaries(1, 90), 40);
    const screen = await open(account, 200, 20);
    await screen.shows('the newest 40 commands', '1 of 40+');
    screen.type('G');
    await screen.shows('40 of 80+');
    account.commands = [summary(91), ...account.commands];
    await screen.services.virtual.pass(5_000);
    await screen.shows('41 of 81+');
    screen.type('G');
    screen.type('G');
    await screen.shows(' of 91', '91 commands, all that AWS lists');
  });

  it('are filtered as one types, and watched with Enter', async () => {
    const screen = await open(new FakeAccount(varied, 50));
    await screen.shows('patch kernel');
    screen.type('/timed');
    await screen.shows('1 of 4 shown');
    screen.type('\r');
    await screen.shows('1 of 4 shown: /timed');
    screen.type('\r');
    expect(screen.services.calls).toEqual(['watch 7']);
  });

  it('say whose they are, and where Esc leads', async () => {
    const services = new FakePickerServices(new FakeAccount(summaries(1, 3)));
    Object.assign(services, { instanceId: 'i-0cb2b964d3e14fd9f', except: idOf(2) });
    services.lieAbove();
    opened = new TestPicker(services);
    await services.virtual.start();
    await opened.shows('commands on i-0cb2b964d3e14fd9f', '2 other commands', 'Esc goes back', '1 of 2');
    await opened.shows('q back');
    opened.type('?');
    await opened.shows('In the other commands on an instance');
  });

  it.each<[string, FakeAccount, string, string]>([
    ['where there is none', new FakeAccount([]), '', 'lists none here'],
    ['where all are filtered away', new FakeAccount(summaries(1, 2)), '/xx', 'no command passes the filter'],
    [
      'where older ones may pass',
      new FakeAccount(summaries(1, 90), 50),
      '/xx',
      'no command that was read passes the filter; ↓ reads on',
    ],
  ])('say so %s', async (_, account, keys, text) => {
    const screen = await open(account);
    await screen.shows(' of ');
    screen.type(keys);
    await screen.shows(text);
  });

  it('keep what was read when AWS cannot be reached, and say so', async () => {
    const account = new FakeAccount(varied, 50);
    const screen = await open(account);
    await screen.shows('patch kernel');
    account.answers.push(remoteError('network'));
    await screen.services.virtual.pass(5_000);
    await screen.shows('offline · data 5 s old', '! network it is · next try in 1 s', 'patch kernel');
    await screen.services.virtual.pass(1_000);
    await screen.shows('every 5 s · 0 s ago');
  });

  it('have a help, with their keys in it', async () => {
    const screen = await open(new FakeAccount(varied, 50));
    await screen.shows('patch kernel');
    screen.type('?');
    await screen.shows('In the recent commands', 'watch the command', '1–27 of');
    screen.type('q');
    await screen.shows('patch kernel');
  });

  it('let nothing hostile through, on a screen of any size', async () => {
    const bad = summary(1, {
      ...{ documentName: hostile, comment: hostile, status: hostile, statusDetails: hostile },
      targets: [{ key: hostile, values: [hostile] }],
    });
    const screen = await open(new FakeAccount([bad]));
    await screen.shows('1 of 1');
    for (const [columns, rows] of [
      [100, 30],
      [80, 24],
      [40, 8],
      [20, 4],
      [5, 3],
      [1, 1],
    ] as const) {
      screen.resize(columns, rows);
      await expect.poll(() => screen.lines().length).toBeLessThanOrEqual(rows);
      const text = screen.lines().join('');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
      expect(text).not.toMatch(/[\u0000-\u001a\u001c-\u001f\u007f-\u009f\u202e\u2066\u200b]|\u001b\](8|52)/);
    }
  });
});
