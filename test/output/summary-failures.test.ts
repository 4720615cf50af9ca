import { describe, expect, it } from 'vitest';
import { nothingKnown } from '../../src/domain/circumstances.ts';
import { createPaint } from '../../src/output/paint.ts';
import { summaryLines } from '../../src/output/summary.ts';
import { command, commandId, instanceId, invocation, plugin } from '../helpers/fixtures.ts';
import { failed, late, running, summary, times, verdict } from './closing-summary.ts';

describe('what did not succeed', () => {
  it('lists an invocation that never ended among those that did not succeed', () => {
    expect(summary(verdict('failure', { Success: 1, InProgress: 1 }), [invocation(), running])[3]).toBe(
      '  ✗ i-3  web-eu-01  InProgress',
    );
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

  it.each([1, 21])('marks each failure in red, %i of them', (count) => {
    const lines = summary(verdict('failure', { Failed: count }), times(count, failed), true);
    expect(lines[3]?.startsWith('  \u001b[31m✗\u001b[39m ')).toBe(true);
  });
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
