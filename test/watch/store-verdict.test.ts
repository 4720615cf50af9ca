import { describe, expect, it } from 'vitest';
import { command, invocation } from '../helpers/fixtures.ts';
import { failed, openStore } from './open-store.ts';

describe('the verdict', () => {
  it('needs a sweep that began after the end of the command was seen, also in the same millisecond', () => {
    const { store, sweep } = openStore();
    sweep(failed);
    store.commandRead(command({ status: 'Failed' }));
    expect(store.judge()).toBeNull();
    sweep(failed);
    expect(store.judge()).toEqual({ outcome: 'failure', counts: { Failed: 1 }, commandStatus: 'Failed' });
    expect(store.getSnapshot()).toMatchObject({
      activity: { kind: 'finished' },
      verdict: { outcome: 'failure' },
    });
  });

  it('does not count a sweep that began before, though it ended after', () => {
    const { store } = openStore();
    const beganAt = store.stamp();
    store.commandRead(command());
    store.pageRead([invocation()]);
    store.sweepEnded(beganAt, 1);
    expect(store.judge()).toBeNull();
  });

  it('waits again when the command is no longer at its end', () => {
    const { store, sweep } = openStore();
    store.commandRead(command());
    store.commandRead(command({ status: 'InProgress' }));
    sweep(invocation());
    expect(store.judge()).toBeNull();
    store.commandRead(command());
    expect(store.judge()).toBeNull();
    sweep(invocation());
    expect(store.judge()).toMatchObject({ outcome: 'success' });
  });

  it('does not count an empty sweep once there are rows', () => {
    const { store, sweep } = openStore();
    store.pageRead([invocation()]);
    store.commandRead(command());
    sweep();
    expect(store.judge()).toBeNull();
  });

  it('stays once it is there', () => {
    const { store, sweep } = openStore();
    store.commandRead(command());
    sweep(invocation());
    const verdict = store.judge();
    store.pageRead([failed]);
    expect(store.judge()).toBe(verdict);
  });

  it('with --instance-id is about that row only', () => {
    const { store, sweep } = openStore(failed.instanceId);
    store.commandRead(command({ status: 'InProgress', targetCount: 50 }));
    sweep(failed);
    expect(store.judge()).toMatchObject({ outcome: 'failure', counts: { Failed: 1 } });
  });
});
