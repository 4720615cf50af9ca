import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SaveProgress, savingLine } from '../../../src/output/saving/save-report.ts';
import { invocations, save, stream } from '../../helpers/save-fixtures.ts';

let parent: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'ssm-watch-'));
});
afterEach(() => rm(parent, { recursive: true }));

describe('how far it is', () => {
  it('is told at once, every 200 ms while bytes come, and when an instance is done', async () => {
    let now = 5_000;
    async function* pieces() {
      for (let piece = 0; piece < 8; piece += 1) {
        yield Buffer.alloc(1000);
        now += 100;
      }
    }
    const seen: [number, number, number][] = [];
    const saving = save(
      parent,
      invocations(1, 'a'),
      async () => ({ stdout: stream('', { bytes: pieces() }), stderr: stream('e') }),
      {
        monotonic: () => now,
        onProgress: ({ done, saved, bytes }) => seen.push([done, saved, bytes]),
      },
    );
    expect(seen).toEqual([[0, 0, 0]]);
    const report = await saving;
    expect(seen).toEqual([
      [0, 0, 0],
      [0, 0, 3000],
      [0, 0, 5000],
      [0, 0, 7000],
      [0, 1, 8001],
      [1, 2, 8001],
    ]);
    expect(report.bytes).toBe(8001);
  });

  it('is told though nothing can be saved, once', async () => {
    const seen: SaveProgress[] = [];
    const onProgress = (progress: SaveProgress) => seen.push(progress);
    await save(join(parent, 'none'), invocations(2, 'a'), undefined, { onProgress });
    expect(seen).toHaveLength(1);
  });

  const begun: SaveProgress = {
    done: 0,
    total: 1,
    saved: 0,
    skipped: 0,
    running: 0,
    notRun: 0,
    failed: 0,
    bytes: 0,
  };

  it.each<[Partial<SaveProgress>, string]>([
    [{}, 'saving: 0 of 1 instance'],
    [{ bytes: 12_300_000 }, 'saving: 0 of 1 instance · 12.3 MB'],
    [
      { done: 1_000, total: 4_000, saved: 2_000, failed: 1_234, bytes: 1_200 },
      'saving: 1,000 of 4,000 instances · 2,000 files · 1.2 kB · 1,234 failed',
    ],
    [{ done: 1, saved: 1 }, 'saving: 1 of 1 instance · 1 file'],
  ])('%j', (changes, line) => expect(savingLine({ ...begun, ...changes })).toBe(line));
});
