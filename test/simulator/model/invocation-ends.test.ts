import { describe, expect, test } from 'vitest';
import { startRollout } from '../../../src/simulator/model/rollout.ts';
import { expiresAfter } from '../../../src/simulator/model/rollout-plan.ts';
import {
  courseOf,
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

const endedRow = (plan: ReturnType<typeof planOf>, index = 0) => {
  const rollout = startRollout(plan);
  return plain(rollout.snapshot(rollout.endsAt)).invocations.find(
    ({ instanceId }) => instanceId === plan.instances[index]?.id,
  );
};

describe('how one invocation ends', () => {
  test.each([
    ['success', fate(), { status: 'Success', statusDetails: 'Success' }, { responseCode: 0 }],
    [
      'failure',
      failing,
      { status: 'Failed', statusDetails: 'Failed' },
      { responseCode: 7, stdout: 'out\n', stderr: 'err\nfailed to run commands: exit status 7' },
    ],
    [
      'hanging script',
      fate({ steps: [stepFate(Number.POSITIVE_INFINITY)] }),
      { status: 'TimedOut', statusDetails: 'ExecutionTimedOut' },
      { responseCode: 137, stderr: '' },
    ],
    [
      'dead agent',
      fate({ delivery: 'no-answer' }),
      { status: 'TimedOut', statusDetails: 'DeliveryTimedOut' },
      { responseCode: -1, stdout: '', statusDetails: 'DeliveryTimedOut' },
    ],
    [
      'node gone',
      fate({ delivery: 'Undeliverable' }),
      { status: 'Failed', statusDetails: 'Undeliverable' },
      { responseCode: -1 },
    ],
    [
      'other platform',
      fate({ delivery: 'InvalidPlatform' }),
      { status: 'Failed', statusDetails: 'InvalidPlatform' },
      { responseCode: -1 },
    ],
    [
      'denied',
      fate({ delivery: 'AccessDenied' }),
      { status: 'Failed', statusDetails: 'AccessDenied' },
      { responseCode: -1 },
    ],
    [
      'exit 168',
      fate({ steps: [stepFate(1, { exitCode: 168 })] }),
      { status: 'Success', statusDetails: 'Success' },
      { responseCode: 168 },
    ],
  ])('%s', (_, given, row, step) => {
    const ended = endedRow(planOf([given]));
    expect(ended).toMatchObject(row);
    expect(ended?.steps[0]).toMatchObject(step);
  });

  test('a process killed on Windows has no exit code', () => {
    const plan = planOf([fate({ steps: [stepFate(Number.POSITIVE_INFINITY)] })]);
    const instances = plan.instances.map((instance) => ({ ...instance, platform: 'Windows' as const }));
    expect(endedRow({ ...plan, instances })?.steps[0]?.responseCode).toBe(-1);
  });

  test('a dead agent stays InProgress until 12 to 15 s after ExpiresAfter', () => {
    const plan = planOf([fate({ delivery: 'no-answer' })]);
    const rollout = startRollout(plan);
    expect(expiresAfter(plan)).toBe(sentAt + (600 + 3600) * 1000);
    expect(detailsAt(rollout, 4200 + 11.9)).toBe('InProgress');
    expect(detailsAt(rollout, 4200 + 15.1)).toBe('DeliveryTimedOut');
  });

  test('what is still waiting when the command expires is not delivered either', () => {
    const rollout = startRollout(planOf(many(3, 3000), { maxConcurrency: '1', timeoutSeconds: 30 }));
    expect(rollout.truth(rollout.endsAt).counts).toEqual({ Success: 1, DeliveryTimedOut: 2 });
  });

  test.each([
    [
      'then-pending',
      true,
      ['Pending/Pending', 'Delayed/Delayed', 'Pending/Pending', 'InProgress/InProgress', 'Success/Success'],
    ],
    [
      'then-pending',
      false,
      ['Pending/Pending', 'Pending/Delayed', 'Pending/Pending', 'InProgress/InProgress', 'Success/Success'],
    ],
    ['then-success', true, ['Pending/Pending', 'Delayed/Delayed', 'Success/Success']],
    ['mid-run', true, ['Pending/Pending', 'InProgress/InProgress', 'Delayed/Delayed', 'Success/Success']],
  ] as const)('delayed, %s (status follows: %s)', (kind, statusFollows, course) => {
    const rollout = startRollout(planOf([fate({ delay: { kind, seconds: 3, statusFollows } })]));
    expect(courseOf(rollout)).toEqual(course);
  });
});

describe('several steps', () => {
  const steps = [
    { ...shellStep, name: 'configurePackage' },
    { ...shellStep, name: 'verify' },
    { ...shellStep, name: 'verifyWindows', platform: 'Windows' as const },
  ];

  test('a step for another platform is skipped with Success and says why', () => {
    const ended = endedRow(planOf([fate({ steps: [stepFate(1), stepFate(1)] })], { steps }));
    expect(ended?.steps[2]).toMatchObject({
      status: 'Success',
      responseCode: 0,
      stdout: `Step execution skipped due to unsatisfied preconditions: '"StringEquals": [platformType, Windows]'. Step name: verifyWindows`,
    });
  });

  test.each([
    [168, 'Success'],
    [169, 'Failed'],
  ])('exit %i is %s and skips the rest', (exitCode, statusDetails) => {
    const ended = endedRow(
      planOf([fate({ steps: [stepFate(1, { exitCode }), stepFate(1, { exitCode: 1 })] })], { steps }),
    );
    expect(ended).toMatchObject({ statusDetails });
    expect(ended?.steps[1]).toMatchObject({ status: 'Success', responseCode: 0, stdout: '' });
    expect(ended?.steps[1]).not.toHaveProperty('startedAt');
  });

  test('a failure goes on to the next step, unless the step says exit', () => {
    const fates = [fate({ steps: [stepFate(1, { exitCode: 1 }), stepFate(1)] })];
    expect(endedRow(planOf(fates, { steps }))?.steps[1]?.startedAt).toBeDefined();
    const exiting = steps.map((step) => ({ ...step, onFailure: 'exit' as const }));
    expect(endedRow(planOf(fates, { steps: exiting }))?.steps[1]?.startedAt).toBeUndefined();
  });

  test('only the step that runs is InProgress, and none has times before its end', () => {
    const rollout = startRollout(planOf([fate({ steps: [stepFate(2), stepFate(4)] })], { steps }));
    const [row] = plain(rollout.snapshot(sentAt + 5000)).invocations;
    expect(row?.steps.map(({ status }) => status)).toEqual(['Success', 'InProgress', 'Pending']);
    expect(row?.steps.map((step) => 'startedAt' in step)).toEqual([true, false, false]);
    expect(row?.steps[1]).toMatchObject({ responseCode: -1, stdout: '' });
  });

  test('a reboot shows 194, and then the step runs again', () => {
    const rollout = startRollout(planOf([fate({ steps: [stepFate(3, { rebootsAfterSeconds: 2 })] })]));
    const codes = Array.from(
      { length: 80 },
      (_, step) => rollout.truth(sentAt + step * 250).invocations[0]?.steps[0]?.responseCode,
    );
    expect(codes.filter((code, index) => code !== codes[index - 1])).toEqual([-1, 194, -1, 0]);
  });
});
