import { describe, expect, it } from 'vitest';
import type { OutputReaders } from '../../../src/watch/outputs/output-readers.ts';
import { denied, OneObject } from '../../helpers/output-sources.ts';
import { deny, inS3, output, rowOf, settled, storeOf } from '../../helpers/output-store.ts';

describe('after a failure', () => {
  it('an output is tried again when it is looked at again, and not before', async () => {
    let answer: OutputReaders['readPluginOutput'] = deny;
    const { store, asked } = storeOf({ readPluginOutput: (...query) => answer(...query) });
    const row = rowOf({});
    store.look(row, 0, 'start');
    await settled();
    store.look(row, 0, 'start');
    expect(store.reading(row, 0)?.notices).toHaveLength(1);
    expect(asked).toHaveLength(1);
    answer = async () => output;
    store.lookAway();
    store.look(row, 0, 'start');
    await settled();
    expect(store.reading(row, 0)?.notices).toEqual([]);
    expect(asked).toHaveLength(2);
  });

  it('that came when nobody looked any more it is tried again too', async () => {
    let fail = () => {};
    let answer: OutputReaders['readPluginOutput'] = () =>
      new Promise((_, reject) => {
        fail = () => reject(denied);
      });
    const { store } = storeOf({ readPluginOutput: (...query) => answer(...query) });
    const row = rowOf({});
    store.look(row, 0, 'start');
    await settled();
    store.lookAway();
    fail();
    await settled();
    expect(store.reading(row, 0)?.notices).toHaveLength(1);
    answer = async () => output;
    store.look(row, 0, 'start');
    await settled();
    expect(store.reading(row, 0)).toMatchObject({ notices: [], busy: false });
  });

  it('reading on rests, also for who asks at every change', async () => {
    const object = new OneObject('x\n'.repeat(600_000));
    let answer: OutputReaders['readObject'] = object.read;
    const { store, asked, pauses } = storeOf({ readObject: (...query) => answer(...query) });
    store.look(inS3, 0, 'start');
    await settled();
    store.subscribe(() => store.extend('stdout', 'after'));
    answer = deny;
    const before = asked.length;
    store.extend('stdout', 'after');
    await settled();
    expect(asked).toHaveLength(before + 1);
    expect(store.reading(inS3, 0)?.notices).toEqual(['denied']);
    answer = object.read;
    await pauses.end();
    expect(asked.length).toBeGreaterThan(before + 1);
    expect(store.reading(inS3, 0)).toMatchObject({ notices: [], stdout: { moreAfter: false } });
  });
});
