import { buffer } from 'node:stream/consumers';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ByteRange, EventPlace } from '../../../src/domain/output-location.ts';
import type { OutputReaders } from '../../../src/watch/outputs/output-readers.ts';
import { rangeLength } from '../../../src/watch/outputs/stream-readers.ts';
import { readWholeStreams } from '../../../src/watch/outputs/whole-streams.ts';
import { OneLogStream, OneObject, partOf } from '../../helpers/output-sources.ts';
import { deny, inS3, running } from '../../helpers/output-store.ts';
import { nothing } from './saved-streams.ts';

const { signal } = new AbortController();

describe('a whole stream, part by part', () => {
  it.each([0, 1, rangeLength, 9 * rangeLength + 1])('of %i bytes in S3 is read in ranges', async (size) => {
    const object = new OneObject('');
    object.bytes = Uint8Array.from({ length: size }, (_, index) => (index * 7) % 251);
    const { stdout } = await readWholeStreams(inS3, 0, { ...nothing, readObject: object.read }, signal);
    expect((await buffer(stdout.bytes)).equals(object.bytes)).toBe(true);
    for (const range of object.ranges) expect(range).toMatchObject({ length: rangeLength });
    // One of the first ranges is of stderr.
    expect(object.ranges).toHaveLength(1 + Math.max(1, Math.ceil(size / rangeLength)));
  });

  it('is complete however short the ranges are that S3 gives', () =>
    fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        fc.integer({ min: 1, max: 50 }),
        async (bytes, most) => {
          const readObject: OutputReaders['readObject'] = async (_, range: ByteRange) =>
            'last' in range
              ? null
              : partOf(bytes, { from: range.from, length: Math.min(range.length, most) });
          const { stdout } = await readWholeStreams(inS3, 0, { ...nothing, readObject }, signal);
          expect((await buffer(stdout.bytes)).equals(bytes)).toBe(true);
        },
      ),
    ));

  it('has all events of a log stream, however they are cut into pages, also empty ones', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.stringMatching(/^[a-z]{0,5}$/), { maxLength: 20 }),
        fc.integer({ min: 1, max: 7 }),
        async (events, pageLength) => {
          const log = new OneLogStream(events, pageLength);
          const asked = new Set<string>();
          // A page may be empty though there is more: its token, another one, leads on.
          const readEvents: OutputReaders['readEvents'] = async (location, place: EventPlace, abort) => {
            if (typeof place === 'string' || !('after' in place)) return log.read(location, place, abort);
            const isNew = !asked.has(place.after);
            asked.add(place.after);
            const token = place.after.replace('again', '');
            if (isNew && token === place.after) return { messages: [], before: '', after: `again${token}` };
            return log.read(location, { after: token }, abort);
          };
          const { stdout } = await readWholeStreams(running, 0, { ...nothing, readEvents }, signal);
          const text = (await buffer(stdout.bytes)).toString();
          expect(text).toBe(events.map((event) => `${event}\n`).join(''));
        },
      ),
    ));

  it.each([
    ['said twice', ['A', 'B', 'B']],
    ['those of a circle', ['A', 'B', 'C', 'A', 'B', 'C']],
  ])('ends where the tokens of a log stream are %s, with every page once', async (_, tokens) => {
    const distinct = [...new Set(tokens)];
    let asked = 0;
    const readEvents: OutputReaders['readEvents'] = async ({ stream }) => {
      if (!stream.endsWith('stdout')) return null;
      const after = tokens[asked] ?? 'too far';
      asked += 1;
      return { messages: asked > distinct.length ? [] : [`page ${after}`], before: '', after };
    };
    const { stdout } = await readWholeStreams(running, 0, { ...nothing, readEvents }, signal);
    const text = (await buffer(stdout.bytes)).toString();
    expect(text).toBe(distinct.map((token) => `page ${token}\n`).join(''));
    expect(asked).toBe(distinct.length + 1);
  });

  it.each([
    [99, true],
    [100, false],
  ])('goes on after %i empty pages of a log stream with ever new tokens: %s', async (empty, goesOn) => {
    const last = 2 * empty + 3;
    let asked = 0;
    const readEvents: OutputReaders['readEvents'] = async ({ stream }) => {
      if (!stream.endsWith('stdout')) return null;
      asked += 1;
      if (asked > last + 1) throw new Error('asked beyond the end');
      const messages = asked <= last && asked % (empty + 1) === 1 ? ['event'] : [];
      return { messages, before: '', after: String(Math.min(asked, last)) };
    };
    const { stdout } = await readWholeStreams(running, 0, { ...nothing, readEvents }, signal);
    const taken = buffer(stdout.bytes);
    if (goesOn) expect((await taken).toString()).toBe('event\nevent\nevent\n');
    else await expect(taken).rejects.toThrow('100 empty pages in a row');
  });

  it.each([
    ['gone', async () => null],
    ['empty', async () => ({ bytes: new Uint8Array(), from: 0, total: 0 })],
    ['another one', async () => ({ bytes: new Uint8Array(4), from: 4, total: 8 })],
    ['denied', deny],
  ])(
    'is an error for who takes it when the object is %s on the way, after what was read',
    async (_, then) => {
      const whole = partOf(new Uint8Array(10), { from: 0, length: 4 });
      let asked = 0;
      const readObject: OutputReaders['readObject'] = async ({ key }) => {
        if (key !== 'stdout') return null;
        asked += 1;
        return asked === 1 ? whole : then();
      };
      const { stdout } = await readWholeStreams(inS3, 0, { ...nothing, readObject }, signal);
      const pieces: Uint8Array[] = [];
      const take = async () => {
        for await (const piece of stdout.bytes) pieces.push(piece);
      };
      await expect(take()).rejects.toThrow();
      expect(pieces).toEqual([whole.bytes]);
    },
  );
});
