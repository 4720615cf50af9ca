import { cleanup } from 'ink-testing-library';
import stringWidth from 'string-width';
import { afterEach, describe, expect, it } from 'vitest';
import { everything } from '../../src/domain/rows.ts';
import { command, hostileIn, invocation, plugin } from '../helpers/fixtures.ts';
import { FakeServices, hostile } from '../helpers/ui-fixtures.ts';
import { shows, TestScreen } from './test-screen.ts';

afterEach(cleanup);

const failed = (id: string, output: string) =>
  invocation({
    instanceId: `i-${id}`,
    instanceName: `web-${id}`,
    status: 'Failed',
    plugins: [plugin({ status: 'Failed', responseCode: 1, output })],
  });
const noRoute = (id: number) => failed(`r${id}`, `no route to 10.0.0.${id} after ${id * 7} ms`);
const diskFull = (id: number) => failed(`d${id}`, `disk full: ${id} bytes left`);

/** A screen with two nodes without a route, one with a full disk, and one that is well. */
async function open(filter = everything) {
  const screen = new TestScreen(new FakeServices(), filter);
  const { store } = screen.services;
  store.commandRead(command({ status: 'InProgress', targetCount: 9 }));
  store.pageRead([invocation({ instanceId: 'i-well' }), diskFull(1), noRoute(1), noRoute(2)]);
  await shows(screen, 'INSTANCE', '✗ 3');
  return { screen, store };
}

/** The groups from the top, as count and first word of the cause; the one with the cursor as `❯2 no`. */
const groups = (screen: TestScreen) =>
  screen.lines().flatMap((line) => {
    const [, cursor, count, cause] = /^(❯| ) ✗ +(\d+) +\d+% .* (?:—|\d\d:\d\d:\d\d) +(\S+) /.exec(line) ?? [];
    return count ? [`${cursor?.trim()}${count} ${cause}`] : [];
  });
const listsGroups = (screen: TestScreen, wanted: string[]) =>
  expect.poll(() => groups(screen), { interval: 5 }).toEqual(wanted);
/** The instances in the list; the one with the cursor as `❯i-1`. */
const instances = (screen: TestScreen) =>
  screen.lines().flatMap((line) => {
    const [, cursor, id] = /^(❯| ) . (i-\w+)/.exec(line) ?? [];
    return id ? [`${cursor?.trim()}${id}`] : [];
  });
const lists = (screen: TestScreen, ids: string[]) =>
  expect.poll(() => instances(screen), { interval: 5 }).toEqual(ids);

describe('failures by cause', () => {
  it('are shown by v, the largest group first, and the instances again by v, past the map, and by Esc', async () => {
    const { screen } = await open();
    const list = ['❯i-d1', 'i-r1', 'i-r2', 'i-well'];
    for (const back of ['vv', '\u001b']) {
      screen.type('v');
      await listsGroups(screen, ['❯2 no', '1 disk']);
      await shows(
        screen,
        'no route to <address> after # ms',
        'COUNT SHARE STATUS',
        '2 causes',
        '⏎ instances',
      );
      screen.type(back);
      await lists(screen, list);
    }
  });

  it('grow while the cursor stays on its group, wherever that goes', async () => {
    const { screen, store } = await open();
    screen.type('vj');
    await listsGroups(screen, ['2 no', '❯1 disk']);
    store.pageRead([diskFull(2), diskFull(3)]);
    await listsGroups(screen, ['❯3 disk', '2 no']);
    store.pageRead([3, 4, 5].map(noRoute));
    store.pageRead([1, 2, 3, 4].map((id) => failed(`y${id}`, `yum: attempt ${id} failed`)));
    await listsGroups(screen, ['5 no', '4 yum:', '❯3 disk']);
    expect(screen.frame()).toContain('3 causes');
    screen.type('k');
    await listsGroups(screen, ['5 no', '❯4 yum:', '3 disk']);
  });

  it('keep an unmoved cursor on the largest group', async () => {
    const { screen, store } = await open();
    screen.type('v');
    await listsGroups(screen, ['❯2 no', '1 disk']);
    store.pageRead([diskFull(2), diskFull(3)]);
    await listsGroups(screen, ['❯3 disk', '2 no']);
  });

  it('narrow the list by Enter, and are where they were after Esc', async () => {
    const { screen, store } = await open();
    screen.type('vj\r');
    await lists(screen, ['❯i-d1']);
    await shows(screen, '1 of 4 shown: one cause', '⏎ output');
    store.pageRead([diskFull(2), noRoute(3), diskFull(3), diskFull(4)]);
    await lists(screen, ['❯i-d1', 'i-d2', 'i-d3', 'i-d4']);
    screen.type('j\r');
    await shows(screen, ' i-d2 web-d2  ✗ Failed', 'disk full: 2 bytes left');
    screen.type('q');
    await lists(screen, ['i-d1', '❯i-d2', 'i-d3', 'i-d4']);
    screen.type('\u001b');
    await listsGroups(screen, ['❯4 disk', '3 no']);
    screen.type('\u001b');
    await lists(screen, ['i-d1', 'i-r1', 'i-r2', '❯i-d2', 'i-r3', 'i-d3', 'i-d4', 'i-well']);
  });

  it('narrow the list to instances among which one can filter', async () => {
    const { screen } = await open();
    screen.type('v\r/r2\r');
    await lists(screen, ['❯i-r2']);
    await shows(screen, '1 of 4 shown: /r2 one cause');
    screen.type('\u001b');
    await lists(screen, ['❯i-r1', 'i-r2']);
    screen.type('\u001b');
    await shows(screen, 'CAUSE');
  });

  it('are none where nothing has failed', async () => {
    const screen = new TestScreen();
    screen.services.store.pageRead([invocation()]);
    await shows(screen, 'INSTANCE');
    screen.type('vjG\r');
    await shows(screen, 'nothing has failed', '0 causes', '⏎ instances');
    screen.services.store.pageRead([diskFull(1)]);
    await listsGroups(screen, ['❯1 disk']);
    expect(screen.frame()).toMatch(/ 1 cause ?$/);
  });

  it('do not say that nothing has failed where the filter hides what has', async () => {
    const { screen } = await open({ ...everything, statuses: ['Success'] });
    screen.type('v');
    await shows(screen, 'CAUSE');
    expect(screen.frame()).toContain('✗ 3');
    expect(screen.frame()).not.toContain('nothing has failed');
  });

  it('know nothing of the keys of the list', async () => {
    const { screen } = await open();
    screen.type('v/f>yw\u0013');
    await listsGroups(screen, ['❯2 no', '1 disk']);
    expect(screen.services.calls).toEqual([]);
    screen.type('q');
    expect(screen.services.calls).toEqual(['leave']);
  });

  it('scroll with the cursor on a low screen', async () => {
    const { screen, store } = await open();
    const words = [...'abcdefgh'].map((letter) => letter.repeat(3));
    store.pageRead(
      words.flatMap((word, index) =>
        [1, 2, 3].slice(index < 4 ? 0 : 1).map((id) => failed(`${word}${id}`, `${word} failed`)),
      ),
    );
    screen.resize(80, 8);
    screen.type('v');
    await listsGroups(screen, ['❯3 aaa', '3 bbb', '3 ccc']);
    screen.type('G');
    await listsGroups(screen, ['2 hhh', '2 no', '❯1 disk']);
    screen.type('g');
    await listsGroups(screen, ['❯3 aaa', '3 bbb', '3 ccc']);
    screen.type(' ');
    await expect.poll(() => groups(screen), { interval: 5 }).toContain('❯3 ddd');
  });

  it('are the size of the screen, and let nothing hostile through', async () => {
    const { screen, store } = await open();
    store.pageRead([failed('bad', hostile), { ...failed('worse', 'x'), statusDetails: hostile }]);
    screen.type('v');
    await shows(screen, '4 causes');
    for (const [columns, lines] of [
      [1, 1],
      [20, 5],
      [80, 4],
      [80, 24],
      [100, 6],
      [200, 60],
    ] as const) {
      screen.resize(columns, lines);
      const measure = () => screen.lines().map((line) => stringWidth(line));
      const size = () => ({ lines: measure().length, tooWide: measure().filter((width) => width > columns) });
      await expect.poll(size, { interval: 5 }).toEqual({ lines, tooWide: [] });
    }
    expect(screen.frames.filter((frame) => hostileIn(frame.replaceAll('\n', '')).length > 0)).toEqual([]);
  });
});
