import { describe, expect, it } from 'vitest';
import { once, onScreen } from '../../src/watch/polling-policy.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { closedPort } from '../helpers/endpoint.ts';
import { NoEnd } from '../helpers/virtual-watch.ts';
import { endOf, openWatch, trueVerdict } from '../helpers/watch-simulator.ts';

isolateAwsEnvironment();

const unknownId = 'b8eac879-0541-439d-94ec-47a80d554f44';

describe('a command that is not found', () => {
  it('is waited for 20 s and then refused', async () => {
    await using watch = await openWatch({ commandId: unknownId });
    expect(await watch.run()).toEqual({ kind: 'refused', refusal: { kind: 'unknown-command' } });
    expect(watch.elapsed()).toBeGreaterThanOrEqual(20_000);
    expect(watch.elapsed()).toBeLessThan(25_000);
    expect(watch.problemKinds()).toEqual([]);
  });

  it('and whose existence cannot be read, is refused after 60 s with what ListCommands said', async () => {
    await using watch = await openWatch({
      commandId: unknownId,
      faults: [{ operation: 'ListCommands', kind: 'access-denied' }],
    });
    expect(await watch.run()).toMatchObject({
      kind: 'refused',
      refusal: { kind: 'nothing-listed', problem: { message: expect.stringContaining('ssm:ListCommands ') } },
    });
    expect(watch.elapsed()).toBeGreaterThanOrEqual(60_000);
    expect(watch.elapsed()).toBeLessThan(65_000);
  });

  it('but appears after 15 s, is watched', async () => {
    await using watch = await openWatch({
      instances: 5,
      faults: [
        { operation: 'ListCommands', kind: 'vanished-row', until: 15_000 },
        { operation: 'ListCommandInvocations', kind: 'empty-sweep', until: 15_000 },
      ],
    });
    expect(await watch.run()).toEqual({ kind: 'verdict', verdict: trueVerdict(watch.simulator) });
    expect(watch.problemKinds()).toEqual([]);
  });

  it('is not counted as missing while AWS does not answer', async () => {
    await using watch = await openWatch({
      commandId: unknownId,
      faults: [{ kind: '500', from: 10_000, until: 40_000 }],
    });
    expect(await watch.run()).toEqual({ kind: 'refused', refusal: { kind: 'unknown-command' } });
    expect(watch.elapsed()).toBeGreaterThanOrEqual(60_000);
  });
});

describe('before the first row', () => {
  it('a denied ListCommandInvocations is refused at once, naming the action', async () => {
    await using watch = await openWatch({
      faults: [{ operation: 'ListCommandInvocations', kind: 'access-denied' }],
    });
    expect(await watch.run()).toMatchObject({
      kind: 'refused',
      refusal: { problem: { message: expect.stringContaining('ssm:ListCommandInvocations ') } },
    });
    expect(watch.delays).toEqual([]);
    expect(watch.events.at(-1)).toMatchObject({ type: 'problem', retryInMs: null });
  });

  it.each(['throttle', '500', '503', 'html'] as const)('%s for ever is never given up', async (kind) => {
    await using watch = await openWatch({ faults: [{ kind }], patience: 900_000 });
    await expect(watch.run()).rejects.toThrow(NoEnd);
    expect(new Set(watch.problemKinds()).size).toBe(1);
  });
});

describe('after the first row', () => {
  it.each(['access-denied', 'expired-credentials', 'reset'] as const)(
    '%s is a problem and no end',
    async (kind) => {
      await using watch = await openWatch({ instances: 5, faults: [{ kind, from: 6_000, until: 600_000 }] });
      expect(await watch.run()).toEqual({ kind: 'verdict', verdict: trueVerdict(watch.simulator) });
      expect(endOf(watch.simulator)).toBeLessThan(60_000);
      expect(watch.elapsed()).toBeGreaterThan(600_000);
      const problems = watch.problemKinds();
      expect(new Set(problems).size).toBe(1);
      expect(watch.events.filter(({ type }) => type === 'recovered')).toHaveLength(problems.length);
    },
  );
});

describe('AWS that cannot be reached', () => {
  it('is given up after 60 s', async () => {
    await using watch = await openWatch({ endpointUrl: await closedPort() });
    expect(await watch.run()).toMatchObject({
      kind: 'refused',
      refusal: { kind: 'problem', problem: { kind: 'network' } },
    });
    expect(watch.elapsed()).toBeGreaterThanOrEqual(60_000);
    expect(watch.elapsed()).toBeLessThanOrEqual(90_000);
    expect(watch.problemKinds()).toEqual(['network']);
  });

  it('is tried on and on where the screen shows it', async () => {
    await using watch = await openWatch({
      endpointUrl: await closedPort(),
      policy: onScreen,
      patience: 1_800_000,
    });
    await expect(watch.run()).rejects.toThrow(NoEnd);
    expect(Math.max(...watch.delays)).toBeLessThanOrEqual(30_000);
    expect(watch.store.getSnapshot().problems).toMatchObject([{ problem: { kind: 'network' } }, {}]);
  });

  it('for 50 s, and then can, is watched', async () => {
    await using watch = await openWatch({ instances: 5, faults: [{ kind: 'reset', until: 50_000 }] });
    expect(await watch.run()).toEqual({ kind: 'verdict', verdict: trueVerdict(watch.simulator) });
  });

  it('is refused at once by --once', async () => {
    await using watch = await openWatch({ endpointUrl: await closedPort(), policy: once });
    expect(await watch.run()).toMatchObject({ refusal: { problem: { kind: 'network' } } });
    expect(watch.events).toMatchObject([{ type: 'problem', retryInMs: null }]);
    expect(watch.delays).toEqual([]);
  });
});
