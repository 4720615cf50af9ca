import { ListCommandsCommand, type ListCommandsCommandInput } from '@aws-sdk/client-ssm';
import type { CommandPage, CommandSummary } from '../domain/command-summary.ts';
import { inOneGo } from '../domain/paging.ts';
import { normaliseStatus } from '../domain/status.ts';
import type { Connection } from './connection.ts';
import { readPages, readToken } from './pages.ts';
import { Sighting } from './sighting.ts';
import { isStructure, readList, readNumber, readTargets, readText, readTexts, readTime } from './wire.ts';

const operation = 'ListCommands';

/** Which commands to list, and how many a call. */
export interface RecentCommandsQuery {
  /** Only those that were sent to this instance; null for all. */
  readonly instanceId: string | null;
  /** MaxResults, 1 to 50. */
  readonly pageSize: number;
}

/** Lists the commands of the last 30 days through a connection. All of it throws RemoteError, or the signal's reason. */
export class SsmCommandReader {
  readonly #connection: Connection;
  readonly #query: RecentCommandsQuery;
  readonly #sighting: Sighting;
  #changes = 0;

  constructor(connection: Connection, query: RecentCommandsQuery) {
    this.#connection = connection;
    this.#query = query;
    this.#sighting = new Sighting(connection.credentials);
  }

  /** How often answers came to other credentials than those before, of which nobody knows whether they are of one account. */
  get changes(): number {
    return this.#changes;
  }

  /** The page at a token, or the first for null. A page can be short, and empty, and not be the last. */
  async readPage(nextToken: string | null, signal: AbortSignal): Promise<CommandPage> {
    const { instanceId, pageSize } = this.#query;
    const answer = await this.#list(
      {
        MaxResults: pageSize,
        ...(instanceId === null ? {} : { InstanceId: instanceId }),
        ...(nextToken === null ? {} : { NextToken: nextToken }),
      },
      signal,
    );
    const commands = answer.elements.map(toSummary).filter((command) => command !== null);
    return {
      commands,
      unreadable: answer.elements.length - commands.length,
      nextToken: readToken(operation, answer.nextToken) ?? null,
    };
  }

  /** One command as it is now; null when AWS no longer lists it. */
  async readCommand(commandId: string, signal: AbortSignal): Promise<CommandSummary | null> {
    const pages = readPages(
      operation,
      (nextToken) =>
        this.#list(
          { CommandId: commandId, ...(nextToken === undefined ? {} : { NextToken: nextToken }) },
          signal,
        ),
      inOneGo,
    );
    for await (const page of pages) {
      const command = page.map(toSummary).find((other) => other?.commandId === commandId);
      if (command) return command;
    }
    return null;
  }

  async #list(input: ListCommandsCommandInput, signal: AbortSignal) {
    const { answer, accessKeyId } = await this.#sighting.ask(() =>
      this.#connection.call(
        operation,
        (client, abortSignal) => client.send(new ListCommandsCommand(input), { abortSignal }),
        signal,
      ),
    );
    if (!this.#sighting.join(accessKeyId)) this.#changes += 1;
    return { elements: readList(answer.Commands, operation, 'Commands'), nextToken: answer.NextToken };
  }
}

/** A command of the wire; null when it lacks what identifies it. */
function toSummary(command: unknown): CommandSummary | null {
  if (!isStructure(command)) return null;
  const commandId = readText(command.CommandId).toLowerCase();
  const status = normaliseStatus(readText(command.Status));
  if (commandId === '' || status === '') return null;
  return {
    commandId,
    status,
    statusDetails: normaliseStatus(readText(command.StatusDetails)) || status,
    documentName: readText(command.DocumentName),
    comment: readText(command.Comment),
    requestedAt: readTime(command.RequestedDateTime),
    targets: readTargets(command.Targets),
    instanceIds: readTexts(command.InstanceIds),
    targetCount: readNumber(command.TargetCount),
    completedCount: readNumber(command.CompletedCount),
    errorCount: readNumber(command.ErrorCount),
    deliveryTimedOutCount: readNumber(command.DeliveryTimedOutCount),
  };
}
