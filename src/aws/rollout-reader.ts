import type { Command } from '../domain/command.ts';
import type { Invocation } from '../domain/invocation.ts';
import type { Connection } from './connection.ts';
import { readCommand } from './list-commands.ts';
import { type InvocationQuery, listInvocations } from './list-invocations.ts';
import { type BetweenPages, giveUp } from './pages.ts';

/** The invocations that are watched. */
export type WatchedInvocations = Pick<InvocationQuery, 'commandId' | 'instanceId' | 'pageSize'>;

/** Reads one rollout through a connection. All of it throws RemoteError, or the signal's reason. */
export class SsmRolloutReader {
  readonly #connection: Connection;
  readonly #watched: WatchedInvocations;

  constructor(connection: Connection, watched: WatchedInvocations) {
    this.#connection = connection;
    this.#watched = watched;
  }

  /** The command, or null when AWS does not know it. */
  readCommand(signal: AbortSignal): Promise<Command | null> {
    return readCommand(this.#connection, this.#watched.commandId, signal);
  }

  /** The watched invocations of a listing, page by page. */
  list(
    listing: Pick<InvocationQuery, 'status' | 'details'>,
    between: BetweenPages,
    signal: AbortSignal,
  ): AsyncIterable<readonly Invocation[]> {
    return listInvocations(this.#connection, { ...this.#watched, ...listing }, between, signal);
  }

  /** The invocation on one instance, with its plugins, or null when it is not listed. */
  async readInvocation(instanceId: string, signal: AbortSignal): Promise<Invocation | null> {
    const query = { ...this.#watched, instanceId, status: null, details: true };
    for await (const page of listInvocations(this.#connection, query, giveUp, signal)) {
      const row = page.find((candidate) => candidate.instanceId === instanceId);
      if (row) return row;
    }
    return null;
  }
}
