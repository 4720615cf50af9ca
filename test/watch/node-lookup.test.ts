import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { readNodes } from '../../src/aws/instance-information.ts';
import { rowDetail } from '../../src/domain/detail.ts';
import type { Invocation } from '../../src/domain/invocation.ts';
import type { ManagedNode } from '../../src/domain/managed-node.ts';
import { type Problem, RemoteError } from '../../src/domain/problem.ts';
import { NodeLookup, type ReadNodes } from '../../src/watch/node-lookup.ts';
import { RolloutStore } from '../../src/watch/store.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { invocation, requestedAt } from '../helpers/fixtures.ts';
import { openWatch } from '../helpers/watch-simulator.ts';

isolateAwsEnvironment();

const problem = (kind: Problem['kind']): RemoteError =>
  new RemoteError({ kind, message: `it is ${kind}`, needsAction: kind === 'access-denied' });
const lost = (from: number, count: number): Invocation[] =>
  Array.from({ length: count }, (_, index) =>
    invocation({ instanceId: `i-${from + index}`, status: 'TimedOut', statusDetails: 'DeliveryTimedOut' }),
  );
const node = (instanceId: string): ManagedNode => ({
  instanceId,
  pingStatus: 'ConnectionLost',
  lastPingAt: requestedAt - 60_000,
  agentVersion: '',
  platform: '',
  ipAddress: '',
});

/** A lookup whose calls are answered as told, by default that all nodes are known. */
function open(answer: ReadNodes = async (ids) => ids.map(node)) {
  const time = { now: 0 };
  const clocks = { monotonic: () => time.now, awsTime: () => requestedAt + time.now };
  const store = new RolloutStore(clocks);
  /** The IDs of each call. */
  const calls: (readonly string[])[] = [];
  const signals: AbortSignal[] = [];
  const lookup = new NodeLookup(store, (ids, signal) => {
    calls.push(ids);
    signals.push(signal);
    return answer(ids, signal);
  });
  /** A sweep that lists these rows, and what follows from it. */
  const sweep = async (...rows: Invocation[]) => {
    store.activityChanged({ kind: 'reading' });
    for (const row of rows) store.pageRead([row]);
    store.activityChanged({ kind: 'waiting', until: time.now + 2_000 });
    for (let turn = 0; turn < 20; turn++) await nextTurn();
  };
  const known = () => store.getSnapshot().circumstances;
  return { store, time, calls, signals, lookup, sweep, known };
}

describe('the nodes of what was not delivered', () => {
  it('are asked for once, together, after the sweep that showed them', async () => {
    const { store, calls, sweep, known, time } = open();
    store.pageRead(lost(1, 1));
    expect(calls).toEqual([]);
    await sweep(
      ...lost(1, 3),
      invocation({ instanceId: 'i-9', status: 'Failed', statusDetails: 'Undeliverable' }),
    );
    expect(calls).toEqual([['i-1', 'i-2', 'i-3', 'i-9']]);
    expect([...known().nodes.keys()]).toEqual(['i-1', 'i-2', 'i-3', 'i-9']);
    time.now += 3_600_000;
    await sweep(...lost(1, 3));
    expect(calls).toHaveLength(1);
  });

  it('are of nothing else', async () => {
    const { calls, sweep } = open();
    const others = ['Success', 'Failed', 'InProgress', 'Cancelled', 'Pending'];
    await sweep(...others.map((status) => invocation({ instanceId: status, status })));
    expect(calls).toEqual([]);
  });

  it('are told also where SSM does not know them', async () => {
    const { sweep, known } = open(async () => [node('i-1')]);
    await sweep(...lost(1, 2));
    expect([...known().nodes]).toEqual([
      ['i-1', node('i-1')],
      ['i-2', null],
    ]);
  });

  it('are asked for 50 at a time, and no more than 500', async () => {
    const { calls, sweep } = open();
    await sweep(...lost(0, 120));
    expect(calls.map(({ length }) => length)).toEqual([50, 50, 20]);
    await sweep(...lost(120, 500));
    expect(calls.flat()).toHaveLength(500);
    expect(new Set(calls.flat()).size).toBe(500);
    expect(calls.every(({ length }) => length <= 50)).toBe(true);
  });

  it('are collected for half a minute when they come one by one, unless it is over', async () => {
    const { store, time, calls, sweep } = open();
    await sweep(...lost(1, 1));
    time.now = 10_000;
    await sweep(...lost(2, 1));
    time.now = 29_999;
    await sweep(...lost(3, 1));
    expect(calls).toEqual([['i-1']]);
    time.now = 30_000;
    await sweep();
    expect(calls).toEqual([['i-1'], ['i-2', 'i-3']]);
    await sweep(...lost(4, 1));
    expect(calls).toHaveLength(2);
    store.activityChanged({ kind: 'finished' });
    expect(calls).toEqual([['i-1'], ['i-2', 'i-3'], ['i-4']]);
  });

  it('are asked for at once when there are enough for a call', async () => {
    const { calls, sweep } = open();
    await sweep(...lost(1, 1));
    await sweep(...lost(2, 50));
    expect(calls.map(({ length }) => length)).toEqual([1, 50]);
  });
});

describe('nodes that cannot be asked for', () => {
  it('are asked for again after a minute where that is denied, and then more and more seldom', async () => {
    const { calls, sweep, known, time } = open(() => Promise.reject(problem('access-denied')));
    for (const [now, asked] of [
      [0, 1],
      [59_999, 1],
      [60_000, 2],
      [179_999, 2],
      [180_000, 3],
      [419_999, 3],
      [420_000, 4],
      [899_999, 4],
      [900_000, 5],
      [1_379_999, 5],
      [1_380_000, 6],
    ] as const) {
      time.now = now;
      await sweep(...lost(1, 120));
      expect([now, calls.length]).toEqual([now, asked]);
    }
    expect(known().nodesProblem).toBe('it is access-denied');
    expect(known().nodes.size).toBe(0);
  });

  it('are known when it is granted again', async () => {
    let isDenied = true;
    const { sweep, known, time } = open(async (ids) => {
      if (isDenied) throw problem('access-denied');
      return ids.map(node);
    });
    await sweep(...lost(1, 2));
    isDenied = false;
    time.now = 60_000;
    await sweep();
    expect(known()).toMatchObject({ nodesProblem: null });
    expect(known().nodes.size).toBe(2);
  });

  it('are asked for again after half a minute, and then after twice the time each', async () => {
    const { calls, sweep, known, time } = open(() => Promise.reject(problem('throttled')));
    for (const [now, asked] of [
      [0, 1],
      [29_999, 1],
      [30_000, 2],
      [89_999, 2],
      [90_000, 3],
      [209_999, 3],
      [210_000, 4],
    ] as const) {
      time.now = now;
      await sweep(...lost(1, 2));
      expect([now, calls.length]).toEqual([now, asked]);
    }
    expect(known().nodesProblem).toBe('it is throttled');
  });

  it('are known in the end when a later call is answered', async () => {
    const answers = [Promise.reject(problem('network'))];
    const { calls, sweep, known, time } = open((ids) => answers.shift() ?? Promise.resolve(ids.map(node)));
    await sweep(...lost(1, 2));
    expect(known().nodesProblem).toBe('it is network');
    time.now = 30_000;
    await sweep();
    expect(known()).toMatchObject({ nodesProblem: null });
    expect(known().nodes.size).toBe(2);
    expect(calls).toEqual([
      ['i-1', 'i-2'],
      ['i-1', 'i-2'],
    ]);
  });

  it('break nothing, whatever it is', async () => {
    const { sweep, known } = open(() => Promise.reject(new TypeError('x is not a function')));
    await sweep(...lost(1, 1));
    expect(known().nodesProblem).toBe('the nodes could not be asked for: TypeError: x is not a function');
  });

  it.each<[string, () => ReturnType<ReadNodes>]>([
    ['an answer', async () => []],
    ['a failure', () => Promise.reject(problem('network'))],
  ])('are told nothing of after the end: %s', async (_, answer) => {
    const { store, calls, signals, lookup, sweep, known } = open(async (_ids, signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return answer();
    });
    await sweep(...lost(1, 60));
    const before = known();
    lookup.close();
    await sweep(...lost(100, 60));
    expect(signals[0]?.aborted).toBe(true);
    expect(calls).toHaveLength(1);
    expect(known()).toBe(before);
    expect(store.getSnapshot().rows).toHaveLength(120);
  });
});

describe('beside a watch of the simulator', () => {
  const watchBad = async (setup: Parameters<typeof openWatch>[0] = {}) => {
    const watch = await openWatch({ scenario: 'bad', ...setup });
    const lookup = new NodeLookup(watch.store, (ids, signal) => readNodes(watch.connection, ids, signal));
    const asked = () =>
      watch.simulator.requests.filter(({ operation }) => operation === 'DescribeInstanceInformation').length;
    return { watch, lookup, asked };
  };
  const undelivered = (rows: readonly Invocation[]) =>
    rows.filter(({ statusDetails }) => ['DeliveryTimedOut', 'Undeliverable'].includes(statusDetails));

  it('what was not delivered says since when its node has not been seen', async () => {
    const { watch, lookup, asked } = await watchBad();
    await using _ = watch;
    await watch.run();
    const rows = undelivered(watch.store.getSnapshot().rows);
    expect(rows).toHaveLength(3);
    await expect.poll(() => watch.store.getSnapshot().circumstances.nodes.size).toBe(3);
    const { circumstances } = watch.store.getSnapshot();
    for (const row of rows)
      expect(rowDetail(row, circumstances)).toMatch(/; last seen .* before the command$/);
    expect(asked()).toBeLessThanOrEqual(3);
    expect(watch.connection.requests).toBe(watch.simulator.requests.length);
    lookup.close();
  });

  it('the verdict is the same where that is denied, and it is asked once', async () => {
    const { watch, lookup, asked } = await watchBad({
      faults: [{ operation: 'DescribeInstanceInformation', kind: 'access-denied' }],
    });
    await using _ = watch;
    const ending = await watch.run();
    await expect
      .poll(() => watch.store.getSnapshot().circumstances.nodesProblem)
      .toContain('ssm:DescribeInstanceInformation');
    expect(asked()).toBe(1);
    expect(ending).toMatchObject({ kind: 'verdict', verdict: { outcome: 'failure' } });
    expect(watch.problemKinds()).toEqual([]);
    const { rows, circumstances } = watch.store.getSnapshot();
    expect(undelivered(rows)).toHaveLength(3);
    for (const row of undelivered(rows)) expect(rowDetail(row, circumstances)).toBe(rowDetail(row));
    lookup.close();
  });

  it('a call that hangs holds nothing up', async () => {
    const { watch, lookup } = await watchBad({
      faults: [{ operation: 'DescribeInstanceInformation', kind: 'hang' }],
    });
    await using _ = watch;
    expect(await watch.run()).toMatchObject({ kind: 'verdict', verdict: { outcome: 'failure' } });
    lookup.close();
  });
});
