import { expect } from 'vitest';
import { type InvocationQuery, listInvocations } from '../../src/aws/list-invocations.ts';
import type { Invocation } from '../../src/domain/invocation.ts';
import { inOneGo } from '../../src/domain/paging.ts';
import { connectTo } from '../helpers/connect-to.ts';
import { openEndpoint } from '../helpers/endpoint.ts';
import { commandId, instanceId } from '../helpers/fixtures.ts';

const opened: AsyncDisposable[] = [];

const { signal } = new AbortController();

/** Ends what the sweeps of a test opened; for `afterEach`. */
export async function closeSweeps(): Promise<void> {
  for (const resource of opened.splice(0)) await resource[Symbol.asyncDispose]();
}

/** A row as AWS sends it: the example of a failure that was recorded. */
export const wireRow = {
  CloudWatchOutputConfig: { CloudWatchLogGroupName: '', CloudWatchOutputEnabled: false },
  CommandId: commandId,
  CommandPlugins: [
    {
      Name: 'aws:runShellScript',
      Output: 'out\n\n----------ERROR-------\nerr\nfailed to run commands: exit status 7',
      OutputS3BucketName: '',
      ResponseCode: 7,
      ResponseStartDateTime: 1.790469516934e9,
      ResponseFinishDateTime: 1790469516.937,
      Status: 'Failed',
      StatusDetails: 'Failed',
    },
  ],
  Comment: '',
  DocumentName: 'AWS-RunShellScript',
  DocumentVersion: '$DEFAULT',
  InstanceId: instanceId,
  InstanceName: 'ip-10-239-0-28.ec2.internal',
  RequestedDateTime: 1.790469543112e9,
  ServiceRole: '',
  Status: 'Failed',
  StatusDetails: 'Failed',
};

/** The same as it is read. */
export const row: Invocation = {
  commandId,
  instanceId,
  status: 'Failed',
  statusDetails: 'Failed',
  instanceName: 'ip-10-239-0-28.ec2.internal',
  documentName: 'AWS-RunShellScript',
  comment: '',
  requestedAt: 1_790_469_543_112,
  runningSince: null,
  endUnread: false,
  logGroup: null,
  plugins: [
    {
      name: 'aws:runShellScript',
      status: 'Failed',
      statusDetails: 'Failed',
      responseCode: 7,
      startedAt: 1_790_469_516_934,
      finishedAt: 1_790_469_516_937,
      output: 'out\n\n----------ERROR-------\nerr\nfailed to run commands: exit status 7',
      outputLocation: null,
      otherFields: [],
    },
  ],
  otherFields: [{ name: 'DocumentVersion', value: '$DEFAULT' }],
};

/** Sweeps an endpoint that gives these answers in turn. Gives the pages read and what was thrown. */
export async function sweep(answers: readonly unknown[], query: Partial<InvocationQuery> = {}) {
  const endpoint = await openEndpoint((_, index) => ({ body: answers[index] ?? {} }));
  const connection = connectTo(endpoint.url);
  opened.push(endpoint, { [Symbol.asyncDispose]: async () => connection.close() });
  const pages: Invocation[][] = [];
  let thrown: unknown = null;
  try {
    const full = { commandId, instanceId: null, status: null, details: true, pageSize: 50, ...query };
    for await (const page of listInvocations(connection, full, inOneGo, signal)) pages.push(page);
  } catch (error) {
    thrown = error;
  }
  return { pages, thrown, endpoint };
}

/** An answer of the call. */
export const list = (rows: unknown, NextToken?: string) => ({
  CommandInvocations: rows,
  ...(NextToken && { NextToken }),
});

/** The error of a list of which a part could not be read. */
export const incomplete = (message: RegExp) => ({
  problem: { kind: 'response', message: expect.stringMatching(message), needsAction: false },
});
