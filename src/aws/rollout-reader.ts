import type { Command } from '../domain/command.ts';
import type { Invocation } from '../domain/invocation.ts';
import { final, RemoteError } from '../domain/problem.ts';
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
  /** Whether AWS has shown anything of the rollout. */
  #seen = false;
  /** The era of the credentials in which AWS has shown it last to those in use; null before. */
  #era: number | null = null;

  constructor(connection: Connection, watched: WatchedInvocations) {
    this.#connection = connection;
    this.#watched = watched;
  }

  /** The command, or null when AWS does not know it. */
  async readCommand(signal: AbortSignal): Promise<Command | null> {
    const { inUse } = this.#connection.credentials;
    const command = await readCommand(this.#connection, this.#watched.commandId, signal);
    if (command) this.#shown(inUse);
    else await this.#vouch(signal);
    return command;
  }

  /** The watched invocations of a listing, page by page. */
  async *list(
    listing: Pick<InvocationQuery, 'status' | 'details'>,
    between: BetweenPages,
    signal: AbortSignal,
  ): AsyncGenerator<readonly Invocation[], void, void> {
    let { inUse } = this.#connection.credentials;
    const pages = listInvocations(this.#connection, { ...this.#watched, ...listing }, between, signal);
    for await (const page of pages) {
      if (page.length > 0) this.#shown(inUse);
      yield page;
      ({ inUse } = this.#connection.credentials);
    }
    await this.#vouch(signal);
  }

  /** The invocation on one instance, with its plugins, or null when it is not listed. */
  async readInvocation(instanceId: string, signal: AbortSignal): Promise<Invocation | null> {
    const { inUse } = this.#connection.credentials;
    const row = await this.#readRow(instanceId, signal);
    if (row) this.#shown(inUse);
    else await this.#vouch(signal);
    return row;
  }

  async #readRow(instanceId: string | null, signal: AbortSignal): Promise<Invocation | null> {
    const query = { ...this.#watched, instanceId, status: null, details: true };
    for await (const page of listInvocations(this.#connection, query, giveUp, signal)) {
      const row = page.find((candidate) => instanceId === null || candidate.instanceId === instanceId);
      if (row) return row;
    }
    return null;
  }

  #shown(accessKeyId: string | null): void {
    const { credentials } = this.#connection;
    // Another rollout than the one before, which those have not been shown: its account is theirs.
    const isOther = this.#era !== credentials.era && accessKeyId === credentials.inUse;
    if (isOther && !credentials.isProven) credentials.startEnded();
    credentials.prove(accessKeyId);
    this.#seen = true;
    if (credentials.isProven) this.#era = credentials.era;
  }

  /**
   * To another account the command is unknown, and lists of it are empty, as if all rows had ended. An answer that leaves
   * something out counts only when the credentials are of the account that has shown the rollout, or show it themselves.
   */
  async #vouch(signal: AbortSignal): Promise<void> {
    const { credentials } = this.#connection;
    if (!this.#seen || (this.#era === credentials.era && credentials.isProven)) return;
    const { inUse, renewals } = credentials;
    if ((await this.#readRow(null, signal)) !== null || (await this.#isCommandShown(signal))) {
      this.#shown(inUse);
      return;
    }
    credentials.discard(renewals);
    throw new RemoteError(unknownToThese);
  }

  async #isCommandShown(signal: AbortSignal): Promise<boolean> {
    try {
      return (await readCommand(this.#connection, this.#watched.commandId, signal)) !== null;
    } catch (error) {
      if (error instanceof RemoteError && error.problem.kind === 'access-denied') return false;
      throw error;
    }
  }
}

const unknownToThese = final(
  'credentials',
  'the credentials have changed, and AWS shows them nothing of this command: change back to its account',
);
