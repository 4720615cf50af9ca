import { SendCommandCommand } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import type { Connection } from '../../src/aws/connection.ts';
import { readFields } from '../../src/aws/fields.ts';
import { readCommand } from '../../src/aws/list-commands.ts';
import { listInvocations } from '../../src/aws/list-invocations.ts';
import { type Fields, noFields } from '../../src/domain/fields.ts';
import type { Invocation } from '../../src/domain/invocation.ts';
import { inOneGo } from '../../src/domain/paging.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { connectTo } from '../helpers/connect-to.ts';
import { openEndpoint } from '../helpers/endpoint.ts';
import { commandId, instanceId } from '../helpers/fixtures.ts';
import { openWatch } from '../helpers/watch-simulator.ts';

isolateAwsEnvironment();

const { signal } = new AbortController();
const pairs = (fields: Fields | undefined) => fields?.map(({ name, value }) => `${name}=${value}`);
const read = (structure: object) => pairs(readFields({ ...structure }, new Set(['Hidden'])));

async function sweep(connection: Connection, id: string): Promise<Invocation[]> {
  const rows: Invocation[] = [];
  const query = { commandId: id, instanceId: null, status: null, details: true, pageSize: 50 };
  for await (const page of listInvocations(connection, query, inOneGo, signal)) rows.push(...page);
  return rows;
}

describe('the fields of a structure', () => {
  it.each<[string, object, string[]]>([
    ['texts, in the order of their names', { B: 'b', A: 'a' }, ['A=a', 'B=b']],
    ['numbers, also 0', { Errors: 0, TimeoutSeconds: 600 }, ['Errors=0', 'TimeoutSeconds=600']],
    ['times, in UTC', { ExpiresAfter: new Date(0) }, ['ExpiresAfter=1970-01-01T00:00:00.000Z']],
    ['no time that is none', { ExpiresAfter: new Date(Number.NaN) }, []],
    [
      'lists, a field for each value',
      { InstanceIds: ['i-1', 'i-2'] },
      ['InstanceIds=i-1', 'InstanceIds=i-2'],
    ],
    ['blank lines of a script', { commands: ['a', '', 'b'] }, ['commands=a', 'commands=', 'commands=b']],
    [
      'lists of structures, by number',
      {
        Targets: [
          { Key: 'tag:Env', Values: ['prod', 'test'] },
          { Key: 'tag:Role', Values: ['web'] },
        ],
      },
      [
        'Targets[0].Key=tag:Env',
        'Targets[0].Values=prod',
        'Targets[0].Values=test',
        'Targets[1].Key=tag:Role',
        'Targets[1].Values=web',
      ],
    ],
    [
      'a setting that is on',
      { CloudWatchOutputConfig: { CloudWatchLogGroupName: '', CloudWatchOutputEnabled: true } },
      ['CloudWatchOutputConfig.CloudWatchOutputEnabled=true'],
    ],
    [
      'what is false beside what is said',
      { AlarmConfiguration: { Alarms: [{ Name: 'errors' }], IgnorePollAlarmFailure: false } },
      ['AlarmConfiguration.Alarms[0].Name=errors', 'AlarmConfiguration.IgnorePollAlarmFailure=false'],
    ],
    ['nothing that is empty', { A: '', B: [], C: {}, D: null, E: undefined, F: [''], G: [{}] }, []],
    ['no setting that is off', { Config: { Name: '', Enabled: false, Inner: { On: false } } }, []],
    ['nothing that is left out', { Hidden: 'a', Shown: 'b' }, ['Shown=b']],
    ['a list in a list', { A: [['b']] }, ['A=["b"]']],
  ])('are %s', (_, structure, expected) => expect(read(structure)).toEqual(expected));

  it.each([
    ['structures in structures', (inner: object) => ({ a: inner })],
    ['lists in lists', (inner: object) => [inner]],
  ])('are left out where they are too deep: %s', (_, wrapped) => {
    let value: object = {};
    for (let depth = 0; depth < 100_000; depth++) value = wrapped(value);
    expect(read({ Deep: value })).toEqual([expect.stringMatching(/^Deep[.a]*=…$/)]);
  });

  it('are one and the same where there are none', () =>
    expect(readFields({ A: '', Hidden: 'b' }, new Set(['Hidden']))).toBe(noFields));
});

describe('through the SDK', () => {
  it('a row and its plugins keep what the program makes nothing of, as it came', async () => {
    const url = 'https://s3.eu-west-1.amazonaws.com/logs/a/stdout';
    const hostile = '\u001b]0;owned\u0007\u202e';
    const row = {
      CommandId: commandId,
      InstanceId: instanceId,
      Status: 'Success',
      DocumentVersion: '3',
      TraceOutput: hostile,
      ServiceRole: '',
      StandardOutputUrl: '',
      NotificationConfig: { NotificationArn: '', NotificationEvents: [], NotificationType: '' },
      CloudWatchOutputConfig: { CloudWatchLogGroupName: 'own', CloudWatchOutputEnabled: true },
      CommandPlugins: [{ Name: 'a', Status: 'Success', Output: 'secret', StandardOutputUrl: url }],
    };
    await using endpoint = await openEndpoint(() => ({ body: { CommandInvocations: [row] } }));
    const connection = connectTo(endpoint.url);
    const rows = await sweep(connection, commandId).finally(() => connection.close());
    expect(rows.map(({ otherFields }) => pairs(otherFields))).toEqual([
      [
        'CloudWatchOutputConfig.CloudWatchLogGroupName=own',
        'CloudWatchOutputConfig.CloudWatchOutputEnabled=true',
        'DocumentVersion=3',
        `TraceOutput=${hostile}`,
      ],
    ]);
    expect(pairs(rows[0]?.plugins[0]?.otherFields)).toEqual([`StandardOutputUrl=${url}`]);
  });

  it('all that a command was sent with comes back, its parameters apart', async () => {
    await using watch = await openWatch({ scenario: 'two-plugins', pagingTricks: false });
    watch.clock.advance(5_000);
    const targets =
      watch.simulator
        .truth()
        ?.invocations.slice(0, 2)
        .map((row) => row.instanceId) ?? [];
    const input = {
      DocumentName: 'AWS-RunShellScript',
      Parameters: { commands: ['export TOKEN=hunter2', '', 'uptime'] },
      Targets: [{ Key: 'InstanceIds', Values: targets }],
      TimeoutSeconds: 600,
      OutputS3BucketName: 'acme-output',
      OutputS3KeyPrefix: 'runs',
      CloudWatchOutputConfig: { CloudWatchOutputEnabled: true },
      ServiceRoleArn: 'arn:aws:iam::123456789012:role/notify',
      NotificationConfig: {
        NotificationArn: 'arn:aws:sns:eu-west-1:123456789012:runs',
        NotificationEvents: ['Success' as const, 'Failed' as const],
        NotificationType: 'Command' as const,
      },
      AlarmConfiguration: { Alarms: [{ Name: 'errors' }] },
    };
    const { Command: sent } = await watch.connection.call(
      'SendCommand',
      (client, abortSignal) => client.send(new SendCommandCommand(input), { abortSignal }),
      signal,
    );
    const id = sent?.CommandId ?? '';
    watch.clock.advance(60_000);
    const command = await readCommand(watch.connection, id, signal);
    const common = [
      'CloudWatchOutputConfig.CloudWatchLogGroupName=/aws/ssm/AWS-RunShellScript',
      'CloudWatchOutputConfig.CloudWatchOutputEnabled=true',
      'DocumentVersion=$DEFAULT',
      'NotificationConfig.NotificationArn=arn:aws:sns:eu-west-1:123456789012:runs',
      'NotificationConfig.NotificationEvents=Success',
      'NotificationConfig.NotificationEvents=Failed',
      'NotificationConfig.NotificationType=Command',
      'ServiceRole=arn:aws:iam::123456789012:role/notify',
    ];
    expect(pairs(command?.allFields)).toEqual(
      expect.arrayContaining([
        ...common,
        'AlarmConfiguration.Alarms[0].Name=errors',
        'AlarmConfiguration.IgnorePollAlarmFailure=false',
        `ExpiresAfter=${new Date(command?.expiresAt ?? 0).toISOString()}`,
        'MaxErrors=0',
        'OutputS3BucketName=acme-output',
        'OutputS3KeyPrefix=runs',
        'Targets[0].Key=InstanceIds',
        ...targets.map((target) => `Targets[0].Values=${target}`),
        'TimeoutSeconds=600',
      ]),
    );
    expect(JSON.stringify(command?.allFields)).not.toMatch(/hunter2|Parameters|TriggeredAlarms/);
    expect(pairs(command?.parameters)).toEqual([
      'commands=export TOKEN=hunter2',
      'commands=',
      'commands=uptime',
    ]);
    const rows = await sweep(watch.connection, id);
    expect(rows).toHaveLength(2);
    for (const { otherFields, plugins, logGroup, instanceId: instance } of rows) {
      expect(pairs(otherFields)).toEqual(expect.arrayContaining(common));
      expect(logGroup).toBe('/aws/ssm/AWS-RunShellScript');
      const place = `acme-output/runs/${id}/${instance}`;
      expect(pairs(plugins[0]?.otherFields)).toContainEqual(
        expect.stringMatching(new RegExp(`^StandardErrorUrl=https://\\S+/${place}/\\S+/stderr$`)),
      );
      expect(plugins[0]?.outputLocation?.stdoutUrl).toMatch(new RegExp(`/${place}/\\S+/stdout$`));
    }
  });
});
