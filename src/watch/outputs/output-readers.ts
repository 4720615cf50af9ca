import type { Invocation } from '../../domain/invocation.ts';
import type { PluginOutput } from '../../domain/plugin-output.ts';
import type { ReadEvents, ReadObject } from './stream-readers.ts';

/** Reads what GetCommandInvocation gives of a plugin, by its name. @throws RemoteError, or the signal's reason */
type ReadPluginOutput = (
  invocation: Invocation,
  pluginName: string,
  signal: AbortSignal,
) => Promise<PluginOutput>;

/** Reads again what the list gives of a plugin, by its index. @throws RemoteError, or the signal's reason */
type ReadListedOutput = (
  invocation: Invocation,
  pluginIndex: number,
  signal: AbortSignal,
) => Promise<PluginOutput>;

/** How the sources of output are read. */
export interface OutputReaders {
  readonly readObject: ReadObject;
  readonly readEvents: ReadEvents;
  readonly readPluginOutput: ReadPluginOutput;
  readonly readListedOutput: ReadListedOutput;
}

/** Readers for the two streams of one plugin, which share the answers that have both. */
export function sharingPluginOutput(readers: OutputReaders): OutputReaders {
  let asked: Promise<PluginOutput> | null = null;
  let listed: Promise<PluginOutput> | null = null;
  return {
    ...readers,
    readPluginOutput: (...query) => {
      asked ??= readers.readPluginOutput(...query);
      return asked;
    },
    readListedOutput: (...query) => {
      listed ??= readers.readListedOutput(...query);
      return listed;
    },
  };
}
