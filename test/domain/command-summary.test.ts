import { describe, expect, it } from 'vitest';
import {
  type CommandSummary,
  commandMatches,
  completedText,
  failedCount,
  newestFirst,
} from '../../src/domain/command-summary.ts';
import { idOf, summary } from '../helpers/recent-commands.ts';

it('puts the newest first, and what has no time last', () => {
  const commands = [summary(2), summary(9, { requestedAt: null }), summary(3), summary(1)];
  expect(newestFirst(commands).map(({ commandId }) => commandId)).toEqual([3, 2, 1, 9].map(idOf));
});

describe('what is done', () => {
  it.each<[string, Partial<CommandSummary>]>([
    ['3/3', {}],
    // It is 0 a minute after the first of them ended.
    ['—/3', { status: 'InProgress', completedCount: 0 }],
    ['—/—', { status: 'Pending', completedCount: 0, targetCount: 0 }],
    ['0/0', { status: 'Success', statusDetails: 'NoInstancesInTag', completedCount: 0, targetCount: 0 }],
    ['—/—', { completedCount: null, targetCount: null }],
    ['2/—', { completedCount: 2, targetCount: null }],
  ])('%s', (text, change) => expect(completedText(summary(1, change))).toBe(text));

  it.each([
    [2, 3, 5],
    [2, null, 2],
    [null, 3, 3],
    [0, 0, 0],
    [null, null, null],
  ])('%s errors and %s delivery timeouts are %s that failed', (errorCount, deliveryTimedOutCount, failed) => {
    expect(failedCount(summary(1, { errorCount, deliveryTimedOutCount }))).toBe(failed);
  });
});

describe('the filter', () => {
  const command = summary(7, { status: 'Failed', comment: 'Patch ring 0' });
  it.each(['', 'patch RING', 'failed', 'shellscript', 'tag:env=prod', idOf(7).toUpperCase()])(
    'finds %j',
    (text) => expect(commandMatches(text, command)).toBe(true),
  );
  it('finds no other text', () => expect(commandMatches('ring 1', command)).toBe(false));
});
