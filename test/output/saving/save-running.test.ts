import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandId, instanceId, invocation, plugin } from '../../helpers/fixtures.ts';
import { filesBelow, readIndex, save, streams } from '../../helpers/save-fixtures.ts';

let parent: string;
let folder: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'ssm-watch-'));
  folder = join(parent, `ssm-watch-${commandId}`);
});
afterEach(() => rm(parent, { recursive: true }));

const index = () => readIndex(folder);
const resultsOf = async () =>
  (await index()).instances[0].plugins.flatMap((one: { files: { result: string }[] }) =>
    one.files.map(({ result }) => result),
  );
const steps = (status: string, second: string) =>
  invocation({ status, plugins: [plugin({ name: 'a' }), plugin({ name: 'b', status: second })] });

describe('a step that is not over', () => {
  it('gets no file, is told, and is had the next time', async () => {
    const read: number[] = [];
    const reading = async (_: unknown, at: number) => {
      read.push(at);
      return streams(`out ${at}`);
    };
    const first = await save(parent, [steps('InProgress', 'InProgress')], reading);
    expect(first).toMatchObject({ saved: 2, skipped: 0, failed: 0, running: 2 });
    expect(read).toEqual([0]);
    expect(await readdir(join(folder, instanceId))).toEqual(['1-a.stderr', '1-a.stdout']);
    expect((await index()).instances[0].plugins[1].files[0]).toEqual({
      name: '2-b.stdout',
      stream: 'stdout',
      result: 'running',
      bytes: null,
      source: null,
      truncated: null,
      note: null,
      message: 'the step is not over',
    });
    const second = await save(parent, [steps('Success', 'Success')], reading);
    expect(second).toMatchObject({ saved: 2, skipped: 2, failed: 0, running: 0 });
    expect(read).toEqual([0, 1]);
    expect(await readFile(join(folder, instanceId, '2-b.stdout'), 'utf8')).toBe('out 1');
    expect(await resultsOf()).toEqual(['skipped', 'skipped', 'saved', 'saved']);
  });

  it.each(['Pending', 'InProgress', 'SomethingNew'])('makes no folder where none is: %s', async (status) => {
    const row = invocation({ status, plugins: [plugin({ status })] });
    const read = () => Promise.reject(new Error('read'));
    expect(await save(parent, [row], read)).toMatchObject({ saved: 0, failed: 0, running: 2, instances: 0 });
    expect(Object.keys(await filesBelow(folder))).toEqual(['index.json']);
    expect(await readdir(folder)).toEqual(['index.json']);
  });

  it('is not over either where something is in the way of the folder', async () => {
    await mkdir(folder);
    await writeFile(join(folder, instanceId), 'in the way');
    const row = steps('InProgress', 'InProgress');
    expect(await save(parent, [row])).toMatchObject({ failed: 2, running: 2 });
  });

  it('leaves what exists alone, and what the index says of it', async () => {
    await save(parent, [steps('Success', 'Success')], async () => streams('whole'));
    // A page can show an older state.
    expect(await save(parent, [steps('InProgress', 'InProgress')])).toMatchObject({ skipped: 4, running: 0 });
    expect((await index()).instances[0].plugins[1].files[0]).toMatchObject({ result: 'skipped', bytes: 5 });
  });

  it('has its empty files when the invocation ended without it', async () => {
    const row = steps('Cancelled', 'InProgress');
    expect(await save(parent, [row], async () => streams(''))).toMatchObject({ saved: 4, running: 0 });
    expect(Object.keys(await filesBelow(join(folder, instanceId)))).toHaveLength(4);
  });
});

describe('a step that did not run', () => {
  const unreached = plugin({
    name: 'b',
    status: 'Pending',
    responseCode: null,
    startedAt: null,
    finishedAt: null,
    output: '',
  });

  it('gets no file and is told, and is had later if it ran after all', async () => {
    const row = invocation({ status: 'Failed', plugins: [plugin({ name: 'a' }), unreached] });
    const read = async () => streams('out');
    expect(await save(parent, [row], read)).toMatchObject({ saved: 2, notRun: 2, running: 0 });
    expect(await readdir(join(folder, instanceId))).toEqual(['1-a.stderr', '1-a.stdout']);
    expect((await index()).instances[0].plugins[1].files[0]).toMatchObject({
      result: 'not-run',
      bytes: null,
      message: 'the step did not run',
    });
    expect(await save(parent, [steps('Failed', 'Success')], read)).toMatchObject({ saved: 2, skipped: 2 });
  });
});
