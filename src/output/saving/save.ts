import { join } from 'node:path';
import type { Invocation } from '../../domain/invocation.ts';
import { fileName, makeOwnFolder, messageOf, removeIfEmpty } from './save-folder.ts';
import { writeIndex } from './save-index.ts';
import { NoSpaceError, type ReadStreams, saveInstance } from './save-instance.ts';
import { SaveLedger } from './save-ledger.ts';
import { isNotSaved, type SaveProgress, type SaveReport } from './save-report.ts';

/** Instances that are read at a time. */
const concurrency = 4;
/** How often it is told how many bytes were written. Milliseconds. */
const progressInterval = 200;

export interface SaveOptions {
  /** Epoch milliseconds, for the index. */
  readonly savedAt: number;
  /** Steady milliseconds, for how often progress is told. */
  readonly monotonic: () => number;
  /** Called at once, whenever an instance is done, and now and then while bytes are written. */
  readonly onProgress: (progress: SaveProgress) => void;
  /** Ends it early: whole files stay, and are in the index. */
  readonly signal: AbortSignal;
}

/**
 * Saves the outputs of invocations of one command as
 * `ssm-watch-<command id>/<instance id>/<n>-<plugin>.{stdout,stderr}` below `parent`, readable to the owner only, with
 * an `index.json` in the command's folder. What exists is left alone. A file that fails is recorded and the rest saved;
 * what ends it early is in the report. What ended before the first file leaves everything as it was.
 */
export async function saveOutputs(
  invocations: readonly Invocation[],
  read: ReadStreams,
  parent: string,
  { savedAt, monotonic, onProgress, signal }: SaveOptions,
): Promise<SaveReport> {
  const commandId = invocations[0]?.commandId ?? '';
  const folder = `ssm-watch-${fileName(commandId)}`;
  const path = join(parent, folder);
  const ledger = new SaveLedger(invocations);
  const report = (stopped: string | null, indexProblem: string | null): SaveReport => ({
    ...ledger.progress(),
    folder,
    instances: ledger.instances,
    cut: ledger.cut,
    secondBest: ledger.secondBest,
    stopped,
    indexProblem,
  });
  if (invocations.length === 0) return report(null, null);
  let toldAt = monotonic();
  const tell = () => {
    toldAt = monotonic();
    onProgress(ledger.progress());
  };
  const count = (bytes: number) => {
    ledger.addBytes(bytes);
    if (monotonic() - toldAt >= progressInterval) tell();
  };
  tell();
  let isMade: boolean;
  try {
    isMade = await makeOwnFolder(path);
  } catch (error) {
    return report(messageOf(error), null);
  }

  let stopped: string | null = null;
  const queue = invocations.values();
  const work = async () => {
    for (const invocation of queue) {
      if (stopped !== null) return;
      try {
        for await (const lot of saveInstance(invocation, path, counted(read, count), signal))
          ledger.add(invocation, lot);
      } catch (error) {
        stopped ??= endOf(error, signal);
        return;
      }
      ledger.finish(invocation);
      tell();
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));

  const unindexed = report(stopped, null);
  if (isNotSaved(unindexed)) {
    if (isMade) await removeIfEmpty(path);
    return unindexed;
  }
  const savedTime = new Date(savedAt).toISOString();
  const index = { commandId, savedAt: savedTime, instances: ledger.entries(savedTime) };
  return report(stopped, await problemOf(writeIndex(path, index)));
}

/** The same reading, the bytes of which are counted when they were taken: each piece is asked for after the last was written. */
function counted(read: ReadStreams, count: (bytes: number) => void): ReadStreams {
  async function* counting(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      yield piece;
      count(piece.byteLength);
    }
  }
  return async (...query) => {
    const { stdout, stderr } = await read(...query);
    return {
      stdout: { ...stdout, bytes: counting(stdout.bytes) },
      stderr: { ...stderr, bytes: counting(stderr.bytes) },
    };
  };
}

/** Why the saving of all that is left ends. @throws what is none of the known reasons */
function endOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'interrupted';
  if (error instanceof NoSpaceError) return error.message;
  throw error;
}

async function problemOf(work: Promise<unknown>): Promise<string | null> {
  return work.then(() => null, messageOf);
}
