import { afterEach, describe, expect, it } from 'vitest';
import { readNodes } from '../../src/aws/instance-information.ts';
import type { Invocation } from '../../src/domain/invocation.ts';
import type { OutputSource } from '../../src/domain/output-reading.ts';
import type { Operation } from '../../src/simulator/operations.ts';
import { NodeLookup } from '../../src/watch/node-lookup.ts';
import { RolloutStore } from '../../src/watch/store.ts';
import { Look } from '../commands/look.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { SimulatedOutputs, toBucket, toLogs } from '../helpers/simulated-outputs.ts';
import { openWatch, type SimulatedWatch, trueVerdict } from '../helpers/watch-simulator.ts';

isolateAwsEnvironment();
const opened: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one[Symbol.asyncDispose]();
});

const denied = (action: string) =>
  `access denied: the IAM action ${action} is not allowed for these credentials`;

/** Takes the permission away, grants it again after so many waits, and says what was to be seen until then. */
async function watchWithout(operation: Operation, from: 'the start' | 'the first rows') {
  const lost = { kind: 'access-denied', operation } as const;
  let grant: (() => void) | null = null;
  let waits = 0;
  const seen = { rows: new Set<number>(), changed: 0, verdicts: 0 };
  const watch: SimulatedWatch = await openWatch({
    scenario: 'bad',
    onDelay: () => {
      const { rows, verdict } = watch.store.getSnapshot();
      if (grant === null && waits === 0 && rows.length > 0) grant = watch.simulator.addFault(lost);
      if (grant === null) return;
      waits += 1;
      if (waits > 8) grant();
      else {
        seen.rows.add(rows.length);
        seen.changed = watch.events.filter(({ type }) => type === 'invocation').length;
        if (verdict) seen.verdicts += 1;
      }
    },
  });
  opened.push(watch);
  if (from === 'the start') grant = watch.simulator.addFault(lost);
  const ending = await watch.run();
  return { watch, ending, seen };
}

const messages = ({ events }: SimulatedWatch) =>
  events.flatMap((event) => (event.type === 'problem' ? [event.problem.message] : []));

describe('without ssm:ListCommandInvocations', () => {
  it('from the start nothing can be watched, and the action is named', async () => {
    const { ending } = await watchWithout('ListCommandInvocations', 'the start');
    expect(ending).toEqual({
      kind: 'refused',
      refusal: {
        kind: 'problem',
        problem: {
          kind: 'access-denied',
          needsAction: true,
          message: denied('ssm:ListCommandInvocations'),
        },
      },
    });
  });

  it('in the middle the rows stay, the action is named, and it goes on when that is granted', async () => {
    const { watch, ending, seen } = await watchWithout('ListCommandInvocations', 'the first rows');
    expect(seen.rows.size).toBe(1);
    expect(seen.verdicts).toBe(0);
    expect(messages(watch)).toEqual([denied('ssm:ListCommandInvocations')]);
    expect(watch.events.filter(({ type }) => type === 'recovered')).toHaveLength(1);
    expect(ending).toEqual({ kind: 'verdict', verdict: trueVerdict(watch.simulator) });
  });
});

describe('without ssm:ListCommands', () => {
  it.each(['the start', 'the first rows'] as const)(
    'from %s the rows go on, the action is named, and the command is told when that is granted',
    async (from) => {
      const { watch, ending, seen } = await watchWithout('ListCommands', from);
      expect(seen.verdicts).toBe(0);
      // Rows go on to be told while it is denied.
      expect(seen.changed).toBeGreaterThan(60);
      expect(messages(watch)).toEqual([denied('ssm:ListCommands')]);
      expect(watch.events.filter(({ type }) => type === 'recovered')).toHaveLength(1);
      const { command } = watch.store.getSnapshot();
      expect(command?.targetCount).toBe(60);
      expect(ending).toEqual({ kind: 'verdict', verdict: trueVerdict(watch.simulator) });
    },
  );
});

const sources: readonly (readonly [Operation, string, OutputSource, OutputSource, object])[] = [
  ['GetObject', 's3:GetObject', 'S3', 'GetCommandInvocation', toBucket],
  ['GetLogEvents', 'logs:GetLogEvents', 'CloudWatch Logs', 'GetCommandInvocation', toLogs],
  ['GetCommandInvocation', 'ssm:GetCommandInvocation', 'GetCommandInvocation', 'ListCommandInvocations', {}],
];

describe('an output that is looked at', () => {
  it.each(sources)(
    'without %s has the next best source and names %s, and has %s when that is granted',
    async (operation, action, source, nextBest, sentTo) => {
      const account = await SimulatedOutputs.open({ scenario: 's3' });
      opened.push(account);
      const [instanceId = ''] = account.instancesThat((text, isHuge) => !isHuge && text.length > 3_000);
      const commandId = await account.send(instanceId, sentTo);
      account.clock.advance(90_000);
      const grant = account.simulator.addFault({ kind: 'access-denied', operation });
      const look = new Look(account.readers, await account.row(commandId));
      const without = await look.from('start');
      expect(without.stdout.source).toBe(nextBest);
      expect(without.notices).toEqual([
        expect.stringMatching(
          new RegExp(`^${source} could not be read: access denied: the IAM action ${action} `),
        ),
      ]);
      grant();
      for (let pause = 1; pause <= 5; pause += 1) await look.pauses.end();
      expect(look.reading.stdout.source).toBe(nextBest);
      const granted = await look.after(() => look.pauses.end());
      expect(granted.stdout.source).toBe(source);
      expect(granted.notices).toEqual([]);
    },
  );
});

it('without ssm:DescribeInstanceInformation the action is named, and the nodes are known when that is granted', async () => {
  const account = await SimulatedOutputs.open({ scenario: 'bad' });
  opened.push(account);
  const grant = account.simulator.addFault({
    kind: 'access-denied',
    operation: 'DescribeInstanceInformation',
  });
  let now = 0;
  const clocks = { monotonic: () => now, awsTime: () => account.clock.now() };
  const store = new RolloutStore(clocks);
  const lookup = new NodeLookup(store, (ids, signal) => readNodes(account.connection, ids, signal));
  const rows: readonly Invocation[] = await account.rows();
  const sweep = () => {
    store.activityChanged({ kind: 'reading' });
    store.pageRead(rows);
    store.activityChanged({ kind: 'waiting', until: now + 2_000 });
  };
  const circumstances = () => store.getSnapshot().circumstances;
  sweep();
  await expect.poll(() => circumstances().nodesProblem).toBe(denied('ssm:DescribeInstanceInformation'));
  grant();
  now = 60_000;
  sweep();
  await expect.poll(() => circumstances().nodes.size).toBe(3);
  expect(circumstances().nodesProblem).toBeNull();
  lookup.close();
});
