import { describe, expect, it } from 'vitest';
import {
  isSuccess,
  isTerminal,
  knownStatusDetails,
  normaliseStatus,
  phaseOf,
} from '../../src/domain/status.ts';

describe('normaliseStatus', () => {
  it.each([
    ['Pending', 'Pending'],
    ['Delayed', 'Delayed'],
    ['In Progress', 'InProgress'],
    ['Cancelling', 'Cancelling'],
    ['Success', 'Success'],
    ['Failed', 'Failed'],
    ['Timed Out', 'TimedOut'],
    ['Execution Timed Out', 'ExecutionTimedOut'],
    ['Delivery Timed Out', 'DeliveryTimedOut'],
    ['Undeliverable', 'Undeliverable'],
    ['Terminated', 'Terminated'],
    ['Canceled', 'Cancelled'],
    ['Cancelled', 'Cancelled'],
    ['Invalid Platform', 'InvalidPlatform'],
    ['Access Denied', 'AccessDenied'],
    ['No Instances In Tag', 'NoInstancesInTag'],
    ['Failed Due To Alarm', 'FailedDueToAlarm'],
    ['Incomplete', 'Incomplete'],
    ['Rate Exceeded', 'RateExceeded'],
    ['Limit Exceeded', 'LimitExceeded'],
  ])('%s is %s, and stays it', (prose, wire) => {
    expect(normaliseStatus(prose)).toBe(wire);
    expect(normaliseStatus(wire)).toBe(wire);
  });

  it.each(['', ' ', 'Half Done', 'success', 'SUCCESS', 'constructor', 'Suc\u200bcess', 'Success\n'])(
    'unknown: %j comes back as it came',
    (status) => expect(normaliseStatus(status)).toBe(status),
  );
});

describe('a status', () => {
  it.each([
    ['Pending', 'Pending', false, 'waiting'],
    ['Delayed', 'Delayed', false, 'waiting'],
    ['Pending', 'Delayed', false, 'waiting'],
    ['InProgress', 'InProgress', false, 'running'],
    ['Cancelling', 'Cancelling', false, 'waiting'],
    ['Success', 'Success', true, 'succeeded'],
    ['Failed', 'Failed', true, 'failed'],
    ['TimedOut', 'ExecutionTimedOut', true, 'failed'],
    ['TimedOut', 'DeliveryTimedOut', true, 'failed'],
    ['Failed', 'Undeliverable', true, 'failed'],
    ['Failed', 'Terminated', true, 'failed'],
    ['Cancelled', 'Cancelled', true, 'failed'],
    ['Failed', 'InvalidPlatform', true, 'failed'],
    ['Failed', 'AccessDenied', true, 'failed'],
    ['Success', 'NoInstancesInTag', true, 'failed'],
    ['Failed', 'FailedDueToAlarm', true, 'failed'],
    ['Failed', 'Incomplete', true, 'failed'],
    ['Failed', 'RateExceeded', true, 'failed'],
    ['Failed', 'LimitExceeded', true, 'failed'],
    ['Success', 'SucceededWithWarnings', true, 'failed'],
    ['Failed', 'Success', true, 'failed'],
    ['Rebooting', 'Rebooting', false, 'unknown'],
    ['Rebooting', 'Success', false, 'unknown'],
    ['Undeliverable', 'Undeliverable', false, 'unknown'],
    ['', '', false, 'unknown'],
    ['constructor', 'constructor', false, 'unknown'],
  ])('%s/%s: terminal %s, %s', (status, statusDetails, terminal, phase) => {
    const pair = { status, statusDetails };
    expect([isTerminal(pair), phaseOf(pair)]).toEqual([terminal, phase]);
    expect(isSuccess(pair)).toBe(phase === 'succeeded');
  });
});

it('knows each StatusDetails of an invocation, in the spelling of the wire', () => {
  const waits = ['Pending', 'InProgress', 'Delayed', 'Cancelling'];
  const ends = ['Success', 'Failed', 'ExecutionTimedOut', 'DeliveryTimedOut', 'Undeliverable', 'Terminated'];
  const rare = ['Cancelled', 'InvalidPlatform', 'AccessDenied'];
  expect(knownStatusDetails.toSorted()).toEqual([...waits, ...ends, ...rare].sort());
});
