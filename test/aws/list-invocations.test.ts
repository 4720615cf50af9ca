import { afterEach, describe, expect, it } from 'vitest';
import type { Invocation, OutputLocation } from '../../src/domain/invocation.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { commandId } from '../helpers/fixtures.ts';
import { closeSweeps, incomplete, list, row, sweep, wireRow } from './invocation-sweep.ts';

isolateAwsEnvironment();

afterEach(closeSweeps);

describe('a row', () => {
  it('is read in every part', async () => {
    const { pages, thrown } = await sweep([list([wireRow])]);
    expect(pages).toEqual([[row]]);
    expect(thrown).toBeNull();
  });

  it('keeps members that no release of the SDK knows', async () => {
    const plugin = { ...wireRow.CommandPlugins[0], RestartCount: 3 };
    const later = { Zone: { Name: 'eu-west-1b', Local: null }, Seen: [1, 'two'] };
    const { pages } = await sweep([list([{ ...wireRow, ...later, CommandPlugins: [plugin] }])]);
    expect(pages[0]?.[0]?.otherFields).toEqual([
      { name: 'DocumentVersion', value: '$DEFAULT' },
      { name: 'Seen', value: '1' },
      { name: 'Seen', value: 'two' },
      { name: 'Zone.Name', value: 'eu-west-1b' },
    ]);
    expect(pages[0]?.[0]?.plugins[0]?.otherFields).toEqual([{ name: 'RestartCount', value: '3' }]);
  });

  it('shares with the one before what both have', async () => {
    const others = [wireRow, { ...wireRow, InstanceId: 'i-0fedcba9876543210', DocumentVersion: '3' }];
    const { pages } = await sweep([list([wireRow, ...others], 'next'), list([wireRow])]);
    const [first, second, other, next] = pages.flat();
    expect(second).toEqual(first);
    expect(second?.otherFields).toBe(first?.otherFields);
    expect(other?.otherFields).toEqual([{ name: 'DocumentVersion', value: '3' }]);
    expect(next).toEqual(first);
  });

  it.each<[string, object, Partial<Invocation>]>([
    [
      'prose',
      { Status: 'TimedOut', StatusDetails: 'Delivery Timed Out' },
      { status: 'TimedOut', statusDetails: 'DeliveryTimedOut' },
    ],
    [
      'Canceled',
      { Status: 'Canceled', StatusDetails: 'Canceled' },
      { status: 'Cancelled', statusDetails: 'Cancelled' },
    ],
    [
      'an unknown status',
      { Status: 'Snoozing', StatusDetails: 'Half Asleep' },
      { status: 'Snoozing', statusDetails: 'Half Asleep' },
    ],
    ['no StatusDetails', { StatusDetails: undefined }, { statusDetails: 'Failed' }],
    ['StatusDetails null', { StatusDetails: null }, { statusDetails: 'Failed' }],
    ['another case of the ID', { CommandId: commandId.toUpperCase() }, {}],
    ['no name', { InstanceName: undefined }, { instanceName: '' }],
    ['no time', { RequestedDateTime: undefined }, { requestedAt: null }],
    ['no plugins', { CommandPlugins: [] }, { plugins: [] }],
    ['no list of plugins', { CommandPlugins: undefined }, { plugins: [] }],
    [
      'a group of logs',
      { CloudWatchOutputConfig: { CloudWatchLogGroupName: 'own', CloudWatchOutputEnabled: true } },
      { logGroup: 'own' },
    ],
    [
      'logs in a group that nobody named',
      { CloudWatchOutputConfig: { CloudWatchLogGroupName: '', CloudWatchOutputEnabled: true } },
      { logGroup: '/aws/ssm/AWS-RunShellScript' },
    ],
    [
      'a group of logs that is not used',
      { CloudWatchOutputConfig: { CloudWatchLogGroupName: 'own', CloudWatchOutputEnabled: false } },
      { logGroup: null },
    ],
    ['no word about logs', { CloudWatchOutputConfig: undefined }, { logGroup: null }],
    ['a text about logs', { CloudWatchOutputConfig: 'on' }, { logGroup: null }],
    ['plugins of a wrong type', { CommandPlugins: 'aws:runShellScript' }, { plugins: [] }],
  ])('with %s', async (_, change, expected) => {
    const { pages, thrown } = await sweep([list([{ ...wireRow, ...change }])]);
    expect(pages).toEqual([[{ ...row, otherFields: expect.any(Array), ...expected }]]);
    expect(thrown).toBeNull();
  });

  it('whose plugin has not run', async () => {
    const plugin = { Name: 'configure', Output: '', ResponseCode: -1, Status: 'Pending' };
    const { pages } = await sweep([list([{ ...wireRow, CommandPlugins: [plugin] }])]);
    expect(pages[0]?.[0]?.plugins).toEqual([
      {
        name: 'configure',
        status: 'Pending',
        statusDetails: 'Pending',
        responseCode: -1,
        startedAt: null,
        finishedAt: null,
        output: '',
        outputLocation: null,
        otherFields: [],
      },
    ]);
  });

  it.each<[string, object, OutputLocation | null]>([
    [
      'in a bucket',
      {
        StandardOutputUrl: 'https://s3.eu-west-1.amazonaws.com/logs/a/stdout',
        StandardErrorUrl: 'https://s3.eu-west-1.amazonaws.com/logs/a/stderr',
        OutputS3BucketName: 'logs',
        OutputS3KeyPrefix: 'a',
        OutputS3Region: 'eu-west-1',
      },
      {
        stdoutUrl: 'https://s3.eu-west-1.amazonaws.com/logs/a/stdout',
        stderrUrl: 'https://s3.eu-west-1.amazonaws.com/logs/a/stderr',
        s3Bucket: 'logs',
        s3KeyPrefix: 'a',
        s3Region: 'eu-west-1',
      },
    ],
    [
      'in a bucket, before it has ended',
      { StandardOutputUrl: '', OutputS3BucketName: 'logs' },
      { stdoutUrl: '', stderrUrl: '', s3Bucket: 'logs', s3KeyPrefix: '', s3Region: '' },
    ],
    ['nowhere', { StandardOutputUrl: '', OutputS3BucketName: '', OutputS3Region: null }, null],
    ['somewhere of a wrong type', { StandardOutputUrl: 3, OutputS3BucketName: ['logs'] }, null],
  ])('whose plugin keeps its output %s', async (_, members, expected) => {
    const plugins = [{ Name: 'a', Status: 'Success', ...members }];
    const { pages } = await sweep([list([{ ...wireRow, CommandPlugins: plugins }])]);
    expect(pages[0]?.[0]?.plugins[0]?.outputLocation).toEqual(expected);
  });

  it('whose plugin is of wrong types', async () => {
    const plugins = [null, { Name: 3, Output: { text: '' }, ResponseCode: '0', Status: 1 }];
    const { pages } = await sweep([list([{ ...wireRow, CommandPlugins: plugins }])]);
    expect(pages[0]?.[0]?.plugins).toEqual([
      {
        name: '',
        status: '',
        statusDetails: '',
        responseCode: null,
        startedAt: null,
        finishedAt: null,
        output: '',
        outputLocation: null,
        otherFields: [],
      },
    ]);
  });

  it('keeps hostile text as it came', async () => {
    const Output = '\u001b]0;owned\u0007\u202e\u009b31m';
    const [plugin] = wireRow.CommandPlugins;
    const { pages } = await sweep([
      list([{ ...wireRow, InstanceName: Output, CommandPlugins: [{ ...plugin, Output }] }]),
    ]);
    expect(pages[0]?.[0]).toMatchObject({ instanceName: Output, plugins: [{ output: Output }] });
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['a text', 'row'],
    ['without InstanceId', { ...wireRow, InstanceId: undefined }],
    ['whose InstanceId is a number', { ...wireRow, InstanceId: 12 }],
    ['without Status', { ...wireRow, Status: undefined }],
    ['whose Status is a number', { ...wireRow, Status: 7 }],
    ['without CommandId', { ...wireRow, CommandId: undefined }],
    ['of another command', { ...wireRow, CommandId: '00000000-0000-4000-8000-000000000000' }],
  ])('%s is left out, and makes the sweep incomplete after the rest was read', async (_, bad) => {
    const other = { ...wireRow, InstanceId: 'i-00000002' };
    const { pages, thrown, endpoint } = await sweep([list([bad, wireRow], 'a'), list([other])]);
    expect(pages).toEqual([[row], [{ ...row, instanceId: 'i-00000002' }]]);
    expect(thrown).toMatchObject(incomplete(/^ListCommandInvocations: 1 of the listed/));
    expect(endpoint.calls).toHaveLength(2);
  });
});

describe('the list', () => {
  it.each<[string, unknown]>([
    ['missing', {}],
    ['null', { CommandInvocations: null }],
    ['a text', { CommandInvocations: 'none' }],
    ['a structure', { CommandInvocations: {} }],
    ['not in the answer itself', '{"__proto__":{"CommandInvocations":[]}}'],
    ['in an answer that is a list', [list([])]],
    ['in an answer that is a text', '"text"'],
  ])('that is %s is an answer that cannot be read', async (_, answer) => {
    const { pages, thrown } = await sweep([answer]);
    expect(pages).toEqual([]);
    expect(thrown).toMatchObject(incomplete(/^ListCommandInvocations: /));
  });

  it('that is empty is an empty page', async () => {
    const { pages, thrown } = await sweep([list([])]);
    expect([pages, thrown]).toEqual([[[]], null]);
  });
});
