import { expect, it } from 'vitest';
import { countByPhase, countByStatusDetails } from '../../src/domain/tally.ts';
import { invocation } from '../helpers/fixtures.ts';

const rows = [
  invocation({ status: 'TimedOut', statusDetails: 'DeliveryTimedOut' }),
  invocation(),
  invocation({ status: 'Rebooting', statusDetails: '__proto__' }),
  invocation({ status: 'InProgress' }),
  invocation(),
  invocation({ status: 'Pending', statusDetails: 'Delayed' }),
  invocation({ status: 'InProgress' }),
  invocation(),
];

it('counts by StatusDetails, most frequent first, only what occurs', () => {
  expect(Object.entries(countByStatusDetails(rows))).toEqual([
    ['Success', 3],
    ['InProgress', 2],
    ['DeliveryTimedOut', 1],
    ['__proto__', 1],
    ['Delayed', 1],
  ]);
  expect(countByStatusDetails([])).toEqual({});
});

it('counts by phase, also what does not occur', () => {
  const none = { failed: 0, unknown: 0, running: 0, waiting: 0, succeeded: 0, endUnread: 0 };
  expect(countByPhase(rows)).toEqual({
    ...none,
    failed: 1,
    unknown: 1,
    running: 2,
    waiting: 1,
    succeeded: 3,
  });
  expect(countByPhase([])).toEqual(none);
  const justEnded = invocation({ status: 'InProgress', endUnread: true });
  expect(countByPhase([...rows, justEnded])).toMatchObject({ running: 2, endUnread: 1 });
});
