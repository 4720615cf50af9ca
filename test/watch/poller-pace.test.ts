import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { RemoteError } from '../../src/domain/problem.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { command, invocation, succeeded } from '../helpers/fixtures.ts';
import { NoEnd, readerOf, type VirtualSetup, watchVirtually } from '../helpers/virtual-watch.ts';
import { openWatch } from '../helpers/watch-simulator.ts';

isolateAwsEnvironment();

const down = new RemoteError({ kind: 'service', message: 'AWS failed with HTTP 500', needsAction: false });

const running = invocation({ ...succeeded, status: 'InProgress', statusDetails: 'InProgress' });

/**
 * A rollout that is over at the given sweep (counted from 1), which confirms the one before; it fails in those for which
 * `fails` is true.
 */
function watchOf(
  lastSweep: number,
  setup: VirtualSetup = {},
  fails: (sweep: number) => boolean = () => false,
) {
  const journal: string[] = [];
  let sweeps = 0;
  const reader = readerOf({
    command: () => command({ status: sweeps >= lastSweep - 1 ? 'Success' : 'InProgress' }),
    pages: () => [[sweeps >= lastSweep - 1 ? succeeded : running]],
  });
  const watch = watchVirtually(
    {
      ...reader,
      async *list(listing, between, signal) {
        sweeps += 1;
        journal.push('sweep begins');
        await nextTurn();
        if (fails(sweeps)) {
          journal.push('sweep fails');
          throw down;
        }
        yield* reader.list(listing, between, signal);
        journal.push('sweep ends');
      },
    },
    {
      ...setup,
      onDelay: (milliseconds) => {
        journal.push('wait');
        setup.onDelay?.(milliseconds);
      },
    },
  );
  return { watch, journal, sweeps: () => sweeps };
}

describe('the pace', () => {
  it('is the interval, from the end of each sweep', async () => {
    const { watch, journal } = watchOf(4, { interval: 1_234 });
    await watch.run();
    expect(journal).toEqual([
      ...['sweep begins', 'sweep ends', 'wait'],
      ...['sweep begins', 'sweep ends', 'wait'],
      ...['sweep begins', 'sweep ends'],
      // That it is over is confirmed at once.
      ...['sweep begins', 'sweep ends'],
    ]);
    expect(watch.delays).toEqual([1_234, 1_234]);
  });

  it('backs off while sweeps fail, longer and longer up to 30 s, and is the interval again after one success', async () => {
    const { watch } = watchOf(13, {}, (sweep) => sweep <= 7 || sweep === 10);
    await watch.run();
    const [first = 0, ...more] = watch.delays;
    expect(first).toBeGreaterThanOrEqual(1_000);
    expect(first).toBeLessThanOrEqual(2_000);
    const whileFailing = more.slice(0, 6);
    expect(whileFailing).toEqual(whileFailing.toSorted((a, b) => a - b));
    expect(whileFailing.at(-1)).toBeGreaterThan(15_000);
    expect(Math.max(...watch.delays)).toBeLessThanOrEqual(30_000);
    expect(watch.delays.slice(7)).toEqual([2_000, 2_000, first, 2_000]);
  });

  it('never reads two pages or rows at once, nor begins a round without the whole pause before it', async () => {
    let underWay = 0;
    const mostUnderWay: number[] = [];
    const during = async <Answer>(call: Promise<Answer>) => {
      underWay += 1;
      mostUnderWay.push(underWay);
      return call.finally(() => {
        underWay -= 1;
      });
    };
    await using watch = await openWatch({
      scenario: 'throttled',
      pageSize: 20,
      wrapReader: (reader) => ({
        readCommand: reader.readCommand,
        list: (listing, between, signal) => {
          const pages = reader.list(listing, between, signal)[Symbol.asyncIterator]();
          return { [Symbol.asyncIterator]: () => ({ next: () => during(pages.next()) }) };
        },
        readInvocation: (instanceId, signal) => during(reader.readInvocation(instanceId, signal)),
      }),
    });
    const pauses: number[] = [];
    let until: number | null = null;
    watch.store.subscribe(() => {
      const { activity } = watch.store;
      if (activity.kind === 'reading' && until !== null) pauses.push(watch.clock.now() - until);
      until = activity.kind === 'waiting' ? activity.until : null;
    });
    await watch.run();
    expect(Math.max(...mostUnderWay)).toBe(1);
    expect(pauses.length).toBeGreaterThan(10);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(0);
  });

  it('does not ask ListCommands while that backs off, nor hold up the sweeps', async () => {
    await using watch = await openWatch({
      instances: 5,
      faults: [{ operation: 'ListCommands', kind: 'access-denied' }],
    });
    await watch.run();
    const { requests } = watch.simulator;
    const commands = requests.filter(({ operation }) => operation === 'ListCommands').map(({ at }) => at);
    const gaps = commands.slice(1).map((at, index) => at - (commands[index] ?? 0));
    expect(gaps.slice(-2).every((gap) => gap > 15_000)).toBe(true);
    expect(requests.length - commands.length).toBe(watch.delays.length + 1);
  });
});

describe('the back-off of ListCommands', () => {
  it('is as short again after one success as at first', async () => {
    const asked: number[] = [];
    const watch = watchVirtually(
      readerOf({
        command: () => {
          asked.push(watch.elapsed());
          if (asked.length <= 5 || asked.length === 7) throw down;
          return command({ status: asked.length < 10 ? 'InProgress' : 'Success' });
        },
        pages: () => [[succeeded]],
      }),
      { interval: 500 },
    );
    await watch.run();
    const gaps = asked.slice(1).map((at, index) => at - (asked[index] ?? 0));
    expect(gaps[4]).toBeGreaterThan(15_000);
    expect(gaps[6]).toBe(gaps[0]);
    expect(gaps[7]).toBe(500);
  });
});

describe('what the store says that the poller does', () => {
  it('is reading, waiting until, and finished', async () => {
    const { watch } = watchOf(3);
    const activities: unknown[] = [];
    watch.store.subscribe(() => {
      const { activity } = watch.store.getSnapshot();
      if (activities.at(-1) !== activity) activities.push(activity);
    });
    const begun = watch.clock.now();
    await watch.run();
    expect(activities).toEqual([
      { kind: 'reading' },
      { kind: 'waiting', until: begun + 2_000 },
      { kind: 'reading' },
      { kind: 'finished' },
    ]);
  });

  it('names the time of the next try in the problem', async () => {
    const { watch } = watchOf(3, {}, (sweep) => sweep === 1);
    await watch.run();
    expect(watch.events).toContainEqual({
      type: 'problem',
      problem: down.problem,
      retryInMs: watch.delays[0],
    });
    expect(watch.events).toContainEqual({ type: 'recovered', afterMs: watch.delays[0] });
  });
});

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

describe('abort', () => {
  const reason = new Error('left');

  it.each(['ListCommands', 'ListCommandInvocations'] as const)('while %s hangs', async (operation) => {
    const abort = new AbortController();
    await using watch = await openWatch({ faults: [{ operation, kind: 'hang' }] });
    const ended = watch.run(abort.signal);
    await expect
      .poll(() => watch.simulator.requests.some((request) => request.operation === operation))
      .toBe(true);
    abort.abort(reason);
    await expect(ended).rejects.toBe(reason);
    expect(watch.problemKinds()).toEqual([]);
  });

  it('while it waits', async () => {
    const abort = new AbortController();
    const { watch, sweeps } = watchOf(5, { onDelay: () => abort.abort(reason) });
    await expect(watch.run(abort.signal)).rejects.toBe(reason);
    expect(sweeps()).toBe(1);
  });

  it('while it is paused', async () => {
    const abort = new AbortController();
    const { watch } = watchOf(5);
    watch.poller.pause();
    const ended = watch.run(abort.signal);
    while (watch.store.getSnapshot().activity.kind !== 'paused') await nextTurn();
    abort.abort(reason);
    await expect(ended).rejects.toBe(reason);
  });

  it('before it begins', async () => {
    const { watch, sweeps } = watchOf(5);
    await expect(watch.run(AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(sweeps()).toBe(0);
  });
});

describe('a call that hangs', () => {
  it('is ended by the limit and told as `network`; the rows stay', async () => {
    await using watch = await openWatch({
      callLimit: 200,
      instances: 5,
      faults: [{ operation: 'ListCommandInvocations', kind: 'hang', from: 6_000 }],
      patience: 15_000,
    });
    await expect(watch.run()).rejects.toThrow(NoEnd);
    expect(watch.store.getSnapshot().rows).toHaveLength(5);
    expect(watch.store.getSnapshot().problems).toMatchObject([
      { source: 'sweep', problem: { kind: 'network', message: expect.stringContaining('within 0.2 s') } },
    ]);
  });

  it('in ListCommands does not hold the rows up', async () => {
    const abort = new AbortController();
    await using watch = await openWatch({ faults: [{ operation: 'ListCommands', kind: 'hang' }] });
    watch.clock.advance(10_000);
    watch.store.onEvent(({ type }) => type === 'invocation' && abort.abort());
    await expect(watch.run(abort.signal)).rejects.toThrow('aborted');
    expect(watch.store.getSnapshot().rows).toHaveLength(40);
  });
});

describe('a mistake in the reader', () => {
  it('ends the watch with that mistake, and is not told as a problem of AWS', async () => {
    const watch = watchVirtually({
      ...readerOf({ command: () => command({ status: 'InProgress' }), pages: () => [] }),
      async *list() {
        yield [invocation()];
        throw new TypeError('a mistake');
      },
    });
    await expect(watch.run()).rejects.toThrow(TypeError);
    expect(watch.problemKinds()).toEqual([]);
  });
});
