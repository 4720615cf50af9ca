import { describe, expect, it } from 'vitest';
import { causeOf } from '../../src/domain/cause.ts';
import { nothingKnown } from '../../src/domain/circumstances.ts';
import { failureDetail, rowDetail } from '../../src/domain/detail.ts';
import type { Plugin } from '../../src/domain/invocation.ts';
import { invocation, plugin, requestedAt } from '../helpers/fixtures.ts';

/** A row with one plugin in the same status. */
const row = (status: string, statusDetails: string, overrides: Partial<Plugin> = {}) =>
  invocation({ status, statusDetails, plugins: [plugin({ status, statusDetails, ...overrides })] });

const noYum =
  '\n----------ERROR-------\nbash: yum: command not found\nfailed to run commands: exit status 127';

describe('why an invocation did not succeed', () => {
  it.each([
    [
      'its last error',
      row('Failed', 'Failed', { responseCode: 127, output: noYum }),
      'bash: yum: command not found',
    ],
    ['its last output', row('Failed', 'Failed', { responseCode: 7, output: 'disk full\n' }), 'disk full'],
    ['its exit code', row('Failed', 'Failed', { responseCode: 7 }), 'exit status 7, no output'],
    [
      'an exit code and nothing but the agent',
      row('Failed', 'Failed', {
        responseCode: 1,
        output: '\n----------ERROR-------\nfailed to run commands: exit status 1',
      }),
      'exit status 1, no output',
    ],
    ['a status that a plain object has a member for', row('Failed', 'constructor', { output: 'x' }), 'x'],
    ['no answer', row('Failed', 'Failed', { responseCode: -1 }), 'no output and no exit code'],
    ['no exit code', row('Failed', 'Failed', { responseCode: null }), 'no output and no exit code'],
    ['no plugin', invocation({ status: 'Failed' }), 'no output and no exit code'],
    [
      'killed, silent',
      row('TimedOut', 'ExecutionTimedOut', { responseCode: 137 }),
      'killed at the execution timeout',
    ],
    [
      'killed',
      row('TimedOut', 'ExecutionTimedOut', { responseCode: 137, output: 'before-timeout\n' }),
      'killed at the execution timeout after: before-timeout',
    ],
    ['cancelled, silent', row('Cancelled', 'Cancelled', { responseCode: -1 }), 'cancelled'],
    [
      'cancelled',
      row('Cancelled', 'Cancelled', { responseCode: 137, output: 'before-cancel\n' }),
      'cancelled after: before-cancel',
    ],
    [
      'not delivered',
      row('TimedOut', 'DeliveryTimedOut', { responseCode: -1 }),
      'not delivered before the timeout',
    ],
    [
      'undeliverable',
      row('Failed', 'Undeliverable', { responseCode: -1 }),
      'could not be delivered: the node is gone or does not answer',
    ],
    [
      'terminated',
      row('Failed', 'Terminated', { responseCode: -1 }),
      'stopped: MaxErrors was exceeded, or an alarm went off',
    ],
    [
      'platform',
      row('Failed', 'InvalidPlatform', { responseCode: -1 }),
      'the document does not support the platform of the node',
    ],
    ['access', row('Failed', 'AccessDenied', { responseCode: -1 }), 'access denied by AWS'],
    ['an unknown end', row('Success', 'SucceededWithWarnings', { output: 'warning: x\n' }), 'warning: x'],
    [
      'the step that failed, not the last',
      invocation({
        status: 'Failed',
        plugins: [
          plugin({ output: 'fine' }),
          plugin({ status: 'Failed', output: 'boom' }),
          plugin({ output: 'never' }),
        ],
      }),
      'boom',
    ],
    [
      'the text as it came',
      row('Failed', 'Failed', { output: '\u001b[31mboom\u001b[0m\n' }),
      '\u001b[31mboom\u001b[0m',
    ],
  ])('%s', (_, failed, detail) => {
    expect(failureDetail(failed)).toBe(detail);
    expect(rowDetail(failed)).toBe(detail);
  });
});

describe('for people a row leaves out', () => {
  const folder =
    '/var/lib/amazon/ssm/i-0cb2b964d3e14fd9f/document/orchestration/b8eac879/awsrunShellScript/0.awsrunShellScript';

  it.each([
    [
      'the folder of the agent',
      `${folder}/_script.sh: line 1: yum: command not found`,
      'yum: command not found',
    ],
    ['wide space', 'a \t  b \u2028c', 'a b \u2028c'],
    ['no other folder', '/opt/app/_script.sh: line 1: x', '/opt/app/_script.sh: line 1: x'],
    ['no folder of the agent in the middle', `cat: ${folder}/_script.sh: x`, `cat: ${folder}/_script.sh: x`],
  ])('%s', (_, output, detail) => {
    const failed = row('Failed', 'Failed', { output });
    expect(failureDetail(failed)).toBe(output);
    expect(rowDetail(failed)).toBe(detail);
  });
});

describe('a row that did not fail', () => {
  const done = plugin({ name: 'download' });
  const runs = plugin({ name: 'configure', status: 'InProgress' });
  const waits = plugin({ name: 'restart', status: 'Pending' });

  it.each([
    ['success', row('Success', 'Success', { output: 'fine\n' }), ''],
    ['pending', row('Pending', 'Pending'), ''],
    ['delayed', row('Pending', 'Delayed'), 'could not be sent yet; AWS tries again'],
    ['cancelling', row('Cancelling', 'Cancelling'), ''],
    ['an unknown status', row('Rebooting', 'Rebooting', { output: 'x' }), ''],
    ['one step that runs', row('InProgress', 'InProgress'), ''],
    ['running, no plugin known', invocation({ status: 'InProgress' }), ''],
    [
      'the first step of two',
      invocation({ status: 'InProgress', plugins: [runs, waits] }),
      'step 1 of 2: configure',
    ],
    [
      'the second of three',
      invocation({ status: 'InProgress', plugins: [done, runs, waits] }),
      'step 2 of 3: configure',
    ],
    [
      'a step about to start',
      invocation({ status: 'InProgress', plugins: [done, waits] }),
      'step 2 of 2: restart',
    ],
    ['every step done', invocation({ status: 'InProgress', plugins: [done, done] }), ''],
    [
      'no longer listed as running',
      invocation({ status: 'InProgress', plugins: [runs, waits], endUnread: true }),
      'no longer listed as it was; being looked up',
    ],
  ])('%s', (_, running, detail) => {
    expect(failureDetail(running)).toBeNull();
    expect(rowDetail(running)).toBe(detail);
  });
});

describe('an invocation that never ended', () => {
  const stuck = invocation({ status: 'InProgress' });
  const reason = /^did not end: last seen InProgress, past ExpiresAfter at (\d\d-\d\d )?\d\d:\d\d:\d\d$/;
  const over = { ...nothingKnown, expiredAt: requestedAt + 3_600_000 };

  it('says so once the rollout is over without it, in the row and as its cause', () => {
    expect(rowDetail(stuck, over)).toMatch(reason);
    expect(causeOf(stuck, over)).toBe(rowDetail(stuck, over));
    expect(rowDetail(invocation({ status: 'InProgress', endUnread: true }), over)).toMatch(reason);
  });

  it('says nothing of it before that, nor of one that ended', () => {
    expect(rowDetail(stuck)).not.toMatch(reason);
    expect(rowDetail(stuck, { ...over, expiredAt: null })).not.toMatch(reason);
    expect(rowDetail(invocation(), over)).toBe('');
  });
});
