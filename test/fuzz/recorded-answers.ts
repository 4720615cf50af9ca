import type { WireAnswer } from './mutate.ts';

/** Answers of the shape that AWS was seen to give, for calls whose answers nothing has to be consistent with. */

export const commandId = 'abb53ef3-27c1-4953-834f-d48149d7e8f9';
export const instanceId = 'i-07314399f3cb98a84';

const plugin = {
  Name: 'aws:runShellScript',
  Output: 'out\n\n----------ERROR-------\nerr\nfailed to run commands: exit status 7',
  OutputS3BucketName: '',
  OutputS3KeyPrefix: '',
  OutputS3Region: '',
  ResponseCode: 7,
  ResponseStartDateTime: 1.790469516934e9,
  ResponseFinishDateTime: 1.790469516937e9,
  StandardErrorUrl: '',
  StandardOutputUrl: '',
  Status: 'Failed',
  StatusDetails: 'Failed',
};

const invocation = {
  CloudWatchOutputConfig: { CloudWatchLogGroupName: '', CloudWatchOutputEnabled: false },
  CommandId: commandId,
  CommandPlugins: [plugin],
  Comment: '',
  DocumentName: 'AWS-RunShellScript',
  DocumentVersion: '$DEFAULT',
  InstanceId: instanceId,
  InstanceName: 'ip-10-239-0-28.ec2.internal',
  NotificationConfig: { NotificationArn: '', NotificationEvents: [], NotificationType: '' },
  RequestedDateTime: 1.790469543112e9,
  ServiceRole: '',
  StandardErrorUrl: '',
  StandardOutputUrl: '',
  Status: 'Failed',
  StatusDetails: 'Failed',
};

const command = {
  AlarmConfiguration: { Alarms: [{ Name: 'acme-5xx' }], IgnorePollAlarmFailure: false },
  CloudWatchOutputConfig: { CloudWatchLogGroupName: '', CloudWatchOutputEnabled: false },
  CommandId: commandId,
  Comment: 'patch kernel',
  CompletedCount: 1,
  DeliveryTimedOutCount: 0,
  DocumentName: 'AWS-RunShellScript',
  DocumentVersion: '$DEFAULT',
  ErrorCount: 1,
  ExpiresAfter: 1.790476743112e9,
  InstanceIds: [instanceId],
  MaxConcurrency: '50',
  MaxErrors: '10%',
  Parameters: { commands: ['uptime'] },
  RequestedDateTime: 1.790469543112e9,
  Status: 'Failed',
  StatusDetails: 'Failed',
  TargetCount: 1,
  Targets: [{ Key: 'tag:Env', Values: ['prod'] }],
  TimeoutSeconds: 3600,
  TriggeredAlarms: [],
};

const commandInvocation = {
  CloudWatchOutputConfig: { CloudWatchLogGroupName: '', CloudWatchOutputEnabled: false },
  CommandId: commandId,
  Comment: '',
  DocumentName: 'AWS-RunShellScript',
  DocumentVersion: '$DEFAULT',
  ExecutionElapsedTime: 'PT20.048S',
  ExecutionEndDateTime: '2026-09-27T00:38:36.937Z',
  ExecutionStartDateTime: '2026-09-27T00:38:36.937Z',
  InstanceId: instanceId,
  PluginName: 'aws:runShellScript',
  ResponseCode: 7,
  StandardErrorContent: 'err\nfailed to run commands: exit status 7',
  StandardErrorUrl: '',
  StandardOutputContent: 'out\n--output truncated--',
  StandardOutputUrl: '',
  Status: 'Failed',
  StatusDetails: 'Failed',
};

const node = {
  AgentVersion: '3.3.987.0',
  ComputerName: 'ip-10-239-0-28.ec2.internal',
  IPAddress: '10.239.0.28',
  InstanceId: instanceId,
  IsLatestVersion: true,
  LastPingDateTime: 1.790469543112e9,
  PingStatus: 'ConnectionLost',
  PlatformName: 'Amazon Linux',
  PlatformType: 'Linux',
  PlatformVersion: '2023',
  ResourceType: 'EC2Instance',
};

const events = [
  { ingestionTime: 1790469543112, message: 'one\ntwo\n', timestamp: 1790469543112 },
  { ingestionTime: 1790469543113, message: 'three\n', timestamp: 1790469543113 },
];

const bodies: Readonly<Record<string, unknown>> = {
  ListCommandInvocations: { CommandInvocations: [invocation, { ...invocation, InstanceId: 'i-00000001' }] },
  ListCommands: { Commands: [command], NextToken: 'second' },
  GetCommandInvocation: commandInvocation,
  DescribeInstanceInformation: { InstanceInformationList: [node, { ...node, InstanceId: 'mi-1' }] },
  GetLogEvents: { events, nextBackwardToken: 'b/1', nextForwardToken: 'f/1' },
};

/** The text that S3 keeps. */
const object = Buffer.from(Array.from({ length: 40 }, (_, line) => `line ${line} of the output\n`).join(''));

/** What AWS answers to a call; of S3's, which has no operation in a header, by the range of the request. */
export function recordedAnswer(operation: string, range: string | undefined): WireAnswer {
  const date = 'Sun, 27 Sep 2026 00:39:03 GMT';
  if (operation !== '') {
    const headers = { 'content-type': 'application/x-amz-json-1.1', date };
    return { status: 200, headers, body: Buffer.from(JSON.stringify(bodies[operation])), sent: 'whole' };
  }
  const [, from = '0', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? [];
  const start = from === '' ? Math.max(0, object.length - Number(to)) : Number(from);
  const body = object.subarray(start, from === '' ? object.length : Number(to) + 1);
  const headers = {
    'content-type': 'binary/octet-stream',
    'content-range': `bytes ${start}-${start + body.length - 1}/${object.length}`,
    date,
  };
  return { status: 206, headers, body, sent: 'whole' };
}
