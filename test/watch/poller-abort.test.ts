import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { command, invocation } from '../helpers/fixtures.ts';
import { NoEnd, readerOf, watchVirtually } from '../helpers/virtual-watch.ts';
import { openWatch } from '../helpers/watch-simulator.ts';
import { watchOf } from './counted-sweeps.ts';

isolateAwsEnvironment();

describe('abort', () => {
  const reason = new Error('left');

  it.each(['ListCommands', 'ListCommandInvocations'] as const)('while %s hangs', async (operation) => {
    const abort = new AbortController();
    await using watch = await openWatch({ faults: [{ operation, kind: 'hang' }] });
    const ended = watch.run(abort.signal);
    await expect
      .poll(() => watch.simulator.requests.some((request) => request.operation === operation))
      .toBe(true);
    abort.abort(reason);
    await expect(ended).rejects.toBe(reason);
    expect(watch.problemKinds()).toEqual([]);
  });

  it('while it waits', async () => {
    const abort = new AbortController();
    const { watch, sweeps } = watchOf(5, { onDelay: () => abort.abort(reason) });
    await expect(watch.run(abort.signal)).rejects.toBe(reason);
    expect(sweeps()).toBe(1);
  });

  it('while it is paused', async () => {
    const abort = new AbortController();
    const { watch } = watchOf(5);
    watch.poller.pause();
    const ended = watch.run(abort.signal);
    while (watch.store.getSnapshot().activity.kind !== 'paused') await nextTurn();
    abort.abort(reason);
    await expect(ended).rejects.toBe(reason);
  });

  it('before it begins', async () => {
    const { watch, sweeps } = watchOf(5);
    await expect(watch.run(AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(sweeps()).toBe(0);
  });
});

describe('a call that hangs', () => {
  it('is ended by the limit and told as `network`; the rows stay', async () => {
    await using watch = await openWatch({
      callLimit: 200,
      instances: 5,
      faults: [{ operation: 'ListCommandInvocations', kind: 'hang', from: 6_000 }],
      patience: 15_000,
    });
    await expect(watch.run()).rejects.toThrow(NoEnd);
    expect(watch.store.getSnapshot().rows).toHaveLength(5);
    expect(watch.store.getSnapshot().problems).toMatchObject([
      { source: 'sweep', problem: { kind: 'network', message: expect.stringContaining('within 0.2 s') } },
    ]);
  });

  it('in ListCommands does not hold the rows up', async () => {
    const abort = new AbortController();
    await using watch = await openWatch({ faults: [{ operation: 'ListCommands', kind: 'hang' }] });
    watch.clock.advance(10_000);
    watch.store.onEvent(({ type }) => type === 'invocation' && abort.abort());
    await expect(watch.run(abort.signal)).rejects.toThrow('aborted');
    expect(watch.store.getSnapshot().rows).toHaveLength(40);
  });
});

describe('a mistake in the reader', () => {
  it('ends the watch with that mistake, and is not told as a problem of AWS', async () => {
    const watch = watchVirtually({
      ...readerOf({ command: () => command({ status: 'InProgress' }), pages: () => [] }),
      async *list() {
        yield [invocation()];
        throw new TypeError('a mistake');
      },
    });
    await expect(watch.run()).rejects.toThrow(TypeError);
    expect(watch.problemKinds()).toEqual([]);
  });
});
