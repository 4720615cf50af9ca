import type { CommandState } from '../model/command-state.ts';
import type { ManagedNode } from '../model/fleet.ts';
import type { InvocationState, StepState } from '../model/invocation-state.ts';
import { bucketOf, objectKeyOf, type StreamName } from '../model/output-places.ts';
import { random } from '../model/random.ts';
import { type EchoedSettings, nothingEchoed, type RolloutPlan } from '../model/rollout-plan.ts';
import { invocationContent, pluginOutput } from './output-limits.ts';

/** Anything that JSON can say, before it is written. */
export type Wire = string | number | boolean | null | readonly Wire[] | { readonly [member: string]: Wire };
export type WireObject = { readonly [member: string]: Wire };

// Node has it, TypeScript's library does not know it yet.
const { rawJSON } = JSON as typeof JSON & { rawJSON(text: string): number };

/** Epoch seconds with a fraction; every other one in the notation with an exponent, since AWS sends both. */
function date(time: number): Wire {
  const milliseconds = Math.round(time);
  if (milliseconds % 2 === 1) return milliseconds / 1000;
  const digits = String(milliseconds);
  const fraction = digits.slice(1).replace(/0+$/, '') || '0';
  return rawJSON(`${digits.charAt(0)}.${fraction}E${digits.length - 4}`);
}

/** The echoed members that the command and its invocations share. */
function settings(echoed: EchoedSettings): { readonly [member: string]: Wire } {
  return {
    CloudWatchOutputConfig: {
      CloudWatchLogGroupName: echoed.cloudWatchLogGroupName,
      CloudWatchOutputEnabled: echoed.cloudWatchOutputEnabled,
    },
    NotificationConfig: {
      NotificationArn: echoed.notification.arn,
      NotificationEvents: echoed.notification.events,
      NotificationType: echoed.notification.type,
    },
    ServiceRole: echoed.serviceRole,
  };
}

/** A command as SendCommand and ListCommands show it. */
export function commandToWire(plan: RolloutPlan, state: CommandState): WireObject {
  const echoed = plan.echoed ?? nothingEchoed;
  const alarms = echoed.alarms?.names.map((Name) => ({ Name })) ?? [];
  return {
    ...settings(echoed),
    AlarmConfiguration: {
      Alarms: alarms,
      IgnorePollAlarmFailure: echoed.alarms?.ignorePollAlarmFailure ?? false,
    },
    CommandId: plan.commandId,
    Comment: plan.comment,
    CompletedCount: state.completedCount,
    DeliveryTimedOutCount: state.deliveryTimedOutCount,
    DocumentName: plan.documentName,
    DocumentVersion: plan.documentVersion,
    ErrorCount: state.errorCount,
    ExpiresAfter: date(state.expiresAfter),
    InstanceIds: plan.addressed.by === 'ids' ? plan.addressed.ids : [],
    MaxConcurrency: plan.maxConcurrency,
    MaxErrors: plan.maxErrors,
    OutputS3BucketName: echoed.outputS3BucketName,
    OutputS3KeyPrefix: echoed.outputS3KeyPrefix,
    OutputS3Region: echoed.outputS3Region,
    Parameters: plan.parameters,
    RequestedDateTime: date(plan.sentAt),
    Status: state.status,
    StatusDetails: state.statusDetails,
    TargetCount: state.targetCount,
    Targets:
      plan.addressed.by === 'targets'
        ? plan.addressed.targets.map(({ Key, Values }) => ({ Key, Values }))
        : [],
    TimeoutSeconds: plan.timeoutSeconds,
    TriggeredAlarms: state.triggeredAlarms.map((Name) => ({ Name, State: 'ALARM' })),
  };
}

function outputUrl(plan: RolloutPlan, instanceId: string, step: StepState, stream: StreamName): string {
  const bucket = bucketOf(plan);
  const planned = plan.steps.find((known) => known.name === step.name);
  if (bucket === undefined || planned === undefined || step.finishedAt === undefined) return '';
  return `https://s3.${bucket.region}.amazonaws.com/${bucket.name}/${objectKeyOf(plan, instanceId, planned, stream)}`;
}

function stepToWire(plan: RolloutPlan, instanceId: string, step: StepState): WireObject {
  const echoed = plan.echoed ?? nothingEchoed;
  return {
    Name: step.name,
    Output: pluginOutput(step.output()),
    OutputS3BucketName: echoed.outputS3BucketName,
    OutputS3KeyPrefix: echoed.outputS3KeyPrefix,
    OutputS3Region: echoed.outputS3Region,
    ResponseCode: step.responseCode,
    ...(step.finishedAt === undefined ? {} : { ResponseFinishDateTime: date(step.finishedAt) }),
    ...(step.startedAt === undefined ? {} : { ResponseStartDateTime: date(step.startedAt) }),
    StandardErrorUrl: outputUrl(plan, instanceId, step, 'stderr'),
    StandardOutputUrl: outputUrl(plan, instanceId, step, 'stdout'),
    Status: step.status,
    StatusDetails: step.statusDetails,
  };
}

/** A row of ListCommandInvocations; without `details` its plugins are an empty list. */
export function invocationToWire(plan: RolloutPlan, state: InvocationState, details: boolean): WireObject {
  const only = state.steps.length === 1 ? state.steps[0] : undefined;
  const url = (stream: StreamName) =>
    only === undefined ? '' : outputUrl(plan, state.instanceId, only, stream);
  return {
    ...settings(plan.echoed ?? nothingEchoed),
    CommandId: plan.commandId,
    CommandPlugins: details ? state.steps.map((step) => stepToWire(plan, state.instanceId, step)) : [],
    Comment: plan.comment,
    DocumentName: plan.documentName,
    DocumentVersion: plan.documentVersion,
    InstanceId: state.instanceId,
    InstanceName: state.instanceName,
    RequestedDateTime: date(state.requestedAt),
    StandardErrorUrl: url('stderr'),
    StandardOutputUrl: url('stdout'),
    Status: state.status,
    StatusDetails: state.statusDetails,
  };
}

/** ISO 8601 as Java writes it: `PT20.048S`, `PT1M5.2S`. */
function durationText(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  const hours = Math.floor(minutes / 60);
  const seconds = (milliseconds % 60_000) / 1000;
  const parts = [
    hours > 0 ? `${hours}H` : '',
    minutes % 60 > 0 ? `${minutes % 60}M` : '',
    seconds > 0 ? `${seconds}S` : '',
  ];
  return `PT${parts.join('') || '0S'}`;
}

const dateText = (milliseconds: number | undefined) =>
  milliseconds === undefined ? '' : new Date(milliseconds).toISOString();

/** GetCommandInvocation: one step of one invocation, its dates as text. */
export function stepInvocationToWire(plan: RolloutPlan, state: InvocationState, step: StepState): WireObject {
  const { stdout, stderr } = step.output();
  const { CloudWatchOutputConfig } = settings(plan.echoed ?? nothingEchoed) as {
    CloudWatchOutputConfig: Wire;
  };
  const { startedAt, finishedAt } = step;
  const elapsed =
    startedAt === undefined || finishedAt === undefined ? '' : durationText(finishedAt - startedAt);
  // Of a single step the invocation's own state is shown: only there Delayed and Undeliverable exist.
  const shown = state.steps.length === 1 ? state : step;
  return {
    CloudWatchOutputConfig,
    CommandId: plan.commandId,
    Comment: plan.comment,
    DocumentName: plan.documentName,
    DocumentVersion: plan.documentVersion,
    ExecutionElapsedTime: elapsed,
    ExecutionEndDateTime: dateText(finishedAt),
    ExecutionStartDateTime: dateText(startedAt),
    InstanceId: state.instanceId,
    PluginName: step.name,
    ResponseCode: step.responseCode,
    StandardErrorContent: invocationContent(stderr, 8_000),
    StandardErrorUrl: outputUrl(plan, state.instanceId, step, 'stderr'),
    StandardOutputContent: invocationContent(stdout, 24_000),
    StandardOutputUrl: outputUrl(plan, state.instanceId, step, 'stdout'),
    Status: shown.status,
    StatusDetails: shown.statusDetails,
  };
}

const pingEveryMs = 300_000;

/**
 * A node as DescribeInstanceInformation shows it at `at`. Agents ping every five minutes, each at its own time, unless
 * they have not been seen since `unseenSince`.
 */
export function nodeToWire(node: ManagedNode, unseenSince: number | undefined, at: number): WireObject {
  const phase = random('ping', node.id).int(0, pingEveryMs - 1);
  const hybrid = node.registeredName !== undefined;
  return {
    AgentVersion: node.agentVersion,
    AssociationStatus: 'Success',
    ComputerName: node.hostName || 'localhost',
    IPAddress: node.ipAddress,
    InstanceId: node.id,
    IsLatestVersion: node.agentVersion === '3.3.1611.0',
    LastPingDateTime: date(unseenSince ?? at - ((at + phase) % pingEveryMs)),
    PingStatus: unseenSince === undefined ? 'Online' : 'ConnectionLost',
    PlatformName: node.platformName,
    PlatformType: node.platform,
    PlatformVersion: node.platformVersion,
    ResourceType: hybrid ? 'ManagedInstance' : 'EC2Instance',
    SourceId: node.id,
    SourceType: hybrid ? 'AWS::SSM::ManagedInstance' : 'AWS::EC2::Instance',
    ...(node.registeredName === undefined ? {} : { IamRole: 'AcmeHybridRole', Name: node.registeredName }),
  };
}
