import { cleanup } from 'ink-testing-library';
import { afterEach, describe, expect, it } from 'vitest';
import type { Invocation } from '../../src/domain/invocation.ts';
import type { ProblemKind } from '../../src/domain/problem.ts';
import { everything } from '../../src/domain/rows.ts';
import { command, commandId, invocation, plugin } from '../helpers/fixtures.ts';
import { FakeServices } from '../helpers/ui-fixtures.ts';
import { shows, TestScreen } from './test-screen.ts';

afterEach(cleanup);

const row = (number: number, change: Partial<Invocation> = {}) =>
  invocation({ instanceId: `i-${number}`, instanceName: `web-${number}`, ...change });
const failed = row(1, {
  status: 'Failed',
  plugins: [
    plugin({
      name: 'install',
      status: 'Failed',
      responseCode: 127,
      output: 'reading\n----------ERROR-------\nbash: yum: command not found\n',
    }),
    plugin({ name: 'restart', output: 'second output' }),
  ],
});
const rows = [row(3), failed, row(2, { status: 'InProgress' })];
const running = command({ status: 'InProgress', targetCount: 3 });
const problem = (kind: ProblemKind) => ({ kind, message: `${kind}: it failed`, needsAction: false });

/** A screen that shows three of three rows. */
async function open() {
  const screen = new TestScreen();
  const { store } = screen.services;
  store.commandRead(running);
  store.pageRead(rows);
  await shows(screen, 'i-3');
  return { screen, services: screen.services, store };
}

/** The instances in the list, from the top; the one with the cursor as `❯i-1`. */
const listed = (screen: TestScreen) =>
  screen.lines().flatMap((line) => {
    const [, cursor, id] = /^(❯| ) . (i-\d+)/.exec(line) ?? [];
    return id ? [`${cursor?.trim()}${id}`] : [];
  });
const lists = (screen: TestScreen, ids: string[]) =>
  expect.poll(() => listed(screen), { interval: 5 }).toEqual(ids);

describe('before there are rows', () => {
  it('says what it does', async () => {
    const screen = new TestScreen();
    await shows(
      screen,
      'looking for the command',
      'every 2 s · reading',
      'no invocation is listed yet',
      commandId,
    );
    expect(screen.frame()).toContain('0 of ?');
  });

  it('says what is wrong', async () => {
    const screen = new TestScreen();
    const { store } = screen.services;
    store.problemMet('sweep', problem('network'), 4_000);
    await shows(screen, 'offline · no data yet', '! network: it failed · next try in 4 s');
  });
});

describe('rows', () => {
  it('appear with the first page of a sweep, the worst first', async () => {
    const screen = new TestScreen();
    const { store } = screen.services;
    store.pageRead(rows.slice(0, 1));
    await lists(screen, ['❯i-3']);
    store.pageRead(rows.slice(1));
    await lists(screen, ['❯i-1', 'i-2', 'i-3']);
  });

  it('are counted', async () => {
    const { screen } = await open();
    expect(screen.frame()).toContain('2 of 3  ✓ 1  ✗ 1  ● 1  ○ 0');
  });

  it('change where they are', async () => {
    const { screen, store } = await open();
    store.pageRead([row(2)]);
    await shows(screen, '3 of 3  ✓ 2  ✗ 1  ● 0  ○ 0');
    expect(screen.lines().find((line) => line.includes('i-2'))).toContain('✓ i-2');
  });

  it('move under a cursor that stays on its instance', async () => {
    const { screen, store } = await open();
    screen.type('jj');
    await lists(screen, ['i-1', 'i-2', '❯i-3']);
    store.pageRead([row(4, { status: 'Failed' }), row(5, { status: 'Pending' })]);
    await lists(screen, ['i-1', 'i-4', 'i-2', 'i-5', '❯i-3']);
  });

  it('scroll with the cursor on a low screen', async () => {
    const { screen } = await open();
    screen.resize(80, 7);
    await lists(screen, ['❯i-1', 'i-2']);
    screen.type('G');
    await lists(screen, ['i-2', '❯i-3']);
  });
});

describe('the header', () => {
  it('says how old the data is', async () => {
    const { screen, services, store } = await open();
    await shows(screen, 'every 2 s · 0 s ago');
    services.now = 5_000;
    store.activityChanged({ kind: 'waiting', until: 6_000 });
    await shows(screen, 'every 2 s · 5 s ago', 'running 5s');
  });

  it('says that it is paused', async () => {
    const { screen, services } = await open();
    services.now = 3_000;
    screen.type('p');
    await shows(screen, 'paused · data 3 s old');
    screen.type('p');
    await shows(screen, 'every 2 s · 3 s ago');
  });

  it.each([
    ['throttled', 'throttled · data 3 s old'],
    ['network', 'offline · data 3 s old'],
    ['credentials', 'credentials · data 3 s old'],
  ] as const)('says that polling is %s, and keeps the rows', async (kind, text) => {
    const { screen, services, store } = await open();
    services.now = 3_000;
    store.problemMet('sweep', problem(kind), 7_000);
    store.activityChanged({ kind: 'waiting', until: 10_000 });
    await shows(screen, text, ` ! ${kind}: it failed · next try in 7 s`);
    expect(listed(screen)).toEqual(['❯i-1', 'i-2', 'i-3']);
    store.problemOver('sweep');
    await shows(screen, 'every 2 s · 3 s ago');
    expect(screen.frame()).not.toContain('it failed');
  });

  it('says the account when the credentials tell it', async () => {
    const { screen, services, store } = await open();
    expect(screen.frame()).toContain('eu-west-1 · prod  every');
    services.account = '123456789012';
    store.activityChanged({ kind: 'reading' });
    await shows(screen, 'eu-west-1 · prod · 123456789012');
  });

  it('says the verdict, that polling is finished, and leaves everything readable', async () => {
    const { screen, services, store } = await open();
    store.commandRead(command({ status: 'Failed', targetCount: 3 }));
    const beganAt = store.stamp();
    store.pageRead([row(2)]);
    store.sweepEnded(beganAt, 1);
    services.now = 8_000;
    expect(store.judge()?.outcome).toBe('failure');
    await shows(screen, 'finished · read 8 s ago', 'FAILURE · took 8s');
    screen.type('r');
    await shows(screen, 'the rollout is over; nothing is polled any more');
    screen.type('\r');
    await shows(screen, 'command not found');
  });
});

describe('the filter', () => {
  it('works as it is typed, by Enter and by Esc', async () => {
    const { screen } = await open();
    screen.type('/web-2');
    await lists(screen, ['❯i-2']);
    await shows(screen, ' /web-2', '1 of 3 shown');
    screen.type('\r');
    await shows(screen, '⏎ output', '1 of 3 shown: /web-2');
    screen.type('/x');
    await shows(screen, 'no row passes the filter; Esc clears it', '0 of 3 shown');
    screen.type('\u001b');
    await lists(screen, ['❯i-2']);
    screen.type('\u001b');
    await lists(screen, ['❯i-1', 'i-2', 'i-3']);
    expect(screen.frame()).toContain('2 of 3  ✓ 1  ✗ 1  ● 1');
  });

  it('is accepted by Enter in the same event, which opens nothing', async () => {
    const { screen } = await open();
    screen.type('/web-3\r');
    await lists(screen, ['❯i-3']);
    expect(screen.frame()).toContain('⏎ output');
  });

  it('takes a paste', async () => {
    const { screen } = await open();
    screen.type('/');
    await shows(screen, '\n /');
    screen.type('\u001b[200~web-3\n\u001b[201~');
    await lists(screen, ['❯i-3']);
    expect(screen.lines().at(-1)).toMatch(/^ \/web-3 /);
  });

  it('shows failures only with f, of which the counts know nothing', async () => {
    const { screen } = await open();
    screen.type('f');
    await lists(screen, ['❯i-1']);
    expect(screen.frame()).toContain('1 of 3 shown: failures');
    expect(screen.frame()).toContain('2 of 3  ✓ 1  ✗ 1  ● 1');
  });

  it('begins as the command line says', async () => {
    const screen = new TestScreen(new FakeServices(), {
      ...everything,
      statuses: ['InProgress'],
    });
    screen.services.store.pageRead(rows);
    await lists(screen, ['❯i-2']);
    screen.type('\u001b');
    await lists(screen, ['❯i-1', 'i-2', 'i-3']);
  });
});

describe('sorting', () => {
  it('goes to another column and is inverted, with the title to say so', async () => {
    const { screen } = await open();
    expect(screen.frame()).toContain('STATUS ↓');
    screen.type('<');
    await shows(screen, 'NAME ↓');
    screen.type('I');
    await shows(screen, 'NAME ↑');
    expect(listed(screen)).toEqual(['❯i-3', 'i-2', 'i-1']);
  });
});

describe('the detail pane', () => {
  it('opens with Enter, goes through the plugins, and closes with Esc', async () => {
    const { screen } = await open();
    screen.type('\r');
    await shows(
      screen,
      ' i-1 web-1  ✗ Failed',
      '❯ │ install',
      'reading',
      'bash: yum: command not found',
      '1–4 of 4',
    );
    screen.type('\t');
    await shows(screen, '❯ │ restart', 'second output');
    expect(screen.frame()).not.toContain('reading');
    screen.type('\u001b');
    await lists(screen, ['❯i-1', 'i-2', 'i-3']);
  });

  it('is refreshed while the instance runs', async () => {
    const { screen, store } = await open();
    screen.type('j\r');
    await shows(screen, ' i-2 web-2  ● InProgress');
    store.pageRead([row(2, { plugins: [plugin({ output: 'it is done' })] })]);
    await shows(screen, ' i-2 web-2  ✓ Success', 'it is done');
  });

  it('is under the help, and there again after it', async () => {
    const { screen } = await open();
    screen.type('\r?');
    await shows(screen, 'In the output of an instance');
    expect(screen.frame()).not.toContain('yum');
    screen.type('q');
    await shows(screen, 'bash: yum: command not found');
  });

  it('copies and saves', async () => {
    const { screen, services } = await open();
    screen.type('y');
    await shows(screen, 'copied i-1');
    screen.type('\r\t');
    await shows(screen, 'second output');
    screen.type('y');
    await shows(screen, 'copied the output');
    screen.type('\u0013');
    await shows(screen, 'saved 2 files in /tmp/x');
    expect(services.calls).toEqual(['copy i-1', 'copy second output', 'save i-1']);
  });
});

describe('leaving', () => {
  it.each([
    ['q', 'q'],
    ['Ctrl-C', '\u0003'],
  ])('by %s is asked for, and is not for the screen to do', async (_, key) => {
    const { screen, services } = await open();
    screen.type(key);
    expect(services.calls).toEqual(['leave']);
    expect(listed(screen)).toEqual(['❯i-1', 'i-2', 'i-3']);
  });
});
