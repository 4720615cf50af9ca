import type { Command } from '../domain/command.ts';
import type { Invocation } from '../domain/invocation.ts';
import type { BetweenPages } from '../domain/paging.ts';
import type { ListedStatus } from './strategy.ts';

/** Which invocations of the rollout to list, and how much of each. */
export interface ListQuery {
  /** Only those with this Status; null for all. */
  readonly status: ListedStatus | null;
  /** With their plugins. */
  readonly details: boolean;
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
