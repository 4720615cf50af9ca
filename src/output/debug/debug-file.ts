import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  openSync,
  readSync,
  type Stats,
  writeSync,
} from 'node:fs';
import { fileReason } from '../file-reasons.ts';

/** What every one of our logs begins with. */
const beginning = '{"event":"start"';
const onlyForOwner = 0o600;
/** `O_NONBLOCK`: a pipe that nobody reads must not hold us up. Windows knows neither of the two. */
const flags =
  constants.O_RDWR |
  constants.O_CREAT |
  constants.O_APPEND |
  (constants.O_NOFOLLOW ?? 0) |
  (constants.O_NONBLOCK ?? 0);

/** Why a log cannot be kept in a file; the message names the file. */
export class DebugFileError extends Error {
  override readonly name = 'DebugFileError';
}

/** A file for the owner alone that lines are added to, each of them there before anything else happens. */
export class DebugFile {
  readonly path: string;
  readonly #tellFailure: (message: string) => void;
  #descriptor: number | null;

  /**
   * Makes the file, or goes on in one of our own logs, as TF_LOG_PATH and `ssh -E` do; anything else that has the name is
   * left alone. `tellFailure` is called, once, when no more can be written.
   *
   * @throws DebugFileError
   */
  constructor(path: string, tellFailure: (message: string) => void) {
    this.path = path;
    this.#tellFailure = tellFailure;
    this.#descriptor = openLog(path);
  }

  /** Adds a line. Synchronously: what was written last is what one looks for after a crash. */
  write(line: string): void {
    if (this.#descriptor === null) return;
    const bytes = Buffer.from(`${line}\n`);
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#descriptor, bytes, at);
    } catch (error) {
      this.close();
      this.#tellFailure(`the debug log ends here: ${this.path} cannot be written (${fileReason(error)})`);
    }
  }

  close(): void {
    const descriptor = this.#descriptor;
    if (descriptor === null) return;
    this.#descriptor = null;
    try {
      closeSync(descriptor);
    } catch {
      // It is written as far as it could be.
    }
  }
}

function openLog(path: string): number {
  let descriptor: number;
  try {
    descriptor = openSync(path, flags, onlyForOwner);
  } catch (error) {
    throw new DebugFileError(`the debug log ${path} cannot be opened (${fileReason(error)})`);
  }
  try {
    const obstacle = obstacleIn(descriptor, fstatSync(descriptor));
    if (obstacle !== null) throw new DebugFileError(`the debug log ${path} cannot be used: ${obstacle}`);
    // The umask may have taken from the mode, and an older log can have been opened to others.
    fchmodSync(descriptor, onlyForOwner);
  } catch (error) {
    closeSync(descriptor);
    if (error instanceof DebugFileError) throw error;
    throw new DebugFileError(`the debug log ${path} cannot be used (${fileReason(error)})`);
  }
  return descriptor;
}

/** Why nothing may be added to what was opened; null when it may. */
function obstacleIn(descriptor: number, stats: Stats): string | null {
  if (!stats.isFile()) return 'it is no file';
  // Somebody else could read what is written, or have us write somewhere else.
  if (process.getuid !== undefined && stats.uid !== process.getuid()) return 'it belongs to somebody else';
  if (stats.nlink > 1) return 'the file has another name, too';
  if (stats.size === 0) return null;
  const first = Buffer.alloc(beginning.length);
  readSync(descriptor, first, 0, first.length, 0);
  return first.toString() === beginning ? null : 'the file is there, and is no debug log; name a new one';
}
