import { expect, it } from 'vitest';
import { failureDetail } from '../../src/domain/detail.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { openEndpoint } from '../helpers/endpoint.ts';
import { commandId } from '../helpers/fixtures.ts';
import { openWatch } from '../helpers/watch-simulator.ts';

isolateAwsEnvironment();

const common = {
  CommandId: commandId,
  DocumentName: 'AWS-RunShellScript',
  RequestedDateTime: 1.790469543112e9,
};
const row = (InstanceId: string, Status: string, StatusDetails: string) => ({
  ...common,
  InstanceId,
  Status,
  StatusDetails,
  CommandPlugins: [],
});
const answers: Readonly<Record<string, unknown>> = {
  ListCommands: {
    Commands: [
      {
        ...common,
        Status: 'Failed',
        StatusDetails: 'FailedDueToAlarm',
        TargetCount: 2,
        MaxErrors: '10',
        AlarmConfiguration: { IgnorePollAlarmFailure: false, Alarms: [{ Name: 'acme-5xx' }] },
        TriggeredAlarms: [{ Name: 'acme-5xx', State: 'ALARM' }],
      },
    ],
  },
  ListCommandInvocations: {
    CommandInvocations: [row('i-00000001', 'Success', 'Success'), row('i-00000002', 'Failed', 'Terminated')],
  },
};

it('a row that an alarm stopped says which, over HTTP', async () => {
  await using endpoint = await openEndpoint(({ operation }) => ({ body: answers[operation] }));
  await using watch = await openWatch({ endpointUrl: endpoint.url, commandId });
  const details: unknown[] = [];
  watch.store.onEvent((event) => {
    const { circumstances } = watch.store.getSnapshot();
    if (event.type === 'invocation') details.push(failureDetail(event.invocation, circumstances));
  });
  expect(await watch.run()).toMatchObject({ kind: 'verdict', verdict: { outcome: 'failure' } });
  expect(details).toEqual([null, 'stopped by the alarm acme-5xx']);
  expect(watch.store.getSnapshot().errors).toMatchObject({ errors: 0, allowed: 10, terminated: 1 });
});
