/** A rollout that never ends: its rows come and go between the states in which they are not over. */

import { commandId, instanceIdOf } from './standing-rollout.ts';

/** Each state lasts so long. Seconds. */
const secondsEach = 300;
const states = ['Pending', 'Delayed', 'InProgress', 'InProgress'] as const;
const documentName = 'AWS-RunShellScript';

/** What of a ListCommandInvocations says which rows are listed, and how. */
interface ListRequest {
  readonly InstanceId?: string;
  readonly Details?: boolean;
  readonly NextToken?: string;
  readonly MaxResults?: number;
  readonly Filters?: readonly { readonly key: string; readonly value: string }[];
}

/** What AWS answers of a restless rollout of so many rows, `seconds` after it was sent. */
export function restlessAnswer(
  commandName: string,
  request: ListRequest,
  rows: number,
  sentAt: number,
  seconds: number,
): object {
  if (commandName === 'ListCommandsCommand') return { Commands: [command(rows, sentAt)] };
  const status = request.Filters?.find(({ key }) => key === 'Status')?.value;
  const listed = Array.from({ length: rows }, (_, index) => index).filter(
    (index) =>
      (request.InstanceId === undefined || request.InstanceId === instanceIdOf(index)) &&
      (status === undefined || status === stateOf(index, seconds)),
  );
  const first = Number(request.NextToken ?? 0);
  const next = first + (request.MaxResults ?? 50);
  return {
    CommandInvocations: listed
      .slice(first, next)
      .map((index) => invocation(index, sentAt, seconds, request.Details === true)),
    ...(next < listed.length ? { NextToken: String(next) } : {}),
  };
}

function stepOf(index: number, seconds: number): number {
  return Math.floor(seconds / secondsEach + index / 7);
}

function stateOf(index: number, seconds: number): (typeof states)[number] {
  return states[stepOf(index, seconds) % states.length] ?? 'Pending';
}

function command(rows: number, sentAt: number): object {
  return {
    CommandId: commandId,
    DocumentName: documentName,
    Comment: 'patch kernel',
    RequestedDateTime: sentAt,
    ExpiresAfter: sentAt + 30 * 24 * 3600,
    Status: 'InProgress',
    StatusDetails: 'InProgress',
    TargetCount: rows,
    MaxConcurrency: '50',
    MaxErrors: '10%',
  };
}

/** While it runs, its first step has an output that is never the same again. */
function invocation(index: number, sentAt: number, seconds: number, details: boolean): object {
  const status = stateOf(index, seconds);
  const step = stepOf(index, seconds);
  const runs = status === 'InProgress';
  const configure = {
    Name: 'configure',
    Status: runs ? 'Success' : 'Pending',
    StatusDetails: runs ? 'Success' : 'Pending',
    ResponseCode: runs ? 0 : -1,
    Output: runs
      ? `${`step ${String(step).padStart(6, '0')} of ${instanceIdOf(index)} is done\n`.repeat(25)}`
      : '',
    ...(runs && { ResponseStartDateTime: sentAt + step, ResponseFinishDateTime: sentAt + step + 1 }),
  };
  const apply = { Name: 'apply', Status: status, StatusDetails: status, ResponseCode: -1, Output: '' };
  return {
    CommandId: commandId,
    InstanceId: instanceIdOf(index),
    InstanceName: `ip-10-239-0-${index}.ec2.internal`,
    DocumentName: documentName,
    DocumentVersion: '$DEFAULT',
    Comment: 'patch kernel',
    RequestedDateTime: sentAt,
    Status: status,
    StatusDetails: status,
    CommandPlugins: details ? [configure, apply] : [],
  };
}
