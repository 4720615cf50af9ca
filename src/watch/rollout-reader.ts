import type { Command } from '../domain/command.ts';
import type { Invocation } from '../domain/invocation.ts';
import type { RemoteError } from '../domain/problem.ts';
import type { ListedStatus } from './strategy.ts';

/** Which invocations of the rollout to list, and how much of each. */
export interface Listing {
  /** Only those with this Status; null for all. */
  readonly status: ListedStatus | null;
  /** With their plugins. */
  readonly details: boolean;
}

/** Reads one rollout from AWS. Every function throws RemoteError, or the signal's reason when that is aborted. */
export interface RolloutReader {
  /** The command, or null when AWS does not know it. */
  readCommand(signal: AbortSignal): Promise<Command | null>;
  /**
   * All invocations of the listing, page by page. `waitOut` is called when a page behind the first cannot be read: it
   * resolves for one more try, or throws to end the listing.
   */
  list(
    listing: Listing,
    waitOut: (error: RemoteError) => Promise<void>,
    signal: AbortSignal,
  ): AsyncIterable<readonly Invocation[]>;
  /** The invocation on one instance, with its plugins, or null when it is not listed. */
  readInvocation(instanceId: string, signal: AbortSignal): Promise<Invocation | null>;
}
