import { describe, expect, it } from 'vitest';
import { type ScenarioName, scenarioNames } from '../../src/simulator/scenarios.ts';
import { once } from '../../src/watch/polling-policy.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import {
  endOf,
  openWatch,
  type SimulatedWatch,
  trueVerdict,
  type WatchSetup,
} from '../helpers/watch-simulator.ts';

isolateAwsEnvironment();

/** Scenarios whose own size or length only costs time here. */
const adjusted: Readonly<Partial<Record<ScenarioName, WatchSetup>>> = {
  huge: { instances: 75 },
  slow: { interval: 15_000 },
  causes: { instances: 75 },
  logs: { interval: 15_000 },
};
const outcomes: Readonly<Record<ScenarioName, string>> = {
  healthy: 'success',
  bad: 'failure',
  slow: 'failure',
  throttled: 'failure',
  'no-targets': 'no-targets',
  'lost-permissions': 'failure',
  'two-plugins': 'failure',
  huge: 'failure',
  stopped: 'failure',
  cancelled: 'failure',
  causes: 'failure',
  s3: 'failure',
  logs: 'failure',
  alarmed: 'failure',
};

/** Each row is told once as new, and each change of it from what was told before. */
function expectEveryChangeTold(watch: SimulatedWatch): void {
  const known = new Map<string, string>();
  for (const event of watch.events) {
    if (event.type !== 'invocation') continue;
    const { instanceId, statusDetails } = event.invocation;
    expect(event.previous?.statusDetails).toBe(known.get(instanceId));
    known.set(instanceId, statusDetails);
  }
  const truth = watch.simulator.truth()?.invocations ?? [];
  expect(known).toEqual(new Map(truth.map((row) => [row.instanceId, row.statusDetails])));
}

describe.each(scenarioNames)('%s', (scenario) => {
  it.each([1, 2])('ends by itself with what is true, seed %i', async (seed) => {
    await using watch = await openWatch({ scenario, seed, ...adjusted[scenario] });
    const ending = await watch.run();
    const truth = trueVerdict(watch.simulator);
    const commandStatus = scenario === 'lost-permissions' ? null : truth.commandStatus;
    expect(ending).toEqual({ kind: 'verdict', verdict: { ...truth, commandStatus } });
    expect(truth.outcome).toBe(outcomes[scenario]);
    expect(watch.store.getSnapshot().activity).toEqual({ kind: 'finished' });
    expectEveryChangeTold(watch);
  });
});

describe('the rows at the end', () => {
  it.each(['bad', 'two-plugins', 'stopped'] as const)('are those of %s in every part', async (scenario) => {
    await using watch = await openWatch({ scenario, pageSize: 7 });
    await watch.run();
    const rows = new Map(watch.store.getSnapshot().rows.map((row) => [row.instanceId, row]));
    const truth = watch.simulator.truth()?.invocations ?? [];
    expect(rows.size).toBe(truth.length);
    for (const { instanceId, instanceName, status, statusDetails, requestedAt, steps } of truth) {
      expect(rows.get(instanceId)).toMatchObject({
        instanceName,
        status,
        statusDetails,
        requestedAt,
        plugins: steps.map((step) => ({
          name: step.name,
          status: step.status,
          statusDetails: step.statusDetails,
          responseCode: step.responseCode,
          startedAt: step.startedAt ?? null,
          finishedAt: step.finishedAt ?? null,
        })),
      });
    }
  });
});

describe('rows', () => {
  it('are told with the first page, before the sweep has ended', async () => {
    let pages = 0;
    const rowsAfterPage: number[] = [];
    await using watch = await openWatch({
      pageSize: 5,
      pagingTricks: false,
      wrapReader: (reader) => ({
        ...reader,
        async *list(listing, between, signal) {
          for await (const page of reader.list(listing, between, signal)) {
            yield page;
            pages += 1;
            rowsAfterPage.push(watch.events.filter(({ type }) => type === 'invocation').length);
          }
        },
      }),
    });
    watch.clock.advance(5_000);
    await watch.run();
    expect(pages).toBeGreaterThan(8);
    expect(rowsAfterPage.slice(0, 8)).toEqual([5, 10, 15, 20, 25, 30, 35, 40]);
  });

  it.each([4, 17, 19])('that come after the end of the command are waited for, seed %i', async (seed) => {
    await using watch = await openWatch({ seed, instances: 12, interval: 500 });
    let rowsAtEnd = Number.POSITIVE_INFINITY;
    watch.store.subscribe(() => {
      const { command, rows } = watch.store.getSnapshot();
      if (command?.status === 'Success') rowsAtEnd = Math.min(rowsAtEnd, rows.length);
    });
    expect(await watch.run()).toMatchObject({ verdict: { outcome: 'success', counts: { Success: 12 } } });
    expect(rowsAtEnd).toBeLessThan(12);
  });

  it('are not waited for while TargetCount is 0 and the command runs, nor is that the end', async () => {
    await using watch = await openWatch({ instances: 3, interval: 500 });
    await watch.run();
    const counts = watch.events.flatMap((event) =>
      event.type === 'command' ? [event.command.targetCount] : [],
    );
    expect([...new Set(counts)]).toEqual([0, 3]);
  });
});

describe('--instance-id', () => {
  it('is about that one invocation, and ends with it', async () => {
    await using all = await openWatch({ scenario: 'bad' });
    const rows = all.simulator.truth()?.invocations ?? [];
    const ends = new Set<boolean>();
    for (const { instanceId } of rows.slice(0, 7)) {
      await using watch = await openWatch({ scenario: 'bad', instanceId });
      const ending = await watch.run();
      const own = watch.simulator.truth()?.invocations.find((row) => row.instanceId === instanceId);
      expect(ending).toMatchObject({
        verdict: {
          outcome: own?.status === 'Success' ? 'success' : 'failure',
          counts: { [own?.statusDetails ?? '']: 1 },
        },
      });
      expect(Object.keys(watch.store.getSnapshot().rows)).toHaveLength(1);
      ends.add(watch.elapsed() < endOf(watch.simulator));
    }
    expect(ends).toContain(true);
  });

  it('of an instance that was never targeted is NotListed, once the command is over', async () => {
    await using watch = await openWatch({ instances: 5, instanceId: 'i-00000000000000000' });
    expect(await watch.run()).toEqual({
      kind: 'verdict',
      verdict: { outcome: 'failure', counts: { NotListed: 1 }, commandStatus: 'Success' },
    });
    expect(watch.elapsed()).toBeGreaterThan(endOf(watch.simulator) + 20_000);
  });
});

describe('--once', () => {
  it('is over with the verdict when the rollout is', async () => {
    await using watch = await openWatch({ policy: once, scenario: 'bad', pagingTricks: false });
    watch.clock.advance(endOf(watch.simulator) + 1);
    expect(await watch.run()).toEqual({ kind: 'verdict', verdict: trueVerdict(watch.simulator) });
    expect(watch.delays).toEqual([]);
  });

  it('reads one sweep of a rollout that goes on', async () => {
    await using watch = await openWatch({ policy: once });
    watch.clock.advance(10_000);
    expect(await watch.run()).toEqual({ kind: 'in-progress' });
    expect(watch.simulator.requests.map(({ operation }) => operation)).toEqual([
      'ListCommands',
      'ListCommandInvocations',
    ]);
    expect(watch.store.getSnapshot().rows).toHaveLength(40);
  });

  it('is refused when its sweep fails, also after some of its rows', async () => {
    await using watch = await openWatch({
      policy: once,
      pageSize: 10,
      pagingTricks: false,
      faults: [{ operation: 'ListCommandInvocations', kind: '500', from: 10_200 }],
    });
    watch.clock.advance(10_000);
    expect(await watch.run()).toMatchObject({
      kind: 'refused',
      refusal: { kind: 'problem', problem: { kind: 'service' } },
    });
    expect(watch.problemKinds()).toEqual(['service']);
    expect(watch.store.getSnapshot().rows).toHaveLength(10);
  });

  it('waits 20 s for a command that is not found', async () => {
    await using watch = await openWatch({ policy: once, commandId: 'b8eac879-0541-439d-94ec-47a80d554f44' });
    expect(await watch.run()).toEqual({ kind: 'refused', refusal: { kind: 'unknown-command' } });
    expect(watch.elapsed()).toBeGreaterThanOrEqual(20_000);
    expect(watch.elapsed()).toBeLessThan(25_000);
  });
});
