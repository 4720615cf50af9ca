import { describe, expect, it } from 'vitest';
import { readPluginOutput } from '../../src/aws/get-invocation.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { connectTo } from '../helpers/connect-to.ts';
import { openEndpoint } from '../helpers/endpoint.ts';
import { commandId, instanceId } from '../helpers/fixtures.ts';
import { openWatch } from '../helpers/watch-simulator.ts';

isolateAwsEnvironment();

const { signal } = new AbortController();
const query = { commandId, instanceId, plugin: 'configurePackage' };

describe('readPluginOutput', () => {
  it.each([
    [
      'both streams',
      'out\n',
      'err\n',
      { stdout: 'out\n', stderr: 'err\n', stdoutTruncated: false, stderrTruncated: false },
    ],
    ['nothing', '', '', { stdout: '', stderr: '', stdoutTruncated: false, stderrTruncated: false }],
    [
      'streams that were cut, without the marks',
      'out\n--output truncated--',
      'err--output truncated--',
      { stdout: 'out', stderr: 'err', stdoutTruncated: true, stderrTruncated: true },
    ],
    [
      'one stream where the other is no text',
      5,
      'err',
      { stdout: '', stderr: 'err', stdoutTruncated: false, stderrTruncated: false },
    ],
  ])('gives %s', async (_, StandardOutputContent, StandardErrorContent, output) => {
    await using endpoint = await openEndpoint(() => ({
      body: { StandardOutputContent, StandardErrorContent },
    }));
    expect(await readPluginOutput(connectTo(endpoint.url), query, signal)).toEqual(output);
  });

  it.each([
    ['AccessDeniedException', 'access-denied', 'ssm:GetCommandInvocation'],
    ['InvocationDoesNotExist', 'service', 'InvocationDoesNotExist'],
  ])('tells %s', async (type, kind, words) => {
    await using endpoint = await openEndpoint(() => ({ status: 400, body: { __type: type, Message: 'no' } }));
    await expect(readPluginOutput(connectTo(endpoint.url), query, signal)).rejects.toMatchObject({
      problem: { kind, message: expect.stringContaining(words) },
    });
  });

  it.each<[string, unknown]>([
    ['no output', {}],
    ['outputs that are no texts', { StandardOutputContent: {}, StandardErrorContent: null }],
    ['no members', []],
  ])('does not take an answer with %s for silence', async (_, body) => {
    await using endpoint = await openEndpoint(() => ({ body }));
    await expect(readPluginOutput(connectTo(endpoint.url), query, signal)).rejects.toMatchObject({
      problem: { kind: 'response', message: 'GetCommandInvocation: the answer has no output' },
    });
  });

  it('gives more than the list has, from the simulator', async () => {
    await using watch = await openWatch({ scenario: 'healthy' });
    await watch.run();
    const { rows } = watch.store.getSnapshot();
    const cut = rows.find(({ plugins }) => plugins[0]?.output.includes('---Output truncated---'));
    const output = await readPluginOutput(
      connectTo(watch.simulator.url),
      {
        commandId: watch.simulator.commandId,
        instanceId: cut?.instanceId ?? '',
        plugin: 'aws:runShellScript',
      },
      signal,
    );
    expect(output.stdout.length).toBeGreaterThan(2_500);
    expect(output.stdout).toContain(cut?.plugins[0]?.output.slice(0, 100));
  });
});
