import { describe, expect, it } from 'vitest';
import type { ProblemKind } from '../../../src/domain/problem.ts';
import { ageText } from '../../../src/ui/header/age-text.ts';
import type { ProblemSource } from '../../../src/watch/problems.ts';
import type { Activity, Snapshot } from '../../../src/watch/snapshot.ts';
import { snapshot } from '../../helpers/ui-fixtures.ts';

const waiting: Activity = { kind: 'waiting', until: 12_000 };
const paused: Activity = { kind: 'paused' };
const finished: Activity = { kind: 'finished' };
const failing = (kind: ProblemKind, source: ProblemSource = 'sweep'): Partial<Snapshot> => ({
  problems: [
    { source, problem: { kind, message: 'it failed', needsAction: false }, since: 0, retryAt: null },
  ],
});

describe('how old the data is, and why', () => {
  // It is 9 s after the start of the clock, and the data was read at 5 s.
  it.each<[string, Partial<Snapshot>, string, string]>([
    ['before the first answer', { readAt: null }, 'every 2 s · reading', 'reading'],
    ['reading', {}, 'every 2 s · 4 s ago', '4 s'],
    ['waiting', { activity: waiting }, 'every 2 s · 4 s ago', '4 s'],
    ['paused', { activity: paused }, 'paused · data 4 s old', 'paused 4 s'],
    ['paused before the first answer', { activity: paused, readAt: null }, 'paused · no data yet', 'paused'],
    [
      'throttled',
      { ...failing('throttled'), activity: waiting },
      'throttled · data 4 s old',
      'throttled 4 s',
    ],
    ['throttled, trying', failing('throttled'), 'throttled · data 4 s old', 'throttled 4 s'],
    ['offline', { ...failing('network'), activity: waiting }, 'offline · data 4 s old', 'offline 4 s'],
    ['offline from the start', { ...failing('network'), readAt: null }, 'offline · no data yet', 'offline'],
    ['credentials', failing('credentials'), 'credentials · data 4 s old', 'credentials 4 s'],
    ['access denied', failing('access-denied'), 'access-denied · data 4 s old', 'access-denied 4 s'],
    ['the service', failing('service'), 'service · data 4 s old', 'service 4 s'],
    ['a strange answer', failing('response'), 'response · data 4 s old', 'response 4 s'],
    [
      'paused while offline',
      { ...failing('network'), activity: paused },
      'paused · data 4 s old',
      'paused 4 s',
    ],
    ['ListCommands failing', failing('network', 'command'), 'every 2 s · 4 s ago', '4 s'],
    ['finished', { activity: finished }, 'finished · read 4 s ago', 'finished 4 s'],
    [
      'finished with a problem left',
      { ...failing('network'), activity: finished },
      'finished · read 4 s ago',
      'finished 4 s',
    ],
    ['finished with nothing read', { activity: finished, readAt: null }, 'finished', 'finished'],
  ])('%s', (_, change, text, short) => {
    const shown = snapshot({ readAt: 5_000, ...change });
    expect(ageText(shown, 9_000, 2_000, 40)).toBe(text);
    expect(ageText(shown, 9_000, 2_000, 39)).toBe(short);
  });

  it.each([
    [999, 'every 0.5 s · 0 s ago'],
    [59_999, 'every 0.5 s · 59 s ago'],
    [60_000, 'every 0.5 s · 1m 00s ago'],
    [7_500_000, 'every 0.5 s · 2h 05m ago'],
  ])('%i ms, between polls', (age, text) =>
    expect(ageText(snapshot({ readAt: 0, activity: waiting }), age, 500, 40)).toBe(text),
  );

  it.each([
    ['read with the others', { coveredAt: 8_000 }, 'every 2 s · 1 s ago'],
    ['read a little before', { coveredAt: 0 }, 'every 2 s · 1 s ago'],
    ['not read for long', { coveredAt: -200_000 }, 'every 2 s · 1 s ago, all 3m 31s ago'],
    ['held up', { coveredAt: 0, slowedTo: 2.5 }, 'slowed to 2.5 calls/s · 1 s ago'],
  ])('rows that nothing happens to, %s', (_, change, text) => {
    const shown = snapshot({ readAt: 10_000, activity: waiting, ...change });
    expect(ageText(shown, 11_000, 2_000, 40)).toBe(text);
  });

  // An answer that takes 5 s longer than the pause is waited for.
  it.each([
    [5_500, 'every 0.5 s · 5 s ago'],
    [5_501, 'waiting for AWS · data 5 s old'],
    [60_000, 'waiting for AWS · data 1m 00s old'],
  ])('%i ms, in a poll', (age, text) => expect(ageText(snapshot({ readAt: 0 }), age, 500, 40)).toBe(text));
});
