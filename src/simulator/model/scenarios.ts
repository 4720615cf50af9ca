import type { Fault } from '../faults/faults.ts';
import type { ConditionShare } from './conditions.ts';
import type { Target } from './fleet.ts';
import type { EchoedSettings, Quirks } from './rollout-plan.ts';

/** A rollout that the simulator starts by itself, and the account around it. */
export interface Scenario {
  /** One line for the help text. */
  readonly description: string;
  readonly instances: number;
  readonly documentName: string;
  readonly comment: string;
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  /** Defaults to all nodes, by tag. `ids` names them where they are not more than 50. */
  readonly targets?: 'ids' | readonly Target[];
  readonly maxConcurrency: string;
  readonly maxErrors: string;
  /** The scenario's own rollout may go below the 30 seconds that SendCommand asks for. */
  readonly timeoutSeconds: number;
  /** How long a step takes, least and most. */
  readonly stepSeconds: readonly [number, number];
  readonly conditions: readonly ConditionShare[];
  readonly cancelAfterSeconds?: number;
  /** When the first of the alarms in `echoed` goes off. */
  readonly alarmAfterSeconds?: number;
  /** Where outputs go, and whatever else the command only repeats. */
  readonly echoed?: Partial<EchoedSettings>;
  readonly windowsShare?: number;
  readonly quirks?: Partial<Quirks>;
  readonly faults?: readonly Fault[];
  readonly pagingTricks?: boolean;
}

const shell = (...commands: string[]) => ({ commands });

const definitions = {
  healthy: {
    description: 'every instance succeeds',
    instances: 40,
    documentName: 'AWS-RunShellScript',
    comment: 'security updates, ring 1',
    parameters: shell('#!/bin/bash', 'set -euo pipefail', '/opt/acme/bin/update --ring 1'),
    maxConcurrency: '25%',
    maxErrors: '0',
    timeoutSeconds: 600,
    stepSeconds: [1.5, 6],
    conditions: [['delayed', 0.02]],
  },
  bad: {
    description: 'a bad rollout: failures of many causes, timeouts, an unreachable instance',
    instances: 60,
    documentName: 'AWS-RunShellScript',
    comment: 'patch kernel',
    parameters: {
      ...shell('#!/bin/bash', 'set -euo pipefail', 'yum -y update kernel', 'systemctl restart acme-app'),
      executionTimeout: ['8'],
    },
    maxConcurrency: '20%',
    maxErrors: '25%',
    timeoutSeconds: 22,
    stepSeconds: [1.2, 5],
    conditions: [
      ['command-not-found', 0.034],
      ['package-lock', 0.017],
      ['disk-full', 0.017],
      ['unit-failed', 0.034],
      ['traceback', 0.017],
      ['curl-refused', 0.017],
      ['permission-denied', 0.017],
      ['out-of-memory', 0.017],
      ['long-log', 0.017],
      ['hangs', 0.017],
      ['no-answer', 0.034],
      ['Undeliverable', 0.017],
      ['delayed', 0.05],
    ],
    pagingTricks: true,
  },
  slow: {
    description: 'few at a time, and every script takes minutes',
    instances: 16,
    documentName: 'AWS-RunShellScript',
    comment: 'reindex search shards',
    parameters: shell('/opt/acme/bin/reindex --all'),
    maxConcurrency: '4',
    maxErrors: '2',
    timeoutSeconds: 3600,
    stepSeconds: [60, 240],
    conditions: [
      ['out-of-memory', 0.06],
      ['reboots', 0.06],
    ],
  },
  throttled: {
    description: 'AWS throttles half of the list calls',
    instances: 40,
    documentName: 'AWS-RunShellScript',
    comment: 'rotate log files',
    parameters: shell('logrotate --force /etc/logrotate.conf'),
    maxConcurrency: '10',
    maxErrors: '5',
    timeoutSeconds: 600,
    stepSeconds: [1, 5],
    conditions: [['permission-denied', 0.05]],
    faults: [
      { operation: 'ListCommandInvocations', kind: 'throttle', from: 2000, probability: 0.5 },
      { operation: 'ListCommands', kind: 'throttle', from: 2000, probability: 0.5 },
    ],
  },
  'no-targets': {
    description: 'the tag matches no instance; the command ends with Success all the same',
    instances: 12,
    documentName: 'AWS-RunShellScript',
    comment: 'restart gateways',
    parameters: shell('systemctl restart acme-gateway'),
    targets: [{ Key: 'tag:Role', Values: ['gateway'] }],
    maxConcurrency: '50',
    maxErrors: '0',
    timeoutSeconds: 600,
    stepSeconds: [1, 3],
    conditions: [],
  },
  'lost-permissions': {
    description: 'ListCommands and GetCommandInvocation are denied part-way',
    instances: 30,
    documentName: 'AWS-RunShellScript',
    comment: 'rotate database credentials',
    parameters: shell('/opt/acme/bin/rotate-credentials'),
    maxConcurrency: '6',
    maxErrors: '3',
    timeoutSeconds: 600,
    stepSeconds: [2, 5],
    conditions: [['traceback', 0.06]],
    faults: [
      { operation: 'ListCommands', kind: 'access-denied', from: 8000 },
      { operation: 'GetCommandInvocation', kind: 'access-denied', from: 8000 },
    ],
  },
  'two-plugins': {
    description: 'a document of several steps: some skipped, some failing, some rebooting',
    instances: 24,
    documentName: 'Acme-ConfigureAndVerify',
    comment: 'install monitoring 4.2',
    parameters: { package: ['acme-monitoring'], version: ['4.2.1'], executionTimeout: ['20'] },
    targets: 'ids',
    maxConcurrency: '6',
    maxErrors: '10',
    timeoutSeconds: 600,
    stepSeconds: [1.5, 4],
    windowsShare: 0.25,
    conditions: [
      ['curl-refused', 0.08],
      ['unit-failed', 0.08],
      ['exits-168', 0.04],
      ['exits-169', 0.04],
      ['reboots', 0.04],
      ['hangs', 0.04],
    ],
  },
  huge: {
    description: 'ten thousand instances, a list that grows',
    instances: 10_000,
    documentName: 'AWS-RunShellScript',
    comment: 'rotate root certificates, all regions',
    parameters: shell('/opt/acme/bin/trust --refresh'),
    maxConcurrency: '10%',
    maxErrors: '5%',
    timeoutSeconds: 3600,
    stepSeconds: [2, 9],
    conditions: [
      ['permission-denied', 0.005],
      ['disk-full', 0.005],
      ['curl-refused', 0.01],
      ['Undeliverable', 0.002],
      ['delayed', 0.01],
    ],
    quirks: { listing: 'growing' },
    pagingTricks: true,
  },
  stopped: {
    description: 'MaxErrors is exceeded: the rest is Terminated',
    instances: 40,
    documentName: 'AWS-RunShellScript',
    comment: 'deploy acme-app',
    parameters: shell('/opt/acme/bin/deploy --release stable'),
    maxConcurrency: '5',
    maxErrors: '3',
    timeoutSeconds: 600,
    stepSeconds: [1.5, 4],
    conditions: [
      ['unit-failed', 0.2],
      ['traceback', 0.2],
    ],
  },
  cancelled: {
    description: 'somebody cancels the command half-way',
    instances: 30,
    documentName: 'AWS-RunShellScript',
    comment: 'drain and upgrade',
    parameters: shell('/opt/acme/bin/drain', '/opt/acme/bin/upgrade'),
    maxConcurrency: '5',
    maxErrors: '5',
    timeoutSeconds: 600,
    stepSeconds: [3, 8],
    conditions: [['package-lock', 0.04]],
    cancelAfterSeconds: 16,
  },
  causes: {
    description: '2,000 instances, 140 failures, 7 causes',
    instances: 2000,
    documentName: 'AWS-RunShellScript',
    comment: 'patch openssl everywhere',
    parameters: shell('#!/bin/bash', 'set -euo pipefail', 'yum -y update openssl', '/opt/acme/bin/verify'),
    maxConcurrency: '10%',
    maxErrors: '10%',
    timeoutSeconds: 600,
    stepSeconds: [2, 9],
    conditions: [
      ['yum-not-found', 118 / 2000],
      ['disk-full', 8 / 2000],
      ['unit-failed', 5 / 2000],
      ['curl-refused', 4 / 2000],
      ['permission-denied', 2 / 2000],
      ['Undeliverable', 2 / 2000],
      ['out-of-memory', 1 / 2000],
    ],
    quirks: { listing: 'growing' },
  },
  s3: {
    description: 'outputs go to S3: long ones, one of 50 MB, one with colours and hostile sequences',
    instances: 12,
    documentName: 'AWS-RunShellScript',
    comment: 'verify packages and reindex',
    parameters: shell('/opt/acme/bin/verify --packages', '/opt/acme/bin/reindex --verbose'),
    targets: 'ids',
    maxConcurrency: '4',
    maxErrors: '50%',
    timeoutSeconds: 600,
    stepSeconds: [2, 6],
    conditions: [
      ['huge-output', 1 / 12],
      ['hostile-output', 1 / 12],
      ['long-output', 4 / 12],
      ['long-log', 1 / 12],
      ['unit-failed', 1 / 12],
    ],
    echoed: { outputS3BucketName: 'acme-run-output', outputS3KeyPrefix: 'verify/ring-1' },
  },
  logs: {
    description: 'scripts write for minutes, and their output goes to CloudWatch Logs as they run',
    instances: 8,
    documentName: 'AWS-RunShellScript',
    comment: 'drain and reindex',
    parameters: shell('/opt/acme/bin/drain', '/opt/acme/bin/reindex'),
    targets: 'ids',
    maxConcurrency: '8',
    maxErrors: '4',
    timeoutSeconds: 3600,
    stepSeconds: [150, 280],
    conditions: [
      ['steady-output', 4 / 8],
      ['chatty-output', 1 / 8],
      ['out-of-memory', 1 / 8],
      ['long-output', 1 / 8],
    ],
    echoed: { cloudWatchOutputEnabled: true, cloudWatchLogGroupName: '/aws/ssm/AWS-RunShellScript' },
  },
  alarmed: {
    description: 'an alarm goes off half-way and stops the command',
    instances: 40,
    documentName: 'AWS-RunShellScript',
    comment: 'roll out acme-app 4.2',
    parameters: shell('/opt/acme/bin/deploy --release 4.2'),
    maxConcurrency: '5',
    maxErrors: '5',
    timeoutSeconds: 600,
    stepSeconds: [1.5, 4],
    conditions: [['unit-failed', 0.05]],
    alarmAfterSeconds: 16,
    echoed: { alarms: { ignorePollAlarmFailure: false, names: ['acme-app-5xx'] } },
  },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof definitions;

/** By name. */
export const scenarios: Readonly<Record<ScenarioName, Scenario>> = definitions;

/** All names, in the order of the help text. */
export const scenarioNames = Object.keys(definitions) as readonly ScenarioName[];

/** Whether `name` is one of `scenarioNames`. */
export function isScenarioName(name: string): name is ScenarioName {
  return Object.hasOwn(definitions, name);
}
