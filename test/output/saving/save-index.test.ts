import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeIndex } from '../../../src/output/saving/save-index.ts';
import { commandId } from '../../helpers/fixtures.ts';
import { invocations, save } from '../../helpers/save-fixtures.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ssm-watch-'));
  path = join(folder, 'index.json');
});
afterEach(() => rm(folder, { recursive: true }));

const at = (savedAt: string, ...ids: string[]) => ({
  commandId,
  savedAt,
  instances: ids.map((instanceId) => ({
    instanceId,
    instanceName: '',
    status: 'Success',
    statusDetails: 'Success',
    exitCode: 0,
    savedAt,
    folder: instanceId,
    plugins: [],
  })),
});
const written = async () => JSON.parse(await readFile(path, 'utf8'));

it('keeps what an older one says of instances that are not saved now', async () => {
  await writeIndex(folder, at('2026-01-01T00:00:00.000Z', 'i-1', 'i-2', 'i-3'));
  await writeIndex(folder, at('2026-01-02T00:00:00.000Z', 'i-4', 'i-2'));
  const { savedAt, instances } = await written();
  expect(savedAt).toBe('2026-01-02T00:00:00.000Z');
  expect(instances.map((one: Record<string, unknown>) => [one.instanceId, one.savedAt])).toEqual([
    ['i-1', '2026-01-01T00:00:00.000Z'],
    ['i-2', '2026-01-02T00:00:00.000Z'],
    ['i-3', '2026-01-01T00:00:00.000Z'],
    ['i-4', '2026-01-02T00:00:00.000Z'],
  ]);
});

it.each<[string, string]>([
  ['no JSON', '{"commandId":'],
  ['nothing', ''],
  ['another JSON', '[1, 2]'],
  ['null', 'null'],
  ['that of another command', JSON.stringify({ ...at('2026-01-01', 'i-1'), commandId: 'other' })],
  ['instances that are none', JSON.stringify({ commandId, savedAt: 'x', instances: [null] })],
  [
    'plugins that are none',
    JSON.stringify({ commandId, savedAt: 'x', instances: [{ instanceId: 'a', plugins: [7] }] }),
  ],
  [
    'files that are none',
    JSON.stringify({ commandId, savedAt: 'x', instances: [{ instanceId: 'a', plugins: [{ files: [{}] }] }] }),
  ],
])('replaces %s', async (_, text) => {
  await writeFile(path, text);
  const index = at('2026-01-02T00:00:00.000Z', 'i-4');
  await writeIndex(folder, index);
  expect(await written()).toEqual(index);
});

it.skipIf(process.platform === 'win32')(
  'replaces a symbolic link and neither reads nor touches its target',
  async () => {
    const target = join(folder, 'target');
    const text = JSON.stringify(at('2026-01-01T00:00:00.000Z', 'i-1'));
    await writeFile(target, text);
    await symlink(target, path);
    const index = at('2026-01-02T00:00:00.000Z', 'i-4');
    await writeIndex(folder, index);
    expect(await written()).toEqual(index);
    expect(await readFile(target, 'utf8')).toBe(text);
  },
);

it.skipIf(process.platform === 'win32')(
  'can be read by the owner alone, whatever the older one was',
  async () => {
    await writeFile(path, '{}', { mode: 0o644 });
    await writeIndex(folder, at('2026-01-02T00:00:00.000Z'));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['index.json']);
  },
);

describe('when it cannot be replaced', () => {
  beforeEach(() => mkdir(join(path, 'in the way'), { recursive: true }));

  it('leaves no temporary file', async () => {
    await expect(writeIndex(folder, at('2026-01-02T00:00:00.000Z'))).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['index.json']);
  });

  it('what was saved stays, and the report says so', async () => {
    const command = join(folder, `ssm-watch-${commandId}`);
    await mkdir(join(command, 'index.json', 'in the way'), { recursive: true });
    const report = await save(folder, invocations(1, 'a'));
    expect(report).toMatchObject({
      saved: 2,
      stopped: null,
      indexProblem: expect.stringMatching(/^E[A-Z]+:/),
    });
    expect((await readdir(command)).sort()).toEqual(['i-00000000', 'index.json']);
  });
});
