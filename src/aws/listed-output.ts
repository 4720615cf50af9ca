import type { Invocation } from '../domain/invocation.ts';
import { inOneGo } from '../domain/paging.ts';
import { type PluginOutput, splitOutput } from '../domain/plugin-output.ts';
import type { Connection } from './connection.ts';
import { listInvocations, mostInPage } from './list-invocations.ts';
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
  const query = { commandId, instanceId, status: null, details: true, pageSize: mostInPage };
  for await (const [row] of listInvocations(connection, query, inOneGo, signal)) {
    const listed = row?.plugins[plugin];
    if (listed) return splitOutput(listed.output);
  }
  throw malformed('ListCommandInvocations', 'AWS no longer lists the plugin of the invocation');
}
