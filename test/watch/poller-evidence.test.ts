import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/domain/command.ts';
import type { Invocation } from '../../src/domain/invocation.ts';
import { RemoteError } from '../../src/domain/problem.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { command, invocation, others, succeeded } from '../helpers/fixtures.ts';
import { NoEnd, readerOf, watchVirtually } from '../helpers/virtual-watch.ts';
import { endOf, openWatch, trueVerdict } from '../helpers/watch-simulator.ts';

isolateAwsEnvironment();

const running = invocation({ status: 'InProgress' });
const accessDenied = new RemoteError({
  kind: 'access-denied',
  message: 'access denied: the IAM action ssm:ListCommands is not allowed',
  needsAction: true,
});

describe('a sweep is whole or nothing', () => {
  it('one whose token repeats is never the last, and is told as `response`', async () => {
    await using watch = await openWatch({
      faults: [{ operation: 'ListCommandInvocations', kind: 'repeat-token' }],
      instances: 10,
      patience: 300_000,
    });
    await expect(watch.run()).rejects.toThrow(NoEnd);
    expect(watch.store.getSnapshot().rows.map(({ status }) => status)).toEqual(Array(10).fill('Success'));
    expect(watch.problemKinds()).toEqual(['response']);
  });

  it('one that began before the end of the command was seen is not enough', async () => {
    const order: string[] = [];
    const reader = readerOf({
      command: () => {
        order.push('command');
        return command({ status: order.length > 1 ? 'Success' : 'InProgress' });
      },
      pages: () => {
        order.push('sweep');
        return [[succeeded]];
      },
    });
    expect(await watchVirtually(reader).run()).toMatchObject({ verdict: { outcome: 'success' } });
    expect(order).toEqual(['command', 'sweep', 'command', 'sweep']);
  });

  it('in lines the command is told before its rows', async () => {
    await using watch = await openWatch({ instances: 5 });
    watch.clock.advance(5_000);
    await watch.run();
    expect(watch.events.map(({ type }) => type).slice(0, 2)).toEqual(['command', 'invocation']);
  });

  it('one that is cut after all rows were read is read again', async () => {
    const cut = new RemoteError({ kind: 'network', message: 'gone', needsAction: false });
    let sweeps = 0;
    const watch = watchVirtually({
      ...readerOf({ command: () => command(), pages: () => [] }),
      async *list() {
        yield [succeeded];
        if (sweeps++ < 2) throw cut;
      },
    });
    expect(await watch.run()).toMatchObject({ verdict: { outcome: 'success' } });
    expect(sweeps).toBe(3);
    expect(watch.problemKinds()).toEqual(['network']);
  });
});

describe('a row that was seen and is no longer listed', () => {
  it('is asked for by InstanceId, and its end is found there', async () => {
    const victim = { ...running, instanceId: 'i-00000002' };
    let polls = 0;
    const asked: string[] = [];
    const reader = readerOf({
      command: () => command({ targetCount: 2 }),
      pages: () => [polls++ === 0 ? [succeeded, victim] : [succeeded]],
      invocation: (instanceId) => {
        asked.push(instanceId);
        return { ...victim, status: 'Failed', statusDetails: 'Failed' };
      },
    });
    const watch = watchVirtually(reader);
    expect(await watch.run()).toMatchObject({
      verdict: { outcome: 'failure', counts: { Success: 1, Failed: 1 } },
    });
    expect(asked).toEqual(['i-00000002']);
    expect(watch.problemKinds()).toEqual([]);
  });

  it('is kept as last seen, told as a problem, and is no end', async () => {
    let polls = 0;
    const reader = readerOf({
      command: () => command({ targetCount: 2 }),
      pages: () => [polls++ === 0 ? [succeeded, running] : [succeeded]],
    });
    const watch = watchVirtually(reader, { patience: 600_000 });
    await expect(watch.run()).rejects.toThrow(NoEnd);
    expect(watch.store.getSnapshot().rows).toEqual([succeeded, running]);
    expect(watch.store.getSnapshot().problems).toMatchObject([
      { problem: { kind: 'response', message: expect.stringContaining(running.instanceId) } },
    ]);
  });

  it('is asked for in its turn where there are many', async () => {
    const ended = others(7);
    const unended = ended.map((row) => ({ ...row, status: 'InProgress', statusDetails: 'InProgress' }));
    const expiresAt = (command().requestedAt ?? 0) + 10_000;
    let polls = 0;
    const reader = readerOf({
      command: () => command({ targetCount: 8, expiresAt }),
      pages: () => [polls++ === 0 ? [succeeded, ...unended] : [succeeded]],
      invocation: (instanceId) => ended.find((row) => row.instanceId === instanceId) ?? null,
    });
    expect(await watchVirtually(reader).run()).toMatchObject({
      verdict: { outcome: 'success', counts: { Success: 8 } },
    });
  });

  it('is no problem where AWS gives it when it is asked for, whatever the lists leave out', async () => {
    let sweeps = 0;
    const isOver = () => watch.elapsed() > 30_000;
    const rows = () =>
      others(120).map((row) => (isOver() ? row : { ...running, instanceId: row.instanceId }));
    const watch = watchVirtually(
      readerOf({
        command: () => command({ targetCount: 120, status: isOver() ? 'Success' : 'InProgress' }),
        pages: () => {
          sweeps += 1;
          return [rows().filter((_, index) => sweeps === 1 || index % 7 !== sweeps % 7)];
        },
        invocation: (instanceId) => rows().find((row) => row.instanceId === instanceId) ?? null,
      }),
    );
    expect(await watch.run()).toMatchObject({ verdict: { outcome: 'success', counts: { Success: 120 } } });
    expect(sweeps).toBeGreaterThan(2);
    expect(watch.problemKinds()).toEqual([]);
  });

  it('is told once with all others of which AWS no longer knows any', async () => {
    const rows = others(30).map((row) => ({ ...row, status: 'InProgress', statusDetails: 'InProgress' }));
    let sweeps = 0;
    const reader = readerOf({
      command: () => command({ targetCount: 30, status: 'InProgress' }),
      pages: () => [sweeps++ === 0 ? rows : rows.slice(20)],
    });
    const watch = watchVirtually(reader, { patience: 120_000 });
    await expect(watch.run()).rejects.toThrow(NoEnd);
    expect(watch.events.filter(({ type }) => type === 'problem')).toMatchObject([
      { problem: { message: expect.stringContaining('20 invocations') } },
    ]);
  });

  it('is asked for over HTTP while the list omits it', async () => {
    await using watch = await openWatch({
      instances: 8,
      faults: [{ operation: 'ListCommandInvocations', kind: 'missing-row', from: 8_000 }],
    });
    const victim = watch.simulator.truth()?.invocations[0]?.instanceId;
    expect(await watch.run()).toEqual({ kind: 'verdict', verdict: trueVerdict(watch.simulator) });
    expect(watch.simulator.requests.map(({ input }) => input)).toContainEqual(
      expect.objectContaining({ InstanceId: victim, CommandId: watch.simulator.commandId }),
    );
  });
});

describe('an empty sweep', () => {
  it('after rows proves nothing, however often it comes', async () => {
    await using watch = await openWatch({
      instances: 4,
      faults: [{ operation: 'ListCommandInvocations', kind: 'empty-sweep', from: 6_000 }],
      patience: 300_000,
    });
    await expect(watch.run()).rejects.toThrow(NoEnd);
    expect(watch.store.getSnapshot().rows).toHaveLength(4);
    expect(watch.problemKinds()).toEqual(['response']);
  });
});

describe('a command that was seen and is no longer known', () => {
  it('is told as a problem and is no end, though every row has ended', async () => {
    let polls = 0;
    const reader = readerOf({
      command: () => (polls++ === 0 ? command({ status: 'InProgress' }) : null),
      pages: () => [[succeeded]],
    });
    const watch = watchVirtually(reader, { patience: 600_000 });
    await expect(watch.run()).rejects.toThrow(NoEnd);
    expect(watch.problemKinds()).toEqual(['response']);
    expect(watch.store.getSnapshot().command).toEqual(command({ status: 'InProgress' }));
  });
});

it('a command that ListCommands does not list, though its rows are, is not said to have been known', async () => {
  const watch = watchVirtually(readerOf({ command: () => null, pages: () => [[running]] }), {
    patience: 60_000,
  });
  await expect(watch.run()).rejects.toThrow(NoEnd);
  expect(watch.events).toContainEqual(
    expect.objectContaining({
      problem: expect.objectContaining({ message: expect.stringContaining('does not list the command') }),
    }),
  );
  expect(watch.problemKinds()).toEqual(['response']);
});

describe('where ListCommands is denied', () => {
  it('it is over after 5 whole sweeps and 60 s without news, and not before', async () => {
    await using watch = await openWatch({
      instances: 6,
      faults: [{ operation: 'ListCommands', kind: 'access-denied' }],
    });
    const { commandStatus: _, ...truth } = await watch.run().then(() => trueVerdict(watch.simulator));
    expect(watch.store.getSnapshot().verdict).toEqual({ ...truth, commandStatus: null });
    const lastNews = watch.simulator.requests.length;
    expect(lastNews).toBeGreaterThan(30);
    expect(watch.elapsed()).toBeGreaterThan(endOf(watch.simulator) - 4_000 + 60_000);
    expect(watch.problemKinds()).toEqual(['access-denied']);
    expect(watch.events.filter(({ type }) => type === 'command')).toMatchObject([
      { command: { status: null, targetCount: null, documentName: 'AWS-RunShellScript' } },
    ]);
  });

  it.each([
    [2_000, 60_000, 70_000],
    [30_000, 150_000, 160_000],
  ])('5 sweeps and 60 s both count: an interval of %i ms', async (interval, least, most) => {
    const denied = readerOf({ command: () => Promise.reject(accessDenied), pages: () => [[succeeded]] });
    const watch = watchVirtually(denied, { interval });
    expect(await watch.run()).toEqual({
      kind: 'verdict',
      verdict: { outcome: 'success', counts: { Success: 1 }, commandStatus: null },
    });
    expect(watch.elapsed()).toBeGreaterThanOrEqual(least);
    expect(watch.elapsed()).toBeLessThanOrEqual(most);
  });

  it('a row that comes late begins the wait anew', async () => {
    const watch = watchVirtually(
      readerOf({
        command: () => Promise.reject(accessDenied),
        pages: () => [watch.elapsed() < 50_000 ? [succeeded] : [succeeded, ...others(1)]],
      }),
    );
    expect(await watch.run()).toMatchObject({ verdict: { counts: { Success: 2 } } });
    expect(watch.elapsed()).toBeGreaterThanOrEqual(110_000);
  });
});

describe('targets that are never listed', () => {
  it.each([
    [1_000, 30_000, 40_000],
    [20_000, 100_000, 110_000],
  ])(
    'count as NotListed after 5 whole sweeps and 30 s: an interval of %i ms',
    async (interval, least, most) => {
      const reader = readerOf({ command: () => command({ targetCount: 3 }), pages: () => [[succeeded]] });
      const watch = watchVirtually(reader, { interval });
      expect(await watch.run()).toEqual({
        kind: 'verdict',
        verdict: { outcome: 'failure', counts: { Success: 1, NotListed: 2 }, commandStatus: 'Success' },
      });
      expect(watch.elapsed()).toBeGreaterThanOrEqual(least);
      expect(watch.elapsed()).toBeLessThanOrEqual(most);
    },
  );
});

describe('rows that never end', () => {
  it('are counted as last seen, 60 s past ExpiresAfter', async () => {
    const expiresAt = command().requestedAt as number;
    const expiring: Command = command({ expiresAt: expiresAt + 120_000 });
    const rows: Invocation[] = [running];
    const watch = watchVirtually(readerOf({ command: () => expiring, pages: () => [rows] }));
    expect(await watch.run()).toEqual({
      kind: 'verdict',
      verdict: { outcome: 'failure', counts: { InProgress: 1 }, commandStatus: 'Success' },
    });
    expect(watch.store.getSnapshot().circumstances.expiredAt).toBe(expiring.expiresAt);
    expect(watch.elapsed()).toBeGreaterThanOrEqual(180_000);
    expect(watch.elapsed()).toBeLessThan(185_000);
  });
});

describe('somebody cancels half-way', () => {
  it('and the counts are those of the cancelled rollout', async () => {
    await using watch = await openWatch({ scenario: 'cancelled', interval: 500 });
    expect(await watch.run()).toEqual({ kind: 'verdict', verdict: trueVerdict(watch.simulator) });
    expect(trueVerdict(watch.simulator).counts).toMatchObject({ Cancelled: expect.any(Number) });
    const statuses = watch.events.flatMap((event) =>
      event.type === 'command' ? [event.command.status] : [],
    );
    expect([...new Set(statuses)].slice(-3)).toEqual(['InProgress', 'Cancelling', 'Cancelled']);
  });
});
