import type { JsonOperation } from '../operations.ts';

/** The constraints that the service model puts on a member, in its own words. */
export type Shape =
  | {
      readonly type: 'string';
      readonly min?: number;
      readonly max?: number;
      readonly pattern?: RegExp;
      readonly enum?: readonly string[];
    }
  | { readonly type: 'integer'; readonly min?: number; readonly max?: number }
  | { readonly type: 'boolean' }
  | { readonly type: 'list'; readonly member: Shape; readonly min?: number; readonly max?: number }
  | { readonly type: 'map'; readonly value: Shape }
  | Structure;

export interface Structure {
  readonly type: 'structure';
  readonly members: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
}

const text = { type: 'string' } as const;
const truth = { type: 'boolean' } as const;
const structure = (members: Record<string, Shape>, ...required: string[]): Structure => ({
  type: 'structure',
  members,
  required,
});

const commandId: Shape = { type: 'string', min: 36, max: 36 };
const instanceId: Shape = { type: 'string', pattern: /(^i-(\w{8}|\w{17})$)|(^mi-\w{17}$)/ };
const instanceIds: Shape = { type: 'list', member: instanceId, min: 0, max: 50 };
const maxResults: Shape = { type: 'integer', min: 1, max: 50 };
const s3Name = (min: number, max: number): Shape => ({ type: 'string', min, max });

const commandFilters: Shape = {
  type: 'list',
  min: 1,
  max: 5,
  member: structure(
    {
      key: {
        type: 'string',
        enum: ['InvokedAfter', 'InvokedBefore', 'Status', 'ExecutionStage', 'DocumentName'],
      },
      value: { type: 'string', min: 1, max: 128 },
    },
    'key',
    'value',
  ),
};

const filterValues: Shape = { type: 'list', member: { type: 'string', min: 1 }, min: 1, max: 100 };

/** What each operation's input must look like. Members that are not named are ignored, as AWS ignores them. */
export const requestShapes: Readonly<Record<JsonOperation, Structure>> = {
  SendCommand: structure(
    {
      InstanceIds: instanceIds,
      Targets: {
        type: 'list',
        min: 0,
        max: 5,
        member: structure({
          Key: {
            type: 'string',
            min: 1,
            max: 163,
            pattern: /^[\p{L}\p{Z}\p{N}_.:/=\-@]*$|resource-groups:ResourceTypeFilters|resource-groups:Name/u,
          },
          Values: { type: 'list', member: text, min: 0, max: 50 },
        }),
      },
      DocumentName: { type: 'string', pattern: /^[a-zA-Z0-9_\-.:/]{3,128}$/ },
      DocumentVersion: { type: 'string', pattern: /([$]LATEST|[$]DEFAULT|^[1-9][0-9]*$)/ },
      DocumentHash: { type: 'string', max: 256 },
      DocumentHashType: { type: 'string', enum: ['Sha256', 'Sha1'] },
      TimeoutSeconds: { type: 'integer', min: 30, max: 2_592_000 },
      Comment: { type: 'string', max: 100 },
      Parameters: { type: 'map', value: { type: 'list', member: text } },
      OutputS3Region: s3Name(3, 20),
      OutputS3BucketName: s3Name(3, 63),
      OutputS3KeyPrefix: s3Name(0, 500),
      MaxConcurrency: { type: 'string', min: 1, max: 7, pattern: /^([1-9][0-9]*|[1-9][0-9]%|[1-9]%|100%)$/ },
      MaxErrors: { type: 'string', min: 1, max: 7, pattern: /^([1-9][0-9]*|[0]|[1-9][0-9]%|[0-9]%|100%)$/ },
      ServiceRoleArn: text,
      NotificationConfig: structure({
        NotificationArn: text,
        NotificationEvents: {
          type: 'list',
          member: {
            type: 'string',
            enum: ['All', 'InProgress', 'Success', 'TimedOut', 'Cancelled', 'Failed'],
          },
        },
        NotificationType: { type: 'string', enum: ['Command', 'Invocation'] },
      }),
      CloudWatchOutputConfig: structure({
        CloudWatchLogGroupName: { type: 'string', min: 1, max: 512, pattern: /^[.\-_/#A-Za-z0-9]+$/ },
        CloudWatchOutputEnabled: truth,
      }),
      AlarmConfiguration: structure(
        {
          IgnorePollAlarmFailure: truth,
          Alarms: {
            type: 'list',
            min: 1,
            max: 1,
            member: structure({ Name: { type: 'string', min: 1, max: 255, pattern: /^(?!\s*$).+/ } }, 'Name'),
          },
        },
        'Alarms',
      ),
    },
    'DocumentName',
  ),
  ListCommands: structure({
    CommandId: commandId,
    InstanceId: instanceId,
    MaxResults: maxResults,
    NextToken: text,
    Filters: commandFilters,
  }),
  ListCommandInvocations: structure({
    CommandId: commandId,
    InstanceId: instanceId,
    MaxResults: maxResults,
    NextToken: text,
    Filters: commandFilters,
    Details: truth,
  }),
  GetCommandInvocation: structure(
    { CommandId: commandId, InstanceId: instanceId, PluginName: { type: 'string', min: 4 } },
    'CommandId',
    'InstanceId',
  ),
  CancelCommand: structure({ CommandId: commandId, InstanceIds: instanceIds }, 'CommandId'),
  GetLogEvents: structure(
    {
      logGroupName: { type: 'string', min: 1, max: 512, pattern: /^[.\-_/#A-Za-z0-9]+$/ },
      logGroupIdentifier: { type: 'string', min: 1, max: 2048, pattern: /^[\w#+=/:,.@-]*$/ },
      logStreamName: { type: 'string', min: 1, max: 512, pattern: /^[^:*]*$/ },
      startTime: { type: 'integer', min: 0 },
      endTime: { type: 'integer', min: 0 },
      nextToken: { type: 'string', min: 1 },
      limit: { type: 'integer', min: 1, max: 10_000 },
      startFromHead: truth,
      unmask: truth,
    },
    'logStreamName',
  ),
  DescribeInstanceInformation: structure({
    InstanceInformationFilterList: {
      type: 'list',
      member: structure(
        {
          key: {
            type: 'string',
            enum: [
              'InstanceIds',
              'AgentVersion',
              'PingStatus',
              'PlatformTypes',
              'ActivationIds',
              'IamRole',
              'ResourceType',
              'AssociationStatus',
            ],
          },
          valueSet: filterValues,
        },
        'key',
        'valueSet',
      ),
    },
    Filters: {
      type: 'list',
      member: structure({ Key: { type: 'string', min: 1 }, Values: filterValues }, 'Key', 'Values'),
    },
    MaxResults: { type: 'integer', min: 5, max: 50 },
    NextToken: text,
  }),
};
