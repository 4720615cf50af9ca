import type { Account } from '../model/account.ts';
import type { ManagedNode } from '../model/fleet.ts';
import type { Rollout } from '../model/rollout.ts';
import { filterOf } from './list-filters.ts';
import { type Placed, type Position, pageOf } from './pages.ts';
import type { DescribeRequest, ListRequest } from './request-shapes.ts';
import { ServiceError, validationError } from './service-error.ts';
import { checkCommandId, type Situation } from './situation.ts';
import { commandToWire, invocationToWire, nodeToWire, type WireObject } from './wire.ts';

/** The rollouts a list call looks at, newest first, numbered from the oldest so that a new one shifts no token. */
function* candidates({ account, now }: Situation, commandId: string | undefined, start: number | undefined) {
  const rollouts = account.rollouts(now);
  for (const [age, rollout] of rollouts.entries()) {
    const group = rollouts.length - 1 - age;
    if (start !== undefined && group > start) continue;
    if (commandId === undefined || rollout.plan.commandId === commandId) yield { group, rollout };
  }
}

const page = (situation: Situation, operation: string, request: ListRequest | DescribeRequest) => {
  const { MaxResults: maxResults = 50, NextToken: nextToken, ...query } = request;
  const { seed, now, pagingTricks: tricks } = situation;
  return { query: [operation, query], maxResults, nextToken, tricks, seed, now };
};

const withToken = (nextToken: string | undefined) =>
  nextToken === undefined ? {} : { NextToken: nextToken };

/** @throws ServiceError */
export function listCommands(situation: Situation, request: ListRequest): WireObject {
  const { now } = situation;
  const { CommandId: commandId, InstanceId: instanceId, Filters: filters = [] } = request;
  checkCommandId(commandId);
  const matches = filterOf('ListCommands', filters, instanceId);
  function* from(start: Position | undefined): Iterable<Placed<WireObject>> {
    for (const { group, rollout } of candidates(situation, commandId, start?.[0])) {
      const { plan } = rollout;
      const state = rollout.commandAt(now);
      if (state === undefined) continue;
      if (instanceId !== undefined && !plan.instances.some(({ id }) => id === instanceId)) continue;
      const { documentName, sentAt: requestedAt } = plan;
      if (matches({ ...state, documentName, requestedAt })) {
        yield { item: commandToWire(plan, state), position: [group, 0] };
      }
    }
  }
  const { items, nextToken } = pageOf(from, page(situation, 'ListCommands', request));
  return { Commands: items, ...withToken(nextToken) };
}

function* rows(rollout: Rollout, first: number, instanceId: string | undefined, now: number) {
  const { order, plan } = rollout;
  for (let place = first; place < order.length; place++) {
    const index = order[place] ?? 0;
    if (instanceId !== undefined && plan.instances[index]?.id !== instanceId) continue;
    const state = rollout.invocationAt(index, now);
    if (state !== undefined) yield { state, place };
  }
}

/** @throws ServiceError */
export function listCommandInvocations(situation: Situation, request: ListRequest): WireObject {
  const { now } = situation;
  const {
    CommandId: commandId,
    InstanceId: instanceId,
    Filters: filters = [],
    Details: details = false,
  } = request;
  checkCommandId(commandId);
  const matches = filterOf('ListCommandInvocations', filters, instanceId);
  function* from(start: Position | undefined): Iterable<Placed<WireObject>> {
    for (const { group, rollout } of candidates(situation, commandId, start?.[0])) {
      const { plan } = rollout;
      const first = start !== undefined && start[0] === group ? start[1] : 0;
      for (const { state, place } of rows(rollout, first, instanceId, now)) {
        if (matches({ ...state, documentName: plan.documentName })) {
          yield { item: invocationToWire(plan, state, details), position: [group, place] };
        }
      }
    }
  }
  const { items, nextToken } = pageOf(from, page(situation, 'ListCommandInvocations', request));
  return { CommandInvocations: items, ...withToken(nextToken) };
}

/** What DescribeInstanceInformation can filter by; a key that is not here, nor a tag's, is InvalidFilterKey. */
const nodeFilters: Readonly<Record<string, (node: ManagedNode, reachable: boolean) => string>> = {
  InstanceIds: (node) => node.id,
  AgentVersion: (node) => node.agentVersion,
  PingStatus: (_, reachable) => (reachable ? 'Online' : 'ConnectionLost'),
  PlatformType: (node) => node.platform,
  PlatformTypes: (node) => node.platform,
  ResourceType: (node) => (node.registeredName === undefined ? 'EC2Instance' : 'ManagedInstance'),
  SourceIds: (node) => node.id,
  SourceTypes: (node) =>
    node.registeredName === undefined ? 'AWS::EC2::Instance' : 'AWS::SSM::ManagedInstance',
  AssociationStatus: () => 'Success',
  ActivationIds: () => '',
  IamRole: (node) => (node.registeredName === undefined ? '' : 'AcmeHybridRole'),
};

const filterValues: Readonly<Record<string, readonly string[]>> = {
  PingStatus: ['Online', 'ConnectionLost', 'Inactive'],
  PlatformType: ['Windows', 'Linux', 'MacOS'],
  PlatformTypes: ['Windows', 'Linux', 'MacOS'],
  ResourceType: ['EC2Instance', 'ManagedInstance'],
  AssociationStatus: ['Success', 'Pending', 'Failed'],
};

function nodeFilter(
  account: Account,
  key: string,
  values: readonly string[],
): (node: ManagedNode) => boolean {
  if (key === 'tag-key') return (node) => values.some((name) => Object.hasOwn(node.tags, name));
  if (key.startsWith('tag:')) return (node) => values.includes(node.tags[key.slice('tag:'.length)] ?? '');
  const read = Object.hasOwn(nodeFilters, key) ? nodeFilters[key] : undefined;
  if (read === undefined) throw new ServiceError('InvalidFilterKey');
  const wrong = values.find((value) => filterValues[key]?.includes(value) === false);
  if (wrong !== undefined) {
    throw new ServiceError(
      'InvalidInstanceInformationFilterValue',
      `The filter value ${wrong} for ${key} is not valid.`,
    );
  }
  return (node) => values.includes(read(node, account.unseenSince(node.id) === undefined));
}

/** @throws ServiceError */
export function describeInstanceInformation(situation: Situation, request: DescribeRequest): WireObject {
  const { account, now } = situation;
  const { InstanceInformationFilterList: legacy = [], Filters: filters = [] } = request;
  if (legacy.length > 0 && filters.length > 0) {
    throw validationError('Filters and InstanceInformationFilterList cannot be used together.');
  }
  const pairs = [
    ...legacy.map(({ key, valueSet }) => [key, valueSet] as const),
    ...filters.map(({ Key, Values }) => [Key, Values] as const),
  ];
  const tests = pairs.map(([key, values]) => nodeFilter(account, key, values));
  function* from(start: Position | undefined): Iterable<Placed<WireObject>> {
    for (const [index, node] of account.nodes.entries()) {
      if (index < (start?.[1] ?? 0) || !tests.every((test) => test(node))) continue;
      yield { item: nodeToWire(node, account.unseenSince(node.id), now), position: [0, index] };
    }
  }
  // Tricks are reported of the two calls above only.
  const plain = { ...situation, pagingTricks: false };
  const { items, nextToken } = pageOf(from, page(plain, 'DescribeInstanceInformation', request));
  return { InstanceInformationList: items, ...withToken(nextToken) };
}
