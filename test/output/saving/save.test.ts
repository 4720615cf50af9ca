import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RemoteError } from '../../../src/domain/problem.ts';
import type { SaveProgress } from '../../../src/output/saving/save-report.ts';
import { commandId, instanceId, invocation, plugin } from '../../helpers/fixtures.ts';
import {
  brokenPieces,
  filesBelow,
  invocations,
  pieces,
  readIndex,
  readNamed,
  save,
  stream,
  streams,
} from '../../helpers/save-fixtures.ts';

let parent: string;
let folder: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'ssm-watch-'));
  folder = join(parent, `ssm-watch-${commandId}`);
});
afterEach(() => rm(parent, { recursive: true }));

const index = () => readIndex(folder);
const denied = new RemoteError({
  kind: 'access-denied',
  message: 'ssm:GetCommandInvocation is missing',
  needsAction: true,
});

describe('what is saved', () => {
  it('is the bytes of each stream of each plugin as they came, each counted', async () => {
    const binary = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    async function* twice() {
      yield binary;
      yield binary;
    }
    const row = invocation({ plugins: [plugin(), plugin({ name: 'second step' })] });
    const report = await save(parent, [row], async (_, at) =>
      at === 0 ? { stdout: stream('', { bytes: twice() }), stderr: stream('e\r\n\u001b[2J') } : streams('é'),
    );
    expect(report).toMatchObject({
      saved: 4,
      instances: 1,
      skipped: 0,
      failed: 0,
      stopped: null,
      indexProblem: null,
    });
    expect(await readFile(join(folder, instanceId, '1-aws-runShellScript.stdout'))).toEqual(
      Buffer.concat([binary, binary]),
    );
    const { 'index.json': _, ...files } = await filesBelow(folder);
    delete files[`${instanceId}/1-aws-runShellScript.stdout`];
    expect(files).toEqual({
      [join(instanceId, '1-aws-runShellScript.stderr')]: 'e\r\n\u001b[2J',
      [join(instanceId, '2-second-step.stdout')]: 'é',
      [join(instanceId, '2-second-step.stderr')]: '',
    });
    const sizes = (await index()).instances[0].plugins.map((one: { files: { bytes: number }[] }) =>
      one.files.map(({ bytes }) => bytes),
    );
    expect(sizes).toEqual([
      [512, 7],
      [2, 0],
    ]);
  });

  it('is said in the index, with where it came from and what AWS had cut', async () => {
    const row = invocation({
      status: 'Failed',
      plugins: [plugin({ status: 'Failed', responseCode: 127 })],
    });
    const note = 's3:GetObject is missing';
    const report = await save(parent, [row], async () => ({
      stdout: stream('out', { source: 'S3' }),
      stderr: stream('err', { truncated: true, note }),
    }));
    expect(report).toMatchObject({ cut: 1, secondBest: 1 });
    const file = { result: 'saved', bytes: 3, note: null, message: null };
    expect(await index()).toEqual({
      commandId,
      savedAt: '2026-09-27T00:39:03.000Z',
      instances: [
        {
          instanceId,
          instanceName: 'web-eu-01',
          status: 'Failed',
          statusDetails: 'Failed',
          exitCode: 127,
          savedAt: '2026-09-27T00:39:03.000Z',
          folder: instanceId,
          plugins: [
            {
              name: 'aws:runShellScript',
              statusDetails: 'Failed',
              responseCode: 127,
              files: [
                {
                  ...file,
                  name: '1-aws-runShellScript.stdout',
                  stream: 'stdout',
                  source: 'S3',
                  truncated: false,
                },
                {
                  ...file,
                  name: '1-aws-runShellScript.stderr',
                  stream: 'stderr',
                  source: 'GetCommandInvocation',
                  truncated: true,
                  note,
                },
              ],
            },
          ],
        },
      ],
    });
  });

  it.skipIf(process.platform === 'win32')('can be read by the owner alone', async () => {
    await save(parent, invocations(1, 'a'));
    const paths = ['.', 'i-00000000', 'i-00000000/1-a.stdout', 'i-00000000/1-a.stderr', 'index.json'];
    const modes = await Promise.all(paths.map(async (path) => (await stat(join(folder, path))).mode & 0o777));
    expect(modes).toEqual([0o700, 0o700, 0o600, 0o600, 0o600]);
  });

  it('is nothing of an instance without plugins, but its place in the index', async () => {
    await save(parent, invocations(1));
    expect(Object.keys(await filesBelow(folder))).toEqual(['index.json']);
    expect((await index()).instances).toMatchObject([{ instanceId: 'i-00000000', plugins: [] }]);
  });

  it('goes to the file piece by piece, and is not held', async () => {
    const path = join(folder, 'i-00000000');
    const sizes: number[] = [];
    async function* watched() {
      for await (const piece of pieces('a piece of'.repeat(4))) {
        const [name = ''] = await readdir(path);
        sizes.push((await stat(join(path, name))).size);
        yield piece;
      }
    }
    await save(parent, invocations(1, 'a'), async () => ({
      stdout: stream('', { bytes: watched() }),
      stderr: stream(''),
    }));
    expect(sizes).toEqual([0, 10, 20, 30]);
  });

  it('makes nothing when there is nothing', async () => {
    expect(await save(parent, [])).toMatchObject({ total: 0, stopped: null });
    expect(await readdir(parent)).toEqual([]);
  });
});

describe('many instances', () => {
  it('are saved though some of their readings fail, some streams break and one folder cannot be made', async () => {
    const rows = invocations(500, 'a');
    await mkdir(folder);
    // Holds the 251st file.
    await writeFile(join(folder, 'i-00000125'), 'in the way');
    const seen: SaveProgress[] = [];
    const report = await save(
      parent,
      rows,
      async (row, at, signal) => {
        const number = Number(row.instanceId.slice(2));
        if (number % 100 === 7) throw denied;
        if (number % 100 === 8) {
          return {
            stdout: stream('', { bytes: brokenPieces('half of it', new Error('cut off')) }),
            stderr: stream('e'),
          };
        }
        return readNamed(row, at, signal);
      },
      { onProgress: (progress) => seen.push(progress) },
    );
    const figures = { total: 500, saved: 983, skipped: 0, running: 0, notRun: 0, failed: 17 };
    expect(report).toMatchObject({
      ...figures,
      done: 500,
      instances: 494,
      stopped: null,
      indexProblem: null,
    });
    expect(seen.map(({ done }) => done)).toEqual([0, ...rows.map((_, at) => at + 1)]);
    expect(seen.at(-1)).toEqual({ ...figures, done: 500, bytes: expect.any(Number) });
    const { instances } = await index();
    expect(instances.map((one: { instanceId: string }) => one.instanceId)).toEqual(
      rows.map((row) => row.instanceId),
    );
    const lots = (at: number) =>
      instances[at].plugins[0].files.map((file: Record<string, unknown>) => [file.result, file.message]);
    expect(lots(7)).toEqual([
      ['failed', 'ssm:GetCommandInvocation is missing'],
      ['failed', 'ssm:GetCommandInvocation is missing'],
    ]);
    expect(lots(8)).toEqual([
      ['failed', 'cut off'],
      ['saved', null],
    ]);
    expect(lots(125)).toEqual(Array(2).fill(['failed', `${join(folder, 'i-00000125')} is not a folder`]));
    expect(lots(126)).toEqual(Array(2).fill(['saved', null]));
    // No half of a file is left.
    expect(await readdir(join(folder, 'i-00000408'))).toEqual(['1-a.stderr']);
    expect(Object.keys(await filesBelow(folder))).toHaveLength(983 + 2);
  });

  it('are read four at a time, in order', async () => {
    const begun: number[] = [];
    let running = 0;
    let most = 0;
    const { promise: fourBegun, resolve } = Promise.withResolvers<void>();
    const rows = invocations(20, 'a', 'b');
    await save(parent, rows, async (row, at) => {
      if (at === 0) begun.push(rows.indexOf(row));
      running += 1;
      most = Math.max(most, running);
      if (begun.length === 4) resolve();
      await fourBegun;
      // A fifth would come by now, if there were one.
      for (let turn = 0; turn < 5; turn += 1) await stat(parent);
      running -= 1;
      return streams('x');
    });
    expect(most).toBe(4);
    // Those that are under way at the same time may overtake each other.
    expect(begun.filter((row, place) => row > place + 3)).toEqual([]);
    expect(begun.toSorted((one, other) => one - other)).toEqual(rows.map((_, at) => at));
  });
});

describe('what exists', () => {
  it('is left alone and not read', async () => {
    await mkdir(join(folder, 'i-00000000'), { recursive: true });
    for (const name of ['1-a.stdout', '1-a.stderr', '2-b.stdout']) {
      await writeFile(join(folder, 'i-00000000', name), 'mine');
    }
    const read: number[] = [];
    const iterated: string[] = [];
    async function* noting(text: string) {
      iterated.push(text);
      yield* pieces(text);
    }
    const report = await save(parent, invocations(1, 'a', 'b'), async (_, at) => {
      read.push(at);
      return {
        stdout: stream('', { bytes: noting(`out ${at}`) }),
        stderr: stream('', { bytes: noting(`err ${at}`) }),
      };
    });
    expect(report).toMatchObject({ saved: 1, skipped: 3, failed: 0, instances: 1 });
    expect(read).toEqual([1]);
    expect(iterated).toEqual(['err 1']);
    expect(await filesBelow(join(folder, 'i-00000000'))).toEqual({
      '1-a.stderr': 'mine',
      '1-a.stdout': 'mine',
      '2-b.stderr': 'err 1',
      '2-b.stdout': 'mine',
    });
  });

  it('is left alone when it came while the output was read', async () => {
    const path = join(folder, 'i-00000000', '1-a.stdout');
    const report = await save(parent, invocations(1, 'a'), async () => {
      await writeFile(path, 'mine');
      return streams('not this');
    });
    expect(report).toMatchObject({ saved: 1, skipped: 1 });
    expect(await readFile(path, 'utf8')).toBe('mine');
  });

  it('keeps in the index what was said of it when it was saved', async () => {
    await save(parent, invocations(1, 'a'), async () => ({
      stdout: stream('out', { source: 'S3', truncated: true }),
      stderr: stream('err'),
    }));
    expect(await save(parent, invocations(1, 'a'))).toMatchObject({
      saved: 0,
      skipped: 2,
      instances: 0,
      cut: 0,
      secondBest: 0,
    });
    expect((await index()).instances[0].plugins[0].files).toMatchObject([
      { result: 'skipped', bytes: 3, source: 'S3', truncated: true },
      { result: 'skipped', bytes: 3, source: 'GetCommandInvocation', truncated: false },
    ]);
  });
});
