const reasons: ReadonlyMap<unknown, string> = new Map([
  ['EACCES', 'permission denied'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EFBIG', 'the file would be larger than it may be'],
  ['EIO', 'input/output error'],
  ['EISDIR', 'it is a folder'],
  ['ELOOP', 'it is a symbolic link'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['ENOENT', 'no such folder'],
  ['ENOSPC', 'no space is left on the device'],
  ['ENOTDIR', 'a part of the path is no folder'],
  ['ENXIO', 'it is no file'],
  ['EPERM', 'not permitted'],
  ['EROFS', 'the file system is read-only'],
]);

/** The file system's name for an error, such as `ENOSPC`; undefined for errors of others. */
export function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** Why a file cannot be had or written, as it is said to people. */
export function fileReason(error: unknown): string {
  const code = codeOf(error);
  return reasons.get(code) ?? (typeof code === 'string' ? code : String(error));
}
