import { describe, expect, it } from 'vitest';
import type { Invocation } from '../../src/domain/invocation.ts';
import { command, invocation, succeeded } from '../helpers/fixtures.ts';
import { readerOf, watchVirtually } from '../helpers/virtual-watch.ts';

const other = invocation({ instanceId: 'i-00000002' });
const running: Invocation = { ...other, status: 'InProgress', statusDetails: 'InProgress' };
const failed: Invocation = { ...other, status: 'Failed', statusDetails: 'Failed' };
const commandEndsAt = 8_000;

/** Two rows, of which the other is what `listed` and `lookedUp` say at a time after the start. */
function watchOther(
  listed: (elapsed: number) => readonly Invocation[],
  lookedUp: (elapsed: number) => Invocation,
) {
  const elapsed = () => watch.elapsed();
  const watch = watchVirtually(
    readerOf({
      command: () =>
        command({ targetCount: 2, status: elapsed() < commandEndsAt ? 'InProgress' : 'Success' }),
      pages: () => [[succeeded], listed(elapsed())],
      invocation: (instanceId) => (instanceId === other.instanceId ? lookedUp(elapsed()) : succeeded),
    }),
  );
  const told = () =>
    watch.events.flatMap((event) =>
      event.type === 'invocation' && event.invocation.instanceId === other.instanceId
        ? [event.invocation.status]
        : [],
    );
  return { watch, told };
}

describe('an end that a later sweep does not show', () => {
  it('is none where AWS says so when it is asked for the one row, and is waited for', async () => {
    const at = (elapsed: number) => (elapsed < 4_000 ? other : elapsed < 30_000 ? running : failed);
    const { watch, told } = watchOther((elapsed) => [at(elapsed)], at);
    expect(await watch.run()).toMatchObject({
      verdict: { outcome: 'failure', counts: { Success: 1, Failed: 1 } },
    });
    expect(watch.elapsed()).toBeGreaterThanOrEqual(30_000);
    expect(told()).toEqual(['Success', 'InProgress', 'Failed']);
  });

  it('stays one where AWS says so when it is asked for the one row', async () => {
    const { watch, told } = watchOther(
      (elapsed) => [elapsed < 4_000 ? other : running],
      () => other,
    );
    expect(await watch.run()).toMatchObject({ verdict: { outcome: 'success', counts: { Success: 2 } } });
    expect(told()).toEqual(['Success']);
  });

  it('is not doubted where the same sweep shows it, too', async () => {
    let lookUps = 0;
    const { watch } = watchOther(
      (elapsed) => (elapsed < 4_000 ? [other] : [other, running]),
      () => {
        lookUps += 1;
        return other;
      },
    );
    expect(await watch.run()).toMatchObject({ verdict: { outcome: 'success' } });
    expect(lookUps).toBe(0);
  });

  it('is no success when the row outlives ExpiresAfter as it then is', async () => {
    const expiresAt = (command().requestedAt ?? 0) + 60_000;
    const watch = watchVirtually(
      readerOf({
        command: () =>
          command({
            targetCount: 1,
            expiresAt,
            status: watch.elapsed() < commandEndsAt ? 'InProgress' : 'Success',
          }),
        pages: () => [[watch.elapsed() < 4_000 ? other : running]],
        invocation: () => running,
      }),
      { patience: 600_000 },
    );
    expect(await watch.run()).toMatchObject({ verdict: { outcome: 'failure', counts: { InProgress: 1 } } });
  });
});
