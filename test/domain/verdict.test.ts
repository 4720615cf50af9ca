import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSuccess, type StatusPair } from '../../src/domain/status.ts';
import { type Evidence, reasonOfCommand } from '../../src/domain/verdict.ts';
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

const success = { outcome: 'success', counts: { Success: 2 }, commandStatus: 'Success' };

describe('all four conditions', () => {
  it('are the end', () => expect(verdictOn({})).toEqual(success));
  it('are the end of one target', () => {
    const one = { outcome: 'success', counts: { Success: 1 }, commandStatus: 'Success' };
    expect(verdictOn({ command: command({ targetCount: 1 }), rows: [succeeded] })).toEqual(one);
  });

  it.each<[string, Partial<Evidence>]>([
    ['1: the command was never read', { command: null, commandTerminalAt: null }],
    ['1: the command was never read, whatever is said of its end', { command: null }],
    [
      '1: the command is in progress',
      { command: command({ status: 'InProgress', targetCount: 2 }), commandTerminalAt: null },
    ],
    [
      '1: however long all is quiet',
      {
        command: command({ status: 'Cancelling', targetCount: 2 }),
        commandTerminalAt: null,
        wholeSweeps: sweeps(11_000, 900_000),
      },
    ],
    ['2: no whole sweep', { wholeSweeps: [] }],
    ['2: the sweep began before the end was seen', { wholeSweeps: [terminalAt - 1] }],
    ['2: the sweep began as the end was seen', { wholeSweeps: [terminalAt] }],
    ['2: many sweeps, all of them before', { wholeSweeps: sweeps(1, terminalAt) }],
    ['4: a row fewer than TargetCount', { rows: [succeeded] }],
    ['4: no row', { rows: [] }],
    ['4: TargetCount 0 is unknown', { command: command({ targetCount: 0 }) }],
    ['4: TargetCount 0 and no row', { command: command({ targetCount: 0 }), rows: [] }],
    ['4: no TargetCount', { command: command({ targetCount: null }) }],
    ['4: more rows than TargetCount', { rows: others(3) }],
    [
      '4: NoInstancesInTag and yet rows',
      { command: command({ statusDetails: 'NoInstancesInTag', targetCount: 0 }) },
    ],
  ])('not over, %s', (_, change) => expect(verdictOn(change)).toBeNull());

  it.each([
    ['Pending', 'Pending'],
    ['Pending', 'Delayed'],
    ['Delayed', 'Delayed'],
    ['InProgress', 'InProgress'],
    ['Cancelling', 'Cancelling'],
    ['Rebooting', 'Rebooting'],
    ['Rebooting', 'Success'],
    ['', 'Success'],
    ['success', 'Success'],
  ])('not over, 3: a row is %s/%s', (status, statusDetails) => {
    expect(verdictOn({ rows: [succeeded, invocation({ status, statusDetails })] })).toBeNull();
  });

  it('are met by a sweep after one that was too early', () => {
    expect(verdictOn({ wholeSweeps: [terminalAt - 1, terminalAt + 0.001] })).toEqual(success);
  });
});

describe('the verdict', () => {
  it.each([
    ['Failed', 'Failed'],
    ['TimedOut', 'ExecutionTimedOut'],
    ['TimedOut', 'DeliveryTimedOut'],
    ['Failed', 'Undeliverable'],
    ['Failed', 'Terminated'],
    ['Cancelled', 'Cancelled'],
    ['Failed', 'InvalidPlatform'],
    ['Failed', 'AccessDenied'],
    ['Failed', 'Success'],
    ['Success', 'SucceededWithWarnings'],
    ['Success', ''],
  ])('is failure for a row %s/%s though the command is Success', (status, statusDetails) => {
    const rows = [...others(1), invocation({ status, statusDetails })];
    expect(verdictOn({ rows })?.outcome).toBe('failure');
    expect(verdictOn({ rows })?.commandStatus).toBe('Success');
  });

  it.each(['Failed', 'TimedOut', 'Cancelled'])(
    'is failure for a command that is %s though every row succeeded',
    (status) => {
      expect(verdictOn({ command: command({ status, targetCount: 2 }) })).toEqual({
        outcome: 'failure',
        counts: { Success: 2 },
        commandStatus: status,
      });
    },
  );

  it('counts by StatusDetails', () => {
    const failed = invocation({ status: 'Failed' });
    const late = invocation({ status: 'TimedOut', statusDetails: 'DeliveryTimedOut' });
    const change = {
      command: command({ status: 'Failed', targetCount: 4 }),
      rows: [failed, ...others(2), late],
    };
    expect(verdictOn(change)).toEqual({
      outcome: 'failure',
      counts: { Success: 2, Failed: 1, DeliveryTimedOut: 1 },
      commandStatus: 'Failed',
    });
  });

  it('is no-targets for NoInstancesInTag, after a sweep that began after that was seen', () => {
    const none = { command: command({ statusDetails: 'NoInstancesInTag', targetCount: 0 }), rows: [] };
    expect(verdictOn(none)).toEqual({ outcome: 'no-targets', counts: {}, commandStatus: 'Success' });
    expect(verdictOn({ ...none, wholeSweeps: [terminalAt] })).toBeNull();
  });

  it('keeps the status of a command that is no longer allowed to be read, once it was terminal', () => {
    expect(verdictOn({ commandDeniedAt: terminalAt + 1 })).toEqual(success);
  });
});

describe('whatever was read', () => {
  const pairs: readonly StatusPair[] = [
    { status: 'Success', statusDetails: 'Success' },
    { status: 'Success', statusDetails: 'SucceededWithWarnings' },
    { status: 'Failed', statusDetails: 'Failed' },
    { status: 'TimedOut', statusDetails: 'DeliveryTimedOut' },
    { status: 'Cancelled', statusDetails: 'Cancelled' },
  ];
  const unended: readonly StatusPair[] = [
    { status: 'Pending', statusDetails: 'Delayed' },
    { status: 'InProgress', statusDetails: 'InProgress' },
    { status: 'Cancelling', statusDetails: 'Cancelling' },
    { status: 'Rebooting', statusDetails: 'Success' },
  ];
  const rows = (of: readonly StatusPair[]) =>
    fc
      .array(fc.constantFrom(...of), { maxLength: 6 })
      .map((list) => list.map((pair, index) => invocation({ ...pair, instanceId: `i-2000000${index}` })));
  /** Five patient sweeps after all else: over, unless a row is not terminal or a denied command has no row. */
  const ended = fc
    .record({
      command: fc
        .record({
          status: fc.constantFrom('Success', 'Success', 'Failed'),
          targetCount: fc.option(fc.nat(7)),
        })
        .map(command),
      commandDeniedAt: fc.constantFrom(null, 0),
      commandTerminalAt: fc.option(fc.nat(20_000)),
      rows: rows(pairs),
      quietSince: fc.nat(20_000),
      wholeSweeps: fc.integer({ min: 80_001, max: 90_000 }).map((last) => sweeps(20_001, last)),
      instanceId: fc.constantFrom(null, null, 'i-20000000'),
    })
    .filter(
      ({ command: { targetCount }, commandDeniedAt, commandTerminalAt, rows: { length }, instanceId }) => {
        if (commandTerminalAt !== null) return true;
        const complete = instanceId !== null || length >= (targetCount ?? 0);
        return commandDeniedAt !== null && length > 0 && complete;
      },
    );

  const late = fc.constantFrom(null, awsEpoch + 30_000, awsEpoch + 10_000_000);

  it('is over when all ended, and never while a row has not and ExpiresAfter is not 60 s past', () =>
    fc.assert(
      fc.property(ended, fc.constantFrom(...unended), fc.nat(), late, (evidence, pair, place, expiresAt) => {
        expect(verdictOn(evidence)).not.toBeNull();
        const at = place % (evidence.rows.length + 1);
        const more = evidence.rows.toSpliced(at, 0, invocation({ ...pair, instanceId: 'i-30000000' }));
        expect(
          verdictOn({ ...evidence, command: { ...evidence.command, expiresAt }, rows: more }),
        ).toBeNull();
      }),
    ));

  it('is failure for a row that has not ended, once it is over at all', () =>
    fc.assert(
      fc.property(ended, fc.constantFrom(...unended), (evidence, pair) => {
        const more = [...evidence.rows, invocation({ ...pair, instanceId: 'i-30000000' })];
        const verdict = verdictOn({
          ...evidence,
          command: { ...evidence.command, expiresAt: awsEpoch },
          rows: more,
        });
        expect(verdict?.outcome).toBe(evidence.commandTerminalAt === null ? undefined : 'failure');
      }),
    ));

  it('is success exactly when every row is, none is missing, and the command does not say otherwise', () =>
    fc.assert(
      fc.property(ended, (evidence) => {
        const verdict = verdictOn(evidence);
        const told = evidence.commandDeniedAt === null || evidence.commandTerminalAt !== null;
        const refuted = evidence.instanceId === null && told && evidence.command.status !== 'Success';
        const missing =
          evidence.instanceId === null && (evidence.command.targetCount ?? 0) > evidence.rows.length;
        const all = evidence.rows.length > 0 && evidence.rows.every(isSuccess);
        expect(verdict?.outcome === 'success').toBe(all && !missing && !refuted);
        expect(verdict?.counts.NotListed === undefined || verdict.outcome === 'failure').toBe(true);
      }),
    ));

  it('counts every row once, and every target that has none', () =>
    fc.assert(
      fc.property(ended, (evidence) => {
        const targets = evidence.instanceId === null ? (evidence.command.targetCount ?? 0) : 1;
        const { NotListed = 0, ...listed } = verdictOn(evidence)?.counts ?? {};
        expect(NotListed).toBe(Math.max(0, targets - evidence.rows.length));
        expect(Object.values(listed).reduce((sum, count) => sum + count, 0)).toBe(evidence.rows.length);
      }),
    ));

  const shuffled = ended.chain((evidence) =>
    fc.tuple(
      fc.constant(evidence),
      fc.shuffledSubarray([...evidence.rows], { minLength: evidence.rows.length }),
    ),
  );

  it('does not depend on the order of the rows', () =>
    fc.assert(
      fc.property(shuffled, ([evidence, reordered]) => {
        expect(verdictOn({ ...evidence, rows: reordered })).toEqual(verdictOn(evidence));
      }),
    ));
});

describe('the reason of a failure', () => {
  const own = (status: string, statusDetails: string) => ({ status, statusDetails });

  it.each([
    [
      'the command, where every invocation succeeded',
      { Success: 2 },
      own('Failed', 'Incomplete'),
      'Incomplete',
    ],
    ['the command, where there was none', {}, own('Failed', 'RateExceeded'), 'RateExceeded'],
    [
      'the command, where its end is its own',
      { Terminated: 1 },
      own('Failed', 'FailedDueToAlarm'),
      'FailedDueToAlarm',
    ],
    ['the command, cancelled too late', { Success: 2 }, own('Cancelled', 'Cancelled'), 'Cancelled'],
    ['an invocation', { Success: 1, Failed: 1 }, own('Failed', 'Incomplete'), null],
    ['an invocation with the same words', { AccessDenied: 1 }, own('Failed', 'AccessDenied'), null],
    ['a target never dispatched', { Success: 1, NotListed: 1 }, own('Success', 'Success'), null],
  ])('is %s: %o', (_, counts, { status, statusDetails }, reason) =>
    expect(reasonOfCommand({ counts, commandStatus: status }, { statusDetails })).toBe(reason),
  );

  it.each(['AccessDenied', 'FailedDueToAlarm', 'LimitExceeded', 'RateExceeded'])(
    'is %s of the command beside invocations that failed otherwise',
    (statusDetails) =>
      expect(reasonOfCommand({ counts: { Failed: 1 }, commandStatus: 'Failed' }, { statusDetails })).toBe(
        statusDetails,
      ),
  );

  it.each([null, { statusDetails: 'Failed' }])('is unknown of a command that cannot be read: %o', (command) =>
    expect(reasonOfCommand({ counts: { Success: 1 }, commandStatus: null }, command)).toBeNull(),
  );

  it.each([null, { statusDetails: 'Success' }])('is none of a command that succeeded: %o', (command) =>
    expect(reasonOfCommand({ counts: { Success: 1 }, commandStatus: 'Success' }, command)).toBeNull(),
  );

  it('is the Status where StatusDetails are missing', () =>
    expect(reasonOfCommand({ counts: { Success: 1 }, commandStatus: 'TimedOut' }, null)).toBe('TimedOut'));
});
