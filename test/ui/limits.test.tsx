import { cleanup } from 'ink-testing-library';
import stringWidth from 'string-width';
import { afterEach, describe, expect, it } from 'vitest';
import { readCommand } from '../../src/aws/list-commands.ts';
import { listInvocations } from '../../src/aws/list-invocations.ts';
import { concludeInterrupted } from '../../src/domain/conclusion.ts';
import { inOneGo } from '../../src/domain/paging.ts';
import { everything } from '../../src/domain/rows.ts';
import { jsonEventLine } from '../../src/output/json.ts';
import { plainEventLine, progressLine } from '../../src/output/plain.ts';
import { summaryLines } from '../../src/output/summary.ts';
import type { Mode } from '../../src/ui/state.ts';
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
type Pane = Mode['kind'];
/** What is typed in one read, and the pane that it is answered in: every pane is reached, and the list again. */
const typed: readonly (readonly [keys: string, pane: Pane])[] = [
  ['j', 'list'],
  ['G', 'list'],
  ['\r', 'detail'],
  ['w', 'detail'],
  ['G', 'detail'],
  ['\t', 'detail'],
  ['F', 'detail'],
  ['/', 'detail'],
  ['done', 'detail'],
  ['\r', 'detail'],
  ['n', 'detail'],
  ['a', 'fields'],
  ['G', 'fields'],
  ['a', 'fields'],
  ['P', 'fields'],
  ['q', 'detail'],
  ['q', 'list'],
  ['v', 'groups'],
  ['G', 'groups'],
  ['v', 'map'],
  ['>', 'map'],
  ['G', 'map'],
  ['v', 'list'],
  ['f', 'list'],
  ['f', 'list'],
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
  for await (const page of listInvocations(connection, query, inOneGo, signal)) services.store.pageRead(page);
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

/** Does something, and waits for it to be drawn where it changed what is shown. Gives what is wrong with the frame. */
async function faultsAfter(act: () => void, screen: TestScreen, [columns, rows]: readonly [number, number]) {
  const state = screen.controller.frame().state;
  const drawn = screen.frames.length;
  act();
  if (screen.controller.frame().state !== state)
    await expect.poll(() => screen.frames.length, { interval: 1 }).toBeGreaterThan(drawn);
  return faultsOf(screen, columns, rows);
}

describe.each(extremeRollouts.map((rollout) => [rollout.what, rollout] as const))('%s', (_, rollout) => {
  it.each(sizes)('are shown at %i × %i, and keys answer in every pane', async (columns, rows) => {
    const services = new FakeServices();
    const screen = new TestScreen(services);
    screen.resize(columns, rows);
    const drawn = screen.frames.length;
    await read(rollout, services);
    expect(services.store.rows.size).toBe(rollout.rows.length);
    await expect.poll(() => screen.frames.length, { interval: 1 }).toBeGreaterThan(drawn);
    const paneAfter = (key: string) => {
      screen.type(key);
      return screen.controller.frame().state.mode.kind;
    };
    // Keys are heard, and rows known to the screen, a moment after they were read.
    await expect.poll(() => paneAfter('\r'), { interval: 1 }).toBe('detail');
    expect(paneAfter('q')).toBe('list');
    expect(faultsOf(screen, columns, rows)).toEqual([]);
    for (const [keys, pane] of typed) {
      const faults = await faultsAfter(() => screen.type(keys), screen, [columns, rows]);
      const { mode } = screen.controller.frame().state;
      expect({ faults, pane: mode.kind }, `after ${JSON.stringify(keys)}`).toEqual({ faults: [], pane });
    }
    screen.resize(80, 24);
    screen.type('?');
    await shows(screen, 'In the list');
    screen.type('q');
    await expect.poll(() => screen.controller.frame().state.mode.kind, { interval: 5 }).toBe('list');
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
      ...events.map((event) => plainEventLine(event, requestedAt, everything, paint, circumstances)),
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
