import { describe, expect, it } from 'vitest';
import type { TextPiece } from '../../../src/domain/text-region.ts';
import { OneLogStream } from '../../helpers/output-sources.ts';
import { running, settled, storeOf, textsOf } from '../../helpers/output-store.ts';

const signal = new AbortController().signal;
const has = (text: string) => (piece: TextPiece) => piece.lines.includes(text);

describe('a search beyond what was read', () => {
  const setUp = async (end: 'start' | 'end') => {
    const log = new OneLogStream(
      Array.from({ length: 50 }, (_, index) => `event ${index}`),
      10,
    );
    const parts = storeOf({
      readEvents: async (location, place, abort) =>
        location.stream.endsWith('stdout') ? log.read(location, place, abort) : null,
    });
    parts.store.look(running, 0, end);
    await settled();
    const lines = () => textsOf(parts.store.reading(running, 0))?.[0]?.split('\n') ?? [];
    return { ...parts, log, lines };
  };

  it('reads on to what it finds, and shows it', async () => {
    const { store, lines } = await setUp('start');
    const read = lines();
    expect(await store.search('stdout', 'after', has('event 34'), signal)).toBe(true);
    expect(lines().slice(0, read.length)).toEqual(read);
    expect(lines().at(-1)).toBe('event 39');
  });

  it('reads back to what it finds', async () => {
    const { store, lines } = await setUp('end');
    expect(await store.search('stdout', 'before', has('event 15'), signal)).toBe(true);
    expect(lines()[0]).toBe('CloudWatch Logs: event 10');
    expect(lines().at(-1)).toBe('event 49');
  });

  it('leaves what was read as it was where there is nothing to find', async () => {
    const { store, lines, told } = await setUp('start');
    const before = [lines(), told()];
    expect(await store.search('stdout', 'after', has('nothing'), signal)).toBe(false);
    expect([lines(), told()]).toEqual(before);
  });

  it('ends when it is told to, and reads no more', async () => {
    const { store, log } = await setUp('start');
    const stop = new AbortController();
    const reads = log.places.length;
    const search = store.search(
      'stdout',
      'after',
      () => {
        stop.abort(new Error('enough'));
        return false;
      },
      stop.signal,
    );
    await expect(search).rejects.toThrow('enough');
    expect(log.places).toHaveLength(reads + 1);
  });

  it('finds nothing in an output that nobody looks at', async () => {
    const { store } = await setUp('start');
    store.lookAway();
    expect(await store.search('stdout', 'after', () => true, signal)).toBe(false);
  });

  it('keeps the place that it found while the output grows', async () => {
    const { store, log, pauses, lines } = await setUp('end');
    await store.search('stdout', 'before', has('event 15'), signal);
    log.events.push('event 50');
    await pauses.end();
    expect(lines()).toContain('event 15');
    expect(lines()).toContain('event 50');
  });

  it('is not undone by a page that was asked for before it found something', async () => {
    const { store, log, lines } = await setUp('start');
    const late = Promise.withResolvers<void>();
    const slow = log.read;
    let held = false;
    Object.assign(log, {
      read: async (...query: Parameters<typeof slow>) => {
        const page = await slow(...query);
        if (!held) {
          held = true;
          await late.promise;
        }
        return page;
      },
    });
    store.extend('stdout', 'after');
    expect(await store.search('stdout', 'after', has('event 34'), signal)).toBe(true);
    late.resolve();
    await settled();
    expect(lines()).toContain('event 34');
  });
});
