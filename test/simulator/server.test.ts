import { ListCommandInvocationsCommand, ListCommandsCommand } from '@aws-sdk/client-ssm';
import { afterEach, describe, expect, test } from 'vitest';
import { manualClock } from '../../src/simulator/model/clock.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/simulator/server.ts';
import { clientOf, post, sentAt } from './fixtures.ts';

const opened: Simulator[] = [];

async function start(options: Partial<SimulatorOptions> = {}) {
  const clock = manualClock(sentAt);
  const simulator = await startSimulator({ scenario: 'bad', clock, pagingTricks: false, ...options });
  opened.push(simulator);
  return { simulator, clock };
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((simulator) => simulator.close()));
});

describe('the wire', () => {
  test('has the virtual date and a request ID on every answer', async () => {
    const { simulator, clock } = await start();
    clock.advance(3_600_000);
    for (const operation of ['ListCommands', 'Nothing']) {
      const { headers } = await post(simulator, operation, {});
      expect(headers.get('date')).toBe('Sun, 27 Sep 2026 01:39:03 GMT');
      expect(headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get('content-type')).toBe('application/x-amz-json-1.1');
    }
  });

  test('writes dates as seconds in two notations, which mean the same', async () => {
    const { simulator, clock } = await start();
    clock.advance(10_000);
    const text = await (
      await post(simulator, 'ListCommandInvocations', { CommandId: simulator.commandId })
    ).text();
    expect(text).toMatch(/"RequestedDateTime":1\.7904695\d*E9/);
    expect(text).toMatch(/"RequestedDateTime":17904695\d\d(\.\d+)?,/);
    const { CommandInvocations = [] } = await clientOf(simulator).send(
      new ListCommandInvocationsCommand({ CommandId: simulator.commandId }),
    );
    for (const { RequestedDateTime } of CommandInvocations) {
      const offset = (RequestedDateTime?.getTime() ?? 0) - sentAt;
      expect(offset).toBeGreaterThan(0);
      expect(offset).toBeLessThan(3000);
    }
  });

  test('sends empty members, and leaves out what does not exist yet', async () => {
    const { simulator, clock } = await start();
    clock.advance(4200);
    const input = {
      CommandId: simulator.commandId,
      Details: true,
      Filters: [{ key: 'Status', value: 'InProgress' }],
    };
    const answer = (await (await post(simulator, 'ListCommandInvocations', input)).json()) as object;
    expect(answer).not.toHaveProperty('NextToken');
    const [row] = (answer as { CommandInvocations: Record<string, unknown>[] }).CommandInvocations;
    expect(row).toEqual({
      CloudWatchOutputConfig: { CloudWatchLogGroupName: '', CloudWatchOutputEnabled: false },
      CommandId: simulator.commandId,
      CommandPlugins: [
        {
          Name: 'aws:runShellScript',
          Output: '',
          OutputS3BucketName: '',
          OutputS3KeyPrefix: '',
          OutputS3Region: '',
          ResponseCode: -1,
          StandardErrorUrl: '',
          StandardOutputUrl: '',
          Status: 'InProgress',
          StatusDetails: 'InProgress',
        },
      ],
      Comment: 'patch kernel',
      DocumentName: 'AWS-RunShellScript',
      DocumentVersion: '$DEFAULT',
      InstanceId: expect.any(String),
      InstanceName: expect.any(String),
      NotificationConfig: { NotificationArn: '', NotificationEvents: [], NotificationType: '' },
      RequestedDateTime: expect.any(Number),
      ServiceRole: '',
      StandardErrorUrl: '',
      StandardOutputUrl: '',
      Status: 'InProgress',
      StatusDetails: 'InProgress',
    });
  });
});

describe('a request that is none of SSM', () => {
  test.each([
    ['an unknown operation', 'DescribeThings', {}, 'UnknownOperationException'],
    [
      'another content type',
      'ListCommands',
      { 'content-type': 'application/json' },
      'UnknownOperationException',
    ],
    [
      'another service',
      'ListCommands',
      { 'x-amz-target': 'DynamoDB.ListCommands' },
      'UnknownOperationException',
    ],
    ['no signature', 'ListCommands', { authorization: '' }, 'MissingAuthenticationTokenException'],
    [
      'half a signature',
      'ListCommands',
      { authorization: 'AWS4-HMAC-SHA256 Credential=x' },
      'IncompleteSignatureException',
    ],
    [
      'a signature for S3',
      'ListCommands',
      {
        authorization: `AWS4-HMAC-SHA256 Credential=x/20260927/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
      },
      'InvalidSignatureException',
    ],
  ])('%s', async (_, operation, headers, type) => {
    const { simulator } = await start();
    const response = await post(simulator, operation, {}, headers);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ __type: type });
  });

  test('a GET', async () => {
    const { simulator } = await start();
    expect((await fetch(simulator.url)).status).toBe(400);
  });

  test('bad JSON, and more of it than AWS takes', async () => {
    const { simulator } = await start();
    const bad = await post(simulator, 'ListCommands', '{"CommandId":');
    expect([bad.status, await bad.json()]).toEqual([400, { __type: 'SerializationException' }]);
    expect((await post(simulator, 'ListCommands', 'x'.repeat(2_000_000))).status).toBe(413);
  });

  test('errors that have no message send none', async () => {
    const { simulator } = await start();
    const answer = await post(simulator, 'CancelCommand', {
      CommandId: '00000000-0000-4000-8000-000000000000',
    });
    expect(await answer.json()).toEqual({ __type: 'InvalidCommandId' });
  });
});

describe('the simulator', () => {
  test('records what was asked of it', async () => {
    const { simulator, clock } = await start();
    clock.advance(500);
    await clientOf(simulator).send(new ListCommandsCommand({ MaxResults: 3 }));
    await post(simulator, 'Nothing', 'not json');
    expect(simulator.requests).toEqual([
      { operation: 'ListCommands', input: { MaxResults: 3 }, at: sentAt + 500, status: 200 },
      { operation: undefined, input: 'not json', at: sentAt + 500, status: 400 },
    ]);
  });

  test('has the same account for the same seed, and another for another', async () => {
    const ids = async (seed: number) => {
      const { simulator } = await start({ seed });
      return [
        simulator.commandId,
        ...(simulator.truth()?.invocations.map(({ instanceId }) => instanceId) ?? []),
      ];
    };
    expect(await ids(7)).toEqual(await ids(7));
    expect(await ids(7)).not.toEqual(await ids(8));
  });

  test('has as many instances as it is told', async () => {
    const { simulator } = await start({ instances: 3 });
    expect(simulator.truth()?.targetCount).toBe(3);
    await expect(start({ instances: 0 })).rejects.toThrow('instances must be a positive whole number');
  });

  test('says when its port is taken', async () => {
    const { simulator } = await start();
    const port = Number(new URL(simulator.url).port);
    await expect(start({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test('knows no rollout of an unknown ID', async () => {
    const { simulator } = await start();
    expect(simulator.truth('00000000-0000-4000-8000-000000000000')).toBeUndefined();
  });
});
