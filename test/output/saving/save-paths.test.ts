import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandId, invocation, plugin } from '../../helpers/fixtures.ts';
import { filesBelow, invocations, readIndex, readNamed, save } from '../../helpers/save-fixtures.ts';

let parent: string;
let folder: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'ssm-watch-'));
  folder = join(parent, `ssm-watch-${commandId}`);
});
afterEach(() => rm(parent, { recursive: true }));

const index = () => readIndex(folder);

describe('names', () => {
  it('of plugins become parts of a path that every file system takes', async () => {
    const names = ['a/b', 'a:b', '..', '.hidden', '', '日本👩', 'x'.repeat(300), '\u0000\n'];
    const report = await save(parent, invocations(1, ...names));
    expect(report).toMatchObject({ saved: 16, failed: 0 });
    const files = await filesBelow(join(folder, 'i-00000000'));
    expect(Object.keys(files).filter((name) => name.endsWith('.stdout'))).toEqual([
      '1-a-b.stdout',
      '2-a-b.stdout',
      '3--.stdout',
      '4--hidden.stdout',
      '5--.stdout',
      '6----.stdout',
      `7-${'x'.repeat(100)}.stdout`,
      '8---.stdout',
    ]);
    expect(files['2-a-b.stdout']).toBe('out of i-00000000 1');
  });

  it.each(['.', '..', '...', '../..', '/etc', '', 'i'.repeat(300)])(
    'of instances stay below the folder of the command: %j',
    async (id) => {
      const rows = [invocation({ instanceId: id, plugins: [plugin()] })];
      expect(await save(parent, rows)).toMatchObject({ saved: 2, failed: 0, indexProblem: null });
      expect(await readdir(parent)).toEqual([`ssm-watch-${commandId}`]);
      const [instance = ''] = (await readdir(folder)).filter((name) => name !== 'index.json');
      expect(await readdir(join(folder, instance))).toHaveLength(2);
      expect((await index()).instances).toMatchObject([{ instanceId: id, folder: instance }]);
    },
  );
});

it('no folder stays of an instance all of whose files fail', async () => {
  const report = await save(parent, invocations(2, 'a'), async (row, at, signal) => {
    if (row.instanceId === 'i-00000000') throw new Error('denied');
    return readNamed(row, at, signal);
  });
  expect(report).toMatchObject({ saved: 2, failed: 2 });
  expect((await readdir(folder)).sort()).toEqual(['i-00000001', 'index.json']);
});

describe.skipIf(process.platform === 'win32')('a symbolic link', () => {
  let elsewhere: string;
  beforeEach(async () => {
    elsewhere = await mkdtemp(join(parent, 'elsewhere-'));
  });

  it('in the place of the folder of the command ends it', async () => {
    await symlink(elsewhere, folder);
    expect(await save(parent, invocations(2, 'a'))).toMatchObject({
      done: 0,
      saved: 0,
      stopped: `${folder} is not a folder`,
    });
    expect(await readdir(elsewhere)).toEqual([]);
  });

  it('in the place of the folder of an instance fails that instance', async () => {
    await mkdir(folder);
    await symlink(elsewhere, join(folder, 'i-00000000'));
    expect(await save(parent, invocations(2, 'a'))).toMatchObject({ saved: 2, failed: 2, instances: 1 });
    expect(await readdir(elsewhere)).toEqual([]);
  });

  it.each(['there', 'not there'])(
    'in the place of a file is left alone: its target is %s',
    async (target) => {
      const path = join(elsewhere, target);
      if (target === 'there') await writeFile(path, 'mine');
      await mkdir(join(folder, 'i-00000000'), { recursive: true });
      await symlink(path, join(folder, 'i-00000000', '1-a.stdout'));
      expect(await save(parent, invocations(1, 'a'))).toMatchObject({ saved: 1, skipped: 1 });
      expect(await filesBelow(elsewhere)).toEqual(target === 'there' ? { there: 'mine' } : {});
    },
  );
});
