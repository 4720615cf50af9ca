import { describe, expect, it } from 'vitest';
import type { Invocation } from '../../src/domain/invocation.ts';
import type { Problem } from '../../src/domain/problem.ts';
import type { WatchEvent } from '../../src/watch/events.ts';
import { targetsOf } from '../../src/watch/snapshot.ts';
import { RolloutStore } from '../../src/watch/store.ts';
import { command, commandId, invocation, plugin } from '../helpers/fixtures.ts';

const pending = invocation({ status: 'Pending' });
const running = invocation({ status: 'InProgress' });
const failed = invocation({ status: 'Failed' });

function open(instanceId: string | null = null) {
  const time = { now: 1_000 };
  const store = new RolloutStore(
    { monotonic: () => time.now, awsTime: () => time.now + 1_000_000 },
    instanceId,
  );
  const events: WatchEvent[] = [];
  store.onEvent((event) => events.push(event));
  const snapshots: unknown[] = [];
  store.subscribe(() => snapshots.push(store.getSnapshot()));
  /** A whole sweep of these rows. */
  const sweep = (...rows: Invocation[]) => {
    const beganAt = store.stamp();
    store.pageRead(rows);
    store.sweepEnded(beganAt, rows.length);
  };
  return { store, time, events, snapshots, sweep };
}

describe('rows', () => {
  it('are told when they come and when they change, with what they were', () => {
    const { store, events } = open();
    store.pageRead([pending]);
    store.pageRead([pending]);
    store.pageRead([failed]);
    expect(events).toEqual([
      { type: 'invocation', invocation: pending, previous: null },
      { type: 'invocation', invocation: failed, previous: pending },
    ]);
  });

  it('that repeat in a page or a sweep are one', () => {
    const { store, events } = open();
    store.pageRead([running, running]);
    store.pageRead([running]);
    expect(store.getSnapshot().rows).toEqual([running]);
    expect(events).toHaveLength(1);
  });

  it('keep the order in which they were first listed', () => {
    const { store } = open();
    const other = invocation({ instanceId: 'i-00000002', status: 'Pending' });
    store.pageRead([other, running]);
    store.pageRead([failed]);
    store.pageRead([{ ...other, status: 'Success', statusDetails: 'Success' }]);
    expect(store.getSnapshot().rows.map(({ instanceId }) => instanceId)).toEqual([
      'i-00000002',
      running.instanceId,
    ]);
  });

  it('know when they were seen to begin to run', () => {
    const { store, time } = open();
    store.pageRead([pending]);
    time.now = 9_000;
    store.pageRead([running]);
    expect(store.getSnapshot().rows).toEqual([{ ...running, runningSince: 1_009_000 }]);
  });

  it('do not fall back from their end', () => {
    const { store, events } = open();
    store.pageRead([failed]);
    store.pageRead([running]);
    expect(store.getSnapshot().rows).toEqual([failed]);
    expect(events).toHaveLength(1);
  });

  it.each<[string, Partial<Invocation>]>([
    ['the output', { plugins: [plugin({ output: 'ab' })] }],
    ['other fields', { otherFields: [{ name: 'TraceOutput', value: 'x' }] }],
  ])('of which only %s changed are kept anew, and not told', (_, change) => {
    const { store, events } = open();
    const before = invocation({ status: 'InProgress', plugins: [plugin({ output: 'a' })] });
    const after = { ...before, ...change };
    store.pageRead([before]);
    store.pageRead([after]);
    expect(store.getSnapshot().rows).toEqual([after]);
    expect(events).toHaveLength(1);
  });

  it('tell when they were read', () => {
    const { store, time } = open();
    expect(store.getSnapshot().readAt).toBeNull();
    store.pageRead([running]);
    expect(store.getSnapshot().readAt).toBe(1_000);
    time.now = 5_000;
    store.pageRead([running]);
    expect(store.getSnapshot().readAt).toBe(5_000);
  });

  it('that a sweep did not list are known', () => {
    const { store } = open();
    const other = invocation({ instanceId: 'i-00000002' });
    store.pageRead([running, other]);
    const beganAt = store.stamp();
    store.pageRead([running]);
    expect(store.rows.absentSince(beganAt)).toEqual([other]);
  });
});

describe('the snapshot', () => {
  it('is the same object until something changes, and never changes itself', () => {
    const { store, snapshots } = open();
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
    const { store } = open();
    store.pageRead([running]);
    const { rows } = store.getSnapshot();
    store.pageRead([{ ...running }]);
    expect(store.getSnapshot().rows).toBe(rows);
  });

  it('is told no more once unsubscribed', () => {
    const { store } = open();
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
    const { store, events } = open();
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
    const { store, events } = open();
    store.commandRead(command({ status: 'InProgress' }));
    store.commandRead(command({ status: 'InProgress', ...change }));
    expect(store.getSnapshot().command).toMatchObject(change);
    expect(events).toHaveLength(1);
  });

  it.each(['before', 'after'] as const)('is told from a row where ListCommands is denied, %s it', (order) => {
    const { store, events } = open();
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
    const { store, events } = open();
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
    const { store } = open();
    act(store);
    expect(store.found).toBe(found);
  });
});

describe('problems', () => {
  const problem: Problem = { kind: 'network', message: 'gone', needsAction: false };

  it('are in the snapshot while they stand, and told when they come and go', () => {
    const { store, time, events } = open();
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
    const { store, time, events } = open();
    store.problemMet('sweep', problem, 4_000);
    time.now = 5_000;
    store.problemMet('sweep', problem, 8_000);
    expect(store.getSnapshot().problems).toMatchObject([{ since: 1_000, retryAt: 13_000 }]);
    expect(events).toHaveLength(1);
  });
});

describe('the verdict', () => {
  it('needs a sweep that began after the end of the command was seen, also in the same millisecond', () => {
    const { store, sweep } = open();
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
    const { store } = open();
    const beganAt = store.stamp();
    store.commandRead(command());
    store.pageRead([invocation()]);
    store.sweepEnded(beganAt, 1);
    expect(store.judge()).toBeNull();
  });

  it('waits again when the command is no longer at its end', () => {
    const { store, sweep } = open();
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
    const { store, sweep } = open();
    store.pageRead([invocation()]);
    store.commandRead(command());
    sweep();
    expect(store.judge()).toBeNull();
  });

  it('stays once it is there', () => {
    const { store, sweep } = open();
    store.commandRead(command());
    sweep(invocation());
    const verdict = store.judge();
    store.pageRead([failed]);
    expect(store.judge()).toBe(verdict);
  });

  it('with --instance-id is about that row only', () => {
    const { store, sweep } = open(failed.instanceId);
    store.commandRead(command({ status: 'InProgress', targetCount: 50 }));
    sweep(failed);
    expect(store.judge()).toMatchObject({ outcome: 'failure', counts: { Failed: 1 } });
  });
});

it('takes an empty page for no confirmation of the rows', () => {
  const time = { now: 1_000 };
  const store = new RolloutStore({ monotonic: () => time.now, awsTime: () => time.now });
  store.pageRead([invocation()]);
  time.now = 60_000;
  store.pageRead([]);
  expect(store.getSnapshot().readAt).toBe(1_000);
});

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
      const { store } = open();
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
    const { store } = open();
    const reasons: unknown[] = [];
    store.commandRead(stopped);
    store.onEvent(() => reasons.push(store.getSnapshot().circumstances.stopReason));
    store.pageRead([failed, terminated]);
    expect(reasons).toEqual(Array(2).fill('stopped: 1 error exceeded MaxErrors 0'));
  });

  it('stays the same object as long as it says the same', () => {
    const { store } = open();
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
    const { store } = open('i-2');
    store.commandRead(stopped);
    store.pageRead([terminated]);
    expect(store.getSnapshot()).toMatchObject({
      errors: null,
      circumstances: { stopReason: 'stopped: MaxErrors 0 was exceeded' },
    });
  });

  it('is not known where ListCommands is denied', () => {
    const { store } = open();
    store.commandRefused();
    store.pageRead([failed, terminated]);
    expect(store.getSnapshot()).toMatchObject({ errors: null, circumstances: { stopReason: null } });
  });

  it('keeps the nodes that were read, and forgets why they could not be', () => {
    const { store } = open();
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
    const { store, events } = open();
    store.commandRead(stopped);
    store.commandRead({ ...stopped, triggeredAlarms: ['acme-5xx'] });
    expect(events).toHaveLength(1);
    expect(store.getSnapshot().circumstances.stopReason).toBe('stopped by the alarm acme-5xx');
  });
});

describe('how far what is known reaches', () => {
  const reach = (store: RolloutStore) => {
    const { sweptAt, coveredAt } = store.getSnapshot();
    return { sweptAt, coveredAt };
  };

  it("is told after a round, by AWS's clock and by ours", () => {
    const { store, time } = open();
    store.pageRead([running]);
    expect(reach(store)).toEqual({ sweptAt: null, coveredAt: null });
    time.now = 5_000;
    store.roundEnded(2_000, 2_000);
    expect(reach(store)).toEqual({ sweptAt: 1_002_000, coveredAt: 2_000 });
  });

  it('is not beyond an end that is unread', () => {
    const { store, time } = open();
    store.pageRead([running]);
    time.now = 4_000;
    store.listingEnded(() => true, store.stamp());
    time.now = 9_000;
    store.roundEnded(8_000, 8_000);
    expect(store.getSnapshot().sweptAt).toBeCloseTo(1_004_000, 0);
  });

  it('is as it was while AWS does not list what it did', () => {
    const { store } = open();
    store.pageRead([running]);
    store.roundEnded(1_000, 1_000);
    store.problemMet('listing', { kind: 'response', message: 'gone', needsAction: false }, 2_000);
    store.roundEnded(3_000, 3_000);
    expect(store.getSnapshot().coveredAt).toBe(1_000);
  });
});

describe('how many instances the watch is about', () => {
  it.each([
    ['what AWS counted', null, command({ targetCount: 44 }), 44],
    ['unknown before that', null, null, null],
    ['unknown while it counts them', null, command({ targetCount: 0 }), null],
    ['none where none matched', null, command({ targetCount: 0, statusDetails: 'NoInstancesInTag' }), 0],
    ['one where it is about one', 'i-1', command({ targetCount: 44 }), 1],
  ])('is %s', (_, instanceId, known, count) => expect(targetsOf({ command: known, instanceId })).toBe(count));
});
