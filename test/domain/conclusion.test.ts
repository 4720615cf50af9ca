import { describe, expect, it } from 'vitest';
import {
  concludeInterrupted,
  concludeVerdict,
  concludeWithout,
  exitCodes,
  signalExitCodes,
} from '../../src/domain/conclusion.ts';

const counts = { Success: 590, Failed: 22 };

describe('the exit code', () => {
  it.each([
    ['success', 0],
    ['failure', 1],
    ['no-targets', 4],
  ] as const)('of the verdict %s is %i', (outcome, exitCode) => {
    const verdict = { outcome, counts, commandStatus: 'Success' };
    expect(concludeVerdict(verdict)).toEqual({ ...verdict, exitCode, message: null });
  });

  it.each([
    ['refused', 3],
    ['in-progress', 5],
    ['broken', 70],
    ['timeout', 124],
  ] as const)('of %s, without a verdict, is %i', (outcome, exitCode) => {
    const conclusion = { outcome, exitCode, message: 'why', counts, commandStatus: null };
    expect(concludeWithout(outcome, counts, 'why')).toEqual(conclusion);
  });

  it.each([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGQUIT', 131],
    ['SIGTERM', 143],
  ] as const)('of %s is %i', (signal, exitCode) => {
    expect(signalExitCodes[signal]).toBe(exitCode);
    const conclusion = { outcome: 'interrupted', exitCode, message: null, counts, commandStatus: null };
    expect(concludeInterrupted(exitCode, counts)).toEqual(conclusion);
  });

  it('is 2 for bad usage and 141 for a closed output', () => {
    expect([exitCodes.usage, exitCodes.closedOutput]).toEqual([2, 141]);
  });
});
