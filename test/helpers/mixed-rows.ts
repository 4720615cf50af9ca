import type { Invocation } from '../../src/domain/invocation.ts';
import { invocation, plugin } from './fixtures.ts';

const failed = invocation({
  instanceId: 'i-2',
  instanceName: 'Web-02',
  status: 'Failed',
  plugins: [
    plugin({ status: 'Failed', responseCode: 127, startedAt: 1_000, finishedAt: 4_000, output: 'no yum\n' }),
  ],
});
const cancelled = invocation({ instanceId: 'i-5', instanceName: '', status: 'Cancelled' });
const running = invocation({
  instanceId: 'i-4',
  instanceName: 'web-04',
  status: 'InProgress',
  plugins: [plugin({ status: 'InProgress', responseCode: -1, startedAt: 1_000 })],
});
const delayed = invocation({
  instanceId: 'i-3',
  instanceName: 'web-03',
  status: 'Pending',
  statusDetails: 'Delayed',
});
const unknown = invocation({ instanceId: 'i-6', instanceName: 'web-06', status: 'Rebooting' });
const done = invocation({
  instanceId: 'i-1',
  instanceName: 'web-01',
  plugins: [plugin({ startedAt: 1_000, finishedAt: 9_000 })],
});
/** One row of each phase, and more, in no order. */
export const mixedRows: readonly Invocation[] = [done, running, unknown, failed, delayed, cancelled];
