import { cleanup } from 'ink-testing-library';
import stringWidth from 'string-width';
import { afterEach, describe, expect, it } from 'vitest';
import type { Command } from '../../src/domain/command.ts';
import { everything } from '../../src/domain/rows.ts';
import { command, hostileIn, invocation, plugin } from '../helpers/fixtures.ts';
import { FakeServices, hostile } from '../helpers/ui-fixtures.ts';
import { shows, TestScreen } from './test-screen.ts';

afterEach(cleanup);

/** Frames that show anything that a terminal must not get. */
const hostileFrames = (screen: TestScreen) =>
  screen.frames.filter((frame) => hostileIn(frame.replaceAll('\n', '')).length > 0);

/** A rollout in which every text is hostile, with the name of one row to know it by. */
function hostileScreen(): TestScreen {
  const services = new FakeServices();
  const screen = new TestScreen(services);
  const { store } = services;
  const texts = { documentName: hostile, comment: hostile };
  store.commandRead(
    command({
      ...texts,
      status: 'InProgress',
      statusDetails: hostile,
      maxConcurrency: hostile,
      maxErrors: hostile,
      targets: [{ key: hostile, values: [hostile] }],
      triggeredAlarms: [hostile],
    }),
  );
  const row = { ...texts, instanceName: `known ${hostile}` };
  const output = `${hostile}\n----------ERROR-------\n${hostile}`;
  store.pageRead([
    invocation({
      ...row,
      status: 'Failed',
      plugins: [
        plugin({ name: hostile, status: 'Failed', responseCode: 1, output }),
        plugin({ name: hostile }),
      ],
    }),
    invocation({ ...row, instanceId: `i-2${hostile}`, status: hostile }),
    invocation({
      ...row,
      instanceId: 'i-3',
      status: 'InProgress',
      plugins: [plugin({ name: hostile, status: 'InProgress' }), plugin()],
    }),
  ]);
  const lost = { status: 'TimedOut', statusDetails: 'DeliveryTimedOut' };
  store.pageRead([
    invocation({ ...row, instanceId: 'i-4', status: 'Failed', statusDetails: 'Terminated' }),
    invocation({ ...row, instanceId: 'i-5', ...lost }),
  ]);
  const node = { instanceId: hostile, pingStatus: hostile, agentVersion: hostile, platform: hostile };
  store.nodesRead(new Map([['i-5', { ...node, lastPingAt: 0, ipAddress: hostile }]]));
  store.nodesUnread(hostile);
  store.problemMet('sweep', { kind: 'service', message: hostile, needsAction: false }, 1_000);
  services.account = hostile;
  return screen;
}

describe('hostile text', () => {
  it('does not reach the terminal from any field, in any pane', async () => {
    const screen = hostileScreen();
    await shows(screen, 'known a', '✗ i-0cb2b964d3e14fd9f', '! a');
    screen.type('\r');
    await shows(screen, 'F follow', 'stdout', 'a^[[2Jb^[]52;c;cm0=^G');
    screen.type('w');
    await shows(screen, 'wrap  1–');
    screen.type('/cm0=\r');
    await shows(screen, ' match');
    screen.type('y\u0013');
    await shows(screen, 'saved 2 files');
    screen.type('q/not delivered\r');
    await shows(screen, '1 of 5 shown');
    screen.type('\r');
    await shows(screen, 'node: a', 'Esc back');
    screen.type('?');
    await shows(screen, 'In the output');
    expect(hostileFrames(screen)).toEqual([]);
  });

  it('is cut to its line', async () => {
    const screen = hostileScreen();
    await shows(screen, 'known a');
    expect(screen.lines()).toHaveLength(30);
    expect(screen.lines().filter((line) => line.includes('known a'))).toHaveLength(5);
  });

  it('does not reach the terminal by the filter of the command line, in the corner of the screen', async () => {
    const filter = { ...everything, text: `known ${hostile}`, statuses: [hostile] };
    const screen = new TestScreen(new FakeServices(), filter);
    screen.services.store.pageRead([invocation()]);
    await shows(screen, 'no row passes the filter');
    screen.resize(2_000, 30);
    await shows(screen, '0 of 1 shown: /known a');
    screen.type('/x');
    await shows(screen, '0 of 1 shown');
    expect(hostileFrames(screen)).toEqual([]);
  });

  it('does not reach the terminal by a notice, nor by what is typed', async () => {
    const screen = hostileScreen();
    screen.services.saved = Promise.resolve(`not saved: ${hostile}`);
    await shows(screen, '❯');
    screen.type('\r\u0013');
    await shows(screen, 'not saved: a');
    screen.type('q');
    await shows(screen, '⏎ output');
    expect(hostileFrames(screen)).toEqual([]);
  });
});

const sizes: readonly (readonly [number, number])[] = [
  [1, 1],
  [1, 30],
  [2, 2],
  [20, 5],
  [79, 24],
  [80, 3],
  [80, 24],
  [100, 30],
  [200, 60],
  [200, 1],
];

describe('a screen of any size', () => {
  it.each([
    ['the list', '', '! a'],
    ['a filtered list', '/nothing like it\r', 'no row passes the filter'],
    ['a prompt', '/a rather long text that no row contains anywhere', 'no row passes the filter'],
    ['the detail pane', '\r', 'stdout'],
    ['the wrapped end of an output', '\rwF', 'wrap  follow'],
    ['the help', '?', 'In the list'],
  ])('is filled by %s, and no more', async (_, keys, text) => {
    const screen = hostileScreen();
    await shows(screen, '❯');
    if (keys !== '') screen.type(keys);
    await shows(screen, text);
    const measure = () => screen.lines().map((line) => stringWidth(line));
    for (const [columns, lines] of sizes) {
      screen.resize(columns, lines);
      const size = () => ({ lines: measure().length, tooWide: measure().filter((width) => width > columns) });
      await expect.poll(size, { interval: 5 }).toEqual({ lines, tooWide: [] });
    }
    expect(hostileFrames(screen)).toEqual([]);
  });
});

describe('a screen of five lines', () => {
  it('has no line for rows, and does not say that there are none', async () => {
    const screen = new TestScreen();
    screen.services.store.pageRead([invocation(), invocation({ instanceId: 'i-2' })]);
    screen.resize(80, 5);
    await expect.poll(() => screen.lines().length, { interval: 5 }).toBe(5);
    await shows(screen, 'INSTANCE', '2 of 2');
    expect(screen.frame()).not.toMatch(/no row|no invocation|filter;/);
    screen.resize(80, 6);
    await shows(screen, '❯ ✓ i-0cb2b964d3e14fd9f');
  });
});

describe('resizing', () => {
  it('to 1×1 and back shows everything again', async () => {
    const screen = new TestScreen();
    screen.services.store.pageRead([invocation(), invocation({ instanceId: 'i-2' })]);
    await shows(screen, 'i-2');
    const before = screen.frame();
    screen.resize(1, 1);
    await expect.poll(() => screen.lines().length, { interval: 5 }).toBe(1);
    screen.resize(100, 30);
    await expect.poll(() => screen.frame(), { interval: 5 }).toBe(before);
  });

  it('keeps the cursor in sight, and pages by what is in sight', async () => {
    const screen = new TestScreen();
    screen.services.store.pageRead(
      Array.from({ length: 40 }, (_, index) => invocation({ instanceId: `i-${index + 100}` })),
    );
    await shows(screen, 'i-100');
    screen.type('G');
    await shows(screen, '❯ ✓ i-139');
    for (const lines of [6, 60, 10, 30]) {
      screen.resize(80, lines);
      await expect.poll(() => screen.lines().length, { interval: 5 }).toBe(lines);
      await shows(screen, '❯ ✓ i-139');
    }
    screen.resize(80, 8);
    await expect.poll(() => screen.lines().length, { interval: 5 }).toBe(8);
    screen.type('b');
    await shows(screen, '❯ ✓ i-136');
  });

  it('takes columns away, and brings them back', async () => {
    const screen = new TestScreen();
    screen.services.store.pageRead([invocation()]);
    const titles = () =>
      screen
        .lines()[3]
        ?.trim()
        .split(/ +(?!↓)/);
    const all = ['INSTANCE', 'NAME', 'STATUS ↓', 'EXIT', 'TIME', 'DETAIL'];
    await expect.poll(titles, { interval: 5 }).toEqual(all);
    screen.resize(60, 30);
    await expect.poll(titles, { interval: 5 }).toEqual(['INSTANCE', 'STATUS ↓', 'DETAIL']);
    screen.resize(80, 30);
    await expect.poll(titles, { interval: 5 }).toEqual(all);
  });
});

describe('a rollout without a row', () => {
  const ended = (change: Partial<Command>) => {
    const screen = new TestScreen();
    const { store } = screen.services;
    store.commandRead(
      command({ targetCount: 0, targets: [{ key: 'tag:Role', values: [hostile] }], ...change }),
    );
    store.sweepEnded(store.stamp(), 0);
    store.judge();
    return screen;
  };

  it('says what was targeted, and lets nothing hostile through', async () => {
    const screen = ended({ statusDetails: 'NoInstancesInTag' });
    await shows(screen, 'NO TARGETS', '    the command matched no instance: tag:Role=a');
    expect(hostileFrames(screen)).toEqual([]);
  });

  it('says that it waits as long as it does', async () => {
    const screen = ended({ status: 'InProgress' });
    await shows(screen, '    no invocation is listed yet');
  });
});
