import { expect, it } from 'vitest';
import { readListedOutput } from '../../src/aws/listed-output.ts';
import { SsmRolloutReader } from '../../src/aws/ssm-rollout-reader.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { connectTo, staticCredentials } from '../helpers/connect-to.ts';
import { openEndpoint } from '../helpers/endpoint.ts';
import { commandId, instanceId } from '../helpers/fixtures.ts';

isolateAwsEnvironment();

const row = {
  CommandId: commandId,
  InstanceId: instanceId,
  Status: 'Failed',
  CommandPlugins: [
    { Name: 'a', Status: 'Success', Output: 'first' },
    { Name: 'a', Status: 'Failed', Output: 'out\n----------ERROR-------\nerr' },
  ],
};

/** Reads the output of the plugin with that index where the list has these rows. */
async function read(rows: readonly object[], plugin: number) {
  await using endpoint = await openEndpoint(() => ({ body: { CommandInvocations: rows } }));
  const connection = connectTo(endpoint.url);
  const { signal } = new AbortController();
  const output = await readListedOutput(connection, { commandId, instanceId }, plugin, signal).finally(() =>
    connection.close(),
  );
  return { output, requests: endpoint.calls.map(({ body }) => JSON.parse(body) as unknown) };
}

it('reads again what the list gives of one invocation, with Details', async () => {
  const { output, requests } = await read([row], 1);
  expect(output).toMatchObject({ stdout: 'out', stderr: 'err', stdoutTruncated: false });
  expect(requests).toEqual([{ CommandId: commandId, InstanceId: instanceId, MaxResults: 50, Details: true }]);
});

it.each([
  ['the invocation', [], 0],
  ['the plugin', [row], 2],
])('says that AWS no longer lists %s', async (_, rows, plugin) => {
  await expect(read(rows, plugin)).rejects.toMatchObject({
    problem: { kind: 'response', message: expect.stringContaining('no longer lists') },
  });
});

it('proves nothing of other credentials than those that the rollout was shown to', async () => {
  await using endpoint = await openEndpoint(() => ({ body: { CommandInvocations: [row] } }));
  const identities = [
    { ...staticCredentials, accessKeyId: 'AKIDFIRST', accountId: '111111111111' },
    { ...staticCredentials, accessKeyId: 'AKIDOTHER' },
  ];
  const connection = connectTo(endpoint.url, {
    credentials: () => {
      const identity = identities.shift() ?? staticCredentials;
      return async () => identity;
    },
  });
  const { signal } = new AbortController();
  const watched = { commandId, instanceId: null, pageSize: 50 };
  await new SsmRolloutReader(connection, watched).readInvocation(instanceId, signal);
  connection.credentials.renew(connection.credentials.renewals);
  await readListedOutput(connection, { commandId, instanceId }, 0, signal);
  connection.close();
  const { generation, inUse } = connection.credentials;
  expect({ generation, inUse }).toEqual({ generation: 0, inUse: 'AKIDOTHER' });
  expect(connection.credentials.isOf('AKIDOTHER')).toBe(false);
});
