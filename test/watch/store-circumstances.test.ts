import { describe, expect, it } from 'vitest';
import { command, invocation } from '../helpers/fixtures.ts';
import { failed, openStore } from './open-store.ts';

describe('what tells more about the ends of rows', () => {
  const stopped = command({ status: 'InProgress', targetCount: 3, maxErrors: '0' });
  const terminated = invocation({ instanceId: 'i-2', status: 'Failed', statusDetails: 'Terminated' });
  const node = {
    instanceId: 'i-2',
    pingStatus: 'Online',
    lastPingAt: 5,
    agentVersion: '',
    platform: '',
    ipAddress: '',
  };

  it('is known from command and rows together, whichever comes first', () => {
    for (const commandFirst of [true, false]) {
      const { store } = openStore();
      if (commandFirst) store.commandRead(stopped);
      store.pageRead([terminated]);
      store.pageRead([failed]);
      if (!commandFirst) store.commandRead(stopped);
      const { errors, circumstances } = store.getSnapshot();
      expect(errors).toMatchObject({ errors: 1, allowed: 0, terminated: 1, unsent: 1 });
      expect(circumstances.stopReason).toBe('stopped: 1 error exceeded MaxErrors 0');
    }
  });

  it('is told with the event of the row', () => {
    const { store } = openStore();
    const reasons: unknown[] = [];
    store.commandRead(stopped);
    store.onEvent(() => reasons.push(store.getSnapshot().circumstances.stopReason));
    store.pageRead([failed, terminated]);
    expect(reasons).toEqual(Array(2).fill('stopped: 1 error exceeded MaxErrors 0'));
  });

  it('stays the same object as long as it says the same', () => {
    const { store } = openStore();
    store.commandRead(stopped);
    store.pageRead([failed, terminated]);
    const { circumstances } = store.getSnapshot();
    store.pageRead([invocation({ instanceId: 'i-3' })]);
    store.commandRead({ ...stopped, targetCount: 4 });
    expect(store.getSnapshot().circumstances).toBe(circumstances);
    store.pageRead([invocation({ instanceId: 'i-4', status: 'Failed' })]);
    expect(store.getSnapshot().circumstances.stopReason).toBe('stopped: 2 errors exceeded MaxErrors 0');
  });

  it('knows no number where one instance is watched', () => {
    const { store } = openStore('i-2');
    store.commandRead(stopped);
    store.pageRead([terminated]);
    expect(store.getSnapshot()).toMatchObject({
      errors: null,
      circumstances: { stopReason: 'stopped: MaxErrors 0 was exceeded' },
    });
  });

  it('is not known where ListCommands is denied', () => {
    const { store } = openStore();
    store.commandRefused();
    store.pageRead([failed, terminated]);
    expect(store.getSnapshot()).toMatchObject({ errors: null, circumstances: { stopReason: null } });
  });

  it('keeps the nodes that were read, and forgets why they could not be', () => {
    const { store } = openStore();
    store.nodesUnread('denied');
    expect(store.getSnapshot().circumstances.nodesProblem).toBe('denied');
    store.nodesRead(new Map([['i-1', null]]));
    store.nodesRead(new Map([['i-2', node]]));
    store.commandRead(stopped);
    store.pageRead([failed, terminated]);
    expect(store.getSnapshot().circumstances).toEqual({
      stopReason: 'stopped: 1 error exceeded MaxErrors 0',
      nodes: new Map([
        ['i-1', null],
        ['i-2', node],
      ]),
      nodesProblem: null,
    });
  });

  it('is no news of the command', () => {
    const { store, events } = openStore();
    store.commandRead(stopped);
    store.commandRead({ ...stopped, triggeredAlarms: ['acme-5xx'] });
    expect(events).toHaveLength(1);
    expect(store.getSnapshot().circumstances.stopReason).toBe('stopped by the alarm acme-5xx');
  });
});
