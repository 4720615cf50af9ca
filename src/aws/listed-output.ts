import type { Invocation } from '../domain/invocation.ts';
import { type PluginOutput, splitOutput } from '../domain/plugin-output.ts';
import type { Connection } from './connection.ts';
import { SsmRolloutReader } from './rollout-reader.ts';
import { malformed } from './wire.ts';

/**
 * What ListCommandInvocations gives of the output of a plugin, named by its index, read again.
 *
 * @throws RemoteError; the signal's reason when that was aborted
 */
export async function readListedOutput(
  connection: Connection,
  { commandId, instanceId }: Pick<Invocation, 'commandId' | 'instanceId'>,
  plugin: number,
  signal: AbortSignal,
): Promise<PluginOutput> {
  const reader = new SsmRolloutReader(connection, { commandId, instanceId, pageSize: 50 });
  const listed = (await reader.readInvocation(instanceId, signal))?.plugins[plugin];
  if (!listed) throw malformed('ListCommandInvocations', 'AWS no longer lists the plugin of the invocation');
  return splitOutput(listed.output);
}
