import { cleanup } from 'ink-testing-library';
import stringWidth from 'string-width';
import { afterEach, describe, expect, it } from 'vitest';
import { readCommand } from '../../src/aws/list-commands.ts';
import { listInvocations } from '../../src/aws/list-invocations.ts';
import { giveUp } from '../../src/aws/pages.ts';
import { concludeInterrupted } from '../../src/domain/conclusion.ts';
import { everything } from '../../src/domain/rows.ts';
import { eventLine as jsonEventLine } from '../../src/output/json.ts';
import { eventLine, progressLine } from '../../src/output/plain.ts';
import { summaryLines } from '../../src/output/summary.ts';
import type { WatchEvent } from '../../src/watch/events.ts';
import { AnsweredConnection } from '../helpers/answered-connection.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { unprintableIn } from '../helpers/dangerous-text.ts';
import { type ExtremeRollout, extremeRollouts } from '../helpers/extreme-rollouts.ts';
import { commandId, hostileIn, requestedAt } from '../helpers/fixtures.ts';
import { FakeServices } from '../helpers/ui-fixtures.ts';
import { shows, TestScreen } from './test-screen.ts';

isolateAwsEnvironment();
afterEach(cleanup);

const { signal } = new AbortController();
const sizes = [
  [80, 24],
  [200, 60],
  [12, 3],
] as const;
/** Every pane, and what is done in it; the last of each group leads back to the list. */
const panes = [
  'jG\r',
  'w',
  'G',
  '\t',
  'F',
  '/done\r',
  'n',
  'a',
  'G',
  'a',
  'P',
  'q',
  'q',
  'v',
  'G',
  'v',
  '>',
  'G',
  'v',
  'f',
  'f',
];

/** Reads the rollout as it would be read from AWS. */
async function read({ command, rows }: ExtremeRollout, services: FakeServices): Promise<WatchEvent[]> {
  const connection = new AnsweredConnection(
    () => requestedAt,
    (name) => (name === 'ListCommandsCommand' ? { Commands: [command] } : { CommandInvocations: rows }),
  );
  const events: WatchEvent[] = [];
  services.store.onEvent((event) => events.push(event));
  const known = await readCommand(connection, commandId, signal);
  if (known) services.store.commandRead(known);
  const query = { commandId, instanceId: null, status: null, details: true, pageSize: 50 };
  for await (const page of listInvocations(connection, query, giveUp, signal)) services.store.pageRead(page);
  services.store.judge();
  connection.close();
  return events;
}

/** Lines of the frame that are too many or too wide, or hold what no terminal may be given. */
function faultsOf(screen: TestScreen, columns: number, rows: number): string[] {
  const lines = screen.lines();
  return [
    ...(lines.length > rows ? [`${lines.length} lines`] : []),
    ...lines
      .filter((line) => stringWidth(line) > columns)
      .map((line) => `${stringWidth(line)} cells: ${line}`),
    ...unprintableIn(lines.join('')),
  ];
}

/** Ink waits for a moment whether more of an escape sequence follows. */
const drawn = () => new Promise((resolve) => setTimeout(resolve, 2));

describe.each(extremeRollouts.map((rollout) => [rollout.what, rollout] as const))('%s', (_, rollout) => {
  it.each(sizes)('are shown at %i × %i, and keys answer in every pane', async (columns, rows) => {
    const services = new FakeServices();
    const screen = new TestScreen(services);
    screen.resize(columns, rows);
    await read(rollout, services);
    expect(services.store.rows.size).toBe(rollout.rows.length);
    await drawn();
    for (const key of panes) {
      screen.type(key);
      await drawn();
      expect(faultsOf(screen, columns, rows), `after ${JSON.stringify(key)}`).toEqual([]);
    }
    screen.resize(80, 24);
    screen.type('?');
    await shows(screen, 'In the list');
    screen.type('q');
    await expect.poll(() => screen.controller.getState().mode.kind, { interval: 5 }).toBe('list');
  });

  it('are one line each, and safe, in lines', async () => {
    const services = new FakeServices();
    const events = await read(rollout, services);
    const snapshot = services.store.getSnapshot();
    const paint = (_tone: unknown, text: string) => text;
    const { command, rows, circumstances } = snapshot;
    const conclusion = concludeInterrupted(130, {});
    const json = events.map((event) =>
      jsonEventLine(event, requestedAt, 'eu-west-1', everything, circumstances),
    );
    const told = [
      ...events.map((event) => eventLine(event, requestedAt, everything, paint, circumstances)),
      progressLine(snapshot, requestedAt, paint),
      ...summaryLines({ conclusion, commandId, command, rows, circumstances, durationMs: 1 }, paint),
    ];
    expect(told.length).toBeGreaterThan(rollout.rows.length);
    expect(json.length).toBeGreaterThanOrEqual(rollout.rows.length);
    for (const line of told) expect(unprintableIn(line ?? '')).toEqual([]);
    for (const line of json) expect(hostileIn(line ?? '')).toEqual([]);
    for (const line of json) expect(JSON.parse(line ?? '')).toHaveProperty('event');
  });
});
