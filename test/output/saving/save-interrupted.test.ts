import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reportLine } from '../../../src/output/saving/save-report.ts';
import { commandId } from '../../helpers/fixtures.ts';
import { filesBelow, invocations, readIndex, readNamed, save, stream } from '../../helpers/save-fixtures.ts';

let parent: string;
let folder: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'ssm-watch-'));
  folder = join(parent, `ssm-watch-${commandId}`);
});
afterEach(() => rm(parent, { recursive: true }));

const index = () => readIndex(folder);

describe('the end before the end', () => {
  it.each([
    ['a stream that gives more', true],
    ['a stream that hangs', false],
  ])('leaves what is done, no half, and an index: %s', async (_, goesOn) => {
    const controller = new AbortController();
    async function* endless() {
      yield Buffer.from('half');
      controller.abort(new Error('the user left'));
      if (!goesOn) await new Promise(() => {});
      for (;;) yield Buffer.from('more');
    }
    const rows = invocations(50, 'a', 'b');
    const report = await save(
      parent,
      rows,
      async (row, at, signal) =>
        row.instanceId === 'i-00000010' && at === 1
          ? { stdout: stream('out'), stderr: stream('', { bytes: endless() }) }
          : readNamed(row, at, signal),
      { signal: controller.signal },
    );
    expect(report).toMatchObject({ failed: 0, stopped: 'interrupted', indexProblem: null });
    expect(report.done).toBeGreaterThanOrEqual(7);
    expect(report.done).toBeLessThan(50);
    const names = Object.keys(await filesBelow(folder));
    const { instances } = await index();
    const indexed = instances.flatMap((one: { folder: string; plugins: { files: { name: string }[] }[] }) =>
      one.plugins.flatMap(({ files }) => files.map(({ name }) => join(one.folder, name))),
    );
    expect(indexed.sort()).toEqual(names.filter((name) => name !== 'index.json'));
    expect(names).toContain(join('i-00000010', '2-b.stdout'));
    expect(names).not.toContain(join('i-00000010', '2-b.stderr'));
  });

  it('finds no part of a file under the name of the whole, wherever it comes', async () => {
    const names: string[][] = [];
    async function* watched() {
      yield Buffer.from('half');
      names.push(await readdir(join(folder, 'i-00000000')));
      yield Buffer.from('and half');
    }
    const read = async () => ({ stdout: stream('', { bytes: watched() }), stderr: stream('') });
    await save(parent, invocations(1, 'a'), read);
    expect(names).toEqual([[expect.stringMatching(/^1-a\.stdout-.+\.tmp$/)]]);
    expect(await filesBelow(join(folder, 'i-00000000'))).toEqual({
      '1-a.stdout': 'halfand half',
      '1-a.stderr': '',
    });
  });

  it('leaves alone what has got the name meanwhile', async () => {
    async function* overtaken() {
      yield Buffer.from('ours');
      await writeFile(join(folder, 'i-00000000', '1-a.stdout'), 'theirs');
    }
    const read = async () => ({ stdout: stream('', { bytes: overtaken() }), stderr: stream('') });
    expect(await save(parent, invocations(1, 'a'), read)).toMatchObject({ saved: 1, skipped: 1, failed: 0 });
    expect(await filesBelow(join(folder, 'i-00000000'))).toEqual({
      '1-a.stdout': 'theirs',
      '1-a.stderr': '',
    });
  });

  it('does not wait for a reading that hangs', async () => {
    const controller = new AbortController();
    const report = await save(
      parent,
      invocations(1, 'a'),
      () => {
        setImmediate(() => controller.abort());
        return new Promise(() => {});
      },
      { signal: controller.signal },
    );
    expect(report).toMatchObject({ done: 0, failed: 0, stopped: 'interrupted' });
  });

  it.each([
    ['was made for it', false],
    ['was there before', true],
  ])('leaves no empty folder of an instance, unless it %s: kept %s', async (_, isThere) => {
    const path = join(folder, 'i-00000000');
    if (isThere) await mkdir(path, { recursive: true });
    const controller = new AbortController();
    async function* hanging() {
      yield Buffer.from('half');
      controller.abort();
      await new Promise(() => {});
    }
    const read = async () => ({ stdout: stream('', { bytes: hanging() }), stderr: stream('') });
    await save(parent, invocations(1, 'a'), read, { signal: controller.signal });
    expect(await readdir(parent)).toEqual(isThere ? [basename(folder)] : []);
    if (isThere) expect(await readdir(folder)).toEqual(['i-00000000']);
  });

  it('begins nothing when it came first', async () => {
    const never = () => Promise.reject(new Error('read'));
    const report = await save(parent, invocations(3, 'a'), never, { signal: AbortSignal.abort() });
    expect(report).toMatchObject({ done: 0, failed: 0, stopped: 'interrupted' });
    expect(await readdir(parent)).toEqual([]);
  });

  it.each([
    ['none', false],
    ['one with an index', true],
  ])('leaves the folder of the command as it was before the first file: %s', async (_, isThere) => {
    if (isThere) await save(parent, invocations(1, 'a'));
    const before = await filesBelow(parent);
    const controller = new AbortController();
    const hanging = () => {
      setImmediate(() => controller.abort());
      return new Promise<never>(() => {});
    };
    const others = invocations(3, 'b').slice(1);
    const report = await save(parent, others, hanging, { signal: controller.signal });
    expect(reportLine(report)).toBe('not saved: interrupted');
    expect(await filesBelow(parent)).toEqual(before);
    expect(await readdir(parent)).toEqual(isThere ? [basename(folder)] : []);
  });

  it('is told when the folder cannot be made', async () => {
    const report = await save(join(parent, 'none'), invocations(3, 'a'));
    expect(report).toMatchObject({ done: 0, saved: 0, failed: 0, stopped: expect.stringMatching(/^ENOENT/) });
  });
});
