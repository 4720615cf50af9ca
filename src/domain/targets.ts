import { countOf, formatCount } from './format.ts';

/** One of the targets that a command was sent to. */
export interface Target {
  /** `tag:Role`, `InstanceIds`, `resource-groups:Name` … */
  readonly key: string;
  readonly values: readonly string[];
}

/** What a command was sent to, by tags and the like, or by ID; both empty where AWS did not say. */
export interface Addressees {
  readonly targets: readonly Target[];
  readonly instanceIds: readonly string[];
}

const mostValues = 3;

/** What a command was sent to, as it was sent: `tag:Role=web,api and tag:Env=prod`; null where that is not known. */
export function targetsText({ targets, instanceIds }: Addressees): string | null {
  const named = instanceIds.length > 0 ? [{ key: 'InstanceIds', values: instanceIds }] : [];
  const texts = [...targets, ...named].map(({ key, values }) => `${key}=${shortened(values)}`);
  return texts.length === 0 ? null : texts.join(' and ');
}

function shortened(values: readonly string[]): string {
  const more = values.length - mostValues;
  const first = values.slice(0, mostValues).join(',');
  return more > 0 ? `${first} and ${formatCount(more)} more` : first;
}

/** The same in few cells: `tag:Env=prod,staging`, `3 instances`, or the one instance; empty where it is not known. */
export function shortTargetsText({ targets, instanceIds }: Addressees): string {
  const [first] = instanceIds;
  if (first !== undefined) return instanceIds.length === 1 ? first : countOf(instanceIds.length, 'instance');
  return targets.map(shortTargetText).join(' ');
}

function shortTargetText({ key, values }: Target): string {
  if (key !== 'InstanceIds') return `${key}=${values.join(',')}`;
  const [first = ''] = values;
  if (first === '*') return 'all instances';
  return values.length === 1 ? first : countOf(values.length, 'instance');
}
