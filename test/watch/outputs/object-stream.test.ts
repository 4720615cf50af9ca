import { describe, expect, it } from 'vitest';
import { sizeOf } from '../../../src/domain/text-region.ts';
import { openObject } from '../../../src/watch/outputs/object-stream.ts';
import { mostKept, rangeLength } from '../../../src/watch/outputs/stream-readers.ts';
import { denied, OneObject } from '../../helpers/output-sources.ts';
import { opened, textLines } from './opened-streams.ts';

const { signal } = new AbortController();

const location = { bucket: 'logs', key: 'stdout', region: null };

/** Numbered lines of 100 bytes each, the newline included. */
const lines = (count: number) => Array.from({ length: count }, (_, index) => `${index} `.padEnd(99, 'x'));

const open = (object: OneObject, end: 'start' | 'end') =>
  opened(openObject(object.read, location, end, signal));

describe('an object', () => {
  const large = lines(12_000);
  const text = `${large.join('\n')}\n`;

  it('is read from its beginning, range by range, to its end', async () => {
    const object = new OneObject(text);
    let reader = await open(object, 'start');
    expect(reader.text).toMatchObject({
      source: 'S3',
      moreBefore: false,
      moreAfter: true,
      total: 1_200_000,
      truncated: false,
    });
    while (reader.text.moreAfter) reader = await reader.read('after', signal);
    expect(textLines(reader)).toEqual(large);
    expect(reader.text.region).toMatchObject({ firstId: 0, zeroId: 0 });
    expect(object.ranges).toEqual([
      { from: 0, length: rangeLength },
      { from: 524_200, length: rangeLength },
      { from: 1_048_400, length: rangeLength },
    ]);
  });

  it('is read from its end backwards, and knows its first line then', async () => {
    const object = new OneObject(text);
    let reader = await open(object, 'end');
    expect(reader.text).toMatchObject({ moreBefore: true, moreAfter: false, region: { zeroId: null } });
    expect(textLines(reader).at(-1)).toBe(large.at(-1));
    while (reader.text.moreBefore) reader = await reader.read('before', signal);
    expect(textLines(reader)).toEqual(large);
    expect(reader.text.region).toMatchObject({ firstId: -12_000, zeroId: -12_000 });
    expect(object.ranges[0]).toEqual({ last: rangeLength });
  });

  it.each(['start', 'end'] as const)('is there as a whole where it is small, from its %s', async (end) => {
    const object = new OneObject('one\ntwo');
    let reader = await open(object, end);
    expect(reader.text).toMatchObject({ moreBefore: false, moreAfter: false, region: { zeroId: 0 } });
    expect(textLines(reader)).toEqual(['one', 'two']);
    reader = await reader.read('after', signal);
    reader = await reader.read('before', signal);
    expect(object.ranges).toHaveLength(1);
  });

  it.each(['start', 'end'] as const)('can be empty, from its %s', async (end) => {
    const reader = await open(new OneObject(''), end);
    expect(reader.text).toMatchObject({ moreBefore: false, moreAfter: false, total: 0 });
    expect(reader.text.region.pieces).toEqual([]);
  });

  it('is not there', async () =>
    expect(await openObject(async () => null, location, 'start', signal)).toBeNull());

  it('is let go of at the other end when there is too much of it', async () => {
    const count = Math.ceil((2 * mostKept) / 100);
    const object = new OneObject(lines(count).join('\n'));
    let reader = await open(object, 'start');
    while (reader.text.moreAfter) {
      reader = await reader.read('after', signal);
      expect(sizeOf(reader.text.region)).toBeLessThanOrEqual(mostKept);
    }
    expect(reader.text).toMatchObject({ moreBefore: true, region: { zeroId: 0 } });
    const { firstId } = reader.text.region;
    expect(textLines(reader)[0]).toMatch(new RegExp(`^${firstId} x`));
    while (reader.text.moreBefore) reader = await reader.read('before', signal);
    expect(reader.text).toMatchObject({ moreAfter: true, region: { firstId: 0, zeroId: 0 } });
    expect(textLines(reader)[0]).toMatch(/^0 x/);
    expect(sizeOf(reader.text.region)).toBeLessThanOrEqual(mostKept);
    reader = await reader.read('after', signal);
    const shown = textLines(reader);
    expect(shown[0]).toMatch(new RegExp(`^${reader.text.region.firstId} x`));
    expect(shown.at(-1)).toMatch(new RegExp(`^${reader.text.region.firstId + shown.length - 1} x`));
  });

  it.each([
    ['gone', async () => null],
    ['shorter', async () => ({ bytes: new Uint8Array(), from: 0, total: 0 })],
    ['another one', async () => ({ bytes: new Uint8Array(9), from: 0, total: 9 })],
  ])('is a problem when it is %s since', async (_, read) => {
    const object = new OneObject(text);
    let answer = object.read;
    const reader = await opened(openObject((...query) => answer(...query), location, 'start', signal));
    answer = read;
    const before = reader.text.region;
    await expect(reader.read('after', signal)).rejects.toMatchObject({ problem: { kind: 'response' } });
    expect(reader.text.region).toBe(before);
  });

  it('stays as it was when it cannot be read on, and can be read on later', async () => {
    const object = new OneObject(text);
    let answer = object.read;
    let reader = await opened(openObject((...query) => answer(...query), location, 'start', signal));
    answer = async () => {
      throw denied;
    };
    await expect(reader.read('after', signal)).rejects.toBe(denied);
    answer = object.read;
    while (reader.text.moreAfter) reader = await reader.read('after', signal);
    expect(textLines(reader)).toEqual(large);
  });
});
