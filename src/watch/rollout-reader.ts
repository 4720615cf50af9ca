import type { Command } from '../domain/command.ts';
import type { Invocation } from '../domain/invocation.ts';
import type { RemoteError } from '../domain/problem.ts';
import type { ListedStatus } from './strategy.ts';

/** Which invocations of the rollout to list, and how much of each. */
export interface ListQuery {
  /** Only those with this Status; null for all. */
  readonly status: ListedStatus | null;
  /** With their plugins. */
  readonly details: boolean;
}

/**
 * A call has failed for so many times in a row: resolves for one more try, or throws what is to be thrown in its place.
 */
export type WaitOut = (error: RemoteError, failures: number) => Promise<void>;

/** What is done between the calls of a listing. */
interface BetweenPages {
  /** Resolves when the next call may be made. */
  readonly beforePage: () => Promise<void>;
  /** A page behind the first cannot be read: resolves for one more try, or throws to end the listing. */
  readonly waitOut: WaitOut;
}

/** Reads one rollout from AWS. Every function throws RemoteError, or the signal's reason when that is aborted. */
export interface RolloutReader {
  /** The command, or null when AWS does not know it. */
  readCommand(signal: AbortSignal): Promise<Command | null>;
  /** All invocations that the query is for, page by page. */
  list(query: ListQuery, between: BetweenPages, signal: AbortSignal): AsyncIterable<readonly Invocation[]>;
  /** The invocation on one instance, with its plugins, or null when it is not listed. */
  readInvocation(instanceId: string, signal: AbortSignal): Promise<Invocation | null>;
}
