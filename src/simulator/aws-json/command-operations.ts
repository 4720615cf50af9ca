import type { Account, SentCommand } from '../model/account.ts';
import { findDocument, type SsmDocument } from '../model/documents.ts';
import type { Target } from '../model/fleet.ts';
import type { CancelCommandRequest, GetCommandInvocationRequest, SendCommandRequest } from './requests.ts';
import { modelledError, ServiceError, validationError } from './service-error.ts';
import { checkCommandId, type Situation } from './situation.ts';
import { commandToWire, stepInvocationToWire, type WireObject } from './wire.ts';

const invalidParameters = (message: string) => modelledError('InvalidParameters', message);

function documentOf({
  DocumentName: name,
  DocumentVersion: version,
  DocumentHash: hash,
}: SendCommandRequest): SsmDocument {
  const document = findDocument(name);
  if (document === undefined)
    throw modelledError('InvalidDocument', `Document with name ${name} does not exist.`);
  if (hash !== undefined)
    throw modelledError('InvalidDocument', `The hash of document ${name} does not match.`);
  if (!['$DEFAULT', '$LATEST', '1'].includes(version ?? '$DEFAULT')) {
    throw modelledError('InvalidDocumentVersion', `Document ${name} has no version ${version}.`);
  }
  return document;
}

function checkParameters(
  document: SsmDocument,
  parameters: Readonly<Record<string, readonly string[]>>,
): void {
  const unknown = Object.keys(parameters).find((name) => !Object.hasOwn(document.parameters, name));
  if (unknown !== undefined) {
    throw invalidParameters(`Parameter ${unknown} is not defined in the document ${document.name}.`);
  }
  for (const [name, need] of Object.entries(document.parameters)) {
    const given = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (need === 'required' && (given === undefined || given.length === 0)) {
      throw invalidParameters(`Parameter ${name} is required by the document ${document.name}.`);
    }
  }
  const { executionTimeout } = parameters;
  if (executionTimeout !== undefined && !/^[1-9]\d{0,5}$/.test(executionTimeout.join(','))) {
    throw invalidParameters(
      `The value ${executionTimeout.join(',')} of executionTimeout is not a number of seconds.`,
    );
  }
}

const knownKey = /^(tag:.+|tag-key|InstanceIds|AWS::EC2::Instance)$/;

function checkTargets(targets: readonly Partial<Target>[]): Target[] {
  return targets.map(({ Key = '', Values = [] }) => {
    if (!knownKey.test(Key)) throw validationError(`The target key ${Key} is not supported for SendCommand.`);
    if (Values.length === 0) throw validationError(`The target ${Key} has no values.`);
    return { Key, Values };
  });
}

/** @throws ServiceError InvalidInstanceId naming what the account does not have */
function requireNodes(account: Account, ids: readonly string[]): void {
  const unknown = ids.filter((id) => account.node(id) === undefined);
  if (unknown.length > 0) {
    throw modelledError(
      'InvalidInstanceId',
      `Instances [[${unknown.join(', ')}]] not in a valid state for account 123456789012`,
    );
  }
}

function addressedBy(
  situation: Situation,
  request: SendCommandRequest,
  document: SsmDocument,
): SentCommand['addressed'] {
  const { InstanceIds: ids = [], Targets: targets = [] } = request;
  if (ids.length > 0 && targets.length > 0) {
    throw invalidParameters('Only one of InstanceIds and Targets can be specified.');
  }
  if (ids.length === 0 && targets.length === 0) throw modelledError('InvalidInstanceId', '');
  if (targets.length > 0) return { by: 'targets', targets: checkTargets(targets) };
  if (new Set(ids).size < ids.length) throw new ServiceError('DuplicateInstanceId');
  requireNodes(situation.account, ids);
  const wrong = ids.filter((id) => {
    const platform = situation.account.node(id)?.platform;
    return platform !== undefined && !document.platforms.includes(platform);
  });
  if (wrong.length > 0) {
    throw modelledError(
      'UnsupportedPlatformType',
      `Document ${document.name} does not support the platform of [${wrong.join(', ')}].`,
    );
  }
  return { by: 'ids', ids };
}

function echoedBy(request: SendCommandRequest): NonNullable<SentCommand['echoed']> {
  const {
    NotificationConfig: notification = {},
    CloudWatchOutputConfig: logs = {},
    AlarmConfiguration: alarm,
  } = request;
  const {
    NotificationArn: arn = '',
    NotificationEvents: events = [],
    NotificationType: type = '',
  } = notification;
  if (arn !== '' && !arn.startsWith('arn:')) {
    throw modelledError('InvalidNotificationConfig', `${arn} is not the ARN of an Amazon SNS topic.`);
  }
  if (arn !== '' && request.ServiceRoleArn === undefined) {
    throw modelledError(
      'InvalidRole',
      'Notifications need the ServiceRoleArn of a role that may publish them.',
    );
  }
  const enabled = logs.CloudWatchOutputEnabled ?? false;
  const ownGroup = `/aws/ssm/${request.DocumentName}`;
  return {
    outputS3Region: request.OutputS3Region ?? '',
    outputS3BucketName: request.OutputS3BucketName ?? '',
    outputS3KeyPrefix: request.OutputS3KeyPrefix ?? '',
    serviceRole: request.ServiceRoleArn ?? '',
    cloudWatchLogGroupName: logs.CloudWatchLogGroupName ?? (enabled ? ownGroup : ''),
    cloudWatchOutputEnabled: enabled,
    notification: { arn, events, type },
    ...(alarm === undefined
      ? {}
      : {
          alarms: {
            ignorePollAlarmFailure: alarm.IgnorePollAlarmFailure ?? false,
            names: alarm.Alarms.map(({ Name }) => Name),
          },
        }),
  };
}

/** @throws ServiceError */
export function sendCommand(situation: Situation, request: SendCommandRequest): WireObject {
  const {
    Parameters: parameters = {},
    MaxConcurrency: maxConcurrency = '50',
    MaxErrors: maxErrors = '0',
  } = request;
  const document = documentOf(request);
  checkParameters(document, parameters);
  const rollout = situation.account.send(
    {
      document,
      documentVersion: request.DocumentVersion ?? '$DEFAULT',
      comment: request.Comment ?? '',
      parameters,
      addressed: addressedBy(situation, request, document),
      maxConcurrency,
      maxErrors,
      timeoutSeconds: request.TimeoutSeconds ?? 3600,
      echoed: echoedBy(request),
    },
    situation.now,
  );
  return { Command: commandToWire(rollout.plan, rollout.truth(situation.now).command) };
}

/** @throws ServiceError InvocationDoesNotExist and InvalidPluginName, both also for what does not exist yet */
export function getCommandInvocation(situation: Situation, request: GetCommandInvocationRequest): WireObject {
  const { CommandId: commandId, InstanceId: instanceId, PluginName: pluginName } = request;
  checkCommandId(commandId);
  const rollout = situation.account.find(commandId, situation.now);
  const index = rollout?.plan.instances.findIndex(({ id }) => id === instanceId) ?? -1;
  const state = rollout?.invocationAt(index, situation.now);
  if (rollout === undefined || state === undefined) throw new ServiceError('InvocationDoesNotExist');
  const only = state.steps.length === 1 ? state.steps[0] : undefined;
  const step = pluginName === undefined ? only : state.steps.find(({ name }) => name === pluginName);
  const early = pluginName !== undefined && state.statusDetails === 'Pending';
  if (step === undefined || early) throw new ServiceError('InvalidPluginName');
  return stepInvocationToWire(rollout.plan, state, step);
}

/** @throws ServiceError InvalidCommandId, InvalidInstanceId or DuplicateInstanceId */
export function cancelCommand(situation: Situation, request: CancelCommandRequest): WireObject {
  const { CommandId: commandId, InstanceIds: ids = [] } = request;
  checkCommandId(commandId);
  const rollout = situation.account.find(commandId, situation.now);
  if (rollout === undefined) throw new ServiceError('InvalidCommandId');
  if (new Set(ids).size < ids.length) throw new ServiceError('DuplicateInstanceId');
  const stranger = ids.find((id) => !rollout.plan.instances.some((instance) => instance.id === id));
  if (stranger !== undefined) {
    throw modelledError('InvalidInstanceId', `Instance ${stranger} is not a target of command ${commandId}.`);
  }
  situation.account.cancel(commandId, situation.now, ids.length === 0 ? undefined : ids);
  return {};
}
