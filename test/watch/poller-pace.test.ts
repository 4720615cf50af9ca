import { describe, expect, it } from 'vitest';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { command, succeeded } from '../helpers/fixtures.ts';
import { readerOf, watchVirtually } from '../helpers/virtual-watch.ts';
import { openWatch } from '../helpers/watch-simulator.ts';
import { down, watchOf } from './counted-sweeps.ts';

isolateAwsEnvironment();

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
    expect(gaps.length).toBeGreaterThan(2);
    expect(Math.min(...gaps.slice(-2))).toBeGreaterThan(15_000);
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
