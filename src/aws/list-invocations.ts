import { ListCommandInvocationsCommand, type ListCommandInvocationsCommandInput } from '@aws-sdk/client-ssm';
import type { Invocation, OutputLocation, Plugin } from '../domain/invocation.ts';
import { type BetweenPages, mostEmptyPages } from '../domain/paging.ts';
import { normaliseStatus } from '../domain/status.ts';
import type { Connection } from './connection.ts';
import { readFields, sharedFields } from './fields.ts';
import { readPages } from './pages.ts';
import {
  isStructure,
  malformed,
  readList,
  readNumber,
  readSentTime,
  readStructures,
  readText,
} from './wire.ts';

const operation = 'ListCommandInvocations';
/** Members that are read here, or are the command's. */
const ownMembers: ReadonlySet<string> = new Set([
  'CommandId',
  'CommandPlugins',
  'Comment',
  'DocumentName',
  'InstanceId',
  'InstanceName',
  'RequestedDateTime',
  'Status',
  'StatusDetails',
]);
const ownPluginMembers: ReadonlySet<string> = new Set([
  'Name',
  'Output',
  'ResponseCode',
  'ResponseFinishDateTime',
  'ResponseStartDateTime',
  'Status',
  'StatusDetails',
]);

/** The most that AWS gives in a page. */
export const mostInPage = 50;

/** Which invocations to list, and how many a call. */
export interface InvocationQuery {
  readonly commandId: string;
  /** Only this instance's; null for all. */
  readonly instanceId: string | null;
  /** Only those with this Status; null for all. */
  readonly status: string | null;
  /** With their plugins. */
  readonly details: boolean;
  /** MaxResults, 1 to `mostInPage`. */
  readonly pageSize: number;
}

/**
 * Every page of the list, each as it comes. Pages may be short, empty, and repeat rows.
 *
 * @throws RemoteError; what was yielded before is good, but the list is then incomplete
 */
export async function* listInvocations(
  connection: Connection,
  query: InvocationQuery,
  between: BetweenPages,
  signal: AbortSignal,
): AsyncGenerator<Invocation[], void, void> {
  let unreadable = 0;
  let last: Invocation | undefined;
  const listedIds = new Set<string>();
  let pagesWithoutNews = 0;
  const pages = readPages(
    operation,
    async (nextToken) => {
      const input = toInput(query, nextToken);
      const answer = await connection.call(
        operation,
        (client, abortSignal) => client.send(new ListCommandInvocationsCommand(input), { abortSignal }),
        signal,
      );
      const elements = readList(answer.CommandInvocations, operation, 'CommandInvocations');
      return { elements, nextToken: answer.NextToken };
    },
    between,
  );
  for await (const listed of pages) {
    const invocations: Invocation[] = [];
    const known = listedIds.size;
    for (const row of listed) {
      const invocation = toInvocation(row, query, last);
      if (invocation === null) unreadable += 1;
      else if (isAsked(invocation, query)) invocations.push(invocation);
      if (invocation !== null) listedIds.add(invocation.instanceId);
      last = invocation ?? last;
    }
    yield invocations;
    pagesWithoutNews = listedIds.size > known ? 0 : pagesWithoutNews + 1;
    if (pagesWithoutNews > mostEmptyPages) throw malformed(operation, 'AWS gives the same rows without end');
  }
  if (unreadable > 0) throw malformed(operation, `${unreadable} of the listed invocations could not be read`);
}

/** Not every endpoint that stands in for AWS heeds InstanceId. */
function isAsked(invocation: Invocation, { instanceId }: InvocationQuery): boolean {
  return instanceId === null || invocation.instanceId === instanceId;
}

function toInput(query: InvocationQuery, nextToken: string | undefined): ListCommandInvocationsCommandInput {
  return {
    CommandId: query.commandId,
    MaxResults: query.pageSize,
    Details: query.details,
    ...(query.status === null ? {} : { Filters: [{ key: 'Status', value: query.status }] }),
    ...(query.instanceId === null ? {} : { InstanceId: query.instanceId }),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}

/**
 * A row of the wire; null when it lacks what identifies it or belongs to another command. What it has in common with the
 * `last` one is not kept twice.
 */
function toInvocation(
  row: unknown,
  { commandId }: InvocationQuery,
  last: Invocation | undefined,
): Invocation | null {
  if (!isStructure(row)) return null;
  const instanceId = readText(row.InstanceId);
  const status = normaliseStatus(readText(row.Status));
  if (instanceId === '' || status === '' || readText(row.CommandId).toLowerCase() !== commandId) return null;
  const plugins = readStructures(row.CommandPlugins);
  return {
    commandId,
    instanceId,
    status,
    statusDetails: toStatusDetails(row.StatusDetails, status),
    instanceName: readText(row.InstanceName),
    documentName: sharedText(readText(row.DocumentName), last?.documentName),
    comment: sharedText(readText(row.Comment), last?.comment),
    requestedAt: readSentTime(row.RequestedDateTime),
    runningSince: null,
    endUnread: false,
    logGroup: sharedText(toLogGroup(row), last?.logGroup),
    plugins: plugins.map((plugin, index) => toPlugin(plugin, last?.plugins[index])),
    otherFields: sharedFields(readFields(row, ownMembers), last?.otherFields),
  };
}

function toPlugin(plugin: Record<string, unknown>, last: Plugin | undefined): Plugin {
  const status = normaliseStatus(readText(plugin.Status));
  return {
    name: sharedText(readText(plugin.Name), last?.name),
    status,
    statusDetails: toStatusDetails(plugin.StatusDetails, status),
    responseCode: readNumber(plugin.ResponseCode),
    startedAt: readSentTime(plugin.ResponseStartDateTime),
    finishedAt: readSentTime(plugin.ResponseFinishDateTime),
    output: readText(plugin.Output),
    outputLocation: toOutputLocation(plugin),
    otherFields: sharedFields(readFields(plugin, ownPluginMembers), last?.otherFields),
  };
}

/** Most often the same text as the status, which is then kept once. */
function toStatusDetails(details: unknown, status: string): string {
  return sharedText(normaliseStatus(readText(details)) || status, status);
}

/** `text`, or `known` where that is the same: each text of the wire is an object of its own. */
function sharedText<Text extends string | null>(text: Text, known: Text | undefined): Text {
  return text === known ? known : text;
}

/** Null when nothing is said: AWS sends empty texts for a command without a bucket, and rows are many. */
function toOutputLocation(plugin: Record<string, unknown>): OutputLocation | null {
  const stdoutUrl = readText(plugin.StandardOutputUrl);
  const stderrUrl = readText(plugin.StandardErrorUrl);
  const s3Bucket = readText(plugin.OutputS3BucketName);
  const s3KeyPrefix = readText(plugin.OutputS3KeyPrefix);
  const s3Region = readText(plugin.OutputS3Region);
  const isSaid = [stdoutUrl, stderrUrl, s3Bucket, s3KeyPrefix, s3Region].some((text) => text !== '');
  return isSaid ? { stdoutUrl, stderrUrl, s3Bucket, s3KeyPrefix, s3Region } : null;
}

/** Null when the output does not go to CloudWatch Logs. The group that nobody named is the one of the document. */
function toLogGroup({
  CloudWatchOutputConfig: config,
  DocumentName,
}: Record<string, unknown>): string | null {
  if (!isStructure(config) || config.CloudWatchOutputEnabled !== true) return null;
  return readText(config.CloudWatchLogGroupName) || `/aws/ssm/${readText(DocumentName)}`;
}
