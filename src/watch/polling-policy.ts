import type { Problem } from '../domain/problem.ts';
import { isTerminal } from '../domain/status.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { CommandReading } from './command-reading.ts';
import type { Refusal, RefusalWatch } from './refusal.ts';
import type { RolloutStore } from './store.ts';

/** How polling ended by itself. */
export type Ending = { readonly kind: 'verdict'; readonly verdict: Verdict } | EndingWithoutVerdict;

type EndingWithoutVerdict =
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'in-progress' };

/** What a round came to that brought no verdict. */
export interface RoundEnd {
  readonly store: Pick<RolloutStore, 'found' | 'rows' | 'commandDenied'>;
  readonly refusals: Pick<RefusalWatch, 'refusal' | 'unreachable'>;
  /** What cut it short; null where nothing did. */
  readonly failure: Problem | null;
  /** Why ListCommands failed the last time; null where it did not. */
  readonly commandProblem: Problem | null;
}

/** What of polling depends on who is to see it: on the screen, in lines, or once. */
export interface PollingPolicy {
  /** A page that fails for more times in a row than this ends its listing. */
  readonly pageTries: number;
  /**
   * ListCommands was just asked: resolves when the next call may be made. A command that is seen terminal before a sweep
   * begins is what can make it the last. `isFirst`: no sweep has ended yet. Rejects with the signal's reason.
   */
  waitForCommand(
    command: Pick<CommandReading, 'answered' | 'settle'>,
    isFirst: boolean,
    signal: AbortSignal,
  ): Promise<void>;
  /** Whether ListCommands is asked again after it has failed, as far as is known then. */
  retriesCommand(problem: Problem, known: Pick<RoundEnd, 'store' | 'refusals'>): boolean;
  /** What ends the watch after a round; null where it goes on. */
  endingAfter(round: RoundEnd): EndingWithoutVerdict | null;
}

/** The token of a page is too old when it was tried for longer than so many tries take. */
const pageTries = 5;

/** The rows come before all else, and what is wrong is shown: only what no retry can mend ends it, before the first row. */
export const onScreen: PollingPolicy = {
  pageTries,
  waitForCommand: async (command, isFirst, signal) => {
    if (!isFirst) await command.settle(signal);
  },
  retriesCommand: isNoRefusal,
  endingAfter: ({ store, refusals }) => (store.rows.size > 0 ? null : refused(refusals.refusal())),
};

/** The command is told before its rows, if it does not keep them waiting; AWS is not tried for ever, since nobody may look. */
export const inLines: PollingPolicy = {
  pageTries,
  waitForCommand: (command, _isFirst, signal) => command.settle(signal),
  retriesCommand: isNoRefusal,
  endingAfter: ({ store, refusals }) => {
    if (store.rows.size > 0) return null;
    return refusedBy(refusals.unreachable()) ?? refused(refusals.refusal());
  },
};

/** One sweep, after the answer of ListCommands; another only while nothing is found. What fails is a refusal. */
export const once: PollingPolicy = {
  pageTries: 0,
  waitForCommand: (command) => command.answered(),
  retriesCommand: ({ kind }, { store }) => kind === 'access-denied' && !store.found,
  endingAfter: ({ store, refusals, failure, commandProblem }) => {
    if (failure !== null) return refusedBy(failure);
    if (!store.found)
      return refusedBy(store.commandDenied ? null : commandProblem) ?? refused(refusals.refusal());
    // With every row ended, only ListCommands could tell whether it is over.
    const isUnclear = !store.commandDenied && store.rows.list.every(isTerminal);
    return (isUnclear ? refusedBy(commandProblem) : null) ?? { kind: 'in-progress' };
  },
};

function isNoRefusal(_problem: Problem, { store, refusals }: Pick<RoundEnd, 'store' | 'refusals'>): boolean {
  return store.rows.size > 0 || refusals.refusal() === null;
}

function refused(refusal: Refusal | null): EndingWithoutVerdict | null {
  return refusal && { kind: 'refused', refusal };
}

function refusedBy(problem: Problem | null): EndingWithoutVerdict | null {
  return problem && { kind: 'refused', refusal: { kind: 'problem', problem } };
}
