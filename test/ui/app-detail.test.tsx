import { cleanup } from 'ink-testing-library';
import { afterEach, describe, expect, it } from 'vitest';
import type { PluginOutput } from '../../src/domain/plugin-output.ts';
import { commandId, instanceId, invocation, plugin } from '../helpers/fixtures.ts';
import { shows, TestScreen } from './test-screen.ts';

afterEach(cleanup);

const separator = '\n----------ERROR-------\n';

/** A screen on which an instance with such plugins is open. */
async function openOutput(plugins: ReturnType<typeof plugin>[], columns = 80, lines = 24) {
  const screen = new TestScreen();
  screen.resize(columns, lines);
  const status = plugins.some((step) => step.status === 'Failed') ? 'Failed' : 'Success';
  screen.services.store.pageRead([invocation({ status, plugins })]);
  await shows(screen, instanceId);
  screen.type('\r');
  await shows(screen, 'took');
  return screen;
}
const failedWith = (output: string, responseCode = 1) => plugin({ status: 'Failed', responseCode, output });

describe('the output of an instance', () => {
  it('says how to get more of what AWS cut, whole at 80 columns, with region and profile', async () => {
    const screen = await openOutput([failedWith(`out\n---Output truncated---${separator}err`)]);
    await shows(screen, 'stdout was cut by AWS');
    const lines = screen.lines().slice(0, -1);
    const typed = lines
      .slice(lines.findIndex((line) => line.includes('stdout was cut')) + 1)
      .join('\n')
      .replaceAll(/\s*\\ *\n\s*/g, ' ');
    expect(lines.join('')).not.toContain('…');
    expect(typed).toContain('aws ssm get-command-invocation --region eu-west-1 --profile prod');
    expect(typed).toContain(`--command-id ${commandId} --instance-id ${instanceId}`);
  });

  it('says of an output that is not kept whole that it is read again, and then shows it', async () => {
    const { promise, resolve } = Promise.withResolvers<PluginOutput>();
    const screen = new TestScreen();
    screen.services.more = promise;
    const kept = plugin({ status: 'Failed', responseCode: 1, output: '...\ndisk full', outputIsGist: true });
    screen.services.store.pageRead([invocation({ status: 'Failed', plugins: [kept] })]);
    await shows(screen, instanceId);
    screen.type('\r');
    await shows(screen, 'only the telling line is kept; the rest is read again', 'disk full');
    expect(screen.frame()).not.toContain('no output');
    resolve({ stdout: 'copying\ndisk full', stderr: '', stdoutTruncated: false, stderrTruncated: false });
    await shows(screen, 'copying', 'disk full');
    expect(screen.frame()).not.toContain('is kept');
  });

  it('says so where AWS lists no plugin', async () => {
    const screen = await openOutput([]);
    await shows(screen, 'AWS lists no plugin of this invocation', '1–1 of 1');
  });

  it.each([80, 100])('shows a long exit code of Windows whole at %i columns', async (columns) => {
    const screen = await openOutput([failedWith('no', -1_073_741_819)], columns);
    await shows(screen, ' -1073741819 ', 'aws:');
    const table = screen.lines().filter((line) => /^[┌├└│]/.test(line));
    expect(table).toHaveLength(5);
    for (const line of table) expect(line).toMatch(/[┐┤┘│]$/);
  });

  it('finds a text that wrapping breaks, and no heading', async () => {
    const text = `${'x'.repeat(76)}find me${'y'.repeat(50)}`;
    const screen = await openOutput([failedWith(`one\n${text}\n`)]);
    screen.type('w/find me');
    await shows(screen, '1 match  wrap');
    screen.type('\u0015stdout');
    await shows(screen, 'no match  wrap');
  });

  it('goes on by n to the matches on the last screen, and round again', async () => {
    const lines = Array.from({ length: 40 }, (_, index) => `line ${index}${index % 13 === 12 ? ' HIT' : ''}`);
    const screen = await openOutput([failedWith(lines.join('\n'))]);
    const firstLine = () => /(\d+)–(\d+) of 41/.exec(screen.frame())?.[1];
    screen.type('/hit\r');
    await shows(screen, '3 matches', '14–');
    // The end of the output is in sight from the second match on; the third is one of its lines.
    const matches = [25, 38, 12].map((match) => {
      screen.type('n');
      return [match, screen.controller.frame().state.match?.id];
    });
    for (const [match, gone] of matches) expect(gone).toBe(match);
    await expect.poll(firstLine, { interval: 5 }).toBe('14');
    screen.type('k');
    await expect.poll(firstLine, { interval: 5 }).toBe('13');
    screen.type('n');
    await expect.poll(firstLine, { interval: 5 }).toBe('14');
  });

  it('stays at its end when F is pressed twice, and follows on through the help', async () => {
    const lines = Array.from({ length: 60 }, (_, index) => `line ${index}`);
    const screen = await openOutput([failedWith(lines.join('\n'))]);
    await shows(screen, '1–');
    screen.type('F');
    await shows(screen, 'follow', '–61 of 61');
    screen.type('?jjG');
    await shows(screen, 'In a line of input');
    screen.type('q');
    await shows(screen, 'follow', '–61 of 61');
    screen.type('F');
    await expect.poll(() => screen.frame(), { interval: 5 }).not.toMatch(/follow {2}\d/);
    expect(screen.frame()).toContain('–61 of 61');
  });
});

describe('Esc and the key right after it, in one read', () => {
  const rows = ['1', '2'].map((id) =>
    invocation({
      instanceId: `i-${id}`,
      status: 'Failed',
      plugins: [failedWith(`output ${id}`), plugin({ output: 'second' })],
    }),
  );

  it.each([
    ['Enter', '/2', '1 of 2 shown', '\u001b\r', 'output 1'],
    ['an arrow, and Enter', '\r', 'output 1', '\u001b\u001b[B\r', 'output 2'],
    ['Tab', '\r/x', 'no match', '\u001b\t', 'second'],
  ])('are both heard: %s', async (_, before, shown, keys, text) => {
    const screen = new TestScreen();
    screen.services.store.pageRead(rows);
    await shows(screen, 'i-1');
    screen.type(before);
    await shows(screen, shown);
    screen.type(keys);
    await shows(screen, text);
  });
});

describe('a failing ListCommands', () => {
  it('says when it is tried again, while the rows are read', async () => {
    const screen = new TestScreen();
    const { store } = screen.services;
    store.pageRead([invocation()]);
    store.problemMet(
      'command',
      { kind: 'access-denied', message: 'ListCommands is denied', needsAction: false },
      30_000,
    );
    await shows(screen, 'every 2 s · 0 s ago', ' ! ListCommands is denied · next try in 30 s');
    screen.services.now = 12_000;
    await shows(screen, ' ! ListCommands is denied · next try in 18 s');
  });
});
