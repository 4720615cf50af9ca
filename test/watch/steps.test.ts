import { expect, it } from 'vitest';
import type { WatchStep } from '../../src/watch/steps.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { openWatch, type SimulatedWatch, trueVerdict, type WatchSetup } from '../helpers/watch-simulator.ts';

isolateAwsEnvironment();

async function stepsOf(setup: WatchSetup): Promise<{ steps: WatchStep[]; watch: SimulatedWatch }> {
  await using watch = await openWatch(setup);
  const steps: WatchStep[] = [];
  watch.store.steps.subscribe((step) => steps.push(step));
  await watch.run();
  return { steps, watch };
}

const ofType = <Type extends WatchStep['type']>(steps: readonly WatchStep[], type: Type) =>
  steps.filter((step): step is Extract<WatchStep, { type: Type }> => step.type === type);

it('a watch tells of its sweeps and rounds, and last of its verdict', async () => {
  const { steps, watch } = await stepsOf({});
  const sweeps = ofType(steps, 'sweep-ended');
  expect(ofType(steps, 'sweep-begun').length).toBeGreaterThanOrEqual(sweeps.length);
  expect(sweeps.at(-1)).toMatchObject({ listed: watch.store.rows.size });
  for (const { durationMs } of sweeps) expect(durationMs).toBeGreaterThan(0);
  const rounds = ofType(steps, 'round-ended');
  expect(rounds.every(({ problem }) => problem === null)).toBe(true);
  expect(rounds.length).toBeGreaterThan(1);
  const last = steps.at(-1);
  expect(last).toMatchObject({ type: 'verdict', verdict: trueVerdict(watch.simulator) });
  expect(ofType(steps, 'verdict')).toEqual([last]);
  if (last?.type !== 'verdict') return;
  const { evidence, monotonicNow } = last;
  expect(evidence.rows).toHaveLength(watch.store.rows.size);
  // The sweep that it rests on began after the command was seen to have ended, and before now.
  expect(evidence.wholeSweeps.at(-1)).toBeGreaterThan(evidence.commandTerminalAt ?? Number.NaN);
  expect(evidence.wholeSweeps.at(-1)).toBeLessThanOrEqual(monotonicNow);
});

it('a round that failed says why, and what throttling left of the calls', async () => {
  const { steps } = await stepsOf({
    faults: [{ operation: 'ListCommandInvocations', kind: 'throttle', from: 2_000, until: 8_000 }],
  });
  const throttled = ofType(steps, 'round-ended').filter(({ problem }) => problem === 'throttled');
  expect(throttled.length).toBeGreaterThan(0);
  for (const { callsPerSecond } of throttled) expect(callsPerSecond).toBeLessThan(20);
});

it('nobody is told after the listener is taken off', async () => {
  await using watch = await openWatch();
  const steps: WatchStep[] = [];
  watch.store.steps.subscribe((step) => steps.push(step))();
  await watch.run();
  expect(steps).toEqual([]);
});
