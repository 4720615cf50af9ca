import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rolloutPace } from '../../src/ui/frame-pace.ts';
import { type Moment, Moments } from '../../src/ui/moments.ts';
import type { Snapshot } from '../../src/watch/snapshot.ts';
import { RolloutStore } from '../../src/watch/store.ts';
import { command, invocation } from '../helpers/fixtures.ts';

const problem = { kind: 'network', message: 'it is gone', needsAction: false } as const;

beforeEach(() => {
  // Half a second after a full one.
  vi.useFakeTimers({ now: 1_000_500 });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A store of which the rows are drawn, and the moments that came since. */
function setUp() {
  const clocks = { monotonic: () => performance.now(), awsTime: () => Date.now() };
  const store = new RolloutStore(clocks);
  const moments = new Moments(store, clocks, rolloutPace);
  const drawn: Moment<Snapshot>[] = [];
  const close = moments.subscribe(() => drawn.push(moments.get()));
  let count = 0;
  return {
    store,
    moments,
    drawn,
    close,
    page: () => store.pageRead([invocation({ instanceId: `i-${++count}` })]),
    /** How many rows each moment has. */
    rows: () => drawn.map(({ snapshot }) => snapshot.rows.length),
    pass: (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds),
  };
}

describe('rows', () => {
  it('are drawn at once when there were none for a while, and then together', async () => {
    const { page, rows, pass } = setUp();
    page();
    await pass(10);
    expect(rows()).toEqual([1]);
    for (let pages = 0; pages < 5; pages++) {
      page();
      await pass(10);
    }
    expect(rows()).toEqual([1]);
    await pass(200);
    expect(rows()).toEqual([1, 6]);
    await pass(200);
    expect(rows()).toEqual([1, 6]);
  });

  it('never meet a key before they are drawn', async () => {
    const { moments, page, pass } = setUp();
    page();
    await pass(10);
    const shown = moments.get();
    page();
    expect(moments.get()).toBe(shown);
    await pass(200);
    expect(moments.get().snapshot.rows).toHaveLength(2);
  });
});

describe('what is more than rows', () => {
  type Change = (store: RolloutStore) => void;

  it.each<[string, Change]>([
    ['a problem', (store) => store.problemMet('sweep', problem, 1_000)],
    ['the command', (store) => store.commandRead(command())],
    ['a pause', (store) => store.activityChanged({ kind: 'paused' })],
    ['the end', (store) => store.activityChanged({ kind: 'finished' })],
  ])('is drawn at once: %s, with the rows that came before', async (_, change) => {
    const { store, page, rows, pass } = setUp();
    page();
    await pass(10);
    page();
    change(store);
    await pass(10);
    expect(rows()).toEqual([1, 2]);
  });

  it('is drawn at once when a pause is over', async () => {
    const { store, drawn, pass } = setUp();
    store.activityChanged({ kind: 'paused' });
    await pass(10);
    store.activityChanged({ kind: 'reading' });
    await pass(10);
    expect(drawn.map(({ snapshot }) => snapshot.activity.kind)).toEqual(['paused', 'reading']);
  });
});

describe('the ages', () => {
  it('are drawn anew with every second', async () => {
    const { drawn, pass } = setUp();
    await pass(490);
    expect(drawn).toEqual([]);
    await pass(2_020);
    expect(drawn.map(({ awsTime }) => Math.floor(awsTime / 1_000))).toEqual([1_001, 1_002, 1_003]);
    expect(drawn[2]?.monotonic).toBeCloseTo((drawn[0]?.monotonic ?? 0) + 2_000);
  });

  it('tell with them that the same was read again', async () => {
    const { store, page, drawn, pass } = setUp();
    page();
    await pass(10);
    store.activityChanged({ kind: 'waiting', until: 1_000 });
    store.activityChanged({ kind: 'reading' });
    store.pageRead([invocation({ instanceId: 'i-1' })]);
    store.sweepEnded(store.stamp(), 1);
    const { readAt } = store.getSnapshot();
    await pass(400);
    expect(drawn).toHaveLength(1);
    await pass(200);
    expect(drawn.map(({ snapshot }) => snapshot.readAt)).toEqual([expect.anything(), readAt]);
  });
});

it('is the present as long as nothing is drawn', async () => {
  const { moments, page, close, pass } = setUp();
  close();
  page();
  const first = moments.get();
  expect(first.snapshot.rows).toHaveLength(1);
  await pass(5_000);
  expect(moments.get()).toBe(first);
  page();
  expect(moments.get().snapshot.rows).toHaveLength(2);
});

it('is the present where it is drawn again', async () => {
  const { moments, page, close, pass } = setUp();
  close();
  page();
  await pass(5_000);
  moments.subscribe(() => {});
  expect(moments.get()).toMatchObject({ awsTime: 1_005_500, snapshot: { rows: [{ instanceId: 'i-1' }] } });
});

it('leaves no timer behind what is no longer drawn', async () => {
  const { store, page, rows, close, pass } = setUp();
  page();
  await pass(10);
  page();
  close();
  expect(vi.getTimerCount()).toBe(0);
  store.activityChanged({ kind: 'paused' });
  await pass(2_000);
  expect(rows()).toEqual([1]);
});

it('leaves nothing undrawn for longer than a second, whatever happens', async () => {
  const anyStep = fc.oneof(
    fc.constant('page'),
    fc.constantFrom('reading', 'paused', 'finished'),
    fc.constantFrom('problem', 'recovered'),
    fc.nat(400),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { maxLength: 30 }), async (steps) => {
      const { store, moments, page, pass, close } = setUp();
      for (const step of steps) {
        if (typeof step === 'number') await pass(step);
        else if (step === 'page') page();
        else if (step === 'problem') store.problemMet('sweep', problem, null);
        else if (step === 'recovered') store.problemOver('sweep');
        else if (step === 'paused' || step === 'finished' || step === 'reading') {
          store.activityChanged({ kind: step });
        }
      }
      await pass(1_001);
      expect(moments.get().snapshot).toBe(store.getSnapshot());
      close();
    }),
    { numRuns: 100 },
  );
});
