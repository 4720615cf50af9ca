import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fate } from '../../../src/simulator/model/fate.ts';
import { type Rollout, startRollout } from '../../../src/simulator/model/rollout.ts';
import {
  allowedErrorsOf,
  concurrencyOf,
  expiresAfter,
  type RolloutPlan,
} from '../../../src/simulator/model/rollout-plan.ts';
import { byTag, plain, planOf, sentAt, shellStep, stepFate } from '../fixtures.ts';

const steps = [
  { ...shellStep, name: 'configure', timeoutSeconds: 20 },
  { ...shellStep, name: 'verify', timeoutSeconds: 20 },
];

const anyStep = fc.record({
  seconds: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 9 }) },
    fc.constant(Number.POSITIVE_INFINITY),
  ),
  exitCode: fc.constantFrom(0, 0, 0, 0, 1, 127, 168, 169),
});

const anyFate: fc.Arbitrary<Fate> = fc
  .record({
    delivery: fc.constantFrom(
      'delivered',
      'delivered',
      'delivered',
      'delivered',
      'no-answer',
      'Undeliverable',
    ),
    delay: fc.option(
      fc.record({
        kind: fc.constantFrom('then-pending', 'then-success', 'mid-run'),
        seconds: fc.integer({ min: 1, max: 6 }),
        statusFollows: fc.boolean(),
      }),
      { freq: 3 },
    ),
    steps: fc.tuple(anyStep, anyStep),
  })
  .map(({ delay, steps: fates, ...rest }) => ({
    ...rest,
    ...(delay === null ? {} : { delay }),
    steps: fates.map(({ seconds, exitCode }) => stepFate(seconds, { exitCode })),
  }));

const anyPlan: fc.Arbitrary<RolloutPlan> = fc
  .record({
    fates: fc.array(anyFate, { maxLength: 14 }),
    seed: fc.nat(),
    maxConcurrency: fc.constantFrom('1', '2', '5', '30%', '100%'),
    maxErrors: fc.constantFrom('0', '1', '20%', '100%'),
    alarm: fc.option(fc.integer({ min: 0, max: 40_000 }), { freq: 4 }),
    addressed: fc.constantFrom(byTag, { by: 'ids' as const, ids: [] }),
    quirks: fc.record({
      listing: fc.constantFrom('at-once', 'growing'),
      ending: fc.constantFrom('prompt', 'hasty', 'late-row'),
      order: fc.constantFrom('newest-first', 'shuffled'),
    }),
  })
  .map(({ fates, alarm, ...rest }) => {
    const alarmAt = alarm === null ? {} : { alarmAt: sentAt + alarm };
    return planOf(fates, { ...rest, ...alarmAt, steps, timeoutSeconds: 60 });
  });

const anyCancel = fc.option(fc.integer({ min: 0, max: 60_000 }), { freq: 3 });

const anyRollout = fc
  .tuple(anyPlan, anyCancel)
  .map(([plan, cancel]) =>
    cancel === null ? startRollout(plan) : startRollout(plan).cancel(sentAt + cancel),
  );

const terminal = ['Success', 'Failed', 'TimedOut', 'Cancelled'];
const isTerminal = ({ status }: { readonly status: string }) => terminal.includes(status);

function timesOf(rollout: Rollout, step = 400): number[] {
  const count = Math.ceil((rollout.endsAt - sentAt) / step) + 2;
  return Array.from({ length: count }, (_, index) => sentAt + index * step);
}

function check<T>(arbitrary: fc.Arbitrary<T>, property: (value: T) => void): void {
  void fc.assert(fc.property(arbitrary, property), { numRuns: 40 });
}

describe('any rollout', () => {
  test('has the same history for the same seed', () => {
    check(anyPlan, (plan) => {
      const [one, other] = [startRollout(plan), startRollout(plan)];
      for (const at of timesOf(one, 3000)) expect(plain(one.snapshot(at))).toEqual(plain(other.snapshot(at)));
    });
  });

  test('counts every target once, at any time', () => {
    check(anyRollout, (rollout) => {
      for (const at of timesOf(rollout)) {
        const { counts, targetCount } = rollout.truth(at);
        expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(targetCount);
      }
    });
  });

  test('never takes an end back, nor a row off the list', () => {
    check(anyRollout, (rollout) => {
      const ended = new Map<string, string>();
      const listed = new Set<string>();
      for (const at of timesOf(rollout)) {
        const { invocations } = rollout.snapshot(at);
        for (const row of invocations) {
          const before = ended.get(row.instanceId);
          if (before !== undefined) expect(row.statusDetails).toBe(before);
          if (isTerminal(row)) ended.set(row.instanceId, row.statusDetails);
          listed.add(row.instanceId);
        }
        expect(invocations).toHaveLength(listed.size);
      }
    });
  });

  test('never runs more than MaxConcurrency', () => {
    check(anyRollout, (rollout) => {
      for (const at of timesOf(rollout, 150)) {
        const { counts } = rollout.truth(at);
        expect((counts.InProgress ?? 0) + (counts.Delayed ?? 0)).toBeLessThanOrEqual(
          concurrencyOf(rollout.plan),
        );
      }
    });
  });

  test('gives up the rest only after an error too many or an alarm, and starts none after it', () => {
    check(anyRollout, (rollout) => {
      const { alarmAt = Number.POSITIVE_INFINITY } = rollout.plan;
      const allowed = allowedErrorsOf(rollout.plan);
      const errorsIn = ({ counts }: ReturnType<Rollout['truth']>) =>
        (counts.Failed ?? 0) + (counts.ExecutionTimedOut ?? 0);
      const stopped = new Set<string>();
      for (const at of timesOf(rollout, 150)) {
        const truth = rollout.truth(at);
        if (errorsIn(truth) <= allowed && at < alarmAt) expect(truth.counts.Terminated ?? 0).toBe(0);
        else {
          for (const { instanceId, statusDetails } of truth.invocations) {
            if (stopped.has(instanceId)) expect(statusDetails).not.toBe('InProgress');
            if (statusDetails === 'Pending') stopped.add(instanceId);
          }
        }
      }
    });
  });

  test('turns terminal only when every invocation has, and at most 3 s later', () => {
    check(anyRollout, (rollout) => {
      let lastOpen = sentAt;
      for (const at of timesOf(rollout)) {
        const { command, invocations } = rollout.truth(at);
        if (isTerminal(command)) expect(invocations.every(isTerminal)).toBe(true);
        else if (invocations.every(isTerminal) && invocations.length > 0)
          expect(at - lastOpen).toBeLessThanOrEqual(3400);
        if (!invocations.every(isTerminal)) lastOpen = at;
      }
    });
  });

  test('is wholly visible and over from endsAt on', () => {
    check(anyRollout, (rollout) => {
      const { command, invocations } = rollout.snapshot(rollout.endsAt);
      expect(rollout.truth(rollout.endsAt).over).toBe(true);
      expect(command).toMatchObject({
        targetCount: rollout.plan.instances.length,
        completedCount: invocations.length,
      });
      expect(invocations).toHaveLength(rollout.plan.instances.length);
      expect(invocations.every(isTerminal)).toBe(true);
      expect(invocations.flatMap(({ steps: ended }) => ended).every(isTerminal)).toBe(true);
      expect(plain(rollout.snapshot(rollout.endsAt + 1e9))).toEqual(plain(rollout.snapshot(rollout.endsAt)));
    });
  });

  test('times out undelivered invocations 12 to 15 s after ExpiresAfter, never else', () => {
    check(anyRollout, (rollout) => {
      const expires = expiresAfter(rollout.plan);
      const at = (seconds: number) => rollout.truth(expires + seconds * 1000);
      expect(at(11.9).counts.DeliveryTimedOut ?? 0).toBe(0);
      expect(at(15.1).invocations.every(isTerminal)).toBe(true);
    });
  });

  test('has an unchanged past when it is cancelled', () => {
    check(fc.tuple(anyPlan, fc.integer({ min: 0, max: 60_000 })), ([plan, cancel]) => {
      const before = startRollout(plan);
      const after = before.cancel(sentAt + cancel);
      for (let at = sentAt; at < sentAt + cancel; at += 2000) {
        expect(plain(after.snapshot(at))).toEqual(plain(before.snapshot(at)));
      }
    });
  });
});
