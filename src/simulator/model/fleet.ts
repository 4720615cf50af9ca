import type { Platform } from './documents.ts';
import { type Random, random } from './random.ts';

/** One managed node of the simulated account. */
export interface ManagedNode {
  /** `i-` + 17 hex digits, or `mi-` + 17 for a hybrid node. */
  readonly id: string;
  /** The host name that InstanceName shows; "" where the agent never told it. */
  readonly hostName: string;
  /** The name a hybrid node was registered under. */
  readonly registeredName?: string;
  readonly platform: Platform;
  readonly platformName: string;
  readonly platformVersion: string;
  readonly agentVersion: string;
  readonly ipAddress: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** A target of SendCommand: the node must match one of the values. */
export interface Target {
  readonly Key: string;
  readonly Values: readonly string[];
}

const roles = ['web', 'api', 'worker', 'db', 'cache'] as const;
const linuxes = [
  ['Amazon Linux', '2023'],
  ['Amazon Linux', '2'],
  ['Ubuntu', '22.04'],
  ['Ubuntu', '24.04'],
  ['Red Hat Enterprise Linux', '9.4'],
] as const;
const agentVersions = ['3.3.1611.0', '3.3.1345.0', '3.3.987.0', '3.2.2303.0'] as const;

function hostName(source: Random, role: string, number: number, ip: string, platform: Platform): string {
  if (source.chance(0.04)) return '';
  if (platform === 'Windows') return `EC2AMAZ-${source.hex(7).toUpperCase()}.corp.example.com`;
  if (source.chance(0.4)) return `ip-${ip.replaceAll('.', '-')}.ec2.internal`;
  return `${role}-eu-${String(number).padStart(2, '0')}`;
}

function createNode(seed: number, index: number, windowsShare: number): ManagedNode {
  const source = random(seed, 'node', index);
  const platform: Platform = source.chance(windowsShare) ? 'Windows' : 'Linux';
  const role = roles[index % roles.length] ?? 'web';
  const number = Math.floor(index / roles.length) + 1;
  const ipAddress = `10.${Math.floor(index / 60_000)}.${Math.floor(index / 250) % 240}.${(index % 250) + 4}`;
  const [platformName, platformVersion] =
    platform === 'Windows'
      ? (['Microsoft Windows Server 2022 Datacenter', '10.0.20348'] as const)
      : source.pick(linuxes);
  const hybrid = source.chance(0.05);
  const name = hostName(source, role, number, ipAddress, platform);
  return {
    id: `${hybrid ? 'mi' : 'i'}-0${source.hex(16)}`,
    hostName: name,
    ...(hybrid ? { registeredName: `${role}-dc1-${String(number).padStart(2, '0')}` } : {}),
    platform,
    platformName,
    platformVersion,
    agentVersion: source.pick(agentVersions),
    ipAddress,
    tags: {
      Name: `${role}-${number}`,
      Role: role,
      Env: number % 4 === 0 ? 'staging' : 'prod',
      Ring: index < 4 ? '0' : index < 16 ? '1' : '2',
    },
  };
}

/** `count` nodes; the same seed gives the same nodes, and a larger count only adds to them. */
export function createFleet(seed: number, count: number, windowsShare = 0): ManagedNode[] {
  return Array.from({ length: count }, (_, index) => createNode(seed, index, windowsShare));
}

function matches(node: ManagedNode, target: Target): boolean {
  const { Key: key, Values: values } = target;
  if (key === 'InstanceIds') return values.includes('*') || values.includes(node.id);
  if (key === 'AWS::EC2::Instance') return values.includes('*') && node.id.startsWith('i-');
  if (key === 'tag-key') return values.some((name) => Object.hasOwn(node.tags, name));
  const value = key.startsWith('tag:') ? node.tags[key.slice('tag:'.length)] : undefined;
  return value !== undefined && values.includes(value);
}

/** The nodes that match every one of the targets. */
export function matchTargets(fleet: readonly ManagedNode[], targets: readonly Target[]): ManagedNode[] {
  return fleet.filter((node) => targets.every((target) => matches(node, target)));
}
