import type { ConditionShare } from './conditions.ts';
import type { Target } from './fleet.ts';
import { type Random, random } from './random.ts';

/** A command of the account's recent history, for the lists that name no command. */
export interface PastCommand {
  /** Keys of its own draws; no other command has the same. */
  readonly identity: readonly (string | number)[];
  readonly hoursAgo: number;
  readonly documentName: string;
  readonly comment: string;
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  /** So many nodes from `firstNode` (default 0) on, unless `target` says which. */
  readonly nodes: number;
  readonly firstNode?: number;
  readonly target?: Target;
  readonly maxConcurrency: string;
  readonly maxErrors: string;
  readonly timeoutSeconds: number;
  readonly conditions: readonly ConditionShare[];
  readonly cancelAfterSeconds?: number;
  readonly alarmAfterSeconds?: number;
}

const defaults = { maxConcurrency: '50', maxErrors: '0', timeoutSeconds: 600, conditions: [] } as const;

/** What tests and pictures know: the same whatever the seed. */
const known: readonly Omit<PastCommand, 'identity'>[] = [
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

/** How many of the past commands are the same whatever the seed; the scenario's own command is numbered after them. */
export const knownCount = known.length;

const script = (...commands: readonly string[]) => ({
  documentName: 'AWS-RunShellScript',
  parameters: { commands },
});

/** What people send again and again. */
const habits = [
  { ...script('systemctl restart acme-app'), comment: 'restart acme-app' },
  { ...script('df -h', 'free -m', 'uptime'), comment: '' },
  { ...script('/opt/acme/bin/deploy --release stable'), comment: 'deploy acme-app' },
  { ...script('logrotate --force /etc/logrotate.conf'), comment: 'rotate log files' },
  { ...script('journalctl -u acme-app -n 500'), comment: 'logs for INC-' },
  { ...script('/opt/acme/bin/trust --refresh'), comment: 'refresh certificates' },
  {
    documentName: 'AWS-RunPatchBaseline',
    parameters: { Operation: ['Scan'] },
    comment: 'nightly patch scan',
  },
  {
    documentName: 'AWS-RunPatchBaseline',
    parameters: { Operation: ['Install'], RebootOption: ['RebootIfNeeded'] },
    comment: 'patch ring ',
  },
  {
    documentName: 'AWS-ConfigureAWSPackage',
    parameters: { action: ['Install'], name: ['AmazonCloudWatchAgent'] },
    comment: 'install AmazonCloudWatchAgent',
  },
  { documentName: 'AWS-UpdateSSMAgent', parameters: { allowDowngrade: ['false'] }, comment: 'agent update' },
  {
    documentName: 'Acme-ConfigureAndVerify',
    parameters: { package: ['acme-monitoring'], version: ['4.2.1'] },
    comment: 'install monitoring 4.2',
  },
] as const;

/** Tags that few nodes have, so that a history of many commands is not a history of many invocations. */
const targets: readonly [Target, ...Target[]] = [
  { Key: 'tag:Ring', Values: ['0'] },
  { Key: 'tag:Ring', Values: ['1'] },
  { Key: 'tag:Ring', Values: ['0', '1'] },
  { Key: 'tag:Name', Values: ['web-1', 'web-2', 'web-3'] },
  { Key: 'tag:Name', Values: ['db-1'] },
  { Key: 'tag:Role', Values: ['edge'] },
];

/** How a command can go, beyond going well. */
const troubles: readonly [Partial<PastCommand>, ...Partial<PastCommand>[]] = [
  { conditions: [['unit-failed', 0.2]], maxErrors: '10%' },
  { conditions: [['unit-failed', 0.3]], maxErrors: '50%' },
  { conditions: [['package-lock', 0.1]], maxErrors: '5' },
  { conditions: [['disk-full', 0.3]], maxConcurrency: '2' },
  { conditions: [['no-answer', 0.2]], maxErrors: '2' },
  { conditions: [['Undeliverable', 0.1]] },
  { conditions: [['traceback', 1]], maxConcurrency: '1' },
  { maxConcurrency: '2', cancelAfterSeconds: 5 },
  { maxConcurrency: '1', alarmAfterSeconds: 6 },
];

function commentOf(source: Random, comment: string): string {
  if (comment.endsWith('INC-')) return `${comment}${source.int(1000, 9999)}`;
  return comment.endsWith('ring ') ? `${comment}${source.int(0, 3)}` : comment;
}

/** How many commands the account was sent in the 30 days before the scenario's, besides the known ones. */
const drawnCount = 113;
const [youngestHours, oldestHours] = [6, 29 * 24];

function drawn(seed: number, index: number): PastCommand {
  const identity = ['past', index] as const;
  const source = random(seed, 'past command', index);
  const { comment, ...habit } = source.pick(habits);
  const age = ((index + source.next()) / drawnCount) ** 1.5;
  const nodes = source.pick([1, 1, 1, 2, 3, 5, 8, 12]);
  return {
    ...defaults,
    ...habit,
    identity,
    hoursAgo: youngestHours + age * (oldestHours - youngestHours),
    comment: commentOf(source, comment),
    nodes,
    firstNode: source.int(0, 20),
    ...(source.chance(0.35) ? { target: source.pick(targets) } : {}),
    ...(source.chance(0.4) ? source.pick(troubles) : {}),
  };
}

/** Oldest first: the known ones, and many more that differ by the seed. All are over when the simulator starts. */
export function pastCommandsOf(seed: number): PastCommand[] {
  return [
    ...known.map((command, index) => ({ ...command, identity: [index] })),
    ...Array.from({ length: drawnCount }, (_, index) => drawn(seed, index)),
  ].sort((left, right) => right.hoursAgo - left.hoursAgo);
}
