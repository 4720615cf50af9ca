import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { ProblemKind } from '../../../src/domain/problem.ts';
import { problemHeight, problemLines } from '../../../src/ui/header/problem-lines.ts';
import type { ActiveProblem, ProblemSource } from '../../../src/watch/problems.ts';

const problems = (message: string, retryAt: number | null = null) => ({
  activity: { kind: 'waiting', until: 0 } as const,
  problems: [
    {
      source: 'sweep',
      problem: { kind: 'credentials', message, needsAction: true },
      since: 0,
      retryAt,
    } satisfies ActiveProblem,
  ],
});
const sso =
  'the SSO session is missing or has expired: run `aws sso login --profile AdministratorAccess-123456789012`';

describe('the lines of what is wrong', () => {
  it('is in one line where that is enough', () => {
    expect(problemLines(problems('no route to AWS', 5_000), 1_000, { columns: 80, rows: 24 })).toEqual([
      'no route to AWS · next try in 4 s',
    ]);
    expect(problemHeight({ problems: [] }, { columns: 80, rows: 24 })).toBe(0);
  });

  it('is told to its end at 80 columns: what to do stands there, and can be copied', () => {
    expect(problemLines(problems(sso, 5_000), 1_000, { columns: 80, rows: 24 })).toEqual([
      'the SSO session is missing or has expired: run',
      '`aws sso login --profile AdministratorAccess-123456789012` · next try in 4 s',
    ]);
  });

  it('leaves the rows their room on a low screen, and where it is too long', () => {
    expect(problemLines(problems(sso), 0, { columns: 80, rows: 15 })).toHaveLength(1);
    expect(problemLines(problems(sso.repeat(9)), 0, { columns: 80, rows: 24 })).toHaveLength(3);
  });

  it('is not cut where the next try is hours away', () => {
    const message = 'x'.repeat(80 - 3 - ' · next try in 30 s'.length);
    const hours = 3_600_000;
    expect(problemLines(problems(message, 5 * hours), 0, { columns: 80, rows: 24 })).toEqual([
      message,
      '· next try in 5h 00m',
    ]);
  });

  it('breaks no line between a number and its unit', () => {
    for (let length = 40; length < 80; length += 1) {
      const lines = problemLines(problems('x'.repeat(length), 8_000), 0, { columns: 80, rows: 24 });
      expect(lines.at(-1)).toMatch(/· next try in 8 s$/);
    }
  });

  it.each([
    [12, 60, ['the SSO session is missing or has expi… · next try in 4 s']],
    [12, 40, ['the SSO session is… · next try in 4 s']],
    [
      24,
      40,
      [
        'the SSO session is missing or has',
        'expired: run `aws sso login --profile',
        'AdministratorAcces… · next try in 4 s',
      ],
    ],
  ])('cuts on %i lines of %i cells the message, not the next try', (rows, columns, lines) =>
    expect(problemLines(problems(sso, 5_000), 1_000, { columns, rows })).toEqual(lines),
  );

  it.each(['paused', 'finished'] as const)('promises no next try while %s, and moves nothing', (kind) => {
    const shown = { ...problems('no route to AWS', 5_000), activity: { kind } };
    const size = { columns: 80, rows: 24 };
    expect(problemLines(shown, 1_000, size)).toEqual(['no route to AWS']);
    expect(problemHeight(shown, size)).toBe(problemHeight(problems('no route to AWS', 5_000), size));
  });

  it('takes as many lines as it is said to, however near the next try is, and every one but the last fits', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        // --interval can be a day.
        fc.oneof(fc.integer({ min: -1_000, max: 30_000 }), fc.integer({ min: 0, max: 86_400_000 })),
        fc.integer({ min: 1, max: 120 }),
        fc.integer({ min: 1, max: 40 }),
        (message, wait, columns, rows) => {
          const shown = problems(`! ${message}`, 100_000);
          const lines = problemLines(shown, 100_000 - wait, { columns, rows });
          expect(lines.length).toBeLessThanOrEqual(problemHeight(shown, { columns, rows }));
          for (const line of lines.slice(0, -1)) {
            // A character can be wider than the narrowest screens.
            if (columns >= 10) expect(stringWidth(line)).toBeLessThanOrEqual(columns - 3);
          }
        },
      ),
    ));
});

/** A problem of a source. */
const problem = (
  kind: ProblemKind,
  source: ProblemSource,
  message = 'it failed',
  retryAt: number | null = null,
): ActiveProblem => ({ source, problem: { kind, message, needsAction: false }, since: 0, retryAt });

describe('what is wrong', () => {
  const textOf = (problems: ActiveProblem[], now: number) =>
    problemLines({ problems, activity: { kind: 'reading' } }, now, { columns: 80, rows: 24 }).join(' ');

  const listing = problem('access-denied', 'command', 'ListCommands is denied', 40_000);
  const sweep = problem('throttled', 'sweep', 'slow down', 12_000);
  const absent = problem('response', 'listing', 'a row is gone');

  it.each<[string, ActiveProblem[], string]>([
    ['nothing', [], ''],
    ['the sweep', [sweep], 'slow down · next try in 3 s'],
    ['ListCommands, with a try of its own', [listing], 'ListCommands is denied · next try in 31 s'],
    ['what is not tried again', [absent], 'a row is gone'],
    ['the sweep before all else', [sweep, listing, absent], 'slow down · next try in 3 s'],
    ['the sweep before what was there first', [absent, sweep], 'slow down · next try in 3 s'],
    ['of others the newest', [listing, absent], 'a row is gone'],
    [
      'of others the newest, with its next try',
      [absent, listing],
      'ListCommands is denied · next try in 31 s',
    ],
  ])('is %s', (_, problems, text) => expect(textOf(problems, 9_000)).toBe(text));

  // Never less than it takes, and nothing once it is tried.
  it.each([
    [9_999, ' · next try in 3 s'],
    [11_000, ' · next try in 1 s'],
    [11_001, ' · next try in 1 s'],
    [10_999, ' · next try in 2 s'],
    [11_999, ' · next try in 1 s'],
    [12_000, ''],
    [12_500, ''],
    [-60_000, ' · next try in 1m 12s'],
  ])('at %i: %j', (now, text) => expect(textOf([sweep], now)).toBe(`slow down${text}`));
});
