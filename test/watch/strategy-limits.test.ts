import { describe, expect, it } from 'vitest';
import { type Call, type Known, nextGlance } from '../../src/watch/strategy.ts';
import {
  answered,
  callsOf,
  ended,
  known,
  none,
  now,
  read,
  row,
  unsuccessful,
} from '../helpers/known-rollout.ts';

const command: Call = { kind: 'command' };
const sweep: Call = { kind: 'sweep', details: true };
const list = (status: 'Pending' | 'Delayed' | 'InProgress'): Call => ({
  kind: 'status',
  status,
  details: true,
});
const running = list('InProgress');
/** Rows of which these have not ended. */
const only = (all: number, listed: Partial<Known['rows']['listed']>) => ({
  ...ended(all),
  listed: { ...none, ...listed },
});
/** It ended after so many rows had ended that they are still to be read. */
const overWithRows = (expiresAt: number | null) =>
  known(1_000, {
    sweptAt: now - 6_000,
    rows: only(1_000, { InProgress: 7, Pending: 3 }),
    command: { ...answered, terminalAt: now - 20_000, expiresAt },
  });
const longAgo = { sweptAt: now - 25_000, sweepEvery: 300_000 };

describe('where one thing more would change it, a round', () => {
  it.each<[string, Known, readonly Call[]]>([
    [
      'asks for a command that was never asked for, however seldom that is due',
      known(50, { commandEvery: 200_000, command: { ...answered, askedAt: null } }),
      [command, sweep],
    ],
    [
      'does not ask for the command while one row runs and one is in no list',
      known(200, {
        rows: { ...only(200, { InProgress: 1 }), unlisted: [row(7, { readAt: now })] },
        listedAt: read,
      }),
      [],
    ],
    [
      'begins with a sweep that has the details, also of many rows that are known',
      known(1_000, { sweptAt: null, sweepEvery: 300_000 }),
      [sweep],
    ],
    ['lists what has not ended when the command has', overWithRows(null), [list('Pending'), running]],
    [
      'lists it until rows have outlived the command by far',
      overWithRows(now - 59_999),
      [list('Pending'), running],
    ],
    [
      'of many sweeps when all has ended, and the command cannot be asked',
      known(1_000, {
        sweptAt: now - 10_000,
        rows: ended(1_000),
        targets: null,
        command: { ...answered, isKnown: false, isDenied: true, mayBeAsked: false },
      }),
      [sweep],
    ],
    [
      'asks for the command alone when all has ended, and it can be asked',
      known(1_000, { sweptAt: now - 10_000, rows: ended(1_000) }),
      [command],
    ],
    [
      'does not sweep for targets that are missing when it has listed what runs',
      known(40, { targets: 60, listedAt: read }),
      [],
    ],
    [
      'has the details of 500 rows when the last sweep is long ago',
      known(500, { sweptAt: now - 20_000, rows: only(500, { InProgress: 50 }) }),
      [sweep],
    ],
    [
      'does not list what failed of few',
      known(200, { ...longAgo, rows: only(200, { InProgress: 50 }) }),
      [running],
    ],
    [
      'lists what failed where that is a quarter of a sweep',
      known(1_000, { ...longAgo, rows: only(1_000, { InProgress: 50, Failed: 250 }) }),
      [running, ...unsuccessful],
    ],
    [
      'lists what failed when the last sweep was 20 s ago',
      known(1_000, { ...longAgo, sweptAt: now - 20_000 }),
      [running, ...unsuccessful],
    ],
    [
      'lists what runs though nothing is known to',
      known(200, { rows: only(200, { Pending: 100 }) }),
      [command, list('Pending'), running],
    ],
    [
      'lists what waits and what is delayed',
      known(200, { rows: only(200, { Pending: 1, Delayed: 1 }) }),
      [command, list('Pending'), list('Delayed'), running],
    ],
    [
      'lists what runs beside an end that is to be read',
      known(200, { rows: only(200, { InProgress: 1 }), awaitedEnds: [row(0)] }),
      [running, { kind: 'instance', instanceId: 'i-0' }],
    ],
    [
      'lists what runs beside a row that is in no list',
      known(200, { rows: { ...only(200, { InProgress: 1 }), unlisted: [row(7, { readAt: now })] } }),
      [running],
    ],
    [
      'goes on when all has ended that is known of targets that nobody has counted',
      known(1_000, {
        rows: ended(1_000),
        targets: null,
        command: { ...answered, mayBeAsked: false },
      }),
      [running],
    ],
    [
      'does not sweep 10,000 targets for the 600 rows that are there, where that is not affordable',
      known(10_000, {
        rows: only(600, { InProgress: 50 }),
        sweptAt: now - 30_000,
        callsPerSecond: 5,
        listedAt: { ...read, InProgress: null },
      }),
      [running],
    ],
  ])('%s', (_, state, calls) => expect(callsOf(state)).toEqual(calls));

  it.each([
    [1_000, 50],
    [10_000, 500],
  ])('of %i in the middle of a sweep lists %i that run: a twentieth of it', (nodes, count) => {
    const state = { sweptAt: now - 60_000 };
    expect(nextGlance(known(nodes, { ...state, rows: only(nodes, { InProgress: count }) }))).toEqual(running);
    expect(nextGlance(known(nodes, { ...state, rows: only(nodes, { InProgress: count + 1 }) }))).toBeNull();
  });
});
