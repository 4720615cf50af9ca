import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { problemHeight, problemLines } from '../../../src/ui/header/problem-lines.ts';
import type { ActiveProblem } from '../../../src/watch/problems.ts';

const problems = (message: string, retryAt: number | null = null): { problems: ActiveProblem[] } => ({
  problems: [
    { source: 'sweep', problem: { kind: 'credentials', message, needsAction: true }, since: 0, retryAt },
  ],
});
const sso =
  'the SSO session is missing or has expired: run `aws sso login --profile AdministratorAccess-123456789012`';

describe('what is wrong', () => {
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
      `${message} · next try in 5h`,
      '00m',
    ]);
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
