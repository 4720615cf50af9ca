import { type Placed, type Position, pageOf } from './pages.ts';
import type { DescribeInstanceInformationRequest, ListRequest } from './requests.ts';
import type { Situation } from './situation.ts';
import type { WireObject } from './wire.ts';

/** The member that holds the list, by call. */
export const listMembers = {
  ListCommands: 'Commands',
  ListCommandInvocations: 'CommandInvocations',
  DescribeInstanceInformation: 'InstanceInformationList',
} as const;

/**
 * The answer of a paged call: one page of the list, whose items `itemsFrom` gives from a position on, in order.
 * @throws ServiceError InvalidNextToken
 */
export function pagedAnswer(
  situation: Situation,
  operation: keyof typeof listMembers,
  request: ListRequest | DescribeInstanceInformationRequest,
  itemsFrom: (start: Position | undefined) => Iterable<Placed<WireObject>>,
): WireObject {
  const { seed, now, pagingTricks } = situation;
  const { MaxResults: maxResults = 50, NextToken: nextToken, ...query } = request;
  const { items, nextToken: following } = pageOf(itemsFrom, {
    query: [operation, query],
    maxResults,
    nextToken,
    pagingTricks,
    seed,
    now,
  });
  return { [listMembers[operation]]: items, ...(following === undefined ? {} : { NextToken: following }) };
}
