import { expect, it } from 'vitest';
import { groupByReason } from '../../src/domain/reasons.ts';
import { invocation, plugin } from '../helpers/fixtures.ts';

const failure = (instanceId: string, output: string, responseCode = 1) =>
  invocation({ instanceId, status: 'Failed', plugins: [plugin({ status: 'Failed', responseCode, output })] });

it('groups by StatusDetails, exit code and detail, the largest first', () => {
  const late = invocation({ instanceId: 'i-6', status: 'TimedOut', statusDetails: 'DeliveryTimedOut' });
  const failures = [
    failure('i-1', 'disk full'),
    failure('i-2', 'no yum', 127),
    failure('i-3', 'no yum', 127),
    failure('i-4', 'disk full', 2),
    failure('i-5', 'no yum\n', 127),
    late,
  ];
  expect(groupByReason(failures)).toEqual([
    { statusDetails: 'Failed', exitCode: 127, detail: 'no yum', instanceIds: ['i-2', 'i-3', 'i-5'] },
    { statusDetails: 'Failed', exitCode: 1, detail: 'disk full', instanceIds: ['i-1'] },
    { statusDetails: 'Failed', exitCode: 2, detail: 'disk full', instanceIds: ['i-4'] },
    {
      statusDetails: 'DeliveryTimedOut',
      exitCode: null,
      detail: 'not delivered before the timeout',
      instanceIds: ['i-6'],
    },
  ]);
  expect(groupByReason([])).toEqual([]);
});
