import { describe, expect, it } from 'vitest';
import type { Evidence, Verdict } from '../../src/domain/verdict.ts';
import {
  awsEpoch,
  command,
  invocation,
  others,
  succeeded,
  sweeps,
  terminalAt,
  verdictOn,
} from '../helpers/fixtures.ts';

const failed = invocation({ instanceId: 'i-00000002', status: 'Failed' });
const running = invocation({ instanceId: 'i-00000003', status: 'InProgress' });

const success = (counts: Verdict['counts']) => ({ outcome: 'success', counts, commandStatus: 'Success' });
const failure = (counts: Verdict['counts'], commandStatus = 'Success') => ({
  outcome: 'failure',
  counts,
  commandStatus,
});

describe('ListCommands denied', () => {
  const denied: Partial<Evidence> = {
    command: null,
    commandDeniedAt: 0,
    commandTerminalAt: null,
    quietSince: 0,
    wholeSweeps: sweeps(1, 60_001),
  };

  it.each<[string, Partial<Evidence>, Verdict['outcome'] | null]>([
    ['5 sweeps and 60 s', {}, 'success'],
    ['the last sweep at 60 s', { wholeSweeps: sweeps(1, 60_000) }, null],
    ['4 sweeps', { wholeSweeps: [1, 2, 3, 60_001] }, null],
    ['the first of 5 sweeps as the last row came', { wholeSweeps: sweeps(0, 60_001) }, null],
    ['a row that changed since', { quietSince: 2 }, null],
    ['a failed row', { rows: [succeeded, failed] }, 'failure'],
    ['more than 5 sweeps', { wholeSweeps: [-2, -1, ...sweeps(1, 60_001)] }, 'success'],
    ['one row', { rows: [succeeded] }, 'success'],
    ['no row', { rows: [] }, null],
    ['a row that is not terminal', { rows: [succeeded, running] }, null],
    ['not denied, only unread or not found', { commandDeniedAt: null }, null],
    ['denied less than 60 s ago', { commandDeniedAt: 2, wholeSweeps: sweeps(3, 60_001) }, null],
    ['denied after the first of 5 sweeps', { commandDeniedAt: 2 }, null],
    [
      'denied after the command was seen in progress',
      { command: command({ status: 'InProgress', targetCount: 2 }) },
      'success',
    ],
    [
      'denied after the command was seen with more targets than are listed',
      { command: command({ status: 'InProgress', targetCount: 3 }) },
      null,
    ],
  ])('%s', (_, change, outcome) => {
    const verdict = verdictOn({ ...denied, ...change });
    expect(verdict?.outcome ?? null).toBe(outcome);
    expect(verdict?.commandStatus ?? null).toBeNull();
  });
});

describe('rows fewer than TargetCount, or TargetCount 0', () => {
  const patient = sweeps(terminalAt + 1, terminalAt + 30_001);
  const unlisted: Partial<Evidence> = { command: command({ targetCount: 3 }), wholeSweeps: patient };

  it.each<[string, Partial<Evidence>]>([
    ['the last sweep at 30 s', { wholeSweeps: sweeps(terminalAt + 1, terminalAt + 30_000) }],
    ['4 sweeps', { wholeSweeps: patient.slice(1) }],
    ['the first of 5 sweeps as the end was seen', { wholeSweeps: sweeps(terminalAt, terminalAt + 30_001) }],
    ['a row came after the end was seen', { quietSince: terminalAt + 2 }],
    ['a row is not terminal', { rows: [succeeded, running] }],
  ])('not over: %s', (_, change) => expect(verdictOn({ ...unlisted, ...change })).toBeNull());

  it.each<[string, Partial<Evidence>, unknown]>([
    ['one missing', {}, failure({ Success: 2, NotListed: 1 })],
    ['all missing', { rows: [] }, failure({ NotListed: 3 })],
    [
      'the last row came after the end was seen',
      { quietSince: 20_000, wholeSweeps: sweeps(20_001, 50_001) },
      failure({ Success: 2, NotListed: 1 }),
    ],
    ['TargetCount 0, rows that succeeded', { command: command({ targetCount: 0 }) }, success({ Success: 2 })],
    [
      'TargetCount 0, a failed row',
      { command: command({ targetCount: 0 }), rows: [failed] },
      failure({ Failed: 1 }),
    ],
    [
      'TargetCount 0, Success, no row',
      { command: command({ targetCount: 0 }), rows: [] },
      { outcome: 'no-targets', counts: {}, commandStatus: 'Success' },
    ],
    [
      'TargetCount 0, Failed, no row',
      { command: command({ status: 'Failed', targetCount: 0 }), rows: [] },
      failure({}, 'Failed'),
    ],
    ['no TargetCount', { command: command({ targetCount: null }) }, success({ Success: 2 })],
    ['more rows than TargetCount', { rows: others(4) }, success({ Success: 4 })],
  ])('over: %s', (_, change, verdict) => expect(verdictOn({ ...unlisted, ...change })).toEqual(verdict));
});

describe('rows that stay non-terminal past ExpiresAfter', () => {
  const expiresAt = awsEpoch + 100_000;
  const ended = (count: number, end: number | null = expiresAt) =>
    command({ status: 'TimedOut', targetCount: count, expiresAt: end });
  const stuck: Partial<Evidence> = { command: ended(2), rows: [succeeded, running], wholeSweeps: [160_001] };

  it.each<[string, Partial<Evidence>]>([
    ['the last sweep at 60 s past it', { wholeSweeps: [160_000] }],
    ['a row that changed less than 60 s ago', { quietSince: 100_001 }],
    ['no ExpiresAfter', { command: ended(2, null) }],
    [
      'a command that is not terminal',
      { command: command({ status: 'InProgress', targetCount: 2, expiresAt }), commandTerminalAt: null },
    ],
    [
      'ListCommands denied',
      {
        command: null,
        commandDeniedAt: 0,
        commandTerminalAt: null,
        wholeSweeps: sweeps(100_000, 900_000),
      },
    ],
    ['no sweep since the end was seen', { commandTerminalAt: 160_001 }],
    ['rows missing as well, before 5 sweeps', { command: ended(3), wholeSweeps: [11_000, 160_001] }],
  ])('not over: %s', (_, change) => expect(verdictOn({ ...stuck, ...change })).toBeNull());

  it.each<[string, Partial<Evidence>, unknown]>([
    ['60 s past it', {}, failure({ Success: 1, InProgress: 1 }, 'TimedOut')],
    [
      '60 s after the last change',
      { quietSince: 100_000.5 },
      failure({ Success: 1, InProgress: 1 }, 'TimedOut'),
    ],
    [
      'a command that is Success',
      { command: command({ targetCount: 2, expiresAt }) },
      failure({ Success: 1, InProgress: 1 }),
    ],
    [
      'rows missing as well',
      { command: ended(3), wholeSweeps: sweeps(11_000, 160_001) },
      failure({ Success: 1, InProgress: 1, NotListed: 1 }, 'TimedOut'),
    ],
  ])('over: %s', (_, change, verdict) => expect(verdictOn({ ...stuck, ...change })).toEqual(verdict));
});

describe('--instance-id', () => {
  const one = {
    instanceId: 'i-00000001',
    rows: [succeeded],
    command: command({ status: 'InProgress', targetCount: 50 }),
    commandTerminalAt: null,
  };
  const terminal = { command: command({ status: 'Failed', targetCount: 50 }), commandTerminalAt: terminalAt };

  it.each<[string, Partial<Evidence>, Verdict['outcome'] | null, Verdict['counts']]>([
    ['it succeeded, the command goes on', {}, 'success', { Success: 1 }],
    ['it succeeded, the command failed', terminal, 'success', { Success: 1 }],
    [
      'it succeeded, the command cannot be read',
      { command: null, commandDeniedAt: 0 },
      'success',
      { Success: 1 },
    ],
    ['it succeeded, the command was not read yet', { command: null }, 'success', { Success: 1 }],
    [
      'it runs, and nothing was read of the command, whatever is said of its end',
      { rows: [running], command: null, commandTerminalAt: terminalAt },
      null,
      {},
    ],
    [
      'it failed, the command succeeded',
      { rows: [failed], command: command(), commandTerminalAt: terminalAt },
      'failure',
      { Failed: 1 },
    ],
    ['before a whole sweep', { wholeSweeps: [] }, null, {}],
    ['it runs, the command goes on', { rows: [running] }, null, {}],
    ['it runs, the command is over', { ...terminal, rows: [running] }, null, {}],
    ['not listed, the command goes on', { rows: [], wholeSweeps: sweeps(11_000, 900_000) }, null, {}],
    ['not listed at 30 s', { ...terminal, rows: [], wholeSweeps: sweeps(10_001, 40_000) }, null, {}],
    [
      'not listed after 30 s',
      { ...terminal, rows: [], wholeSweeps: sweeps(10_001, 40_001) },
      'failure',
      { NotListed: 1 },
    ],
    [
      'no instance in the tag',
      { ...terminal, rows: [], command: command({ statusDetails: 'NoInstancesInTag', targetCount: 0 }) },
      'no-targets',
      {},
    ],
    [
      'no instance in the tag of a command that failed',
      {
        ...terminal,
        rows: [],
        command: command({ status: 'Failed', statusDetails: 'NoInstancesInTag', targetCount: 0 }),
      },
      'failure',
      {},
    ],
    [
      'stuck past ExpiresAfter',
      {
        ...terminal,
        rows: [running],
        command: command({ status: 'Failed', expiresAt: awsEpoch }),
        wholeSweeps: [69_001],
      },
      'failure',
      { InProgress: 1 },
    ],
  ])('%s', (_, change, outcome, counts) => {
    const verdict = verdictOn({ ...one, ...change });
    expect([verdict?.outcome ?? null, verdict?.counts ?? {}]).toEqual([outcome, counts]);
  });

  it.each([
    ['read', null, 'InProgress'],
    ['denied', 0, null],
  ] as const)(
    'tells the status of the command as far as it is %s now',
    (_, commandDeniedAt, commandStatus) => {
      expect(verdictOn({ ...one, commandDeniedAt })).toMatchObject({ outcome: 'success', commandStatus });
    },
  );
});
