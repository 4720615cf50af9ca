import { describe, expect, it } from 'vitest';
import type { ProblemKind } from '../../src/domain/problem.ts';
import { type FaultKind, faultKinds } from '../../src/simulator/faults/faults.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { endOf, openWatch, type SimulatedWatch, trueVerdict } from '../helpers/watch-simulator.ts';

isolateAwsEnvironment();

/** What each fault is told as once there are rows; null where nothing is there to be told. */
const toldAs: Readonly<Record<FaultKind, ProblemKind | null>> = {
  '500': 'service',
  '503': 'service',
  throttle: 'throttled',
  'expired-credentials': 'credentials',
  'unrecognized-client': 'credentials',
  'access-denied': 'access-denied',
  hang: 'network',
  'slow-drip': 'network',
  reset: 'network',
  html: 'response',
  'cut-json': 'response',
  'wrong-types': 'response',
  'repeat-token': 'response',
  'expired-page-token': 'response',
  'duplicate-rows': null,
  'missing-row': null,
  'vanished-row': 'response',
  'empty-sweep': 'response',
  'stale-status': null,
  'out-of-order': null,
  // The SDK learns AWS's clock, but may not ask again at once here.
  'skewed-clock': 'credentials',
  'wrong-region': null,
};
const kinds = Object.keys(faultKinds) as FaultKind[];
const operations = ['every call', 'ListCommands', 'ListCommandInvocations'] as const;

/** What is told where it is not the same in both calls, or before there is anything that could vanish. */
function expectedKind(kind: FaultKind, operation: (typeof operations)[number], early: boolean) {
  // The first page of ListCommands has the command, once there is one: no token is followed then.
  if (operation === 'ListCommands' && kind === 'repeat-token') return early ? 'response' : null;
  if (operation === 'ListCommands' && kind === 'expired-page-token') return null;
  if (operation !== 'ListCommandInvocations' && kind === 'missing-row') return early ? null : 'response';
  if (early && (kind === 'vanished-row' || kind === 'empty-sweep')) return null;
  return toldAs[kind];
}

/** A rollout of 8 instances, all rows listed after 3 s, over after 25 s, with a fault from `from` until `until`. */
async function watchWith(
  kind: FaultKind,
  operation: (typeof operations)[number],
  window: (end: number) => readonly [from: number, until: number],
) {
  // On a slow machine the limit may end other calls too: that is one more network problem, and no other verdict.
  const hangs = kind === 'hang' || kind === 'slow-drip';
  const watch = await openWatch({
    instances: 8,
    // Of 8 rows there is one page, or two.
    ...(kind === 'expired-page-token' ? { pageSize: 5 } : {}),
    ...(hangs ? { callLimit: 200 } : {}),
  });
  const end = endOf(watch.simulator);
  const [from, until] = window(end);
  watch.simulator.addFault({ kind, from, until, ...(operation === 'every call' ? {} : { operation }) });
  return watch;
}

function expectRecovery({ events }: SimulatedWatch, told: ProblemKind | null): void {
  const course = events.map(({ type }) => type).filter((type) => type === 'problem' || type === 'recovered');
  expect(course.at(-1)).toBe(told === null ? undefined : 'recovered');
}

describe.concurrent.each(kinds)('%s', (kind) => {
  const noRetryMends =
    toldAs[kind] === 'credentials' || toldAs[kind] === 'access-denied' ? toldAs[kind] : null;

  it.each(operations)('of %s before the first row', async (operation) => {
    await using watch = await watchWith(kind, operation, () => [0, 5_000]);
    const ending = await watch.run();
    const told = expectedKind(kind, operation, true);
    if (noRetryMends && !(operation === 'ListCommands' && kind === 'access-denied')) {
      expect(ending).toMatchObject({
        kind: 'refused',
        refusal: { kind: 'problem', problem: { kind: told, needsAction: true } },
      });
      expect(watch.elapsed()).toBeLessThan(1_000);
      expect([...new Set(watch.problemKinds())]).toEqual([told]);
      return;
    }
    expect(ending).toEqual({ kind: 'verdict', verdict: trueVerdict(watch.simulator) });
    expect([...new Set(watch.problemKinds())]).toEqual(told === null ? [] : [told]);
    expectRecovery(watch, told);
  });

  it.each(operations)('of %s while it runs', async (operation) => {
    await using watch = await watchWith(kind, operation, () => [8_000, 20_000]);
    const ending = await watch.run();
    expect(ending).toEqual({ kind: 'verdict', verdict: trueVerdict(watch.simulator) });
    const told = expectedKind(kind, operation, false);
    expect([...new Set(watch.problemKinds())]).toEqual(told === null ? [] : [told]);
    expectRecovery(watch, told);
  });

  it.each(operations)('of %s around the end', async (operation) => {
    await using watch = await watchWith(kind, operation, (end) => [end - 4_000, end + 8_000]);
    const ending = await watch.run();
    expect(ending).toEqual({ kind: 'verdict', verdict: trueVerdict(watch.simulator) });
    const told = expectedKind(kind, operation, false);
    // What breaks in the few calls of this time may be nothing that is read; nothing else is told.
    expect(told === null ? [] : [told]).toEqual(expect.arrayContaining([...new Set(watch.problemKinds())]));
  });
});

it('every kind of fault is in the table', () => {
  expect(Object.keys(toldAs)).toEqual(kinds);
});
