import type { CommandOverview } from './command.ts';
import { formatCount } from './format.ts';

const mostValues = 3;

/** What a command was sent to, as it was sent: `tag:Role=web,api and tag:Env=prod`; null where that is not known. */
export function targetsText({ targets, instanceIds }: CommandOverview): string | null {
  const named = instanceIds.length > 0 ? [{ key: 'InstanceIds', values: instanceIds }] : [];
  const texts = [...targets, ...named].map(({ key, values }) => `${key}=${shortened(values)}`);
  return texts.length === 0 ? null : texts.join(' and ');
}

function shortened(values: readonly string[]): string {
  const more = values.length - mostValues;
  const first = values.slice(0, mostValues).join(',');
  return more > 0 ? `${first} and ${formatCount(more)} more` : first;
}
