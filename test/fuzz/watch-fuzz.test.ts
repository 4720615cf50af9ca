import { setImmediate as nextTurn } from 'node:timers/promises';
import * as fc from 'fast-check';
import { cleanup } from 'ink-testing-library';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SsmRolloutReader } from '../../src/aws/ssm-rollout-reader.ts';
import { concludeVerdict, concludeWithout } from '../../src/domain/conclusion.ts';
import { rowDetail } from '../../src/domain/detail.ts';
import { failuresOf, groupByCause } from '../../src/domain/failure-groups.ts';
import { fieldsOfInvocation, fieldsOfPlugin } from '../../src/domain/invocation.ts';
import { everything } from '../../src/domain/rows.ts';
import { jsonEventLine } from '../../src/output/json.ts';
import { createPaint } from '../../src/output/paint.ts';
import { plainEventLine, progressLine } from '../../src/output/plain.ts';
import { summaryLines } from '../../src/output/summary.ts';
import { manualClock } from '../../src/simulator/model/clock.ts';
import { ageText } from '../../src/ui/header/age-text.ts';
import { problemLines } from '../../src/ui/header/problem-lines.ts';
import { stateText, timeLeftText } from '../../src/ui/header/state-text.ts';
import { inLines, once } from '../../src/watch/polling-policy.ts';
import type { Snapshot } from '../../src/watch/snapshot.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { connectTo } from '../helpers/connect-to.ts';
import { FakeServices } from '../helpers/ui-fixtures.ts';
import { startedAt, type VirtualWatch, watchVirtually } from '../helpers/virtual-watch.ts';
import { shows, TestScreen } from '../ui/test-screen.ts';
import { openMutatingEndpoint } from './mutating-endpoint.ts';
import { mutation } from './mutations.ts';
import { fuzzRuns } from './runs.ts';
import { SimulatedAccount } from './simulated-account.ts';
import { falsehood, realityOf, statementsIn } from './what-was-said.ts';

isolateAwsEnvironment();

beforeEach(() => {
  // The pauses of the SDK between its retries are real time, as much of it as chance gives.
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => vi.restoreAllMocks());

/** Real milliseconds after which an answer that never ends is given up. */
const callLimit = 250;
/**
 * Virtual milliseconds in which every watch comes to an end, and calls that it may take: a row that a forged answer had,
 * and no other, is kept as last seen, and given up a minute after ExpiresAfter.
 */
const patience = 6_000_000;
const mostCalls = 20_000;
/** Virtual milliseconds after which each rollout is over. */
const endOfAll = 600_000;

const changes = fc.array(
  fc.record({
    /** The first of the calls that it changes, and how many in a row. */
    from: fc.integer({ min: 0, max: 45 }),
    calls: fc.constantFrom(1, 1, 2, 3, 8),
    operation: fc.constantFrom(null, 'ListCommands', 'ListCommandInvocations'),
    mutation,
  }),
  { minLength: 1, maxLength: 12 },
);

const watched = fc.record({
  scenario: fc.constantFrom('healthy', 'bad', 'two-plugins', 'stopped', 'no-targets'),
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  instances: fc.integer({ min: 1, max: 14 }),
  pageSize: fc.constantFrom(5, 50),
  pagingTricks: fc.boolean(),
  /** Whether IAM allows no ListCommands. */
  isDenied: fc.constantFrom(false, false, false, true),
  /** Whether the screen is drawn in the end; it takes longer than all else. */
  isDrawn: fc.constantFrom(false, false, false, false, false, false, true),
  /** All of the rollout, one invocation of it, or all of it after its end, in a single sweep. */
  extent: fc.constantFrom('all', 'all', 'all', 'one', 'once'),
  changes,
});

/** Everything that is made of a snapshot for people to read. */
function drawn(snapshot: Snapshot, now: number): readonly unknown[] {
  return [
    ageText(snapshot, now - startedAt, 2_000, 80),
    problemLines(snapshot, now, { columns: 80, rows: 24 }),
    stateText(snapshot, now, 1_000),
    timeLeftText(snapshot, now),
    progressLine(snapshot, now, createPaint(false)),
    groupByCause(failuresOf(snapshot.rows, 'in-progress'), snapshot.circumstances),
    ...snapshot.rows.map((row) => [
      rowDetail(row, snapshot.circumstances),
      fieldsOfInvocation(row),
      row.plugins.map(fieldsOfPlugin),
    ]),
  ];
}

function tellEverything({ store, clock }: VirtualWatch): void {
  store.onEvent((event) => {
    jsonEventLine(event, clock.now(), 'eu-west-1', everything);
    plainEventLine(event, clock.now(), everything, createPaint(false));
    drawn(store.getSnapshot(), clock.now());
  });
}

/** The whole screen with what came of a watch, and what opens from it: list, output, fields, failures by cause, map. */
async function drawScreen({ store }: VirtualWatch): Promise<void> {
  const screen = new TestScreen(Object.assign(new FakeServices(), { store }));
  try {
    for (const key of ['\r', 'a', 'a', '\u001b', 'v', 'v', '?']) {
      screen.type(key);
      await nextTurn();
      expect(screen.frame()).not.toMatch(/^\s*ERROR /m);
    }
    await shows(screen, 'ssm-watch');
  } finally {
    cleanup();
  }
}

it('of changed answers no watch crashes, hangs or comes to a false verdict', {
  timeout: 24 * 3_600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(watched, async (setup) => {
      const clock = manualClock(startedAt);
      const account = new SimulatedAccount(setup, clock);
      const isOnce = setup.extent === 'once';
      if (isOnce) clock.advance(endOfAll);
      const instanceId = setup.extent === 'one' ? account.someInstance : null;
      await using endpoint = await openMutatingEndpoint(account.answer, (call, operation) =>
        setup.changes.flatMap((change) =>
          call >= change.from &&
          call < change.from + change.calls &&
          (change.operation === null || change.operation === operation)
            ? [change.mutation]
            : [],
        ),
      );
      const connection = connectTo(endpoint.url, { now: clock.now, callLimit });
      const { commandId } = account;
      const query = { commandId, instanceId, pageSize: setup.pageSize };
      const awsTime = () => connection.awsTime();
      const watch = watchVirtually(
        new SsmRolloutReader(connection, query),
        {
          pageSize: setup.pageSize,
          patience: isOnce ? endOfAll + patience : patience,
          awsTime,
          policy: isOnce ? once : inLines,
          ...(instanceId === null ? {} : { instanceId }),
        },
        clock,
      );
      tellEverything(watch);
      const ending = await watch.run().finally(() => connection.close());

      expect(connection.requests).toBeLessThan(mostCalls);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      const snapshot = watch.store.getSnapshot();
      drawn(snapshot, clock.now());
      if (setup.isDrawn) await drawScreen(watch);
      const conclusion =
        ending.kind === 'verdict'
          ? concludeVerdict(ending.verdict)
          : concludeWithout('refused', {}, 'refused');
      const { command, rows } = snapshot;
      summaryLines({ conclusion, commandId, command, rows, durationMs: 1_000 }, createPaint(false));
      if (ending.kind === 'verdict') {
        const reality = realityOf(account.truth, instanceId);
        expect(falsehood(ending.verdict, reality, statementsIn(endpoint.exchanged, commandId))).toBeNull();
      } else {
        expect(isOnce || (ending.kind === 'refused' && rows.length === 0)).toBe(true);
      }
    }),
    { numRuns: fuzzRuns(50) },
  );
});
