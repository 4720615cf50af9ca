import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { watchOf } from './counted-sweeps.ts';

describe('pause, resume and refresh', () => {
  it('a paused watch asks nothing until it is resumed', async () => {
    const { watch, sweeps } = watchOf(3, {
      onDelay: () => watch.delays.length === 1 && watch.poller.pause(),
    });
    const ended = watch.run();
    while (watch.store.getSnapshot().activity.kind !== 'paused') await nextTurn();
    expect(watch.poller.paused).toBe(true);
    for (let turn = 0; turn < 50; turn++) await nextTurn();
    expect(sweeps()).toBe(1);
    watch.poller.resume();
    expect(watch.poller.paused).toBe(false);
    expect(await ended).toMatchObject({ kind: 'verdict' });
    expect(sweeps()).toBe(3);
  });

  it('a refresh reads once and leaves it paused', async () => {
    const { watch, sweeps } = watchOf(4);
    watch.poller.pause();
    const ended = watch.run();
    for (const read of [1, 2]) {
      while (watch.store.getSnapshot().activity.kind !== 'paused' || sweeps() < read) await nextTurn();
      for (let turn = 0; turn < 20; turn++) await nextTurn();
      expect(sweeps()).toBe(read);
      watch.poller.refresh();
    }
    expect(await ended).toMatchObject({ kind: 'verdict' });
    expect(watch.delays).toEqual([]);
  });

  it('a refresh during a round makes it be followed by another at once', async () => {
    const sweepsAtWaits: number[] = [];
    const { watch, sweeps } = watchOf(5, { onDelay: () => sweepsAtWaits.push(sweeps()) }, (sweep) => {
      if (sweep === 1) watch.poller.refresh();
      return false;
    });
    await watch.run();
    expect(sweepsAtWaits[0]).toBe(2);
  });

  it('a refresh ends the wait', async () => {
    const { watch } = watchOf(2, { onDelay: () => watch.poller.refresh(), interval: 3_600_000 });
    await watch.run();
    expect(watch.elapsed()).toBe(0);
  });
});
