import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Fault, FaultKind } from '../../src/simulator/faults/faults.ts';
import { scenarioNames } from '../../src/simulator/scenarios.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { endOf, openWatch, trueVerdict } from '../helpers/watch-simulator.ts';

isolateAwsEnvironment();

/** All that go away by themselves and do not wait in real time. */
const kinds = [
  ...['500', '503', 'throttle', 'reset', 'html', 'cut-json', 'wrong-types', 'stale-status'],
  ...['expired-credentials', 'unrecognized-client', 'access-denied'],
  ...['repeat-token', 'missing-row', 'vanished-row', 'empty-sweep'],
] as FaultKind[];

/** After the rows are there, so that nothing is refused, and shorter than what a row that stays away is waited for. */
const transientFault: fc.Arbitrary<Fault> = fc
  .record({
    kind: fc.constantFrom(...kinds),
    operation: fc.constantFrom(undefined, 'ListCommands' as const, 'ListCommandInvocations' as const),
    from: fc.integer({ min: 8_000, max: 40_000 }),
    length: fc.integer({ min: 500, max: 15_000 }),
    probability: fc.constantFrom(1, 0.5),
  })
  .map(({ operation, length, ...fault }) => ({
    ...fault,
    until: fault.from + length,
    ...(operation === undefined ? {} : { operation }),
  }));

/** Four take too long here; and without a row what no retry can mend is a refusal. */
const leftOut: readonly string[] = ['slow', 'logs', 's3', 'throttled', 'no-targets'];

const watched = fc.record({
  scenario: fc.constantFrom(...scenarioNames.filter((name) => !leftOut.includes(name))),
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  instances: fc.integer({ min: 1, max: 40 }),
  pageSize: fc.integer({ min: 5, max: 50 }),
  interval: fc.integer({ min: 500, max: 4_000 }),
  latency: fc.integer({ min: 0, max: 500 }),
  pagingTricks: fc.boolean(),
  faults: fc.array(transientFault, { minLength: 1, maxLength: 2 }),
});

it('whatever happens on the way, rows and verdict are what is true in the end', async () => {
  await fc.assert(
    fc.asyncProperty(watched, async (setup) => {
      await using watch = await openWatch({ ...setup, patience: 600_000 });
      const ending = await watch.run();
      const { commandStatus, ...truth } = trueVerdict(watch.simulator);
      expect(ending).toMatchObject({ kind: 'verdict', verdict: truth });
      if (setup.scenario !== 'lost-permissions') {
        expect(ending).toMatchObject({ verdict: { commandStatus } });
      }
      const rows = watch.store.getSnapshot().rows.map((row) => [row.instanceId, row.statusDetails]);
      const invocations = watch.simulator.truth()?.invocations ?? [];
      expect(new Map(rows as [string, string][])).toEqual(
        new Map(invocations.map(({ instanceId, statusDetails }) => [instanceId, statusDetails])),
      );
      expect(watch.elapsed()).toBeLessThan(Math.max(endOf(watch.simulator), 55_000) + 120_000);
    }),
    { numRuns: 40 },
  );
});
