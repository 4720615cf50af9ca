import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ManagedNode,
  nodeText,
  undeliveredDetail,
  wasUndelivered,
} from '../../src/domain/managed-node.ts';
import { invocation, requestedAt } from '../helpers/fixtures.ts';

const minute = 60_000;
const day = 86_400_000;
const seen = (lastPingAt: number | null, change: Partial<ManagedNode> = {}): ManagedNode => ({
  instanceId: 'i-0cb2b964d3e14fd9f',
  pingStatus: 'ConnectionLost',
  lastPingAt,
  agentVersion: '3.3.1611.0',
  platform: 'Ubuntu 22.04',
  ipAddress: '10.0.0.4',
  ...change,
});
const late = invocation({ status: 'TimedOut', statusDetails: 'DeliveryTimedOut' });
const gone = invocation({ status: 'Failed', statusDetails: 'Undeliverable' });

it.each([
  ['TimedOut', 'DeliveryTimedOut', true],
  ['Failed', 'Undeliverable', true],
  ['Failed', 'Failed', false],
  ['Failed', 'Terminated', false],
  ['InProgress', 'DeliveryTimedOut', false],
])('%s, %s was not delivered: %s', (status, statusDetails, undelivered) =>
  expect(wasUndelivered(invocation({ status, statusDetails }))).toBe(undelivered),
);

// The command was requested at 00:39:03.
describe('an invocation that was not delivered', () => {
  it.each<[string, typeof late, ManagedNode | null, string | null]>([
    [
      'a node gone before',
      late,
      seen(requestedAt - 130 * minute),
      'not delivered; last seen 22:29, 2h 10m before the command',
    ],
    ['just before', late, seen(requestedAt - 1), 'not delivered; last seen 00:39, 0s before the command'],
    [
      'days before',
      late,
      seen(requestedAt - 3 * day),
      'not delivered; last seen 2026-09-24 00:39, 3d 0h before the command',
    ],
    [
      'a node that is there',
      late,
      seen(requestedAt + 5 * minute),
      'not delivered, though seen 00:44, 5m 00s after the command',
    ],
    ['at that very time', late, seen(requestedAt), 'not delivered, though seen 00:39, 0s after the command'],
    [
      'undeliverable',
      gone,
      seen(requestedAt - minute),
      'undeliverable; last seen 00:38, 1m 00s before the command',
    ],
    ['a node that is unknown', late, null, 'not delivered; SSM knows the node no longer'],
    ['no time', late, seen(null), null],
    [
      'no time of request',
      { ...late, requestedAt: null },
      seen(requestedAt),
      'not delivered; last seen 00:39',
    ],
  ])('%s', (_, row, node, text) => expect(undeliveredDetail(row, node)).toBe(text));
});

describe('what is known of a node', () => {
  it.each<[string, ManagedNode | null, string]>([
    [
      'all',
      seen(requestedAt),
      'node: ConnectionLost, last seen 00:39 (1m 00s ago), agent 3.3.1611.0, Ubuntu 22.04, 10.0.0.4',
    ],
    [
      'a clock that is off',
      seen(requestedAt + day),
      'node: ConnectionLost, last seen 00:39 (0s ago), agent 3.3.1611.0, Ubuntu 22.04, 10.0.0.4',
    ],
    [
      'days',
      seen(requestedAt - 2 * day, { platform: '', ipAddress: '' }),
      'node: ConnectionLost, last seen 2026-09-25 00:39 (2d 0h ago), agent 3.3.1611.0',
    ],
    ['a status', seen(null, { agentVersion: '', platform: '', ipAddress: '' }), 'node: ConnectionLost'],
    [
      'nothing',
      seen(null, { pingStatus: '', agentVersion: '', platform: '', ipAddress: '' }),
      'node: nothing is known of it',
    ],
    ['that it is gone', null, 'node: SSM knows it no longer'],
  ])('%s', (_, node, text) => expect(nodeText(node, requestedAt + minute)).toBe(text));

  it('is one line, whatever the times', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 0, max: 4e12 }), (at, now) => {
        expect(nodeText(seen(at), now)).toMatch(
          /^node: ConnectionLost, last seen [\d :-]+ \([\ddhms ]+ ago\), agent/,
        );
        expect(undeliveredDetail({ ...late, requestedAt: now }, seen(at))).toMatch(
          /^not delivered(; last|, though) seen [\d :-]+, [\ddhms ]+ (before|after) the command$/,
        );
      }),
    ));
});
