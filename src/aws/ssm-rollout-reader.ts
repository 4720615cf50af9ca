import type { Command } from '../domain/command.ts';
import type { Invocation } from '../domain/invocation.ts';
import type { ManagedNode } from '../domain/managed-node.ts';
import { type BetweenPages, inOneGo } from '../domain/paging.ts';
import { RemoteError } from '../domain/problem.ts';
import type { Connection } from './connection.ts';
import { readNodes } from './instance-information.ts';
import { readCommand } from './list-commands.ts';
import { type InvocationQuery, listInvocations } from './list-invocations.ts';
import { changedMeanwhile, Sighting } from './sighting.ts';

/** The invocations that are watched. */
export type WatchedInvocations = Pick<InvocationQuery, 'commandId' | 'instanceId' | 'pageSize'>;

/** Reads one rollout through a connection. All of it throws RemoteError, or the signal's reason. */
export class SsmRolloutReader {
  readonly #connection: Connection;
  readonly #watched: WatchedInvocations;
  readonly #sighting: Sighting;

  constructor(connection: Connection, watched: WatchedInvocations) {
    this.#connection = connection;
    this.#watched = watched;
    this.#sighting = new Sighting(connection.credentials);
  }

  /** The command, or null when AWS does not know it. */
  readCommand(signal: AbortSignal): Promise<Command | null> {
    return this.#confirmed(() => this.#askForCommand(signal), signal);
  }

  /** The watched invocations of a listing, page by page. */
  async *list(
    listing: Pick<InvocationQuery, 'status' | 'details'>,
    between: BetweenPages,
    signal: AbortSignal,
  ): AsyncGenerator<readonly Invocation[], void, void> {
    const pages = listInvocations(this.#connection, { ...this.#watched, ...listing }, between, signal);
    const askedAs = new Set<string | null>();
    for (;;) {
      const { answer: page, accessKeyId } = await this.#sighting.ask(() => pages.next());
      if (page.done) break;
      askedAs.add(accessKeyId);
      if (page.value.length > 0) this.#sighting.shown(accessKeyId);
      yield page.value;
    }
    for (const accessKeyId of askedAs) await this.#confirm(accessKeyId, signal);
  }

  /** The invocation on one instance, with its plugins, or null when it is not listed. */
  readInvocation(instanceId: string, signal: AbortSignal): Promise<Invocation | null> {
    return this.#confirmed(() => this.#readRow(instanceId, signal), signal);
  }

  /** What SSM knows of nodes, of which there may be 100; those that it does not know are absent. */
  async readNodes(instanceIds: readonly string[], signal: AbortSignal): Promise<ManagedNode[]> {
    const { answer: nodes, accessKeyId } = await this.#sighting.ask(() =>
      readNodes(this.#connection, instanceIds, signal),
    );
    // Another account has none of them.
    const isWhole = nodes.length === instanceIds.length;
    if (!isWhole && !this.#sighting.isVouchedFor(accessKeyId)) throw new RemoteError(changedMeanwhile);
    return nodes;
  }

  /** Reads something of the rollout; that there is nothing counts only of its own account. */
  async #confirmed<Read>(read: () => Promise<Read | null>, signal: AbortSignal): Promise<Read | null> {
    const { answer, accessKeyId } = await this.#sighting.ask(read);
    if (answer === null) await this.#confirm(accessKeyId, signal);
    else this.#sighting.shown(accessKeyId);
    return answer;
  }

  #confirm(accessKeyId: string | null, signal: AbortSignal): Promise<void> {
    return this.#sighting.confirm(
      accessKeyId,
      async () => (await this.#readRow(null, signal)) !== null || (await this.#isCommandShown(signal)),
    );
  }

  async #readRow(instanceId: string | null, signal: AbortSignal): Promise<Invocation | null> {
    const query = { ...this.#watched, instanceId, status: null, details: true };
    for await (const page of listInvocations(this.#connection, query, inOneGo, signal)) {
      const row = page.find((candidate) => instanceId === null || candidate.instanceId === instanceId);
      if (row) return row;
    }
    return null;
  }

  #askForCommand(signal: AbortSignal): Promise<Command | null> {
    return readCommand(this.#connection, this.#watched.commandId, signal);
  }

  async #isCommandShown(signal: AbortSignal): Promise<boolean> {
    try {
      return (await this.#askForCommand(signal)) !== null;
    } catch (error) {
      if (error instanceof RemoteError && error.problem.kind === 'access-denied') return false;
      throw error;
    }
  }
}
