import { lstat, mkdir, open, rm, rmdir } from 'node:fs/promises';
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
 * Writes a new file for the owner alone, piece by piece. Gives its size in bytes; null when something had the name, which
 * is left alone. A file that cannot be had whole is removed.
 *
 * @throws what the pieces threw, the file system's error, or the signal's reason
 */
export async function writeNewFile(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<number | null> {
  signal.throwIfAborted();
  const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
    if (codeOf(error) === 'EEXIST') return null;
    throw error;
  });
  if (file === null) return null;
  const writing = async (): Promise<number> => {
    let bytes = 0;
    for await (const piece of pieces) {
      await file.appendFile(piece);
      bytes += piece.byteLength;
    }
    return bytes;
  };
  try {
    const bytes = await orAborted(writing(), signal);
    // Some file systems say only here that there is no space.
    await file.close();
    return bytes;
  } catch (error) {
    // What still writes after an abort ends at the closed file.
    await file.close().catch(() => {});
    await rm(path, { force: true });
    throw error;
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
