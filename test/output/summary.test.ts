import { describe, expect, it } from 'vitest';
import { nothingKnown } from '../../src/domain/circumstances.ts';
import { concludeInterrupted, concludeVerdict, concludeWithout } from '../../src/domain/conclusion.ts';
import type { Invocation } from '../../src/domain/invocation.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import { createPaint } from '../../src/output/paint.ts';
import { type SummaryInput, summaryLines } from '../../src/output/summary.ts';
import { command, commandId, hostileIn, instanceId, invocation, plugin } from '../helpers/fixtures.ts';

const failed = invocation({
  status: 'Failed',
  plugins: [
    plugin({
      status: 'Failed',
      responseCode: 127,
      output: '\n----------ERROR-------\nyum: command not found\n',
    }),
  ],
});
const late = invocation({
  instanceId: 'i-2',
  instanceName: '',
  status: 'TimedOut',
  statusDetails: 'DeliveryTimedOut',
});
const running = invocation({ instanceId: 'i-3', status: 'InProgress' });
const times = (count: number, row: Invocation) =>
  Array.from({ length: count }, (_, index) => ({
    ...row,
    instanceId: `i-${String(index).padStart(2, '0')}`,
  }));

const verdict = (
  outcome: Verdict['outcome'],
  counts: Verdict['counts'],
  commandStatus: string | null = 'Success',
) => concludeVerdict({ outcome, counts, commandStatus });

const title = `ssm-watch  AWS-RunShellScript · patch kernel  ${commandId}`;

function summary(
  conclusion: SummaryInput['conclusion'],
  rows: readonly Invocation[],
  colours = false,
): string[] {
  const own = command({ status: conclusion.commandStatus ?? 'Success' });
  const input = { conclusion, commandId, command: own, rows, durationMs: 192_000 };
  return summaryLines(input, createPaint(colours));
}

describe('the closing summary', () => {
  it.each<[string, SummaryInput['conclusion'], readonly Invocation[], string[]]>([
    [
      'success',
      verdict('success', { Success: 1200 }),
      times(1200, invocation()),
      [
        'success: 1,200 invocations succeeded in 3m 12s',
        '  1,200 Success',
        'exit 0: the rollout is over and every invocation succeeded',
      ],
    ],
    [
      'success of one, command status unknown',
      verdict('success', { Success: 1 }, null),
      [invocation()],
      [
        'success: 1 invocation succeeded in 3m 12s; command status unknown',
        '  1 Success',
        'exit 0: the rollout is over and every invocation succeeded',
      ],
    ],
    [
      'failure',
      verdict('failure', { Success: 2, Failed: 1, DeliveryTimedOut: 1 }, 'Failed'),
      [...times(2, invocation()), failed, late],
      [
        'failure: 2 of 4 succeeded, 2 did not, after 3m 12s',
        '  2 Success  1 Failed  1 DeliveryTimedOut',
        `  ✗ ${instanceId}  web-eu-01  Failed  exit 127  yum: command not found`,
        '  ✗ i-2  DeliveryTimedOut  not delivered before the timeout',
        'exit 1: the rollout is over and not everything succeeded',
      ],
    ],
    [
      'failure, command status unknown',
      verdict('failure', { DeliveryTimedOut: 1 }, null),
      [late],
      [
        'failure: 0 of 1 succeeded, 1 did not, after 3m 12s; command status unknown',
        '  1 DeliveryTimedOut',
        '  ✗ i-2  DeliveryTimedOut  not delivered before the timeout',
        'exit 1: the rollout is over and not everything succeeded',
      ],
    ],
    [
      'never dispatched',
      verdict('failure', { Success: 1, NotListed: 1998 }),
      [invocation()],
      [
        'failure: 1 of 1,999 succeeded, 1,998 did not, 1,998 of them never dispatched, after 3m 12s',
        '  1 Success  1,998 NotListed',
        'exit 1: the rollout is over and not everything succeeded',
      ],
    ],
    [
      'one never dispatched',
      verdict('failure', { NotListed: 1 }),
      [],
      [
        'failure: 0 of 1 succeeded, 1 did not, 1 of them never dispatched, after 3m 12s',
        '  1 NotListed',
        'exit 1: the rollout is over and not everything succeeded',
      ],
    ],
    [
      'the command alone failed',
      verdict('failure', { Success: 1 }, 'Cancelled'),
      [invocation()],
      [
        'failure: every invocation succeeded, but the command itself is Cancelled, after 3m 12s',
        '  1 Success',
        'exit 1: the rollout is over and not everything succeeded',
      ],
    ],
    [
      'no targets',
      verdict('no-targets', {}),
      [],
      [
        'no targets: the command matched no instance',
        'exit 4: the rollout is over and there was no instance to run on',
      ],
    ],
    [
      'timeout',
      concludeWithout('timeout', { Success: 1, InProgress: 1 }, null),
      [invocation(), running],
      [
        'timeout: 1 of 2 listed invocations had succeeded after 3m 12s',
        '  1 Success  1 InProgress',
        'exit 124: the time given with --timeout is up; the rollout is not over',
      ],
    ],
    [
      'left',
      concludeInterrupted(130, { Failed: 1 }),
      [failed],
      [
        'interrupted: 0 of 1 listed invocations had succeeded after 3m 12s',
        '  1 Failed',
        `  ✗ ${instanceId}  web-eu-01  Failed  exit 127  yum: command not found`,
        'exit 130: left before the end; the rollout goes on',
      ],
    ],
    [
      'once',
      concludeWithout('in-progress', { InProgress: 1 }, null),
      [running],
      [
        'in-progress: 0 of 1 listed invocations had succeeded after 3m 12s',
        '  1 InProgress',
        'exit 5: the rollout is not over yet',
      ],
    ],
    [
      'refused',
      concludeWithout('refused', {}, 'no usable AWS credentials'),
      [],
      ['refused: no usable AWS credentials', 'exit 3: AWS refused, or could not be used'],
    ],
    [
      'broken',
      concludeWithout('broken', {}, 'a bug'),
      [],
      ['broken: a bug', 'exit 70: ssm-watch itself broke'],
    ],
  ])('%s', (_, conclusion, rows, lines) => {
    expect(summary(conclusion, rows)).toEqual([title, ...lines]);
  });

  it.each([verdict('failure', { Failed: 1 }), verdict('no-targets', {}), concludeInterrupted(130, {})])(
    'of a demo that exits 0 does not say that all is well: $outcome',
    (conclusion) => {
      const last = summary({ ...conclusion, exitCode: 0 }, [failed]).at(-1);
      expect(last).toBe('exit 0: a demo exits so, however its rollout ends');
    },
  );

  it('calls nothing a success where no invocation was listed', () => {
    expect(summary(verdict('failure', {}, 'Failed'), [])[1]).toBe(
      'failure: no invocation was listed, and the command itself is Failed',
    );
  });

  it.each<[string, Verdict['counts'], string]>([
    [
      'Incomplete',
      { Success: 1 },
      'failure: every invocation succeeded, but the command itself is Failed (Incomplete), after 3m 12s',
    ],
    [
      'RateExceeded',
      {},
      'failure: no invocation was listed, and the command itself is Failed (RateExceeded)',
    ],
    [
      'FailedDueToAlarm',
      { Terminated: 1 },
      'failure: 0 of 1 succeeded, 1 did not, after 3m 12s; the command itself is Failed (FailedDueToAlarm)',
    ],
    ['Incomplete', { Failed: 1 }, 'failure: 0 of 1 succeeded, 1 did not, after 3m 12s'],
  ])(
    'names the own end of the command where that is the reason: %s, with %o',
    (statusDetails, counts, text) => {
      const rows = Object.keys(counts).map((status) => invocation({ status }));
      const own = command({ status: 'Failed', statusDetails });
      const conclusion = verdict('failure', counts, 'Failed');
      const input = { conclusion, commandId, command: own, rows, durationMs: 192_000 };
      expect(summaryLines(input, createPaint(false))[1]).toBe(text);
    },
  );

  it('lists an invocation that never ended among those that did not succeed', () => {
    expect(summary(verdict('failure', { Success: 1, InProgress: 1 }), [invocation(), running])[3]).toBe(
      '  ✗ i-3  web-eu-01  InProgress',
    );
  });

  it('draws no message raw', () => {
    expect(summary(concludeWithout('broken', {}, 'a \u001b[2J b'), [])[1]).toBe('broken: a ^[[2J b');
  });

  it('lists 20 failures', () => {
    const lines = summary(verdict('failure', { Failed: 20 }), times(20, failed));
    expect(lines).toHaveLength(24);
    expect(lines[22]).toBe('  ✗ i-19  web-eu-01  Failed  exit 127  yum: command not found');
  });

  it('groups more than 20 failures by reason, with the first three IDs', () => {
    const rows = [
      late,
      { ...late, instanceId: 'i-4', instanceName: 'x' },
      { ...late, instanceId: 'i-5' },
      ...times(1500, failed),
      { ...failed, plugins: [] },
    ];
    expect(summary(verdict('failure', { Failed: 1501, DeliveryTimedOut: 3 }), rows).slice(3, -1)).toEqual([
      '  ✗ 1,500 × Failed · exit 127 · yum: command not found  (i-00, i-01, i-02, …)',
      '  ✗ 3 × DeliveryTimedOut · not delivered before the timeout  (i-2, i-4, i-5)',
      `  ✗ 1 × Failed · no output and no exit code  (${instanceId})`,
    ]);
  });

  it('shows the 20 largest of many groups', () => {
    const each = times(30, failed).map((row, index) => ({
      ...row,
      plugins: [plugin({ status: 'Failed', responseCode: index + 1 })],
    }));
    expect(summary(verdict('failure', { Failed: 30 }), each)).toHaveLength(24);
  });

  it('titles what is known of the command', () => {
    const input = {
      conclusion: verdict('success', { Success: 1 }),
      commandId,
      rows: [invocation()],
      durationMs: 0,
    };
    const titleOf = (known: SummaryInput['command']) =>
      summaryLines({ ...input, command: known }, createPaint(false))[0];
    expect(titleOf(null)).toBe(`ssm-watch  ${commandId}`);
    expect(titleOf(command({ comment: '' }))).toBe(`ssm-watch  AWS-RunShellScript  ${commandId}`);
  });

  it.each([
    [verdict('success', {}), 32],
    [verdict('failure', {}, 'Failed'), 31],
    [verdict('no-targets', {}), 33],
    [concludeWithout('timeout', {}, null), 33],
    [concludeInterrupted(130, {}), 33],
    [concludeWithout('in-progress', {}, null), 33],
    [concludeWithout('refused', {}, null), 31],
    [concludeWithout('broken', {}, null), 31],
  ])('$outcome has its colour', (conclusion, code) => {
    expect(summary(conclusion, [], true)[1]?.startsWith(`\u001b[${code}m`)).toBe(true);
  });

  it.each([1, 21])('marks each failure in red, %i of them', (count) => {
    const lines = summary(verdict('failure', { Failed: count }), times(count, failed), true);
    expect(lines[3]?.startsWith('  \u001b[31m✗\u001b[39m ')).toBe(true);
  });

  const bad = '\u001b]0;x\u0007\n\u202e\u200b';
  const hostile = invocation({
    instanceName: bad,
    status: 'Failed',
    statusDetails: bad,
    plugins: [plugin({ status: 'Failed', output: `x${bad}y` })],
  });
  it.each([1, 21])('lets nothing hostile through, with %i failures', (count) => {
    const input = {
      conclusion: verdict('failure', { [bad]: count }, bad),
      commandId,
      command: command({ comment: bad }),
      rows: times(count, hostile),
      durationMs: 0,
    };
    const lines = summaryLines(input, createPaint(false));
    expect(lines[0]).toContain('\\u{202e}');
    expect(lines[2]).toContain('\\u{202e}');
    expect(lines[3]).toContain('\\u{202e}');
    expect(hostileIn(lines.join(''))).toEqual([]);
  });
});

describe('what was targeted', () => {
  const role = { key: 'tag:Role', values: ['gateway'] };
  const second = (conclusion: SummaryInput['conclusion'], rows: readonly Invocation[], targets = [role]) => {
    const own = command({ status: conclusion.commandStatus ?? 'Success', targets });
    const input = { conclusion, commandId, command: own, rows, durationMs: 192_000 };
    return summaryLines(input, createPaint(false))[1];
  };

  it.each([
    [[role], 'no targets: the command matched no instance: tag:Role=gateway'],
    [[], 'no targets: the command matched no instance'],
    [
      [{ key: 'tag:\u001b[2J', values: ['\u202e'] }],
      'no targets: the command matched no instance: tag:^[[2J=\\u{202e}',
    ],
  ])('is told where nothing was matched: %j', (targets, text) =>
    expect(second(verdict('no-targets', {}), [], targets)).toBe(text),
  );

  it('is told where something was never dispatched', () => {
    expect(second(verdict('failure', { Success: 1, NotListed: 2 }, 'Failed'), [invocation()])).toBe(
      'failure: 1 of 3 succeeded, 2 did not, 2 of them never dispatched (targeted: tag:Role=gateway), after 3m 12s',
    );
    expect(second(verdict('failure', {}, 'Failed'), [])).toBe(
      'failure: no invocation was listed (targeted: tag:Role=gateway), and the command itself is Failed',
    );
  });

  it('is not told where all were', () =>
    expect(second(verdict('success', { Success: 1 }), [invocation()])).not.toContain('gateway'));
});

it('says why rows were terminated, in words that are not masked', () => {
  const terminated = invocation({ status: 'Failed', statusDetails: 'Terminated' });
  const circumstances = { ...nothingKnown, stopReason: 'stopped: 11 errors exceeded MaxErrors 10' };
  for (const count of [1, 21]) {
    const input = {
      conclusion: verdict('failure', { Terminated: count }, 'Failed'),
      commandId,
      command: command(),
      rows: times(count, terminated),
      circumstances,
      durationMs: 1,
    };
    expect(summaryLines(input, createPaint(false))[3]).toContain('stopped: 11 errors exceeded MaxErrors 10');
  }
});
