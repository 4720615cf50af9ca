import type { Counts } from './tally.ts';
import type { Verdict } from './verdict.ts';

/** How a run ended, as the `end` event of `json` names it. */
export type Outcome = Verdict['outcome'] | 'timeout' | 'interrupted' | 'refused' | 'in-progress' | 'broken';

/** Exit codes that a run's end by itself can have. See the README, "Use". */
export const exitCodes = {
  success: 0,
  failure: 1,
  usage: 2,
  refused: 3,
  'no-targets': 4,
  'in-progress': 5,
  broken: 70,
  timeout: 124,
  closedOutput: 141,
} as const;

/** Exit codes of the signals that end a run; leaving with `q` or Ctrl-C counts as SIGINT. */
export const signalExitCodes = { SIGHUP: 129, SIGINT: 130, SIGQUIT: 131, SIGTERM: 143 } as const;
export type EndingSignal = keyof typeof signalExitCodes;

/** The end of a run: what its exit code, its summary and its `end` event say. */
export interface Conclusion {
  readonly outcome: Outcome;
  readonly exitCode: number;
  /** One line that says why, where the outcome alone does not; null otherwise. */
  readonly message: string | null;
  readonly counts: Counts;
  /** The command's own Status where there is a verdict; null where it cannot be read. */
  readonly commandStatus: string | null;
}

/** The conclusion that a verdict comes to. */
export function concludeVerdict(verdict: Verdict): Conclusion {
  return { ...verdict, exitCode: exitCodes[verdict.outcome], message: null };
}

/** The conclusion of a run that ended without a verdict. */
export function concludeWithout(
  outcome: Exclude<Outcome, Verdict['outcome'] | 'interrupted'>,
  counts: Counts,
  message: string | null,
): Conclusion {
  return { outcome, exitCode: exitCodes[outcome], message, counts, commandStatus: null };
}

/** The conclusion of a run that was left, or ended from outside, before the end. */
export function concludeInterrupted(exitCode: number, counts: Counts): Conclusion {
  return { outcome: 'interrupted', exitCode, message: null, counts, commandStatus: null };
}
