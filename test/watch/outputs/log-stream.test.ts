import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sizeOf } from '../../../src/domain/text-region.ts';
import { openLogStream } from '../../../src/watch/outputs/log-stream.ts';
import { mostKept, type ReadEvents } from '../../../src/watch/outputs/stream-readers.ts';
import { OneLogStream } from '../../helpers/output-sources.ts';
import { opened, textLines } from './opened-streams.ts';

const { signal } = new AbortController();

const stream = { group: '/ssm', stream: 'a/b/c/stdout' };

describe('a log stream', () => {
  const openLog = (log: OneLogStream, end: 'start' | 'end') =>
    opened(openLogStream(log.read, stream, end, signal));
  const events = Array.from({ length: 25 }, (_, index) => `event ${index}`);

  it('is read from its first event on', async () => {
    const log = new OneLogStream(events, 10);
    let reader = await openLog(log, 'start');
    expect(reader.text).toMatchObject({
      source: 'CloudWatch Logs',
      moreBefore: false,
      moreAfter: true,
      total: null,
      truncated: false,
    });
    while (reader.text.moreAfter) reader = await reader.read('after', signal);
    expect(textLines(reader)).toEqual(events);
    expect(log.places).toEqual(['head', { after: '10' }, { after: '20' }, { after: '25' }]);
  });

  it('is read from its last event back', async () => {
    const log = new OneLogStream(events, 10);
    let reader = await openLog(log, 'end');
    expect(reader.text).toMatchObject({ moreBefore: true, moreAfter: false, region: { zeroId: null } });
    while (reader.text.moreBefore) reader = await reader.read('before', signal);
    expect(textLines(reader)).toEqual(events);
    expect(reader.text.region).toMatchObject({ firstId: -15, zeroId: -15 });
    expect(log.places).toEqual(['tail', { before: '15' }, { before: '5' }, { before: '0' }]);
  });

  it.each(['start', 'end'] as const)('grows, read from its %s', async (end) => {
    const log = new OneLogStream(events.slice(0, 3), 10);
    let reader = await openLog(log, end);
    expect(reader.grows).toBe(true);
    reader = await reader.read('after', signal);
    expect(reader.text.moreAfter).toBe(false);
    log.events.push(...events.slice(3));
    for (let page = 0; page < 4; page += 1) reader = await reader.read('after', signal);
    expect(textLines(reader)).toEqual(events);
    expect(reader.text.moreAfter).toBe(false);
  });

  it('grows from nothing', async () => {
    const log = new OneLogStream([], 10);
    let reader = await openLog(log, 'end');
    expect(reader.text.region.pieces.flatMap((piece) => piece.lines)).toEqual([]);
    log.events.push('first');
    reader = await reader.read('after', signal);
    expect(textLines(reader)).toEqual(['first']);
  });

  it('shows an event of several lines as several, and an empty one as an empty line', async () => {
    const reader = await openLog(new OneLogStream(['a\nb\r\n', '', 'c'], 10), 'start');
    expect(textLines(reader)).toEqual(['a', 'b', '', 'c']);
  });

  it('is not there', async () =>
    expect(await openLogStream(async () => null, stream, 'start', signal)).toBeNull());

  it.each(['before', 'after'] as const)('is a problem when it is gone since, read %s', async (direction) => {
    const log = new OneLogStream(events, 10);
    let answer = log.read;
    const reader = await opened(openLogStream((...query) => answer(...query), stream, 'end', signal));
    answer = async () => null;
    await expect(reader.read(direction, signal)).rejects.toMatchObject({ problem: { kind: 'response' } });
  });

  it('is let go of at the other end when there is too much of it, and found again', async () => {
    const pageBytes = 1_000_000;
    const log = new OneLogStream(
      Array.from({ length: 20 }, (_, index) =>
        `${index} `.padEnd(9_999, 'x').concat(`\n${'y'.repeat(9_999)}`.repeat(99)),
      ),
      1,
    );
    let reader = await openLog(log, 'start');
    while (reader.text.moreAfter) reader = await reader.read('after', signal);
    expect(sizeOf(reader.text.region)).toBeLessThanOrEqual(mostKept);
    expect(reader.text.region.pieces).toHaveLength(Math.floor(mostKept / pageBytes));
    expect(reader.text).toMatchObject({ moreBefore: true, region: { firstId: 1_200, zeroId: 0 } });
    expect(textLines(reader)[0]).toMatch(/^12 x/);
    while (reader.text.moreBefore) reader = await reader.read('before', signal);
    expect(textLines(reader)[0]).toMatch(/^0 x/);
    expect(reader.text).toMatchObject({ moreAfter: true, region: { firstId: 0, zeroId: 0 } });
    reader = await reader.read('after', signal);
    expect(textLines(reader)[0]).toMatch(/^1 x/);
    expect(textLines(reader).at(-100)).toMatch(/^8 x/);
  });

  it('has all its events in order, whichever way it is read', () =>
    fc.assert(
      fc.asyncProperty(
        fc.nat(30),
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom('start' as const, 'end' as const),
        fc.array(fc.constantFrom('before' as const, 'after' as const), { maxLength: 8 }),
        async (count, pageLength, end, directions) => {
          const log = new OneLogStream(events.concat(events).slice(0, count), pageLength);
          let reader = await openLog(log, end);
          for (const direction of directions) reader = await reader.read(direction, signal);
          while (reader.text.moreBefore) reader = await reader.read('before', signal);
          while (reader.text.moreAfter) reader = await reader.read('after', signal);
          const { pieces, firstId, zeroId } = reader.text.region;
          expect(pieces.flatMap((piece) => piece.lines)).toEqual(log.events);
          expect(zeroId).toBe(firstId);
        },
      ),
    ));
});

describe('pages of a log stream that lead nowhere', () => {
  const page = (messages: string[], token: string) => ({ messages, before: token, after: token });

  it('are given up where a token comes back', async () => {
    const read: ReadEvents = async (_, place) =>
      typeof place === 'string'
        ? page(['a'], 'A')
        : 'after' in place && place.after === 'A'
          ? page(['b'], 'B')
          : page(['a'], 'A');
    let reader = await opened(openLogStream(read, stream, 'start', signal));
    reader = await reader.read('after', signal);
    await expect(reader.read('after', signal)).rejects.toMatchObject({ problem: { kind: 'response' } });
  });

  it('are asked for with pauses where there is nothing in any of them', async () => {
    let asked = 0;
    const read: ReadEvents = async () => {
      asked += 1;
      return page([], `token ${asked}`);
    };
    let reader = await opened(openLogStream(read, stream, 'start', signal));
    while (reader.text.moreAfter) reader = await reader.read('after', signal);
    expect(asked).toBeLessThan(30);
  });

  it('are given up backwards, too', async () => {
    const read: ReadEvents = async (_, place) =>
      typeof place === 'string'
        ? page(['a'], 'A')
        : 'before' in place && place.before === 'A'
          ? page(['b'], 'B')
          : page(['a'], 'A');
    const first = await opened(openLogStream(read, stream, 'end', signal));
    const second = await first.read('before', signal);
    await expect(second.read('before', signal)).rejects.toMatchObject({ problem: { kind: 'response' } });
  });

  it('are given up backwards where there is nothing in any of them: nothing is written there any more', async () => {
    let asked = 0;
    const read: ReadEvents = async () => {
      asked += 1;
      return page(asked === 1 ? ['a'] : [], `token ${asked}`);
    };
    let reader = await opened(openLogStream(read, stream, 'end', signal));
    const readBack = async () => {
      while (reader.text.moreBefore) reader = await reader.read('before', signal);
    };
    await expect(readBack()).rejects.toMatchObject({ problem: { kind: 'response' } });
    expect(textLines(reader)).toEqual(['a']);
    expect(asked).toBeLessThan(30);
  });

  it.each(['after', 'before'] as const)('are said to be gone where the stream is, %s', async (direction) => {
    const read: ReadEvents = async (_, place) => (typeof place === 'string' ? page(['a'], 'A') : null);
    const end = direction === 'after' ? 'start' : 'end';
    const reader = await opened(openLogStream(read, stream, end, signal));
    await expect(reader.read(direction, signal)).rejects.toThrow('the log stream');
  });
});
