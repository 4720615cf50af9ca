import { describe, expect, it } from 'vitest';
import { type Call, coveredAt, type Known, nextGlance } from '../../src/watch/strategy.ts';
import {
  answered,
  callsOf,
  ended,
  known,
  none,
  nothingListed,
  now,
  read,
  row,
  rows,
  unsuccessful,
} from '../helpers/known-rollout.ts';

const command: Call = { kind: 'command' };
const sweep: Call = { kind: 'sweep', details: true };
const quickSweep: Call = { kind: 'sweep', details: false };
const running: Call = { kind: 'status', status: 'InProgress', details: true };
const terminal = { ...answered, terminalAt: now - 20_000 };
describe('a round', () => {
  const cases: readonly [what: string, Known, readonly Call[]][] = [
    [
      'at the start',
      known(0, { sweptAt: null, targets: null, command: { ...answered, askedAt: null } }),
      [command, sweep],
    ],
    ['of one page', known(50), [sweep]],
    ['of three pages, none of which has ended', known(150), [sweep]],
    [
      'of three pages, one of which has ended',
      known(150, {
        rows: { all: 150, listed: { ...none, InProgress: 50, Pending: 50 }, unlisted: [], unfinished: 0 },
      }),
      [{ kind: 'status', status: 'Pending', details: true }, running],
    ],
    [
      'of three pages, when so much has just ended that more is likely to',
      known(150, {
        rows: { all: 150, listed: { ...none, InProgress: 50, Pending: 50 }, unlisted: [], unfinished: 0 },
        endsLastRound: 40,
      }),
      [sweep],
    ],
    ['of 1,000, which lists what runs', known(1_000), [running]],
    [
      'of 1,000, some of which are delayed',
      known(1_000, {
        rows: { all: 1_000, listed: { ...none, InProgress: 50, Delayed: 3 }, unlisted: [], unfinished: 0 },
      }),
      [running],
    ],
    [
      'of 1,000 that all run',
      known(1_000, {
        rows: { all: 1_000, listed: { ...none, InProgress: 1_000 }, unlisted: [], unfinished: 0 },
      }),
      [sweep],
    ],
    [
      'of 1,000, when what failed was not listed for long',
      known(1_000, { sweptAt: now - 25_000, sweepEvery: 300_000 }),
      [running, ...unsuccessful],
    ],
    [
      'of 1,000, of which so many failed that they are not listed by themselves',
      known(1_000, {
        sweptAt: now - 25_000,
        sweepEvery: 300_000,
        rows: { all: 1_000, listed: { ...none, InProgress: 50, Failed: 600 }, unlisted: [], unfinished: 0 },
      }),
      [running, ...unsuccessful.slice(1)],
    ],
    ['of 1,000, when the last sweep is long ago', known(1_000, { sweptAt: now - 20_000 }), [quickSweep]],
    [
      'of 10,000, when the last sweep is long ago, but another is not affordable',
      known(10_000, {
        sweptAt: now - 30_000,
        callsPerSecond: 5,
        listedAt: { ...read, InProgress: null },
      }),
      [running],
    ],
    ['of 1,000, when somebody asks for it', known(1_000, { sweepWanted: true }), [command, sweep]],
    ['of 1,000, when the filters do not hold', known(1_000, { filtersHold: false }), [sweep]],
    [
      'when the command has not been asked for long',
      known(1_000, { command: { ...answered, askedAt: now - 20_000 } }),
      [command, running],
    ],
    [
      'while the command backs off',
      known(1_000, { command: { ...answered, askedAt: 0, mayBeAsked: false } }),
      [running],
    ],
    ['while nobody has counted the targets', known(40, { targets: null }), [command, sweep]],
    ['while targets are still missing', known(40, { targets: 60 }), [sweep]],
    ['when nothing runs any more', known(1_000, { rows: ended(1_000) }), [command]],
    [
      'when nothing runs yet',
      known(1_000, {
        rows: { all: 1_000, listed: { ...none, Pending: 1_000 }, unlisted: [], unfinished: 0 },
      }),
      [command, running],
    ],
    [
      'when all has ended, the command too',
      known(40, { sweptAt: now - 6000, rows: ended(40), command: terminal }),
      [sweep],
    ],
    [
      'when all of many has ended, the command too',
      known(1_000, { sweptAt: now - 6000, rows: ended(1_000), command: terminal }),
      [quickSweep],
    ],
    [
      'when the command ended after the last sweep',
      known(1_000, { command: { ...answered, terminalAt: now - 10 } }),
      [sweep],
    ],
    [
      'when the command has ended, and rows are missing',
      known(900, { sweptAt: now - 6000, targets: 1_000, command: terminal }),
      [sweep],
    ],
    [
      'when the command has ended, and rows have not',
      known(1_000, {
        command: terminal,
        rows: { all: 1_000, listed: { ...none, InProgress: 7, Pending: 3 }, unlisted: [], unfinished: 0 },
      }),
      [{ kind: 'status', status: 'Pending', details: true }, running],
    ],
    [
      'when rows have outlived the command by far',
      known(1_000, { sweptAt: now - 6000, command: { ...terminal, expiresAt: now - 60_000 } }),
      [sweep],
    ],
    [
      'when all has ended, and the command cannot be asked',
      known(40, {
        sweptAt: now - 10000,
        rows: ended(40),
        targets: null,
        command: { ...answered, isKnown: false, isDenied: true, mayBeAsked: false },
      }),
      [sweep],
    ],
    [
      'when the last of several sweeps that show the end was just now',
      known(40, { rows: ended(40), command: terminal }),
      [],
    ],
    [
      'when sweeps have shown no end for long',
      known(40, { rows: ended(40), command: terminal, sweptAt: now - 19_999, quietSince: now - 120_000 }),
      [],
    ],
    [
      'when an end is not all known',
      known(1_000, { rows: { ...ended(1_000), unfinished: 1 }, command: terminal, sweptAt: now - 6_000 }),
      [sweep],
    ],
    [
      'when the command has ended, and more rows have not than are seen at once',
      known(1_000, { command: terminal, rows: { ...ended(1_000), listed: { ...none, Pending: 900 } } }),
      [running],
    ],
  ];
  it.each(cases)('%s', (_, state, calls) => expect(callsOf(state)).toEqual(calls));
});

describe('ends that are to be read', () => {
  const lookUp = (index: number): Call => ({ kind: 'instance', instanceId: `i-${index}` });
  const few = {
    rows: { all: 200, listed: { ...none, InProgress: 40 }, unlisted: [], unfinished: 0 },
    listedAt: read,
  };
  const many = { listedAt: read };

  it.each<[string, Known, readonly Call[]]>([
    [
      'are looked up at once in a rollout that is not large',
      known(200, { ...few, awaitedEnds: rows(2) }),
      [lookUp(0), lookUp(1)],
    ],
    ['share a sweep that is cheaper', known(200, { ...few, awaitedEnds: rows(4) }), [sweep]],
    [
      'are looked up at once when somebody sees them',
      known(1_000, { ...many, awaitedEnds: [row(0), row(1, { isVisible: true })] }),
      [lookUp(1)],
    ],
    ['of a large rollout are gathered', known(1_000, { ...many, awaitedEnds: rows(30) }), []],
    [
      'are looked up after a while',
      known(1_000, { ...many, awaitedEnds: [row(0, { since: now - 10_000 }), row(1)] }),
      [lookUp(0)],
    ],
    [
      'share a sweep with those that were not yet due',
      known(1_000, { ...many, awaitedEnds: [row(0, { since: now - 10_000 }), ...rows(19)] }),
      [sweep],
    ],
    [
      'are not looked up twice in a round',
      known(200, { ...few, awaitedEnds: [row(0, { readAt: now })] }),
      [],
    ],
  ])('%s', (_, state, calls) => expect(callsOf(state)).toEqual(calls));

  it('are looked up one by one where no list tells of them', () => {
    const unlisted = [row(7, { readAt: now - 3_000 }), row(8, { readAt: now })];
    const state = known(200, { ...few, rows: { ...few.rows, unlisted } });
    expect(callsOf(state)).toEqual([lookUp(7)]);
  });

  it('of a large rollout are looked up where no list tells of them only if somebody sees them, and not in each round', () => {
    const unlisted = [
      row(7, { readAt: now - 10_000, isVisible: true }),
      row(8, { readAt: now - 10_000 }),
      row(9, { readAt: now - 9_999, isVisible: true }),
    ];
    const rows = { ...ended(1_000), listed: { ...none, InProgress: 50 }, unlisted };
    expect(callsOf(known(1_000, { listedAt: read, rows }))).toEqual([lookUp(7)]);
  });
});

describe('in the middle of a sweep', () => {
  it('what runs is listed, and what is seen is looked up; the sweep is not begun again', () => {
    const state = known(10_000, {
      sweptAt: now - 60_000,
      awaitedEnds: [row(0), row(1, { isVisible: true })],
    });
    expect(nextGlance(state)).toEqual(running);
    const listed = { ...nothingListed, InProgress: now, Failed: now };
    expect(nextGlance({ ...state, listedAt: listed })).toEqual({ kind: 'instance', instanceId: 'i-1' });
    expect(nextGlance({ ...state, listedAt: listed, awaitedEnds: [row(0)] })).toBeNull();
  });

  it('what runs is not listed where that takes long, and ListCommands is not forgotten', () => {
    const rows = { ...ended(10_000), listed: { ...none, InProgress: 501 } };
    const state = known(10_000, { sweptAt: now - 60_000, rows });
    expect(nextGlance(state)).toBeNull();
    expect(nextGlance({ ...state, command: { ...answered, askedAt: now - 20_000 } })).toEqual(command);
  });
});

describe('what a round covers', () => {
  it.each<[string, Known, number | null]>([
    ['nothing before the first sweep', known(10, { sweptAt: null }), null],
    ['everything, where that is little', known(500), now],
    ['what the last sweep did, of more', known(501), now - 5_000],
    [
      'everything, once the command has and all rows have',
      known(501, { command: terminal, rows: ended(501) }),
      now,
    ],
  ])('is %s', (_, state, at) => expect(coveredAt(state)).toBe(at));
});
