import { ListCommandsCommand } from '@aws-sdk/client-ssm';
import type { Command } from '../domain/command.ts';
import { noFields } from '../domain/fields.ts';
import { inOneGo } from '../domain/paging.ts';
import { normaliseStatus } from '../domain/status.ts';
import type { Connection } from './connection.ts';
import { readFields } from './fields.ts';
import { readPages } from './pages.ts';
import {
  isStructure,
  readList,
  readNumber,
  readStructures,
  readTargets,
  readText,
  readTextOrNull,
  readTexts,
  readTime,
} from './wire.ts';

const operation = 'ListCommands';
const secretMembers: ReadonlySet<string> = new Set(['Parameters']);

/**
 * The command, or null when AWS knows none of this ID here (yet).
 *
 * @throws RemoteError
 */
export async function readCommand(
  connection: Connection,
  commandId: string,
  signal: AbortSignal,
): Promise<Command | null> {
  const pages = readPages(
    operation,
    async (nextToken) => {
      const input = { CommandId: commandId, ...(nextToken === undefined ? {} : { NextToken: nextToken }) };
      const answer = await connection.call(
        operation,
        (client, abortSignal) => client.send(new ListCommandsCommand(input), { abortSignal }),
        signal,
      );
      return { elements: readList(answer.Commands, operation, 'Commands'), nextToken: answer.NextToken };
    },
    inOneGo,
  );
  for await (const page of pages) {
    const command = page
      .filter(isStructure)
      .find((other) => readText(other.CommandId).toLowerCase() === commandId);
    if (command) return toCommand(command, commandId);
  }
  return null;
}

function toCommand(command: Record<string, unknown>, commandId: string): Command {
  const status = normaliseStatus(readText(command.Status));
  return {
    commandId,
    status,
    statusDetails: normaliseStatus(readText(command.StatusDetails)) || status,
    documentName: readTextOrNull(command.DocumentName),
    comment: readTextOrNull(command.Comment),
    targetCount: readNumber(command.TargetCount),
    maxConcurrency: readTextOrNull(command.MaxConcurrency),
    maxErrors: readTextOrNull(command.MaxErrors),
    requestedAt: readTime(command.RequestedDateTime),
    expiresAt: readTime(command.ExpiresAfter),
    targets: readTargets(command.Targets),
    instanceIds: readTexts(command.InstanceIds),
    alarms: isStructure(command.AlarmConfiguration) ? namesIn(command.AlarmConfiguration.Alarms) : [],
    triggeredAlarms: namesIn(command.TriggeredAlarms),
    allFields: readFields(command, secretMembers),
    parameters: isStructure(command.Parameters) ? readFields(command.Parameters, new Set()) : noFields,
  };
}

function namesIn(value: unknown): string[] {
  return readStructures(value)
    .map(({ Name }) => readText(Name))
    .filter((name) => name !== '');
}
