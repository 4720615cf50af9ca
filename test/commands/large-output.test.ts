import { describe, expect, it } from 'vitest';
import { sizeOf } from '../../src/domain/text-region.ts';
import { mostKept, rangeLength } from '../../src/watch/outputs/stream-readers.ts';
import { readWholeStreams } from '../../src/watch/outputs/whole-streams.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { SimulatedOutputs } from '../helpers/simulated-outputs.ts';
import { Look } from './look.ts';

isolateAwsEnvironment();

const { signal } = new AbortController();

describe('an object of 50 MB', () => {
  it('is read from both ends in ranges, and no more of it than is looked at', async () => {
    await using account = await SimulatedOutputs.open({ scenario: 's3' });
    const [instanceId = ''] = account.instancesThat((_, isHuge) => isHuge);
    const look = new Look(account.readers, await account.row(undefined, instanceId));
    const start = await look.from('start');
    const { total } = start.stdout;
    expect(total).toBeGreaterThan(49e6);
    expect(start.stdout).toMatchObject({ source: 'S3', moreBefore: false, moreAfter: true });
    expect(look.text('stdout')).toMatch(/^Reindexing on /);
    const end = await look.from('end');
    expect(end.stdout).toMatchObject({ moreBefore: true, moreAfter: false, total });
    expect(look.text('stdout').trimEnd().split('\n').at(-1)).toMatch(/ doc=\d{9} .* sum=[0-9a-f]{16}$/);
    await look.after(() => look.store.extend('stdout', 'before'));
    await look.from('start');
    expect(look.text('stdout')).toMatch(/^Reindexing on /);
    for (let ranges = 0; ranges < 20; ranges += 1) {
      const { stdout } = await look.after(() => look.store.extend('stdout', 'after'));
      expect(sizeOf(stdout.region)).toBeLessThanOrEqual(mostKept);
    }
    const ranges = account
      .requests('GetObject')
      .flatMap((input) => (isRange(input) && /stdout$/.test(input.key) ? [input.range] : []));
    expect(ranges).toHaveLength(24);
    expect(ranges[0]).toBe(`bytes=0-${rangeLength - 1}`);
    expect(ranges[1]).toBe(`bytes=-${rangeLength}`);
    for (const range of ranges) {
      const [, from, to] = /^bytes=(\d*)-(\d+)$/.exec(range) ?? [];
      const length = from === '' ? Number(to) : Number(to) - Number(from) + 1;
      expect(length).toBeLessThanOrEqual(rangeLength);
    }
  });

  it('keeps what was read when the permission is lost on the way', async () => {
    await using account = await SimulatedOutputs.open({ scenario: 's3' });
    const [instanceId = ''] = account.instancesThat((_, isHuge) => isHuge);
    const look = new Look(account.readers, await account.row(undefined, instanceId));
    await look.from('start');
    const before = look.reading.stdout.region;
    const allow = account.simulator.addFault({ operation: 'GetObject', kind: 'access-denied' });
    const lost = await look.after(() => look.store.extend('stdout', 'after'));
    expect(lost.stdout.region).toBe(before);
    expect(lost.notices).toEqual([expect.stringContaining('s3:GetObject')]);
    allow();
    await look.pauses.end();
    const found = await look.after(() => look.store.extend('stdout', 'after'));
    expect(found.notices).toEqual([]);
    expect(sizeOf(found.stdout.region)).toBeGreaterThan(sizeOf(before));
  });

  it('is saved whole, in a few large ranges', async () => {
    await using account = await SimulatedOutputs.open({ scenario: 's3' });
    const [instanceId = ''] = account.instancesThat((_, isHuge) => isHuge);
    const row = await account.row(undefined, instanceId);
    const { stdout } = await readWholeStreams(row, 0, account.readers, signal);
    let bytes = 0;
    let largest = 0;
    for await (const piece of stdout.bytes) {
      bytes += piece.length;
      largest = Math.max(largest, piece.length);
    }
    const look = new Look(account.readers, row);
    expect(bytes).toBe((await look.from('start')).stdout.total);
    expect(largest).toBeLessThanOrEqual(4 * 1024 * 1024);
  });
});

/** What the simulator keeps of a GetObject. */
function isRange(input: unknown): input is { key: string; range: string } {
  return (
    typeof input === 'object' &&
    input !== null &&
    'key' in input &&
    typeof input.key === 'string' &&
    'range' in input &&
    typeof input.range === 'string'
  );
}
