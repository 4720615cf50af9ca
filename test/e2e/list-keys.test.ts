import { describe, expect, test } from 'vitest';
import { type Rollout, standingRollout, until } from '../helpers/rollout.ts';
import { openTerminal, type TestTerminal } from '../helpers/terminal.ts';
import { cursorLine, instancesOn, instanceUnderCursor, statusesOn } from './screen-texts.ts';

/** Tall enough for all 60 rows. */
async function openList(rollout: Rollout, ...args: string[]): Promise<TestTerminal> {
  const terminal = openTerminal([...rollout.args, ...args], { rows: 70 });
  await terminal.waitFor(/22 of 60/, 'all rows');
  return terminal;
}

const noLimit = (screen: readonly string[]) => !/ shown: /.test(screen.at(-1) ?? '');

describe('moving', () => {
  test('goes where the keys say, also when several are read at once', async () => {
    await using rollout = await standingRollout(12);
    using tall = await openList(rollout);
    const instances = instancesOn(tall.screen());
    expect(instances).toHaveLength(60);
    using terminal = openTerminal(rollout.args);
    await terminal.waitFor(/22 of 60/, 'all rows');
    const goesTo = async (keys: string, row: number) => {
      terminal.write(keys);
      const arrived = (screen: string[]) => instanceUnderCursor(screen) === instances[row];
      await terminal.waitFor(arrived, `${JSON.stringify(keys)} to go to row ${row}`);
    };
    for (const [keys, row] of [
      ['jjj', 33],
      ['jjjk', 32],
      ['\u001b[B\u001b[B', 32],
      ['\u001b[B\u001b[A\u001b[A', 29],
      ['G', 59],
      ['Gg', 0],
      ['\u001b[F', 59],
      ['\u001b[F\u001b[H', 0],
      ['\u001b[6~', 55],
      ['\u001b[5~', 5],
      [' ', 55],
      [' b\u001b[5~', 5],
      ['\u0006', 55],
      ['\u0002', 5],
      ['\u0004', 43],
      ['\u0015', 17],
      ['k'.repeat(40), 0],
      ['   ', 59],
    ] as const) {
      await goesTo(`g${'j'.repeat(30)}`, 30);
      await goesTo(keys, row);
    }
  });
});

describe('the filter', () => {
  test('works with every key; Enter accepts it and opens nothing', async () => {
    await using rollout = await standingRollout(12);
    using terminal = await openList(rollout);
    terminal.write('/');
    await terminal.waitFor(/^ \/(?!\S)/m, 'the line of input');
    terminal.write('web-e');
    const first = await terminal.waitFor(/^ \/web-e /m, 'the text');
    expect(instancesOn(first).length).toBeGreaterThan(1);
    expect(first.filter((line) => instancesOn([line]).length > 0 && !line.includes('web-e'))).toEqual([]);
    terminal.write('u-04');
    const second = await terminal.waitFor((screen) => instancesOn(screen).length === 1, 'one row');
    expect(second.at(-1)).toMatch(/^ \/web-eu-04 .*1 of 60 shown/);
    terminal.write('\r');
    const accepted = await terminal.waitFor(/^ ↑↓ move.*1 of 60 shown: \/web-eu-04$/m, 'the filter accepted');
    expect(cursorLine(accepted)).toContain('web-eu-04');
    // The counts are of the rollout, not of what is shown.
    expect(accepted[2]).toContain('22 of 60');
    terminal.write('\u001b');
    expect(instancesOn(await terminal.waitFor(noLimit, 'no filter'))).toHaveLength(60);
  });

  test('is taken whole when it is read at once with its Enter', async () => {
    await using rollout = await standingRollout(12);
    using terminal = await openList(rollout);
    terminal.write('/web-eu\r');
    const screen = await terminal.waitFor(/^ ↑↓ move.* of 60 shown: \/web-eu$/m, 'the filter accepted');
    expect(screen.filter((line) => instancesOn([line]).length > 0 && !line.includes('web-eu'))).toEqual([]);
  });

  test('is the previous one again after Esc', async () => {
    await using rollout = await standingRollout(12);
    using terminal = await openList(rollout);
    terminal.write('/web-eu\r');
    await terminal.waitFor(/shown: \/web-eu$/m, 'the first filter');
    terminal.write('/');
    await terminal.waitFor(/^ \/web-eu /m, 'the line of input');
    terminal.write('-04');
    await terminal.waitFor((screen) => instancesOn(screen).length === 1, 'one row');
    terminal.write('\u001b');
    const screen = await terminal.waitFor(/^ ↑↓ move.*shown: \/web-eu$/m, 'the first filter again');
    expect(instancesOn(screen).length).toBeGreaterThan(1);
  });

  test('says so when no row passes, and finds a row by any of its texts', async () => {
    await using rollout = await standingRollout(12);
    using terminal = await openList(rollout);
    terminal.write('/no such row');
    await terminal.waitFor(/no row passes the filter.*0 of 60 shown/s, 'no row');
    // Ctrl-U empties the line.
    for (const text of ['I-0F1316A9E7B6C633A', 'apt-get', 'cache-eu-01', 'undeliv', '127']) {
      terminal.write(`\u0015${text}`);
      await terminal.waitFor((screen) => instancesOn(screen).length === 1, `the row with ${text}`);
    }
  });

  test('is taken from a paste, without its line breaks', async () => {
    await using rollout = await standingRollout(12);
    using terminal = await openList(rollout);
    terminal.write('/');
    await terminal.waitFor(/^ \/(?!\S)/m, 'the line of input');
    terminal.write('\u001b[200~i-0f1316a9e7b6c633a\n\u001b[201~');
    const screen = await terminal.waitFor((lines) => instancesOn(lines).length === 1, 'one row');
    expect(screen.at(-1)).toMatch(/^ \/i-0f1316a9e7b6c633a /);
  });

  test('goes with Esc in the list first; then f, then --status', async () => {
    await using rollout = await standingRollout(12);
    using terminal = await openList(rollout, '--status', 'Failed,Undeliverable,Pending');
    await terminal.waitFor(/31 of 60 shown/, 'what --status limits');
    terminal.write('f/eu\r');
    await terminal.waitFor(/^ ↑↓ move.*2 of 60 shown: \/eu failures/m, 'all three limits');
    terminal.write('\u001b');
    await terminal.waitFor(/4 of 60 shown/, 'f and --status');
    terminal.write('\u001b');
    await terminal.waitFor(/31 of 60 shown/, '--status only');
    terminal.write('\u001b');
    expect(instancesOn(await terminal.waitFor(noLimit, 'no limit'))).toHaveLength(60);
  });

  test('begins as --filter and --failures say, and q leaves the program all the same', async () => {
    await using rollout = await standingRollout(12);
    using terminal = await openList(rollout, '--filter', 'eu', '--failures');
    const screen = await terminal.waitFor(/2 of 60 shown/, 'two rows');
    expect(statusesOn(screen)).toEqual(['Failed', 'Failed']);
    terminal.write('q');
    expect((await terminal.exit).exitCode).toBe(130);
    // Neither touches the summary.
    expect(terminal.scrollback()).toMatch(/18 Success .* 3 Failed {2}1 Undeliverable/);
  });
});

describe('f', () => {
  test('shows only what ended and did not succeed, and all again', async () => {
    await using rollout = await standingRollout(12);
    using terminal = await openList(rollout);
    terminal.write('f');
    const screen = await terminal.waitFor(/4 of 60 shown: failures$/m, 'the failures');
    expect(statusesOn(screen)).toEqual(['Failed', 'Failed', 'Failed', 'Undeliverable']);
    terminal.write('f');
    expect(instancesOn(await terminal.waitFor(noLimit, 'all rows'))).toHaveLength(60);
  });
});

describe('sorting', () => {
  test('goes through the columns with > and <, and is turned round by I', async () => {
    await using rollout = await standingRollout(12);
    using terminal = await openList(rollout);
    const column = (title: string) => terminal.waitFor(new RegExp(` ${title}`), `sorted by ${title}`);
    const columns = ['STATUS ↓', 'EXIT↓', 'TIME ↓', 'DETAIL ↓', 'INSTANCE ↓', 'NAME ↓'];
    for (const title of columns.slice(1)) {
      terminal.write('>');
      await column(title);
    }
    terminal.write('<');
    const ascending = instancesOn(await column('INSTANCE ↓'));
    expect(ascending).toEqual(ascending.toSorted());
    expect(ascending).toHaveLength(60);
    terminal.write('I');
    expect(instancesOn(await column('INSTANCE ↑'))).toEqual(ascending.toReversed());
    terminal.write('>>');
    await column('STATUS ↓');
    terminal.write('<');
    await column('NAME ↓');
  });

  test('by EXIT has the codes first that are no zero', async () => {
    await using rollout = await standingRollout(12);
    using terminal = await openList(rollout);
    terminal.write('>');
    const screen = await terminal.waitFor(/EXIT↓/, 'sorted by EXIT');
    expect(statusesOn(screen).slice(0, 3)).toEqual(['Failed', 'Failed', 'Failed']);
  });
});

describe('polling', () => {
  test('stops with p, is done once with r, and goes on with p', async () => {
    await using rollout = await standingRollout(12);
    using terminal = await openList(rollout, '--interval', '0.5');
    terminal.write('p');
    await terminal.waitFor(/paused · data \d+ s old$/m, 'the pause');
    const before = rollout.requests();
    await terminal.waitFor(/paused · data [2-9] s old$/m, 'data that grows old');
    expect(rollout.requests()).toBe(before);
    rollout.clock.advance(8_000);
    terminal.write('r');
    await terminal.waitFor(/ {2}✗ 9 .*\n/, 'the rows of 8 seconds later');
    await terminal.waitFor(/paused · data \d+ s old$/m, 'the pause again');
    const refreshed = rollout.requests();
    expect(refreshed).toBeGreaterThan(before);
    await terminal.waitFor(/paused · data [2-9] s old$/m, 'data that grows old again');
    expect(rollout.requests()).toBe(refreshed);
    terminal.write('p');
    await terminal.waitFor(/every 0\.5 s · \d+ s ago$/m, 'polling again');
    await until(() => rollout.requests() > refreshed, 'AWS is asked again');
  });
});

describe('help', () => {
  test('names the keys, scrolls, and goes back where it was opened', async () => {
    await using rollout = await standingRollout(12);
    using terminal = openTerminal(rollout.args);
    await terminal.waitFor(/22 of 60/, 'all rows');
    terminal.write('jj?');
    const help = await terminal.waitFor(/In the list/, 'the help');
    for (const key of ['PgUp', 'Ctrl-U', 'Esc', 'Ctrl-Z', 'f ', '>', 'I ', 'p ', 'r ']) {
      expect(help.join('\n')).toContain(key);
    }
    terminal.write('G');
    await terminal.waitFor(/Shift-Tab|In a line of input/, 'the rest of the help');
    for (const key of ['q', '?', '\u001b']) {
      terminal.write(key);
      const list = await terminal.waitFor(/INSTANCE/, 'the list');
      expect(instanceUnderCursor(list)).toBe(instancesOn(list)[2]);
      terminal.write('?');
      await terminal.waitFor(/up a line/, 'the help');
    }
  });
});
