import { describe, expect, it } from 'vitest';
import type { Invocation } from '../../src/domain/invocation.ts';
import { createPaint } from '../../src/output/paint.ts';
import { type SummaryInput, summaryLines } from '../../src/output/summary.ts';
import { command, commandId, invocation } from '../helpers/fixtures.ts';
import { verdict } from './closing-summary.ts';

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
