import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { safeJson } from '../safe-json.ts';
import { writeAside } from './save-folder.ts';

/** What became of one stream of a plugin. `bytes`, `source` and `truncated` are null where they are not known. */
export interface IndexedFile {
  /** In the instance's folder. */
  readonly name: string;
  readonly stream: 'stdout' | 'stderr';
  /** `skipped`: it was there before. `running`: the step is not over, and there is no file yet; `not-run`: nor will be. */
  readonly result: 'saved' | 'skipped' | 'running' | 'not-run' | 'failed';
  readonly bytes: number | null;
  readonly source: string | null;
  readonly truncated: boolean | null;
  /** Why it is not had from a better source. */
  readonly note: string | null;
  /** Why there is no file. */
  readonly message: string | null;
}

interface IndexedPlugin {
  readonly name: string;
  readonly statusDetails: string;
  readonly responseCode: number | null;
  readonly files: readonly IndexedFile[];
}

export interface IndexedInstance {
  readonly instanceId: string;
  readonly instanceName: string;
  readonly status: string;
  readonly statusDetails: string;
  readonly exitCode: number | null;
  /** ISO 8601, UTC. */
  readonly savedAt: string;
  /** In the command's folder. */
  readonly folder: string;
  readonly plugins: readonly IndexedPlugin[];
}

/** `index.json` in a command's folder: what was saved of it, now and before. */
export interface SaveIndex {
  readonly commandId: string;
  /** ISO 8601, UTC. */
  readonly savedAt: string;
  readonly instances: readonly IndexedInstance[];
}

/**
 * Replaces the `index.json` of a command's folder in one step. What an older one says of other instances is kept.
 *
 * @throws the file system's error; the older one is then as it was
 */
export async function writeIndex(folder: string, index: SaveIndex): Promise<void> {
  const path = join(folder, 'index.json');
  const text = `${safeJson(mergeIndexes(await readIndex(path, index.commandId), index), 2)}\n`;
  await writeAside(path, async (file, giveName) => {
    await file.writeFile(text);
    await giveName();
  });
}

/** The older index with the instances of the newer one in the place of what it said of them, or at its end. */
function mergeIndexes(older: SaveIndex | null, newer: SaveIndex): SaveIndex {
  const instances = new Map((older?.instances ?? []).map((instance) => [instance.instanceId, instance]));
  for (const instance of newer.instances) {
    instances.set(instance.instanceId, withKnownFiles(instance, instances.get(instance.instanceId)));
  }
  return { ...newer, instances: [...instances.values()] };
}

/** Of a file that was left alone, only the index of the time when it was saved knows where it came from. */
function withKnownFiles(instance: IndexedInstance, older: IndexedInstance | undefined): IndexedInstance {
  const known = new Map(
    (older?.plugins ?? []).flatMap(({ files }) => files.map((file) => [file.name, file])),
  );
  const recall = (file: IndexedFile): IndexedFile => {
    const before = file.result === 'skipped' ? known.get(file.name) : undefined;
    if (!before || before.result === 'failed') return file;
    const { bytes, source, truncated, note } = before;
    return { ...file, bytes, source, truncated, note };
  };
  const plugins = instance.plugins.map((plugin) => ({ ...plugin, files: plugin.files.map(recall) }));
  return { ...instance, plugins };
}

/** The index that is there, when it is one of ours of that command; a symbolic link is none. */
async function readIndex(path: string, commandId: string): Promise<SaveIndex | null> {
  try {
    if (!(await lstat(path)).isFile()) return null;
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    return isIndex(value) && value.commandId === commandId ? value : null;
  } catch {
    // None, unreadable or no JSON: it has nothing to tell.
    return null;
  }
}

function isIndex(value: unknown): value is SaveIndex {
  return (
    isObject(value) &&
    isArrayOf(value.instances, isInstance) &&
    isText(value.commandId) &&
    isText(value.savedAt)
  );
}

function isInstance(value: unknown): value is IndexedInstance {
  return isObject(value) && isText(value.instanceId) && isArrayOf(value.plugins, isPlugin);
}

function isPlugin(value: unknown): value is IndexedPlugin {
  return isObject(value) && isArrayOf(value.files, isFile);
}

function isFile(value: unknown): value is IndexedFile {
  return isObject(value) && isText(value.name) && isText(value.result);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isArrayOf<T>(value: unknown, isOne: (item: unknown) => item is T): value is T[] {
  return Array.isArray(value) && value.every(isOne);
}
