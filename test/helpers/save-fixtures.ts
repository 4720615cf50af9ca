import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { PluginStreams, SavedStream } from '../../src/domain/plugin-streams.ts';
import { type SaveOptions, saveOutputs } from '../../src/output/saving/save.ts';
import type { ReadStreams } from '../../src/output/saving/save-instance.ts';
import { invocation, plugin, requestedAt } from './fixtures.ts';

/** Options of a save that nobody watches and nobody ends. */
function saveOptions(changes: Partial<SaveOptions> = {}): SaveOptions {
  return {
    savedAt: requestedAt,
    monotonic: () => 0,
    onProgress: () => {},
    signal: new AbortController().signal,
    ...changes,
  };
}

/** A whole stream from GetCommandInvocation. */
export function stream(text: string, changes: Partial<SavedStream> = {}): SavedStream {
  return { source: 'GetCommandInvocation', truncated: false, note: null, bytes: pieces(text), ...changes };
}

/** The text in pieces of ten bytes. */
export async function* pieces(text: string): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 10) yield bytes.subarray(at, at + 10);
}

/** The text, and then an error. */
export async function* brokenPieces(text: string, error: unknown): AsyncGenerator<Uint8Array> {
  yield* pieces(text);
  throw error;
}

/** Says which plugin of which instance it is, on both streams. */
export const readNamed: ReadStreams = async ({ instanceId }, index) =>
  streams(`out of ${instanceId} ${index}`, `err of ${instanceId} ${index}`);

export function streams(stdout: string, stderr = ''): PluginStreams {
  return { stdout: stream(stdout), stderr: stream(stderr) };
}

/** That many invocations, `i-00000000` and on, each with the plugins of these names. */
export function invocations(count: number, ...plugins: string[]) {
  return Array.from({ length: count }, (_, index) =>
    invocation({
      instanceId: `i-${String(index).padStart(8, '0')}`,
      plugins: plugins.map((name) => plugin({ name })),
    }),
  );
}

/** Saves what `readNamed` gives, unless told otherwise. */
export const save = (
  parent: string,
  saved: Parameters<typeof saveOutputs>[0],
  read: ReadStreams = readNamed,
  changes: Partial<SaveOptions> = {},
) => saveOutputs(saved, read, parent, saveOptions(changes));

/** Every file below a folder, by its path there, with its text. */
export async function filesBelow(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(
    paths.map(async (path) => [relative(folder, path), await readFile(path, 'utf8')] as const),
  );
  return Object.fromEntries(texts.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** What index.json in the folder of a command says. */
export const readIndex = async (folder: string) =>
  JSON.parse(await readFile(join(folder, 'index.json'), 'utf8'));
