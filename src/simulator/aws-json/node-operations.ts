import type { Account } from '../model/account.ts';
import type { ManagedNode } from '../model/fleet.ts';
import { pagedAnswer } from './paged-answer.ts';
import type { Placed, Position } from './pages.ts';
import type { DescribeInstanceInformationRequest } from './requests.ts';
import { ServiceError, validationError } from './service-error.ts';
import type { Situation } from './situation.ts';
import { nodeToWire, type WireObject } from './wire.ts';

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

/** @throws ServiceError InvalidFilterKey, InvalidInstanceInformationFilterValue, ValidationException or InvalidNextToken */
export function describeInstanceInformation(
  situation: Situation,
  request: DescribeInstanceInformationRequest,
): WireObject {
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
  function* itemsFrom(start: Position | undefined): Iterable<Placed<WireObject>> {
    for (const [index, node] of account.nodes.entries()) {
      if (index < (start?.[1] ?? 0) || !tests.every((test) => test(node))) continue;
      yield { item: nodeToWire(node, account.unseenSince(node.id), now), position: [0, index] };
    }
  }
  // Tricks are reported of the two calls above only.
  const plain = { ...situation, pagingTricks: false };
  return pagedAnswer(plain, 'DescribeInstanceInformation', request, itemsFrom);
}
