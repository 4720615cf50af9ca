import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/domain/problem.ts';
import type { RolloutStore } from '../../src/watch/store.ts';
import { command, commandId } from '../helpers/fixtures.ts';
import { failed, openStore, pending, running } from './open-store.ts';

describe('the snapshot', () => {
  it('is the same object until something changes, and never changes itself', () => {
    const { store, snapshots } = openStore();
    const first = store.getSnapshot();
    expect(store.getSnapshot()).toBe(first);
    store.pageRead([pending]);
    store.pageRead([running]);
    expect(first.rows).toEqual([]);
    expect(snapshots).toHaveLength(2);
    expect(new Set(snapshots).size).toBe(2);
    expect(store.getSnapshot()).toBe(snapshots.at(-1));
  });

  it('keeps its rows where nothing of them changed', () => {
    const { store } = openStore();
    store.pageRead([running]);
    const { rows } = store.getSnapshot();
    store.pageRead([{ ...running }]);
    expect(store.getSnapshot().rows).toBe(rows);
  });

  it('is told no more once unsubscribed', () => {
    const { store } = openStore();
    let told = 0;
    const leave = store.subscribe(() => {
      told += 1;
    });
    const leaveEvents = store.onEvent(() => {
      told += 1;
    });
    leave();
    leaveEvents();
    store.pageRead([running]);
    expect(told).toBe(0);
  });
});

describe('the command', () => {
  it('is told when first seen and on change', () => {
    const { store, events } = openStore();
    const inProgress = command({ status: 'InProgress' });
    store.commandRead(inProgress);
    store.commandRead({ ...inProgress });
    store.commandRead(command());
    expect(events).toEqual([
      { type: 'command', command: inProgress },
      { type: 'command', command: command() },
    ]);
    expect(store.getSnapshot().command).toEqual(command());
  });

  it.each([
    ['its fields', { allFields: [{ name: 'CompletedCount', value: '1' }] }],
    ['its parameters', { parameters: [{ name: 'commands', value: 'uptime' }] }],
  ])('of which only %s changed is kept anew, and not told', (_, change) => {
    const { store, events } = openStore();
    store.commandRead(command({ status: 'InProgress' }));
    store.commandRead(command({ status: 'InProgress', ...change }));
    expect(store.getSnapshot().command).toMatchObject(change);
    expect(events).toHaveLength(1);
  });

  it.each(['before', 'after'] as const)('is told from a row where ListCommands is denied, %s it', (order) => {
    const { store, events } = openStore();
    if (order === 'before') store.pageRead([running]);
    store.commandRefused();
    if (order === 'after') store.pageRead([running]);
    store.pageRead([failed]);
    const commands = events.filter(({ type }) => type === 'command');
    expect(commands).toMatchObject([
      { command: { commandId, documentName: 'AWS-RunShellScript', status: null, targetCount: null } },
    ]);
    expect(store.commandDenied).toBe(true);
  });

  it('that was read stays when ListCommands is denied later', () => {
    const { store, events } = openStore();
    store.commandRead(command({ status: 'InProgress' }));
    store.commandRefused();
    store.pageRead([running]);
    expect(store.getSnapshot().command).toEqual(command({ status: 'InProgress' }));
    expect(events.filter(({ type }) => type === 'command')).toHaveLength(1);
    store.commandRead(command());
    expect(store.commandDenied).toBe(false);
  });

  it.each<[string, (store: RolloutStore) => void, boolean]>([
    ['nothing', () => {}, false],
    ['a denial', (store) => store.commandRefused(), false],
    ['the command', (store) => store.commandRead(command()), true],
    ['a row', (store) => store.pageRead([running]), true],
  ])('is found with %s: it is %s', (_, act, found) => {
    const { store } = openStore();
    act(store);
    expect(store.found).toBe(found);
  });
});

describe('problems', () => {
  const problem: Problem = { kind: 'network', message: 'gone', needsAction: false };

  it('are in the snapshot while they stand, and told when they come and go', () => {
    const { store, time, events } = openStore();
    store.problemMet('sweep', problem, 4_000);
    expect(store.getSnapshot().problems).toEqual([
      { source: 'sweep', problem, since: 1_000, retryAt: 5_000 },
    ]);
    time.now = 3_500;
    store.problemOver('sweep');
    expect(store.getSnapshot().problems).toEqual([]);
    expect(events).toEqual([
      { type: 'problem', problem, retryInMs: 4_000 },
      { type: 'recovered', afterMs: 2_500 },
    ]);
  });

  it('that go on are told once, and tell in the snapshot when the next try is', () => {
    const { store, time, events } = openStore();
    store.problemMet('sweep', problem, 4_000);
    time.now = 5_000;
    store.problemMet('sweep', problem, 8_000);
    expect(store.getSnapshot().problems).toMatchObject([{ since: 1_000, retryAt: 13_000 }]);
    expect(events).toHaveLength(1);
  });
});
