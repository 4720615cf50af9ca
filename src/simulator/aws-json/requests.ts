import type { Target } from '../model/fleet.ts';

// The inputs of the operations, as the service model names their members, once checked against `requestShapes`.

/** One of `Filters` of the two list calls. */
export interface CommandFilter {
  readonly key: 'InvokedAfter' | 'InvokedBefore' | 'Status' | 'ExecutionStage' | 'DocumentName';
  readonly value: string;
}

/** The members of every call that is paged. */
interface PagedRequest {
  /** Items of a page at most. */
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/** Of ListCommands and ListCommandInvocations; `Details` of the latter alone. */
export interface ListRequest extends PagedRequest {
  readonly CommandId?: string;
  readonly InstanceId?: string;
  readonly Filters?: readonly CommandFilter[];
  readonly Details?: boolean;
}

export interface SendCommandRequest {
  readonly InstanceIds?: readonly string[];
  readonly Targets?: readonly Partial<Target>[];
  readonly DocumentName: string;
  readonly DocumentVersion?: string;
  readonly DocumentHash?: string;
  readonly TimeoutSeconds?: number;
  readonly Comment?: string;
  readonly Parameters?: Readonly<Record<string, readonly string[]>>;
  readonly OutputS3Region?: string;
  readonly OutputS3BucketName?: string;
  readonly OutputS3KeyPrefix?: string;
  readonly MaxConcurrency?: string;
  readonly MaxErrors?: string;
  readonly ServiceRoleArn?: string;
  readonly NotificationConfig?: {
    readonly NotificationArn?: string;
    readonly NotificationEvents?: readonly string[];
    readonly NotificationType?: string;
  };
  readonly CloudWatchOutputConfig?: {
    readonly CloudWatchLogGroupName?: string;
    readonly CloudWatchOutputEnabled?: boolean;
  };
  readonly AlarmConfiguration?: {
    readonly IgnorePollAlarmFailure?: boolean;
    readonly Alarms: readonly { readonly Name: string }[];
  };
}

export interface GetCommandInvocationRequest {
  readonly CommandId: string;
  readonly InstanceId: string;
  readonly PluginName?: string;
}

export interface CancelCommandRequest {
  readonly CommandId: string;
  readonly InstanceIds?: readonly string[];
}

export interface GetLogEventsRequest {
  readonly logGroupName?: string;
  /** Its name or its ARN. */
  readonly logGroupIdentifier?: string;
  readonly logStreamName: string;
  readonly startFromHead?: boolean;
  readonly nextToken?: string;
  readonly limit?: number;
  /** Epoch milliseconds, from and before. */
  readonly startTime?: number;
  readonly endTime?: number;
}

export interface DescribeInstanceInformationRequest extends PagedRequest {
  readonly InstanceInformationFilterList?: readonly {
    readonly key: string;
    readonly valueSet: readonly string[];
  }[];
  readonly Filters?: readonly { readonly Key: string; readonly Values: readonly string[] }[];
}
