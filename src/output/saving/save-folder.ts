import { randomUUID } from 'node:crypto';
import { type FileHandle, lstat, mkdir, open, rename, rm, rmdir } from 'node:fs/promises';
import { orAborted } from '../../domain/abortable.ts';
import { codeOf } from '../file-reasons.ts';

/** Characters of a name that are kept: with what is put around them, every file system and Windows' paths take it. */
const longestName = 100;

/** A name from outside as a part of a path: it names something in its folder, whatever it says. */
export function fileName(name: string): string {
  const safe = name.replace(/[^A-Za-z0-9._-]/gu, '-').replace(/^\.+/, '-');
  return safe === '' ? '-' : safe.slice(0, longestName);
}

/**
 * Makes a folder for the owner alone, where there is none. A symbolic link could lead anywhere, and is refused. Gives
 * whether it was made.
 */
export async function makeOwnFolder(path: string): Promise<boolean> {
  const isMade = await mkdir(path, { mode: 0o700 }).then(
    () => true,
    (error: unknown) => {
      if (codeOf(error) === 'EEXIST') return false;
      throw error;
    },
  );
  if (!(await lstat(path)).isDirectory()) throw new Error(`${path} is not a folder`);
  return isMade;
}

/** Removes a folder that has nothing in it; any other stays. */
export async function removeIfEmpty(path: string): Promise<void> {
  // What cannot be removed does no harm.
  await rmdir(path).catch(() => {});
}

/** Whether something has that name, be it a link that leads nowhere. */
export async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw error;
  }
}

/**
 * Writes a new file for the owner alone, piece by piece, which has its name only when it is whole. Gives its size in bytes;
 * null when something has the name by then, which is left alone.
 *
 * @throws what the pieces threw, the file system's error, or the signal's reason
 */
export async function writeNewFile(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<number | null> {
  signal.throwIfAborted();
  const writing = async (file: FileHandle): Promise<number> => {
    let bytes = 0;
    for await (const piece of pieces) {
      await file.appendFile(piece);
      bytes += piece.byteLength;
    }
    return bytes;
  };
  return writeAside(path, async (file, giveName) => {
    const bytes = await orAborted(writing(file), signal);
    if (await exists(path)) return null;
    await giveName();
    return bytes;
  });
}

/**
 * Opens a file for the owner alone beside the path, for `write` to fill. `giveName` closes it and puts it in the place of
 * what has the path; without that it is removed.
 *
 * @throws what `write` threw, or the file system's error
 */
export async function writeAside<Value>(
  path: string,
  write: (file: FileHandle, giveName: () => Promise<void>) => Promise<Value>,
): Promise<Value> {
  const aside = `${path}-${randomUUID()}.tmp`;
  const file = await open(aside, 'wx', 0o600);
  try {
    return await write(file, async () => {
      // Some file systems say only here that there is no space.
      await file.close();
      await rename(aside, path);
    });
  } finally {
    // What still writes after an abort ends at the closed file.
    await file.close().catch(() => {});
    await rm(aside, { force: true });
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
