import { setImmediate as nextTurn } from 'node:timers/promises';
import { RemoteError } from '../../src/domain/problem.ts';
import { command, invocation, succeeded } from '../helpers/fixtures.ts';
import { readerOf, type VirtualSetup, watchVirtually } from '../helpers/virtual-watch.ts';

/** What a sweep that fails ends with. */
export const down = new RemoteError({
  kind: 'service',
  message: 'AWS failed with HTTP 500',
  needsAction: false,
});

const running = invocation({ ...succeeded, status: 'InProgress', statusDetails: 'InProgress' });

/**
 * A rollout that is over at the given sweep (counted from 1), which confirms the one before; it fails in those for which
 * `fails` is true.
 */
export function watchOf(
  lastSweep: number,
  setup: VirtualSetup = {},
  fails: (sweep: number) => boolean = () => false,
) {
  const journal: string[] = [];
  let sweeps = 0;
  const reader = readerOf({
    command: () => command({ status: sweeps >= lastSweep - 1 ? 'Success' : 'InProgress' }),
    pages: () => [[sweeps >= lastSweep - 1 ? succeeded : running]],
  });
  const watch = watchVirtually(
    {
      ...reader,
      async *list(listing, between, signal) {
        sweeps += 1;
        journal.push('sweep begins');
        await nextTurn();
        if (fails(sweeps)) {
          journal.push('sweep fails');
          throw down;
        }
        yield* reader.list(listing, between, signal);
        journal.push('sweep ends');
      },
    },
    {
      ...setup,
      onDelay: (milliseconds) => {
        journal.push('wait');
        setup.onDelay?.(milliseconds);
      },
    },
  );
  return { watch, journal, sweeps: () => sweeps };
}
