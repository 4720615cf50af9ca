import { cleanup } from 'ink-testing-library';
import stringWidth from 'string-width';
import { afterEach, describe, expect, it } from 'vitest';
import { everything } from '../../src/domain/rows.ts';
import { command, hostileIn, invocation, plugin } from '../helpers/fixtures.ts';
import { FakeServices, hostile } from '../helpers/ui-fixtures.ts';
import { shows, TestScreen } from './test-screen.ts';

afterEach(cleanup);

const node = (id: string, status: string, output = '') =>
  invocation({
    instanceId: `i-${id}`,
    instanceName: `web-${id}`,
    status,
    plugins: [plugin({ status, responseCode: status === 'Failed' ? 1 : 0, output })],
  });

/** The map of eight nodes: `b` and `g` have failed, `c` and `d` run, the others are well. */
async function open(filter = everything) {
  const screen = new TestScreen(new FakeServices(), filter);
  const { store } = screen.services;
  store.commandRead(command({ status: 'InProgress', targetCount: 8 }));
  const statusOf = (id: string) =>
    'bg'.includes(id) ? 'Failed' : 'cd'.includes(id) ? 'InProgress' : 'Success';
  store.pageRead([...'abcdefgh'].map((id) => node(id, statusOf(id), `out of ${id}`)));
  await shows(screen, 'INSTANCE', '✗ 2');
  screen.type('vv');
  await shows(screen, 'worst first');
  return { screen, store };
}

/** The lines of cells; a block is the cell under the cursor. */
const cells = (screen: TestScreen) => screen.lines().filter((line) => /^[ ❯]?[✗?●○◷✓█]+$/.test(line));
const draws = (screen: TestScreen, ...wanted: string[]) =>
  expect.poll(() => cells(screen), { interval: 5 }).toEqual(wanted);

describe('the fleet map', () => {
  it('comes after instances and causes, and the instances after it', async () => {
    const { screen } = await open();
    await draws(screen, '❯█✗●●✓✓✓✓');
    await shows(screen, '8 instances, worst first', '✗ 2 Failed  ● 2 InProgress  ✓ 4 Success', '> order');
    screen.type('v');
    await shows(screen, 'INSTANCE', '❯ ✗ i-b');
    screen.type('vv');
    await draws(screen, '❯█✗●●✓✓✓✓');
    screen.type('\u001b');
    await shows(screen, 'INSTANCE', '❯ ✗ i-b');
  });

  it('has the cursor of the list, which moves by cells with arrows and letters', async () => {
    const { screen } = await open();
    for (const [keys, map, text] of [
      ['l', '❯✗█●●✓✓✓✓', ' i-g web-g ✗ Failed exit 1 out of g'],
      ['\u001b[C', '❯✗✗█●✓✓✓✓', ' i-c web-c ● InProgress'],
      ['G', '❯✗✗●●✓✓✓█', ' i-h web-h ✓ Success exit 0'],
      ['h', '❯✗✗●●✓✓█✓', ' i-f web-f ✓ Success'],
      ['\u001b[D', '❯✗✗●●✓█✓✓', ' i-e web-e ✓ Success'],
      ['g', '❯█✗●●✓✓✓✓', ' i-b web-b ✗ Failed'],
    ] as const) {
      screen.type(keys);
      await draws(screen, map);
      await shows(screen, text);
    }
    screen.type('lllv');
    await shows(screen, '❯ ● i-d');
    screen.type('kvv');
    await draws(screen, '❯✗✗█●✓✓✓✓');
  });

  it('opens the output of the instance, and is there again after it, and after the help', async () => {
    const { screen } = await open();
    for (const close of ['\u001b', 'q']) {
      screen.type('gl\r');
      await shows(screen, ' i-g web-g  ✗ Failed', 'out of g');
      screen.type(close);
      await draws(screen, '❯✗█●●✓✓✓✓');
      screen.type('?');
      await shows(screen, 'In the map');
      screen.type(close);
      await draws(screen, '❯✗█●●✓✓✓✓');
    }
  });

  it('follows its instance while the rollout goes on', async () => {
    const { screen, store } = await open();
    screen.type('ll');
    await draws(screen, '❯✗✗█●✓✓✓✓');
    store.pageRead([node('d', 'Failed'), node('x', 'Failed'), node('y', 'Pending')]);
    await draws(screen, '❯✗✗✗✗█○✓✓✓✓');
    await shows(screen, ' i-c web-c ● InProgress', '10 instances');
    store.pageRead([node('c', 'Success')]);
    await draws(screen, '❯✗✗✗✗○✓█✓✓✓');
  });

  it('has the order of the list after >, or that of AWS where that is the same', async () => {
    const { screen } = await open();
    screen.type('l>');
    await draws(screen, '❯✓✗●●✓✓█✓');
    await shows(screen, '8 instances, as AWS lists them');
    screen.type('v<Ivv');
    await draws(screen, '❯✓█✓✓●●✗✓');
    await shows(screen, '8 instances, by name, inverted', ' i-g web-g');
    screen.type('>');
    await draws(screen, '❯✗█●●✓✓✓✓');
    screen.type('v');
    await shows(screen, 'NAME ↑');
  });

  it('shows what passes the filter', async () => {
    const { screen } = await open();
    screen.type('f');
    await draws(screen, '❯█✗');
    await shows(screen, '2 instances, worst first', '2 of 8 shown: failures');
    screen.type('f/web-g');
    await draws(screen, '❯█');
    await shows(screen, '1 of 8 shown');
    screen.type('\r');
    await shows(screen, '1 of 8 shown: /web-g', ' i-g web-g ✗ Failed');
    screen.type('/\u0015no such\r');
    await shows(screen, 'no row passes the filter');
    screen.type('jlG\ry');
    await shows(screen, '0 of 8 shown: /no such', '0 instances');
    expect(screen.services.calls).toEqual([]);
  });

  it('is that of one cause where the list is narrowed to it', async () => {
    const { screen } = await open();
    screen.type('vvj\r');
    await shows(screen, '1 of 8 shown: one cause');
    screen.type('vv');
    await draws(screen, '❯█');
    await shows(screen, ' i-g web-g', '1 of 8 shown: one cause');
  });

  it('copies the ID, pauses, polls, and quits', async () => {
    const { screen } = await open();
    screen.type('lyprq');
    await expect
      .poll(() => screen.services.calls, { interval: 5 })
      .toEqual(['copy i-g', 'pause', 'refresh', 'leave']);
  });

  it('says that nothing is listed yet', async () => {
    const screen = new TestScreen();
    screen.type('vv');
    await shows(screen, 'no invocation is listed yet');
    screen.services.store.pageRead([node('a', 'Pending')]);
    await draws(screen, '❯█');
  });
});

describe('with more instances than cells', () => {
  it('a cell stands for several: keys are about its worst', async () => {
    const { screen } = await open();
    screen.type('>');
    // Three lines of header, title, map, legend, cell and footer: four cells.
    screen.resize(6, 8);
    await draws(screen, '❯█●✓✗');
    screen.resize(100, 30);
    await draws(screen, '❯█✗●●✓✓✗✓');
    screen.resize(6, 8);
    screen.type('G');
    await draws(screen, '❯✗●✓█');
    screen.type('y');
    await expect.poll(() => screen.services.calls, { interval: 5 }).toEqual(['copy i-g']);
    screen.type('h\r');
    screen.resize(100, 30);
    await shows(screen, ' i-e web-e  ✓ Success');
    screen.type('q');
    await draws(screen, '❯✓✗●●█✓✗✓');
  });

  it('says so', async () => {
    const { screen, store } = await open();
    store.pageRead(Array.from({ length: 3_000 }, (_, index) => node(`n${index}`, 'Success')));
    screen.resize(100, 30);
    await shows(
      screen,
      '3,008 instances, one cell = 2 instances, worst first',
      '2 instances: ✗ 2  worst i-b ',
    );
    expect(cells(screen).join('')).toHaveLength(1_504 + cells(screen).length);
  });
});

describe('the screen with the map', () => {
  it('is the size of the terminal, and lets nothing hostile through', async () => {
    const { screen, store } = await open();
    const bad = node('bad', 'Failed', hostile);
    store.pageRead([
      { ...bad, instanceId: hostile, instanceName: hostile },
      { ...bad, instanceId: 'i-worse', status: hostile, statusDetails: hostile },
      ...Array.from({ length: 500 }, (_, index) => node(`n${index}`, 'Success')),
    ]);
    await shows(screen, '510 instances');
    for (const [columns, lines] of [
      [1, 1],
      [2, 4],
      [3, 5],
      [20, 6],
      [80, 7],
      [80, 24],
      [100, 8],
      [200, 60],
    ] as const) {
      screen.resize(columns, lines);
      const measure = () => screen.lines().map((line) => stringWidth(line));
      const size = () => ({ lines: measure().length, tooWide: measure().filter((width) => width > columns) });
      await expect.poll(size, { interval: 5 }).toEqual({ lines, tooWide: [] });
      screen.type('jl');
    }
    expect(screen.frames.filter((frame) => hostileIn(frame.replaceAll('\n', '')).length > 0)).toEqual([]);
  });
});
