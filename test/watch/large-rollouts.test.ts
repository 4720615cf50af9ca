import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { SsmRolloutReader } from '../../src/aws/ssm-rollout-reader.ts';
import { RemoteError } from '../../src/domain/problem.ts';
import { manualClock } from '../../src/simulator/model/clock.ts';
import type { Delay, Fate } from '../../src/simulator/model/fate.ts';
import { random } from '../../src/simulator/model/random.ts';
import { startRollout } from '../../src/simulator/model/rollout.ts';
import { SimulatedConnection } from '../helpers/simulated-connection.ts';
import { startedAt, watchVirtually } from '../helpers/virtual-watch.ts';
import { byTag, fate, planOf, shellStep, stepFate } from '../simulator/fixtures.ts';

const shares = fc.constantFrom(0, 0.02, 0.3);

const large = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  nodes: fc.integer({ min: 501, max: 800 }),
  concurrency: fc.constantFrom(5, 50, 200, 800),
  /** Of each step. */
  seconds: fc.constantFrom(1, 10, 60),
  failing: shares,
  quick: shares,
  delayed: shares,
  undelivered: shares,
  cancelledAt: fc.option(fc.integer({ min: 5_000, max: 60_000 })),
  maxErrors: fc.constantFrom('3', '100%'),
  listing: fc.constantFrom('at-once' as const, 'growing' as const),
  ending: fc.constantFrom('prompt' as const, 'hasty' as const, 'late-row' as const),
  order: fc.constantFrom('newest-first' as const, 'shuffled' as const),
  interval: fc.constantFrom(500, 2_000, 10_000),
  pageSize: fc.constantFrom(17, 50),
  pagingTricks: fc.boolean(),
  /** Share of the calls that fail. */
  faults: fc.constantFrom(0, 0.02, 0.1),
  /** Whether there is a screen, whose rows are looked up first. */
  isLookedAt: fc.boolean(),
});

type Setup = typeof large extends fc.Arbitrary<infer Value> ? Value : never;

const passing = (['throttled', 'network', 'service'] as const).map(
  (kind) => new RemoteError({ kind, message: `${kind}, for now`, needsAction: false }),
);

it('of any large rollout rows and verdict are what is true in the end', async () => {
  await fc.assert(
    fc.asyncProperty(large, async (setup) => {
      const clock = manualClock(startedAt);
      const { seed, nodes, listing, ending, order } = setup;
      const sent = startRollout(
        planOf(
          Array.from({ length: nodes }, (_, index) => fateOf(setup, index)),
          {
            seed,
            sentAt: startedAt,
            addressed: byTag,
            maxConcurrency: String(setup.concurrency),
            maxErrors: setup.maxErrors,
            steps: [{ ...shellStep, timeoutSeconds: 60 }],
            timeoutSeconds: 90,
            quirks: { listing, ending, order, logEvents: 'line' },
          },
        ),
      );
      const rollout = setup.cancelledAt === null ? sent : sent.cancel(startedAt + setup.cancelledAt);
      const chance = random(seed, 'faults');
      const connection = new SimulatedConnection(rollout, clock, {
        seed,
        pagingTricks: setup.pagingTricks,
        onCall: () => {
          clock.advance(50);
          if (clock.now() > startedAt + 10_000 && chance.chance(setup.faults)) {
            throw passing[connection.calls % passing.length] ?? passing[0];
          }
        },
      });
      const { commandId } = rollout.plan;
      const watch = watchVirtually(
        new SsmRolloutReader(connection, { commandId, instanceId: null, pageSize: setup.pageSize }),
        {
          interval: setup.interval,
          pageSize: setup.pageSize,
          patience: 86_400_000,
          onDelay: () => {
            const { rows } = watch.store.getSnapshot();
            if (setup.isLookedAt)
              watch.poller.setVisible(rows.slice(100, 130).map(({ instanceId }) => instanceId));
          },
        },
        clock,
      );
      const found = await watch.run();
      connection.close();

      const truth = rollout.truth(clock.now());
      expect(truth.over).toBe(true);
      const { command, counts, invocations } = truth;
      const isSuccess = command.status === 'Success' && counts.Success === nodes;
      expect(found).toEqual({
        kind: 'verdict',
        verdict: { outcome: isSuccess ? 'success' : 'failure', counts, commandStatus: command.status },
      });
      const { rows } = watch.store.getSnapshot();
      const shown = rows.map(({ instanceId, statusDetails, plugins, endUnread }) => [
        instanceId,
        [statusDetails, endUnread, ...plugins.map((plugin) => plugin.statusDetails)],
      ]);
      const real = invocations.map(({ instanceId, statusDetails, steps }) => [
        instanceId,
        [statusDetails, false, ...steps.map((step) => step.statusDetails)],
      ]);
      expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(real));
      const ends = watch.events.filter(
        (event) => event.type === 'invocation' && event.invocation.status !== 'Pending',
      );
      expect(ends.every((event) => event.type === 'invocation' && !event.invocation.endUnread)).toBe(true);
      expect(clock.now() - Math.max(rollout.endsAt, startedAt)).toBeLessThan(300_000);
    }),
    { numRuns: 20 },
  );
});

const delays: readonly Delay['kind'][] = ['then-pending', 'then-success', 'mid-run'];

function fateOf(setup: Setup, index: number): Fate {
  const source = random(setup.seed, 'fate', index);
  const seconds = source.chance(setup.quick) ? 0.3 : setup.seconds * (0.5 + source.int(0, 10) / 10);
  const step = stepFate(seconds, source.chance(setup.failing) ? { exitCode: 1 } : {});
  const delivery = source.chance(setup.undelivered)
    ? (['no-answer', 'Undeliverable', 'InvalidPlatform'] as const)[source.int(0, 2)]
    : 'delivered';
  const kind = delays[source.int(0, 2)] ?? 'mid-run';
  const delay = { kind, seconds: source.int(1, 20), statusFollows: source.chance(0.5) };
  return fate({
    steps: [step],
    ...(delivery === undefined ? {} : { delivery }),
    ...(source.chance(setup.delayed) ? { delay } : {}),
  });
}

it.each([
  { what: 'much runs', faults: 0 },
  { what: 'a fifth of the calls is throttled, after all retries of the SDK', faults: 0.2 },
])('a sweep comes to its end though $what, and AWS is not asked too often', async ({ faults }) => {
  const clock = manualClock(startedAt);
  const fates = Array.from({ length: 3_000 }, () => fate({ steps: [stepFate(900)] }));
  const rollout = startRollout(
    planOf(fates, { sentAt: startedAt, addressed: byTag, maxConcurrency: '1500', maxErrors: '100%' }),
  );
  const chance = random(1, 'faults');
  const watched = new AbortController();
  const connection = new SimulatedConnection(rollout, clock, {
    onCall: () => {
      clock.advance(50);
      if (clock.now() > startedAt + 600_000) watched.abort();
      if (connection.calls > 100 && chance.chance(faults)) throw passing[0];
    },
  });
  const { commandId } = rollout.plan;
  const watch = watchVirtually(
    new SsmRolloutReader(connection, { commandId, instanceId: null, pageSize: 50 }),
    { interval: 2_000, pageSize: 50 },
    clock,
  );
  await expect(watch.run(watched.signal)).rejects.toThrow();
  connection.close();
  const { coveredAt } = watch.store.getSnapshot();
  expect(clock.now() - (coveredAt ?? 0)).toBeLessThan(400_000);
  expect(connection.calls).toBeLessThan(20 * 600);
});
