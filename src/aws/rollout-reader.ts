import type { Command } from '../domain/command.ts';
import type { Invocation } from '../domain/invocation.ts';
import type { Connection } from './connection.ts';
import { readCommand } from './list-commands.ts';
import { type InvocationQuery, sweepInvocations } from './list-invocations.ts';
import { giveUp, type WaitOut } from './pages.ts';

/** Reads one rollout through a connection. All of it throws RemoteError, or the signal's reason. */
export class SsmRolloutReader {
  readonly #connection: Connection;
  readonly #query: InvocationQuery;

  constructor(connection: Connection, query: InvocationQuery) {
    this.#connection = connection;
    this.#query = query;
  }

  /** The command, or null when AWS does not know it. */
  readCommand(signal: AbortSignal): Promise<Command | null> {
    return readCommand(this.#connection, this.#query.commandId, signal);
  }

  /** All invocations that the query names, page by page. `waitOut` decides about pages that could not be read. */
  sweep(waitOut: WaitOut, signal: AbortSignal): AsyncIterable<readonly Invocation[]> {
    return sweepInvocations(this.#connection, this.#query, waitOut, signal);
  }

  /** The invocation on one instance, or null when it is not listed. */
  async readInvocation(instanceId: string, signal: AbortSignal): Promise<Invocation | null> {
    for await (const page of sweepInvocations(
      this.#connection,
      { ...this.#query, instanceId },
      giveUp,
      signal,
    )) {
      const row = page.find((candidate) => candidate.instanceId === instanceId);
      if (row) return row;
    }
    return null;
  }
}
