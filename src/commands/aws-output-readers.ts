import type { Connection } from '../aws/connection.ts';
import { readPluginOutput } from '../aws/get-invocation.ts';
import { LogReader } from '../aws/get-log-events.ts';
import { ObjectReader } from '../aws/get-object.ts';
import { readListedOutput } from '../aws/listed-output.ts';
import type { OutputReaders } from '../watch/outputs/output-readers.ts';

/** Reads outputs from all of AWS's places for them, through one connection. */
export function createOutputReaders(connection: Connection): OutputReaders {
  const objects = new ObjectReader(connection);
  const logs = new LogReader(connection);
  return {
    readObject: (location, range, signal) => objects.read(location, range, signal),
    readEvents: (location, place, signal) => logs.read(location, place, signal),
    readPluginOutput: ({ commandId, instanceId }, plugin, signal) =>
      readPluginOutput(connection, { commandId, instanceId, plugin }, signal),
    readListedOutput: (invocation, plugin, signal) =>
      readListedOutput(connection, invocation, plugin, signal),
  };
}
