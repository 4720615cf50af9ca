import { join } from 'node:path';
import { orAborted } from '../../domain/abortable.ts';
import type { Invocation, Plugin } from '../../domain/invocation.ts';
import type { PluginStreams } from '../../domain/plugin-streams.ts';
import { wasNotReached } from '../../domain/skipped-steps.ts';
import { isTerminal } from '../../domain/status.ts';
import { codeOf, fileReason } from '../file-reasons.ts';
import { exists, fileName, makeOwnFolder, messageOf, removeIfEmpty, writeNewFile } from './save-folder.ts';
import type { IndexedFile } from './save-index.ts';

/**
 * Gives the output of a plugin, named by its index, from the best source there is.
 *
 * @throws RemoteError, or the signal's reason
 */
export type ReadStreams = (
  invocation: Invocation,
  plugin: number,
  signal: AbortSignal,
) => Promise<PluginStreams>;

/** What became of one stream of the plugin with that index. */
export interface FileLot {
  readonly plugin: number;
  readonly file: IndexedFile;
}

/** No further file can be written either. */
export class NoSpaceError extends Error {
  override readonly name = 'NoSpaceError';
}

const streams = ['stdout', 'stderr'] as const;
/** Errors after which no further file can be written either. */
const noSpace: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT']);

/**
 * Saves the outputs of an invocation in the command's folder, as `<instance id>/<n>-<plugin>.{stdout,stderr}`, and yields
 * what became of each file. What fails is yielded like the rest. What exists is neither read nor touched. A step that is
 * not over gets no files: what it has by now would be kept for the whole; nor does one that did not run. A file that is
 * not yielded is not there, nor is a folder that was made and got none.
 *
 * @throws NoSpaceError, or the signal's reason
 */
export async function* saveInstance(
  invocation: Invocation,
  commandFolder: string,
  read: ReadStreams,
  signal: AbortSignal,
): AsyncGenerator<FileLot> {
  const folder = join(commandFolder, fileName(invocation.instanceId));
  let making: Promise<boolean> | null = null;
  try {
    for (const [index, plugin] of invocation.plugins.entries()) {
      const fileless = filelessLot(plugin, invocation);
      let reading: Promise<PluginStreams> | null = null;
      for (const stream of streams) {
        const name = `${index + 1}-${fileName(plugin.name)}.${stream}`;
        const path = join(folder, name);
        let lot: Omit<IndexedFile, 'name' | 'stream'>;
        try {
          signal.throwIfAborted();
          if (fileless === null) {
            making ??= makeOwnFolder(folder);
            await making;
          }
          if (await exists(path)) {
            lot = skipped;
          } else if (fileless !== null) {
            lot = fileless;
          } else {
            reading ??= orAborted(read(invocation, index, signal), signal);
            const { source, truncated, note, bytes: pieces } = (await reading)[stream];
            const bytes = await writeNewFile(path, pieces, signal);
            lot =
              bytes === null ? skipped : { result: 'saved', bytes, source, truncated, note, message: null };
          }
        } catch (error) {
          lot = failed(error, signal);
        }
        yield { plugin: index, file: { name, stream, ...lot } };
      }
    }
  } finally {
    if (making !== null && (await making.catch(() => false))) await removeIfEmpty(folder);
  }
}

const skipped = {
  result: 'skipped',
  bytes: null,
  source: null,
  truncated: null,
  note: null,
  message: null,
} as const;

const notRun = { ...skipped, result: 'not-run', message: 'the step did not run' } as const;

const running = { ...skipped, result: 'running', message: 'the step is not over' } as const;

/** What becomes of the files of a step that has no output, and none yet; null where it has. */
function filelessLot(plugin: Plugin, invocation: Invocation): typeof notRun | typeof running | null {
  if (wasNotReached(plugin, invocation)) return notRun;
  return isTerminal(plugin) || isTerminal(invocation) ? null : running;
}

/** @throws what ends the saving of all that is left */
function failed(error: unknown, signal: AbortSignal): Omit<IndexedFile, 'name' | 'stream'> {
  signal.throwIfAborted();
  if (noSpace.has(codeOf(error))) throw new NoSpaceError(fileReason(error), { cause: error });
  return { ...skipped, result: 'failed', message: messageOf(error) };
}
