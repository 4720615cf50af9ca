import { describe, expect, it } from 'vitest';
import type { Invocation } from '../../src/domain/invocation.ts';
import { RemoteError } from '../../src/domain/problem.ts';
import { isTerminal } from '../../src/domain/status.ts';
import type { ListQuery, RolloutReader } from '../../src/watch/rollout-reader.ts';
import { command, invocation } from '../helpers/fixtures.ts';
import { readerOf, watchVirtually } from '../helpers/virtual-watch.ts';

const nodes = 120;
const requested = command().requestedAt ?? 0;

/** Of 120 rows half have ended; the others end one after the other, one every 2 s. */
function rowsAt(now: number): Invocation[] {
  const ended = nodes / 2 + Math.floor((now - requested) / 2_000);
  return Array.from({ length: nodes }, (_, index) =>
    invocation({ instanceId: `i-${index}`, status: index < ended ? 'Success' : 'InProgress' }),
  );
}

/** A watch of these rows over a reader of which `list` is another. */
function watchOf(list: (listing: ListQuery, rows: Invocation[]) => readonly Invocation[]) {
  const listings: ListQuery[] = [];
  const now = () => watch.clock.now();
  const isOver = () => rowsAt(now()).every(({ status }) => status === 'Success');
  const reader: RolloutReader = {
    ...readerOf({
      command: () => command({ targetCount: nodes, status: isOver() ? 'Success' : 'InProgress' }),
      pages: () => [],
      invocation: (instanceId) => rowsAt(now()).find((row) => row.instanceId === instanceId) ?? null,
    }),
    async *list(listing) {
      listings.push(listing);
      yield list(listing, rowsAt(now()));
    },
  };
  const watch = watchVirtually(reader);
  return { watch, filtered: () => listings.filter(({ status }) => status !== null).length };
}

const success = {
  kind: 'verdict',
  verdict: { outcome: 'success', counts: { Success: nodes }, commandStatus: 'Success' },
};

describe('a Status filter', () => {
  it('that holds is what most of the rollout is read with', async () => {
    const { watch, filtered } = watchOf(({ status }, rows) =>
      status === null ? rows : rows.filter((row) => row.status === status),
    );
    expect(await watch.run()).toEqual(success);
    expect(filtered()).toBeGreaterThan(20);
    expect(watch.problemKinds()).toEqual([]);
  });

  it.each<[string, (listing: ListQuery, rows: Invocation[]) => readonly Invocation[]]>([
    [
      'that AWS refuses',
      ({ status }, rows) => {
        if (status === null) return rows;
        throw new RemoteError({ kind: 'service', message: 'InvalidFilterKey', needsAction: true });
      },
    ],
    ['that lists what has ended', (_, rows) => rows],
  ])('%s is not used again, and nothing is told of it', async (_, list) => {
    const { watch, filtered } = watchOf(list);
    expect(await watch.run()).toEqual(success);
    expect(filtered()).toBe(1);
    expect(watch.problemKinds()).toEqual([]);
  });

  it('that cannot be read, while all else can, is done without', async () => {
    const broken = new RemoteError({ kind: 'service', message: 'HTTP 500', needsAction: false });
    const { watch, filtered } = watchOf(({ status }, rows) => {
      if (status === null) return rows;
      throw broken;
    });
    expect(await watch.run()).toEqual(success);
    expect(filtered()).toBe(2);
    expect(watch.elapsed()).toBeLessThan(150_000);
  });

  it('that finds nothing is not used for long, and nothing passes for ended', async () => {
    const { watch, filtered } = watchOf(({ status }, rows) => (status === null ? rows : []));
    expect(await watch.run()).toEqual(success);
    expect(filtered()).toBeLessThan(5);
    expect(watch.events.filter(({ type }) => type === 'invocation')).toHaveLength(nodes + nodes / 2);
  });

  it('does not make what has begun to run since it was read pass for ended', async () => {
    const course = (index: number, second: number) => {
      if (index < 40) return 'Success';
      const begins = index < 80 ? 0 : 10;
      return second < begins ? 'Pending' : second < begins + 20 ? 'InProgress' : 'Success';
    };
    const rows = () => {
      const second = (watch.clock.now() - requested) / 1000;
      return Array.from({ length: nodes }, (_, index) =>
        invocation({ instanceId: `i-${index}`, status: course(index, second) }),
      );
    };
    const watch = watchVirtually(
      readerOf({
        command: () =>
          command({ targetCount: nodes, status: rows().every(isTerminal) ? 'Success' : 'InProgress' }),
        pages: () => [rows()],
      }),
      { pageSize: 7 },
    );
    const awaited = new Set<number>();
    watch.store.subscribe(() => {
      if (watch.elapsed() < 20_000) awaited.add(watch.store.rows.unreadEnds.length);
    });
    expect(await watch.run()).toEqual(success);
    expect([...awaited]).toEqual([0]);
  });
});

it('an end that cannot be read at once does not keep the others from being read', async () => {
  const throttled = new RemoteError({ kind: 'throttled', message: 'Rate exceeded', needsAction: false });
  const second = () => (watch.clock.now() - requested) / 1000;
  const rows = () =>
    Array.from({ length: nodes }, (_, index) =>
      invocation({
        instanceId: `i-${index}`,
        status: index < 100 || second() > 5 ? 'Success' : 'InProgress',
      }),
    );
  let asked = 0;
  const reader: RolloutReader = {
    ...readerOf({
      command: () => command({ targetCount: nodes, status: second() > 60 ? 'Success' : 'InProgress' }),
      pages: () => [rows()],
    }),
    readInvocation: async (instanceId) => {
      asked += 1;
      if (asked % 2 === 1) throw throttled;
      return rows().find((row) => row.instanceId === instanceId) ?? null;
    },
  };
  // A page has two rows: to look up twenty is cheaper than a sweep.
  const watch = watchVirtually(reader, { pageSize: 2, interval: 10_000 });
  const ends: number[] = [];
  watch.store.onEvent((event) => {
    if (event.type === 'invocation' && event.previous) ends.push(watch.elapsed());
  });
  expect(await watch.run()).toEqual(success);
  expect(asked).toBe(40);
  // One after the other, each after its own back-off, in one round.
  expect(ends).toHaveLength(20);
  expect(ends.at(-1)).toBeLessThan(60_000);
  expect(new Set(watch.problemKinds())).toEqual(new Set(['throttled']));
});
