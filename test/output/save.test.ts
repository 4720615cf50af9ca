import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Invocation } from '../../src/domain/invocation.ts';
import { splitOutput } from '../../src/domain/plugin-output.ts';
import { saveOutputs } from '../../src/output/save.ts';
import { commandId, instanceId, invocation, plugin } from '../helpers/fixtures.ts';

let parent: string;
let folder: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'ssm-watch-'));
  folder = join(parent, `ssm-watch-${commandId}`, instanceId);
});
afterEach(() => rm(parent, { recursive: true }));

const row = invocation({
  plugins: [
    plugin({ output: 'out\u001b[2J\n\n----------ERROR-------\nerr\n' }),
    plugin({ name: '../../etc/пароль', output: 'x\n---Output truncated---' }),
  ],
});

/** Saves what the list holds of each plugin's output. */
const save = (saved: Invocation, into = parent) =>
  saveOutputs(
    saved,
    saved.plugins.map(({ output }) => splitOutput(output)),
    into,
  );

it('saves the output that it is given, and says nothing of cuts where it is whole', async () => {
  const whole = { stdout: 'all of it\n', stderr: '', stdoutTruncated: false, stderrTruncated: false };
  const cut = invocation({ plugins: [plugin({ output: 'all\n---Output truncated---' })] });
  expect(await saveOutputs(cut, [whole], parent)).toBe(`saved 2 files in ${folder}`);
  expect(await readFile(join(folder, '1-aws-runShellScript.stdout'), 'utf8')).toBe('all of it\n');
});

it('saves the streams of every plugin as they came, under names that stay in the folder', async () => {
  expect(await save(row)).toBe(`saved 4 files (1 cut by AWS) in ${folder}`);
  const names = (await readdir(folder)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  expect(names.map((name, index) => [name, texts[index]])).toEqual([
    ['1-aws-runShellScript.stderr', 'err\n'],
    ['1-aws-runShellScript.stdout', 'out\u001b[2J\n'],
    ['2---..-etc-------.stderr', ''],
    ['2---..-etc-------.stdout', 'x'],
  ]);
});

it.skipIf(process.platform === 'win32')('lets the owner alone read them', async () => {
  await save(row);
  const paths = [join(folder, '..'), folder, join(folder, '1-aws-runShellScript.stdout')];
  const modes = await Promise.all(paths.map(async (path) => (await stat(path)).mode & 0o777));
  expect(modes).toEqual([0o700, 0o700, 0o600]);
});

it('leaves what exists alone', async () => {
  await mkdir(folder, { recursive: true });
  const existing = join(folder, '1-aws-runShellScript.stdout');
  await writeFile(existing, 'mine');
  expect(await save(row)).toBe(`saved 3 files (1 cut by AWS) in ${folder}, 1 existing file skipped`);
  expect(await readFile(existing, 'utf8')).toBe('mine');
});

it.each(['.', '..', '...', '../..', '/etc'])(
  'keeps an instance ID of %j below the folder of the command',
  async (id) => {
    const line = await save({ ...row, instanceId: id });
    expect(line).toMatch(/^saved 4 files \(1 cut by AWS\) in /);
    expect(await readdir(parent)).toEqual([`ssm-watch-${commandId}`]);
    expect(await readdir(join(parent, `ssm-watch-${commandId}`))).toHaveLength(1);
  },
);

it.skipIf(process.platform === 'win32')('follows no symbolic link', async () => {
  const elsewhere = await mkdtemp(join(parent, 'elsewhere-'));
  await mkdir(join(folder, '..'));
  await symlink(elsewhere, folder);
  expect(await save(row)).toBe(`not saved: ${folder} is not a folder`);
  expect(await readdir(elsewhere)).toEqual([]);
});

it('says so when it cannot', async () => {
  expect(await save(row, join(parent, 'none'))).toMatch(/^not saved: ENOENT/);
});

it('says so when a file cannot be made', async () => {
  const long = invocation({ plugins: [plugin({ name: 'x'.repeat(300) })] });
  expect(await save(long)).toMatch(/^not saved: E/);
});
