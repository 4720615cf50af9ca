import type { ConditionShare } from './conditions.ts';
import type { Target } from './fleet.ts';

/** A command of the account's recent history, for the lists that name no command. */
export interface PastCommand {
  readonly hoursAgo: number;
  readonly documentName: string;
  readonly comment: string;
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  /** The first so many nodes, unless `target` says which. */
  readonly nodes: number;
  readonly target?: Target;
  readonly maxConcurrency: string;
  readonly maxErrors: string;
  readonly timeoutSeconds: number;
  readonly conditions: readonly ConditionShare[];
  readonly cancelAfterSeconds?: number;
}

const defaults = { maxConcurrency: '50', maxErrors: '0', timeoutSeconds: 600, conditions: [] } as const;

/** Oldest first. All of them are over when the simulator starts. */
export const pastCommands: readonly PastCommand[] = [
  {
    ...defaults,
    hoursAgo: 24 * 9,
    documentName: 'AWS-UpdateSSMAgent',
    comment: 'agent update',
    parameters: { allowDowngrade: ['false'] },
    nodes: 20,
  },
  {
    ...defaults,
    hoursAgo: 24 * 3 + 2,
    documentName: 'AWS-ConfigureAWSPackage',
    comment: 'install AmazonCloudWatchAgent',
    parameters: { action: ['Install'], name: ['AmazonCloudWatchAgent'] },
    nodes: 10,
    maxErrors: '2',
    conditions: [['no-answer', 0.3]],
  },
  {
    ...defaults,
    hoursAgo: 27,
    documentName: 'AWS-RunShellScript',
    comment: 'flush the CDN cache',
    parameters: { commands: ['/opt/acme/bin/flush'] },
    nodes: 0,
    target: { Key: 'tag:Role', Values: ['edge'] },
  },
  {
    ...defaults,
    hoursAgo: 26,
    documentName: 'AWS-RunPatchBaseline',
    comment: 'monthly scan',
    parameters: { Operation: ['Scan'] },
    nodes: 12,
    maxErrors: '1',
    conditions: [['disk-full', 0.25]],
  },
  {
    ...defaults,
    hoursAgo: 5,
    documentName: 'AWS-RunShellScript',
    comment: 'restart acme-app',
    parameters: { commands: ['systemctl restart acme-app'] },
    nodes: 15,
    maxConcurrency: '3',
    cancelAfterSeconds: 9,
  },
  {
    ...defaults,
    hoursAgo: 3,
    documentName: 'AWS-RunShellScript',
    comment: '',
    parameters: { commands: ['df -h', 'uptime'] },
    nodes: 1,
  },
  {
    ...defaults,
    hoursAgo: 2,
    documentName: 'AWS-RunPatchBaseline',
    comment: 'patch ring 0',
    parameters: { Operation: ['Install'], RebootOption: ['RebootIfNeeded'] },
    nodes: 8,
    maxErrors: '50%',
    conditions: [
      ['reboots', 0.25],
      ['unit-failed', 0.12],
    ],
  },
];
