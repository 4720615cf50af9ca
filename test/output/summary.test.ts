import { describe, expect, it } from 'vitest';
import { nothingKnown } from '../../src/domain/circumstances.ts';
import { concludeInterrupted, concludeWithout } from '../../src/domain/conclusion.ts';
import type { Invocation } from '../../src/domain/invocation.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import { createPaint } from '../../src/output/paint.ts';
import { type SummaryInput, summaryLines } from '../../src/output/summary.ts';
import { command, commandId, hostileIn, instanceId, invocation, plugin } from '../helpers/fixtures.ts';
import { failed, late, running, summary, times, verdict } from './closing-summary.ts';

const title = `ssm-watch  AWS-RunShellScript · patch kernel  ${commandId}`;

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

  const noCommand = { command: null, commandId, durationMs: 3_000 };
  const closing = (conclusion: SummaryInput['conclusion'], rows: readonly Invocation[] = []) =>
    summaryLines({ ...noCommand, conclusion, rows }, createPaint(false));

  it.each<[SummaryInput['conclusion'], string]>([
    [concludeInterrupted(130, {}), 'exit 130: left before the end; nothing was read of the rollout'],
    [
      concludeWithout('timeout', {}, null),
      'exit 124: the time given with --timeout is up; nothing was read of the rollout',
    ],
  ])('claims nothing where nothing was read: $outcome', (conclusion, last) => {
    expect(closing(conclusion).slice(1)).toEqual([
      `${conclusion.outcome}: nothing was read of the rollout in 3s`,
      last,
    ]);
  });

  const unknown = 'whether the rollout is over cannot be told: command status unknown';

  it.each<[SummaryInput['conclusion'], string]>([
    [concludeWithout('in-progress', { Success: 1 }, null), `exit 5: ${unknown}`],
    [
      concludeWithout('timeout', { Success: 1 }, null),
      `exit 124: the time given with --timeout is up; ${unknown}`,
    ],
    [concludeInterrupted(130, { Success: 1 }), `exit 130: left before the end; ${unknown}`],
  ])(
    'does not say that it is not over where the rows are and the command is unknown: $outcome',
    (conclusion, last) => {
      expect(closing(conclusion, [invocation()]).at(-1)).toBe(last);
      expect(closing(conclusion, [invocation(), running]).at(-1)).not.toContain('cannot be told');
      const input = {
        ...noCommand,
        conclusion,
        rows: [invocation()],
        command: command({ status: 'Pending' }),
      };
      expect(summaryLines(input, createPaint(false)).at(-1)).not.toContain('cannot be told');
    },
  );

  it.each([1, 21])('tells of %i that never ended why they are waited for no longer', (count) => {
    const input = {
      ...noCommand,
      conclusion: verdict('failure', { InProgress: count }),
      rows: times(count, running),
      circumstances: { ...nothingKnown, expiredAt: Date.UTC(2026, 10, 20) },
    };
    expect(summaryLines(input, createPaint(false))[3]).toMatch(
      /✗ .*InProgress.*did not end: last seen InProgress, past ExpiresAfter at .*\d\d:\d\d:\d\d/,
    );
  });

  it('draws no message raw', () => {
    expect(summary(concludeWithout('broken', {}, 'a \u001b[2J b'), [])[1]).toBe('broken: a ^[[2J b');
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
