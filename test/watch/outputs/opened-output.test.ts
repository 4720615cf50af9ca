import { describe, expect, it } from 'vitest';
import { denied, OneLogStream, OneObject } from '../../helpers/output-sources.ts';
import { inS3, rowOf, running, settled, storeOf, textsOf } from '../../helpers/output-store.ts';

describe('an output that grows', () => {
  const setUp = (events = ['first'], end: 'start' | 'end' = 'end') => {
    const log = new OneLogStream(events, 100);
    const parts = storeOf({
      readEvents: async (location, place, signal) =>
        location.stream.endsWith('stdout') ? log.read(location, place, signal) : null,
    });
    parts.store.look(running, 0, end);
    return { ...parts, log, shown: () => textsOf(parts.store.reading(running, 0))?.[0] };
  };

  it('is read on while the step runs', async () => {
    const { log, pauses, shown } = setUp();
    await settled();
    for (const event of ['second', 'third']) {
      log.events.push(event);
      await pauses.end();
    }
    expect(shown()).toBe('CloudWatch Logs: first\nsecond\nthird');
  });

  it('is read on from its beginning when all of it is there', async () => {
    const { store, log, pauses, shown } = setUp(['first'], 'start');
    await settled();
    store.extend('stdout', 'after');
    await settled();
    log.events.push('second');
    await pauses.end();
    expect(shown()).toBe('CloudWatch Logs: first\nsecond');
  });

  it('keeps what was read while the other stream is still awaited', async () => {
    const events = Array.from({ length: 250 }, (_, index) => `event ${index}`);
    const { store, pauses, shown } = setUp(events, 'start');
    await settled();
    store.extend('stdout', 'after');
    await settled();
    store.extend('stdout', 'after');
    await settled();
    // Most steps write to one stream only: nothing is missing.
    expect(store.reading(running, 0)?.notices).toEqual([]);
    await pauses.end();
    expect(shown()?.split('\n')).toHaveLength(250);
  });

  it('is said not to be there yet while neither stream is', async () => {
    const { store } = storeOf({ readEvents: async () => null });
    store.look(running, 0, 'start');
    await settled();
    expect(store.reading(running, 0)?.notices).toEqual([
      'CloudWatch Logs has nothing of stdout yet; the agent uploads every 30 s',
      'CloudWatch Logs has nothing of stderr yet; the agent uploads every 30 s',
    ]);
  });

  it('is not read any more when nobody looks, and again when somebody does', async () => {
    const { store, asked, log, pauses, shown } = setUp();
    await settled();
    store.lookAway();
    const before = asked.length;
    expect(pauses.count).toBe(0);
    log.events.push('second');
    await pauses.end();
    expect(asked).toHaveLength(before);
    store.look(running, 0, 'end');
    await settled();
    await pauses.end();
    expect(shown()).toBe('CloudWatch Logs: first\nsecond');
  });

  it('is not read any more after the end of the watch', async () => {
    const { asked, pauses, stop, told } = setUp();
    await settled();
    const before = [asked.length, told()];
    stop.abort();
    await pauses.end();
    expect([asked.length, told()]).toEqual(before);
    expect(pauses.count).toBe(0);
  });

  it('is looked for elsewhere when the step has ended, also without a word in the list', async () => {
    const { store, pauses } = setUp();
    await settled();
    const ended = rowOf({ output: '' }, { logGroup: '/ssm' });
    store.look(ended, 0, 'end');
    await settled();
    // For a minute what the step wrote last can still come.
    for (let pause = 0; pause < 12; pause += 1) await pauses.end();
    expect(pauses.count).toBe(0);
  });

  it('is what S3 has as soon as it has it', async () => {
    const object = new OneObject('all of it');
    let isThere = false;
    const { store, asked, pauses } = storeOf({
      readObject: async (...query) => (isThere ? object.read(...query) : null),
    });
    store.look(inS3, 0, 'start');
    await settled();
    expect(store.reading(inS3, 0)?.notices).toContain('S3 has no object of stdout yet: logs/stdout');
    await pauses.end();
    isThere = true;
    await pauses.end();
    expect(textsOf(store.reading(inS3, 0))?.[0]).toBe('S3: all of it');
    expect(store.reading(inS3, 0)?.notices).toEqual([]);
    // What GetCommandInvocation gave is final: it is not asked again while S3 is awaited.
    expect(asked.filter((call) => call.startsWith('Get'))).toHaveLength(1);
    await pauses.end();
    expect(pauses.count).toBe(0);
  });

  it('is not waited for in S3 for ever', async () => {
    const { store, asked, pauses } = storeOf({});
    store.look(inS3, 0, 'start');
    await settled();
    for (let pause = 0; pause < 12; pause += 1) await pauses.end();
    expect(pauses.count).toBe(0);
    expect(asked.filter((call) => call === 'S3 stdout')).toHaveLength(13);
  });

  it('is what S3 has when that is allowed again, asked for every half minute', async () => {
    const object = new OneObject('all of it');
    let isDenied = true;
    const { store, asked, pauses } = storeOf({
      readObject: async (...query) => {
        if (isDenied) throw denied;
        return object.read(...query);
      },
    });
    store.look(inS3, 0, 'start');
    await settled();
    const { notices = [] } = store.reading(inS3, 0) ?? {};
    expect(notices).toEqual(['S3 could not be read: denied']);
    for (let pause = 0; pause < 18; pause += 1) await pauses.end();
    expect(asked.filter((call) => call === 'S3 stdout')).toHaveLength(4);
    isDenied = false;
    for (let pause = 0; pause < 6; pause += 1) await pauses.end();
    expect(textsOf(store.reading(inS3, 0))?.[0]).toBe('S3: all of it');
    expect(store.reading(inS3, 0)?.notices).toEqual([]);
    await pauses.end();
    expect(pauses.count).toBe(0);
  });
});
