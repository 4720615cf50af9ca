import { describe, expect, it } from 'vitest';
import type { CommandOverview } from '../../src/domain/command.ts';
import type { ProblemKind } from '../../src/domain/problem.ts';
import { ageText, controlsText, problemText, shortAgeText, stateText } from '../../src/ui/status-line.ts';
import type { ActiveProblem, ProblemSource } from '../../src/watch/problems.ts';
import type { Activity, Snapshot } from '../../src/watch/store.ts';
import { command, invocation, requestedAt } from '../helpers/fixtures.ts';
import { snapshot, verdict } from '../helpers/ui-fixtures.ts';

const waiting: Activity = { kind: 'waiting', until: 12_000 };
const paused: Activity = { kind: 'paused' };
const finished: Activity = { kind: 'finished' };
const problem = (
  kind: ProblemKind,
  source: ProblemSource,
  message = 'it failed',
  retryAt: number | null = null,
): ActiveProblem => ({ source, problem: { kind, message, needsAction: false }, since: 0, retryAt });
const failing = (kind: ProblemKind, source: ProblemSource = 'sweep'): Partial<Snapshot> => ({
  problems: [problem(kind, source)],
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
    expect(ageText(shown, 9_000, 2_000)).toBe(text);
    expect(shortAgeText(shown, 9_000)).toBe(short);
  });

  it.each([
    [999, 'every 0.5 s · 0 s ago'],
    [59_999, 'every 0.5 s · 59 s ago'],
    [60_000, 'every 0.5 s · 1m 00s ago'],
    [7_500_000, 'every 0.5 s · 2h 05m ago'],
  ])('%i ms, between polls', (age, text) =>
    expect(ageText(snapshot({ readAt: 0, activity: waiting }), age, 500)).toBe(text),
  );

  // An answer that takes 5 s longer than the pause is waited for.
  it.each([
    [5_500, 'every 0.5 s · 5 s ago'],
    [5_501, 'waiting for AWS · data 5 s old'],
    [60_000, 'waiting for AWS · data 1m 00s old'],
  ])('%i ms, in a poll', (age, text) => expect(ageText(snapshot({ readAt: 0 }), age, 500)).toBe(text));
});

describe('what is wrong', () => {
  const listing = problem('access-denied', 'command', 'ListCommands is denied', 40_000);
  const sweep = problem('throttled', 'sweep', 'slow down', 12_000);
  const absent = problem('response', 'listing', 'a row is gone');

  it.each<[string, ActiveProblem[], string | null]>([
    ['nothing', [], null],
    ['the sweep', [sweep], 'slow down · next try in 3 s'],
    ['ListCommands, with a try of its own', [listing], 'ListCommands is denied · next try in 31 s'],
    ['what is not tried again', [absent], 'a row is gone'],
    ['the sweep before all else', [sweep, listing, absent], 'slow down · next try in 3 s'],
    ['the sweep before what was there first', [absent, sweep], 'slow down · next try in 3 s'],
    ['of others the newest', [listing, absent], 'a row is gone'],
    [
      'of others the newest, with its next try',
      [absent, listing],
      'ListCommands is denied · next try in 31 s',
    ],
  ])('is %s', (_, problems, text) => expect(problemText(snapshot({ problems }), 9_000)).toBe(text));

  // Never less than it takes, and nothing once it is tried.
  it.each([
    [9_999, ' · next try in 3 s'],
    [11_000, ' · next try in 1 s'],
    [11_001, ' · next try in 1 s'],
    [10_999, ' · next try in 2 s'],
    [11_999, ' · next try in 1 s'],
    [12_000, ''],
    [12_500, ''],
    [-60_000, ' · next try in 1m 12s'],
  ])('at %i: %j', (now, text) =>
    expect(problemText(snapshot({ problems: [sweep] }), now)).toBe(`slow down${text}`),
  );
});

describe('where the rollout stands', () => {
  const state = (change: Partial<Snapshot>) => stateText(snapshot(change), requestedAt + 192_000, 75_000);

  it.each<[string, Partial<Snapshot>, string]>([
    ['nothing is known', {}, 'looking for the command'],
    ['pending', { command: command({ status: 'Pending' }) }, 'pending 3m 12s'],
    ['in progress', { command: command({ status: 'InProgress' }) }, 'running 3m 12s'],
    ['cancelling', { command: command({ status: 'Cancelling' }) }, 'cancelling 3m 12s'],
    [
      'the command has ended, the watch has not',
      { command: command({ status: 'TimedOut', statusDetails: 'DeliveryTimedOut' }) },
      'command DeliveryTimedOut, waiting for the last invocations, 3m 12s',
    ],
    ['no time is known', { command: command({ status: 'InProgress', requestedAt: null }) }, 'running'],
    [
      'ListCommands is denied',
      { command: { ...command(), status: null, statusDetails: null }, rows: [invocation()] },
      'command status unknown 3m 12s',
    ],
    ['success', { verdict: verdict('success') }, 'SUCCESS · took 1m 15s'],
    ['failure', { verdict: verdict('failure') }, 'FAILURE · took 1m 15s'],
    [
      'success, with ListCommands denied',
      { verdict: { ...verdict('success'), commandStatus: null } },
      'SUCCESS, command status unknown · took 1m 15s',
    ],
    [
      'failure, with targets never dispatched',
      { verdict: verdict('failure', { Success: 1, NotListed: 1234 }) },
      'FAILURE, 1,234 never dispatched · took 1m 15s',
    ],
    [
      'failure, with ListCommands denied',
      { verdict: { ...verdict('failure', { Failed: 1 }), commandStatus: null } },
      'FAILURE, command status unknown · took 1m 15s',
    ],
    [
      'no targets',
      { verdict: verdict('no-targets', {}) },
      'NO TARGETS: the command matched no instance · took 1m 15s',
    ],
  ])('%s', (_, change, text) => expect(state(change)).toBe(text));
});

describe('how the command is sent out', () => {
  const failed = [
    invocation({ status: 'Failed' }),
    invocation({ status: 'TimedOut', statusDetails: 'ExecutionTimedOut' }),
  ];
  const noErrors = [
    invocation(),
    invocation({ status: 'TimedOut', statusDetails: 'DeliveryTimedOut' }),
    invocation({ status: 'Failed', statusDetails: 'Terminated' }),
    invocation({ status: 'Cancelled' }),
    invocation({ status: 'InProgress', statusDetails: 'Failed' }),
  ];
  const none: Partial<CommandOverview> = { maxConcurrency: null, maxErrors: null };

  it.each<[string, Partial<CommandOverview>, string[]]>([
    ['numbers', {}, ['50 at a time', '2 of 10 errors used']],
    ['percentages', { maxConcurrency: '10%', maxErrors: '5%' }, ['10% at a time', '2 errors, 5% allowed']],
    ['no errors allowed', { maxErrors: '0' }, ['50 at a time', '2 of 0 errors used']],
    ['unknown', none, []],
    ['unknown errors', { maxErrors: null }, ['50 at a time']],
  ])('%s', (_, change, texts) =>
    expect(controlsText({ ...command(), ...change }, [...failed, ...noErrors])).toEqual(texts),
  );

  it('counts only Failed and ExecutionTimedOut against MaxErrors', () =>
    expect(controlsText(command(), noErrors)).toEqual(['50 at a time', '0 of 10 errors used']));

  it('says nothing of a command that is not known', () => expect(controlsText(null, failed)).toEqual([]));
});
