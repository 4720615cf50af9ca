import { describe, expect, test } from 'vitest';
import { startRollout } from '../../../src/simulator/model/rollout.ts';
import {
  byTag,
  detailsAt,
  failing,
  fate,
  many,
  plain,
  planOf,
  sentAt,
  shellStep,
  stepFate,
} from '../fixtures.ts';

describe('the first seconds', () => {
  test('the command is unknown, then Pending, then InProgress with an empty list at 0.1 s', () => {
    const rollout = startRollout(planOf(many(2)));
    expect(rollout.snapshot(sentAt)).toEqual({ command: undefined, invocations: [] });
    expect(rollout.commandAt(sentAt + 50)).toMatchObject({ status: 'Pending', targetCount: 2 });
    expect(rollout.snapshot(sentAt + 100)).toMatchObject({
      command: { status: 'InProgress' },
      invocations: [],
    });
    expect(rollout.snapshot(sentAt + 2000).invocations).toHaveLength(2);
  });

  test('with tag targets TargetCount is 0 for about 3 s', () => {
    const rollout = startRollout(planOf(many(2), { addressed: byTag }));
    expect(rollout.commandAt(sentAt + 2600)?.targetCount).toBe(0);
    expect(rollout.commandAt(sentAt + 3200)?.targetCount).toBe(2);
  });

  test.each([
    ['at-once', 2],
    ['growing', 12],
  ] as const)('a fan-out that is listed %s shows at most %i lengths', (listing, lengths) => {
    const plan = planOf(many(200, 60), { addressed: byTag, quirks: { listing } });
    const rollout = startRollout(plan);
    const seen = Array.from(
      { length: 12 },
      (_, second) => rollout.snapshot(sentAt + second * 1000).invocations.length,
    );
    expect(new Set(seen).size).toBeGreaterThan(1);
    expect(new Set(seen).size).toBeLessThanOrEqual(lengths);
    expect(seen).toEqual(seen.toSorted((left, right) => left - right));
    expect(seen.at(-1)).toBe(200);
  });
});

describe('dispatch', () => {
  const running = (rollout: ReturnType<typeof startRollout>, at: number) =>
    rollout.truth(at).counts.InProgress ?? 0;

  test('ramps 1, 2, 4 … up to MaxConcurrency', () => {
    const rollout = startRollout(planOf(many(20, 60), { maxConcurrency: '50%' }));
    const seen = new Set(Array.from({ length: 60 }, (_, step) => running(rollout, sentAt + step * 50)));
    expect([...seen]).toEqual([0, 1, 2, 4, 8, 10]);
  });

  test('starts the next about 0.3 s after one ended', () => {
    const rollout = startRollout(planOf(many(2), { maxConcurrency: '1' }));
    const end = rollout
      .truth(rollout.endsAt)
      .invocations.flatMap(({ steps }) => steps.map((step) => step.finishedAt));
    const starts = rollout
      .truth(rollout.endsAt)
      .invocations.flatMap(({ steps }) => steps.map((step) => step.startedAt));
    const gap = Math.max(...starts.map(Number)) - Math.min(...end.map(Number));
    expect(gap).toBeGreaterThanOrEqual(300);
    expect(gap).toBeLessThan(1200);
  });
});

describe('MaxErrors', () => {
  test('the error beyond it stops the sending; what runs finishes, and then the rest is Terminated', () => {
    const fates = [...Array.from({ length: 10 }, () => failing), ...many(30, 4)];
    const rollout = startRollout(planOf(fates, { maxConcurrency: '5', maxErrors: '10%' }));
    const { counts, command } = rollout.truth(rollout.endsAt);
    expect(counts.Failed).toBeGreaterThan(4);
    expect(counts.Terminated).toBeGreaterThan(0);
    expect(command).toMatchObject({
      status: 'Failed',
      statusDetails: 'Failed',
      completedCount: 40,
      errorCount: counts.Failed,
    });
    for (let at = sentAt; at < rollout.endsAt; at += 100) {
      const now = rollout.truth(at).counts;
      if (now.Terminated !== undefined) expect(now.InProgress).toBeUndefined();
    }
  });

  test('neither Undeliverable nor a delivery timeout counts against it', () => {
    const fates = [fate({ delivery: 'Undeliverable' }), fate({ delivery: 'no-answer' }), ...many(4)];
    const rollout = startRollout(planOf(fates, { maxConcurrency: '2' }));
    expect(rollout.truth(rollout.endsAt).counts).toEqual({
      Undeliverable: 1,
      DeliveryTimedOut: 1,
      Success: 4,
    });
  });
});

describe("the command's own end", () => {
  const hanging = fate({ steps: [stepFate(Number.POSITIVE_INFINITY)] });
  const dead = fate({ delivery: 'no-answer' });
  test.each([
    ['nothing targeted', [], '0', 'Success', 'NoInstancesInTag'],
    ['all well', many(2), '0', 'Success', 'Success'],
    ['one execution timeout', [hanging, fate()], '0', 'Failed', 'Failed'],
    ['one undelivered', [dead, fate()], '0', 'TimedOut', 'DeliveryTimedOut'],
    ['errors within MaxErrors', [failing, fate()], '1', 'Failed', 'Incomplete'],
    ['one undelivered within MaxErrors', [dead, fate()], '1', 'Failed', 'Incomplete'],
    ['one undeliverable', [fate({ delivery: 'Undeliverable' }), fate()], '0', 'Success', 'Success'],
  ])('%s', (_, fates, maxErrors, status, statusDetails) => {
    const rollout = startRollout(
      planOf(fates, { maxErrors, addressed: byTag, steps: [{ ...shellStep, timeoutSeconds: 5 }] }),
    );
    expect(rollout.commandAt(rollout.endsAt)).toMatchObject({
      status,
      statusDetails,
      targetCount: fates.length,
    });
  });

  test('CompletedCount stays 0 until then', () => {
    const rollout = startRollout(planOf(many(3), { maxConcurrency: '1' }));
    const counts = Array.from(
      { length: 40 },
      (_, step) => rollout.commandAt(sentAt + 500 + step * 500)?.completedCount,
    );
    expect(new Set(counts)).toEqual(new Set([0, 3]));
    expect(rollout.truth(sentAt + 5000).counts.Success).toBeGreaterThan(0);
  });

  const endings = (ending: 'prompt' | 'hasty' | 'late-row') => {
    const rollout = startRollout(planOf(many(4), { quirks: { ending } }));
    const open = (at: number) =>
      rollout.snapshot(at).invocations.filter(({ status }) => status === 'InProgress').length;
    let at = sentAt + 1000;
    while (rollout.commandAt(at)?.status === 'InProgress') at += 10;
    return {
      open: open(at),
      listed: rollout.snapshot(at).invocations.length,
      after: rollout.snapshot(rollout.endsAt),
    };
  };

  test('it can come after the last row, before the last row shows its end, or before it is listed', () => {
    expect(endings('prompt')).toMatchObject({ open: 0, listed: 4 });
    expect(endings('hasty')).toMatchObject({ open: 1, listed: 4 });
    expect(endings('late-row')).toMatchObject({ open: 0, listed: 3 });
    expect(endings('hasty').after.invocations.every(({ status }) => status === 'Success')).toBe(true);
    expect(endings('late-row').after.invocations).toHaveLength(4);
  });
});

describe('cancel', () => {
  test('goes through Cancelling; what ran keeps its output and exits 137, what waited never ran', () => {
    const rollout = startRollout(planOf(many(3, 30), { maxConcurrency: '1' })).cancel(sentAt + 15_000);
    expect(rollout.truth(sentAt + 15_050)).toMatchObject({
      counts: { Cancelling: 3 },
      command: { status: 'Cancelling' },
    });
    const { invocations, command } = plain(rollout.snapshot(rollout.endsAt));
    expect(command).toMatchObject({ status: 'Cancelled', statusDetails: 'Cancelled' });
    expect(invocations.map(({ statusDetails }) => statusDetails)).toEqual([
      'Cancelled',
      'Cancelled',
      'Cancelled',
    ]);
    const codes = invocations.flatMap(({ steps }) => steps.map(({ responseCode }) => responseCode));
    expect(codes.toSorted((left, right) => left - right)).toEqual([-1, -1, 137]);
    const killed = invocations.flatMap(({ steps }) => steps).find(({ responseCode }) => responseCode === 137);
    expect(killed).toMatchObject({ statusDetails: 'Cancelled', stderr: '' });
    expect('one\ntwo\nthree\nfour\n').toContain(killed?.stdout);
    expect(killed?.stdout).not.toBe('');
  });

  test('of one instance leaves the others alone', () => {
    const plan = planOf(many(3, 10));
    const rollout = startRollout(plan).cancel(sentAt + 4000, [plan.instances[1]?.id ?? '']);
    expect(rollout.truth(rollout.endsAt).counts).toEqual({ Cancelled: 1, Success: 2 });
    expect(rollout.commandAt(rollout.endsAt)).toMatchObject({ statusDetails: 'Incomplete' });
  });

  test('does nothing once all is over', () => {
    const rollout = startRollout(planOf(many(2)));
    const late = rollout.cancel(rollout.endsAt);
    expect(plain(late.snapshot(rollout.endsAt + 9999))).toEqual(plain(rollout.snapshot(rollout.endsAt)));
  });

  test('never reaches a dead agent', () => {
    const rollout = startRollout(planOf([fate({ delivery: 'no-answer' })])).cancel(sentAt + 4000);
    expect(detailsAt(rollout, 600)).toBe('Cancelling');
    expect(rollout.truth(rollout.endsAt).counts).toEqual({ DeliveryTimedOut: 1 });
  });
});
