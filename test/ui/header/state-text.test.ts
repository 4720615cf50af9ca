import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/domain/command.ts';
import type { Verdict } from '../../../src/domain/verdict.ts';
import { nothingListedText, stateText, timeLeftText } from '../../../src/ui/header/state-text.ts';
import type { Snapshot } from '../../../src/watch/snapshot.ts';
import { command, invocation, plugin, requestedAt } from '../../helpers/fixtures.ts';
import { snapshot, verdict } from '../../helpers/ui-fixtures.ts';

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
