import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/domain/command.ts';
import type { ProblemKind } from '../../../src/domain/problem.ts';
import type { Verdict } from '../../../src/domain/verdict.ts';
import {
  ageText,
  nothingListedText,
  problemText,
  shortAgeText,
  stateText,
  timeLeftText,
} from '../../../src/ui/header/status-line.ts';
import type { ActiveProblem, ProblemSource } from '../../../src/watch/problems.ts';
import type { Activity, Snapshot } from '../../../src/watch/snapshot.ts';
import { command, invocation, plugin, requestedAt } from '../../helpers/fixtures.ts';
import { snapshot, verdict } from '../../helpers/ui-fixtures.ts';

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

  it.each([
    ['read with the others', { coveredAt: 8_000 }, 'every 2 s · 1 s ago'],
    ['read a little before', { coveredAt: 0 }, 'every 2 s · 1 s ago'],
    ['not read for long', { coveredAt: -200_000 }, 'every 2 s · 1 s ago, all 3m 31s ago'],
    ['held up', { coveredAt: 0, slowedTo: 2.5 }, 'slowed to 2.5 calls/s · 1 s ago'],
  ])('rows that nothing happens to, %s', (_, change, text) => {
    const shown = snapshot({ readAt: 10_000, activity: waiting, ...change });
    expect(ageText(shown, 11_000, 2_000)).toBe(text);
  });

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

const role = { key: 'tag:Role', values: ['gateway'] };

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
      'failure of the command alone',
      {
        verdict: verdict('failure', { Success: 2 }),
        command: command({ status: 'Failed', statusDetails: 'Incomplete' }),
      },
      'FAILURE: command Incomplete · took 1m 15s',
    ],
    [
      'failure, by an alarm whose name is told elsewhere',
      {
        verdict: verdict('failure', { Success: 1, Terminated: 1 }),
        command: command({
          status: 'Failed',
          statusDetails: 'FailedDueToAlarm',
          triggeredAlarms: ['acme-5xx'],
        }),
      },
      'FAILURE · took 1m 15s',
    ],
    [
      'no targets',
      { verdict: verdict('no-targets', {}) },
      'NO TARGETS: the command matched no instance · took 1m 15s',
    ],
    [
      'no targets, of a tag',
      { verdict: verdict('no-targets', {}), command: command({ targets: [role] }) },
      'NO TARGETS: the command matched no instance: tag:Role=gateway · took 1m 15s',
    ],
  ])('%s', (_, change, text) => expect(state(change)).toBe(text));
});

it.each<[Verdict['outcome'], Partial<Command>, string]>([
  ['no-targets', {}, 'the command matched no instance'],
  ['no-targets', { targets: [role] }, 'the command matched no instance: tag:Role=gateway'],
  ['failure', {}, 'no invocation was ever listed'],
  ['failure', { targets: [role] }, 'no invocation was ever listed of tag:Role=gateway'],
])('nothing was listed: %s, %o', (outcome, change, text) =>
  expect(nothingListedText(verdict(outcome, {}), command(change))).toBe(text),
);

describe('how long it will still take', () => {
  const ended = (status: string, after: number, index: number) =>
    invocation({
      instanceId: `i-${status}${index}`,
      status,
      plugins: [plugin({ finishedAt: requestedAt + after })],
    });
  const rows = [1, 2, 3, 4, 5, 6].map((seconds) => ended('Failed', seconds * 8_000, seconds));
  const runs = invocation({ instanceId: 'i-runs', status: 'InProgress' });
  const waits = [1, 2, 3].map((index) => invocation({ instanceId: `i-${index}`, status: 'Pending' }));
  const left = (change: Partial<Command>, more: Partial<Snapshot> = {}) => {
    const sent = command({ status: 'InProgress', targetCount: 14, maxErrors: '10', ...change });
    const shown = snapshot({ command: sent, rows: [...rows, runs, ...waits], sweptAt, ...more });
    return timeLeftText(shown, requestedAt + 60_000);
  };

  const sweptAt = requestedAt + 60_000;

  // Six in a minute; one runs, three wait, and four are not listed yet.
  it.each<[string, Partial<Command>, string | null]>([
    ['of all', {}, 'about 1 min left'],
    ['of what runs, once MaxErrors has stopped the rest', { maxErrors: '5' }, 'about 10 s left'],
    ['of what runs, once an alarm has', { triggeredAlarms: ['acme-5xx'] }, 'about 10 s left'],
    ['of all, with a MaxErrors that cannot be reckoned', { maxErrors: 'many' }, 'about 1 min left'],
    ['not known without a time of request', { requestedAt: null }, null],
    ['not known without a number of targets', { targetCount: 0 }, null],
  ])('%s', (_, change, text) => {
    // 10 s each: what is missing of 14 takes 80 s.
    expect(left(change)).toBe(text);
  });

  it('says nothing before the first whole sweep', () => expect(left({}, { sweptAt: null })).toBeNull());

  it('says nothing after the end', () => expect(left({}, { verdict: verdict('failure') })).toBeNull());
});
