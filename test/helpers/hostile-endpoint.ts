import { hostile } from './attacks.ts';
import { type Answer, type Call, type Endpoint, openEndpoint } from './endpoint.ts';

export const hostileCommand = 'b8eac879-0541-439d-94ec-47a80d554f44';
const requestedAt = 1_790_469_543;

export interface HostileRollout {
  readonly instances: number;
  /** Whether it ends; in one that does not a Status is hostile, too. */
  readonly over: boolean;
  /** Whether nothing but lists can be read. */
  readonly outputsFail?: boolean;
}

/** What one stream of the instance says where it is read whole; objects of S3 are bytes, and these are no UTF-8. */
export const hostileObject = Buffer.concat([
  Buffer.from(hostile('object ', 5)),
  Buffer.from([0x0a, 0xc3, 0x28, 0xe2, 0x82, 0x0a, 0x1b, 0x5b]),
]);
export const hostileStdout = (turn: number) => `${hostile('stdout ', turn)}\n\u001b[1;31mred\u001b[0m\nlast`;
export const hostileMessages = [hostile('event ', 3), 'second event'];

/** An AWS that has something against terminals in every text that it sends. */
export function openHostileEndpoint(rollout: HostileRollout): Promise<Endpoint> {
  return openEndpoint((call) => answer(call, rollout));
}

export const hostileInstance = (turn: number) => hostile(`i-${String(turn).padStart(17, '0')}`, turn);

function answer({ operation, path, body }: Call, rollout: HostileRollout): Answer {
  if (rollout.outputsFail && !operation.startsWith('List')) return operation === '' ? s3Error : jsonError;
  switch (operation) {
    case 'ListCommands':
      return { body: { Commands: [command(rollout), otherCommand] } };
    case 'ListCommandInvocations':
      return {
        body: {
          CommandInvocations: Array.from({ length: rollout.instances }, (_, turn) =>
            invocation(turn, rollout.over),
          ),
        },
      };
    case 'GetCommandInvocation':
      return {
        body: { StandardOutputContent: hostileStdout(1), StandardErrorContent: hostile('stderr ', 9) },
      };
    case 'DescribeInstanceInformation':
      return { body: { InstanceInformationList: [] } };
    case 'GetLogEvents':
      return { body: logEvents(body.includes('"nextToken"')) };
    default:
      return path.includes('stdout') ? object : s3Error;
  }
}

/** All that there are come without a token; behind and before them is nothing. */
function logEvents(isBeyond: boolean): Record<string, unknown> {
  const events = isBeyond ? [] : hostileMessages.map((message) => ({ message, timestamp: 1 }));
  return { events, nextForwardToken: 'f/1', nextBackwardToken: 'b/1' };
}

const object: Answer = {
  status: 206,
  headers: {
    'content-type': 'text/plain',
    'content-range': `bytes 0-${hostileObject.length - 1}/${hostileObject.length}`,
  },
  body: hostileObject,
};

const jsonError: Answer = {
  status: 400,
  body: { __type: hostile('Evil', 3), message: hostile('message', 4) },
};

const s3Error: Answer = {
  status: 400,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0"?><Error><Code>Evil${escaped(9)}</Code><Message>message${escaped(4)}</Message></Error>`,
};

/** XML has no place for most controls, but a sender need not care. */
function escaped(turn: number): string {
  return hostile('', turn).replaceAll('&', '').replaceAll('<', '');
}

function command({ instances, over }: HostileRollout): Record<string, unknown> {
  return {
    ...otherCommand,
    CommandId: hostileCommand,
    Status: over ? 'Failed' : 'InProgress',
    StatusDetails: hostile('CommandDetails', 1),
    TargetCount: instances,
    Parameters: { commands: [hostile('parameter', 3)], [hostile('parameterName', 5)]: ['x'] },
  };
}

const otherCommand = {
  CommandId: '11111111-2222-3333-4444-555555555555',
  DocumentName: hostile('Document', 2),
  Comment: hostile('comment', 3),
  Status: hostile('Status', 4),
  StatusDetails: hostile('StatusDetails', 5),
  TargetCount: 3,
  MaxConcurrency: hostile('50', 6),
  MaxErrors: hostile('10', 7),
  RequestedDateTime: requestedAt,
  ExpiresAfter: requestedAt + 7200,
  Targets: [{ Key: hostile('tag:Env', 8), Values: [hostile('prod', 9)] }],
  OutputS3BucketName: hostile('bucket', 10),
  OutputS3KeyPrefix: hostile('prefix', 11),
  NotificationConfig: { NotificationArn: hostile('arn', 12) },
  AlarmConfiguration: { Alarms: [{ Name: hostile('alarm', 13) }] },
  TriggeredAlarms: [{ Name: hostile('triggered', 14), State: hostile('ALARM', 15) }],
  [hostile('Member', 16)]: hostile('value', 17),
};

/** Where its output is, depends on its turn: in the list alone, in GetCommandInvocation, in S3, in CloudWatch Logs. */
function invocation(turn: number, over: boolean): Record<string, unknown> {
  const fails = over || turn > 0;
  const place = turn % 4;
  const url = (stream: string) =>
    `https://s3.eu-west-1.amazonaws.com/acme-output/${encodeURIComponent(`${'key\u001b]0;owned\u0007'}/${stream}`)}`;
  return {
    CommandId: hostileCommand,
    InstanceId: hostileInstance(turn),
    InstanceName: hostile('name', turn + 1),
    Comment: hostile('comment', turn),
    DocumentName: hostile('Document', turn),
    Status: fails ? 'Failed' : hostile('Status', turn),
    StatusDetails: hostile('Details', turn + 2),
    RequestedDateTime: requestedAt,
    ServiceRole: hostile('role', turn),
    TraceOutput: hostile('trace', turn),
    CloudWatchOutputConfig:
      place === 3 ? { CloudWatchOutputEnabled: true, CloudWatchLogGroupName: hostile('group', turn) } : {},
    CommandPlugins: [
      {
        Name: hostile('step', turn + 3),
        Status: fails ? 'Failed' : 'InProgress',
        StatusDetails: hostile('StepDetails', turn + 4),
        ResponseCode: 1,
        ResponseStartDateTime: requestedAt,
        ResponseFinishDateTime: requestedAt + 3,
        Output: `${hostileStdout(turn)}${place === 1 ? '\n---Output truncated---' : ''}\n----------ERROR-------\n${hostile('because', turn)}`,
        ...(place === 2 ? { StandardOutputUrl: url('stdout'), StandardErrorUrl: url('stderr') } : {}),
        OutputS3Region: hostile('region', turn),
      },
    ],
  };
}
