import type { CommandPage, CommandSummary } from '../domain/command-summary.ts';
import type { Problem } from '../domain/problem.ts';
import type { ActiveProblem } from './problems.ts';
import type { Activity } from './snapshot.ts';

/** Lists recent commands. Every function throws RemoteError, or the signal's reason when that is aborted. */
export interface CommandReader {
  /** Grows when an answer may be of another account than those before, which it does not go with. */
  readonly changes: number;
  /** The page at a token, or the first for null. */
  readPage(nextToken: string | null, signal: AbortSignal): Promise<CommandPage>;
  /** One command as it is now; null when AWS no longer lists it. */
  readCommand(commandId: string, signal: AbortSignal): Promise<CommandSummary | null>;
}

/** The recent commands as far as they were read. Immutable; a new one at every change. Times are monotonic milliseconds. */
export interface CommandListSnapshot {
  /** Newest first. */
  readonly commands: readonly CommandSummary[];
  readonly activity: Activity;
  /** `sweep` is what troubles the newest commands, `listing` the older ones, `command` those that cannot be read. */
  readonly problems: readonly ActiveProblem[];
  /** When the newest commands were last read; null before the first answer. */
  readonly readAt: number | null;
  /** Whether there are older commands that were not read yet. */
  readonly hasMore: boolean;
}

/** What keeps a list from ever being read that no retry can mend; null once there was an answer. */
export function listRefusal({ readAt, problems }: CommandListSnapshot): Problem | null {
  return readAt === null ? (problems.find(({ problem }) => problem.needsAction)?.problem ?? null) : null;
}
