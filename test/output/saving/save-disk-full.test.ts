import { type FileHandle, mkdtemp, open, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { commandId } from '../../helpers/fixtures.ts';
import { invocations, save } from '../../helpers/save-fixtures.ts';

// A disk is not full when a test wants it to be.
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  return { ...real, open: vi.fn(real.open) };
});

let parent: string;
let folder: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'ssm-watch-'));
  folder = join(parent, `ssm-watch-${commandId}`);
});
afterEach(() => rm(parent, { recursive: true }));

/** Makes the second write to every file whose path fits meet an error, as a disk does that is full. */
async function breakWrites(fits: RegExp, code: string): Promise<void> {
  const { open: real } = await vi.importActual<typeof import('node:fs/promises')>('node:fs/promises');
  vi.mocked(open).mockImplementation(async (path, ...rest): Promise<FileHandle> => {
    const file = await real(path, ...rest);
    if (!fits.test(String(path))) return file;
    const append = file.appendFile.bind(file);
    const error = Object.assign(new Error(`${code}: as the test wants it, write`), { code });
    vi.spyOn(file, 'appendFile').mockImplementationOnce(append).mockRejectedValue(error);
    return file;
  });
}

it.each([
  ['ENOSPC', 'no space is left on the device'],
  ['EDQUOT', 'the disk quota is used up'],
])('%s ends it, leaves no half of a file, and is told', async (code, stopped) => {
  await breakWrites(/i-000000[1-9]\d/, code);
  const report = await save(parent, invocations(100, 'a'));
  expect(report).toMatchObject({
    done: 10,
    saved: 20,
    failed: 0,
    instances: 10,
    stopped,
    indexProblem: null,
  });
  const files = await readdir(folder, { recursive: true });
  expect(files.filter((name) => /std(out|err)$/.test(name))).toHaveLength(20);
  expect(JSON.parse(await readFile(join(folder, 'index.json'), 'utf8')).instances).toHaveLength(10);
});

it('no instance is begun when the space is used up, though it may be had again', async () => {
  await breakWrites(/i-00000010.1-a\.stdout/, 'ENOSPC');
  const report = await save(parent, invocations(200, 'a'));
  expect(report).toMatchObject({ failed: 0, stopped: 'no space is left on the device' });
  expect(report.done).toBeLessThan(100);
  expect(report.done).toBe(report.instances);
});

it('another error of the file system fails that file alone', async () => {
  await breakWrites(/i-00000125.1-a\.stdout/, 'EIO');
  const report = await save(parent, invocations(200, 'a'));
  expect(report).toMatchObject({ done: 200, saved: 399, failed: 1, instances: 200, stopped: null });
  expect(await readdir(join(folder, 'i-00000125'))).toEqual(['1-a.stderr']);
});
