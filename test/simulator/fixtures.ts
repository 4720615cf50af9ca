import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { Fate, StepFate } from '../../src/simulator/model/fate.ts';
import type { Rollout, RolloutSnapshot } from '../../src/simulator/model/rollout.ts';
import type { PlannedStep, RolloutPlan } from '../../src/simulator/model/rollout-plan.ts';
import type { Simulator } from '../../src/simulator/server.ts';

/** When the rollouts of these tests are sent: 2026-09-27T00:39:03.000Z in epoch milliseconds. */
export const sentAt = Date.UTC(2026, 8, 27, 0, 39, 3);

export const shellStep: PlannedStep = {
  name: 'aws:runShellScript',
  action: 'aws:runShellScript',
  timeoutSeconds: 3600,
};

/** A step that goes well after `seconds`, unless told otherwise. */
export function stepFate(seconds: number, overrides: Partial<StepFate> = {}): StepFate {
  return {
    seconds,
    exitCode: 0,
    output: () => ({ stdout: 'one\ntwo\nthree\nfour\n', stderr: '' }),
    ...overrides,
  };
}

/** Delivered, with one step of two seconds, unless told otherwise. */
export function fate(overrides: Partial<Fate> = {}): Fate {
  return { delivery: 'delivered', steps: [stepFate(2)], ...overrides };
}

/** `count` instances that go well after `seconds`. */
export const many = (count: number, seconds = 2): Fate[] =>
  Array.from({ length: count }, () => fate({ steps: [stepFate(seconds)] }));

/** A script that exits 7 after a second. */
export const failing = fate({
  steps: [stepFate(1, { exitCode: 7, output: () => ({ stdout: 'out\n', stderr: 'err\n' }) })],
});

/** One instance for each fate, named by ID, all at once, in prompt order. */
export function planOf(fates: readonly Fate[], overrides: Partial<RolloutPlan> = {}): RolloutPlan {
  const instances = fates.map((_, index) => ({
    id: `i-${String(index).padStart(17, '0')}`,
    hostName: `web-eu-${index}`,
    platform: 'Linux' as const,
  }));
  return {
    seed: 1,
    commandId: 'b8eac879-0541-439d-94ec-47a80d554f44',
    sentAt,
    documentName: 'AWS-RunShellScript',
    documentVersion: '$DEFAULT',
    comment: '',
    parameters: {},
    steps: [shellStep],
    addressed: { by: 'ids', ids: instances.map(({ id }) => id) },
    instances,
    fateOf: (index) => fates[index] ?? fate(),
    maxConcurrency: '50',
    maxErrors: '0',
    timeoutSeconds: 600,
    quirks: { listing: 'at-once', ending: 'prompt', order: 'newest-first' },
    ...overrides,
  };
}

export const byTag = { by: 'targets', targets: [{ Key: 'tag:Env', Values: ['prod'] }] } as const;

/** The snapshot as plain data, outputs read, so that two of them can be compared. */
export function plain({ command, invocations }: RolloutSnapshot) {
  return {
    command,
    invocations: invocations.map(({ steps, ...row }) => ({
      ...row,
      steps: steps.map(({ output, ...step }) => ({ ...step, ...output() })),
    })),
  };
}

/** StatusDetails of the first (or given) invocation as it really is, `seconds` after the command was sent. */
export function detailsAt(rollout: Rollout, seconds: number, index = 0) {
  return rollout.truth(sentAt + seconds * 1000).invocations[index]?.statusDetails;
}

/** The states that the first (or given) invocation goes through, in order. */
export function courseOf(rollout: Rollout, index = 0): string[] {
  const course: string[] = [];
  for (let at = sentAt; at <= rollout.endsAt; at += 50) {
    const state = rollout.truth(at).invocations[index];
    const shown = state === undefined ? '' : `${state.status}/${state.statusDetails}`;
    if (course.at(-1) !== shown) course.push(shown);
  }
  return course;
}

const clientConfig = (simulator: Simulator, region = 'eu-west-1') => ({
  endpoint: simulator.url,
  region,
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  maxAttempts: 1,
});

/** An SDK client for the simulator that tries once, so that every answer is seen. */
export function clientOf(simulator: Simulator): SSMClient {
  return new SSMClient(clientConfig(simulator));
}

/** The same for S3, signing for `region`. */
export function s3ClientOf(simulator: Simulator, region?: string): S3Client {
  return new S3Client(clientConfig(simulator, region));
}

/** The same for CloudWatch Logs. */
export function logsClientOf(simulator: Simulator): CloudWatchLogsClient {
  return new CloudWatchLogsClient(clientConfig(simulator));
}

/** The header of a request that is signed for `service`. */
export const signedFor = (service: string, region = 'eu-west-1') =>
  [
    `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260927/${region}/${service}/aws4_request`,
    'SignedHeaders=host;x-amz-date',
    `Signature=${'0'.repeat(64)}`,
  ].join(', ');

/** A bare HTTP call, for what the SDK would hide or refuse to send. */
export function post(
  simulator: Simulator,
  operation: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(simulator.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AmazonSSM.${operation}`,
      authorization: signedFor('ssm'),
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}
