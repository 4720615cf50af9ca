import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/domain/command.ts';
import type { CommandSummary } from '../../src/domain/command-summary.ts';
import { shortTargetsText, targetsText } from '../../src/domain/targets.ts';
import { command } from '../helpers/fixtures.ts';
import { summary } from '../helpers/recent-commands.ts';

const role = { key: 'tag:Role', values: ['gateway'] };
const ids = (count: number) => Array.from({ length: count }, (_, index) => `i-${index + 1}`);

it.each<[string, Partial<Command>, string | null]>([
  ['not known', {}, null],
  ['a tag', { targets: [role] }, 'tag:Role=gateway'],
  ['a tag with values', { targets: [{ ...role, values: ['web', 'api', 'db'] }] }, 'tag:Role=web,api,db'],
  [
    'a tag with many values',
    { targets: [{ ...role, values: ['web', 'api', 'db', 'cache', 'worker'] }] },
    'tag:Role=web,api,db and 2 more',
  ],
  [
    'tags that must all be there',
    { targets: [role, { key: 'tag:Env', values: ['prod'] }] },
    'tag:Role=gateway and tag:Env=prod',
  ],
  ['instances', { instanceIds: ids(2) }, 'InstanceIds=i-1,i-2'],
  ['many instances', { instanceIds: ids(50) }, 'InstanceIds=i-1,i-2,i-3 and 47 more'],
  ['no value', { targets: [{ ...role, values: [] }] }, 'tag:Role='],
])('what a command was sent to is %s', (_, change, text) => expect(targetsText(command(change))).toBe(text));

describe('in few cells', () => {
  it.each<[string, Partial<CommandSummary>]>([
    ['tag:Env=prod', {}],
    [
      'tag:Env=prod,staging tag:Role=web',
      {
        targets: [
          { key: 'tag:Env', values: ['prod', 'staging'] },
          { key: 'tag:Role', values: ['web'] },
        ],
      },
    ],
    ['resource-groups:Name=fleet', { targets: [{ key: 'resource-groups:Name', values: ['fleet'] }] }],
    ['all instances', { targets: [{ key: 'InstanceIds', values: ['*'] }] }],
    ['2 instances', { targets: [{ key: 'InstanceIds', values: ['i-1', 'i-2'] }] }],
    ['i-1', { targets: [{ key: 'InstanceIds', values: ['i-1'] }] }],
    ['3 instances', { targets: [], instanceIds: ['i-1', 'i-2', 'i-3'] }],
    ['i-1', { targets: [], instanceIds: ['i-1'] }],
    ['', { targets: [] }],
  ])('%s', (text, change) => expect(shortTargetsText(summary(1, change))).toBe(text));
});
