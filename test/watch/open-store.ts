import type { Invocation } from '../../src/domain/invocation.ts';
import type { WatchEvent } from '../../src/watch/events.ts';
import { RolloutStore } from '../../src/watch/store.ts';
import { invocation } from '../helpers/fixtures.ts';

export const pending = invocation({ status: 'Pending' });

export const running = invocation({ status: 'InProgress' });

export const failed = invocation({ status: 'Failed' });

/** A store by a clock that stands, and everything that it tells. */
export function openStore(instanceId: string | null = null) {
  const time = { now: 1_000 };
  const store = new RolloutStore(
    { monotonic: () => time.now, awsTime: () => time.now + 1_000_000 },
    instanceId,
  );
  const events: WatchEvent[] = [];
  store.onEvent((event) => events.push(event));
  const snapshots: unknown[] = [];
  store.subscribe(() => snapshots.push(store.getSnapshot()));
  /** A whole sweep of these rows. */
  const sweep = (...rows: Invocation[]) => {
    const beganAt = store.stamp();
    store.pageRead(rows);
    store.sweepEnded(beganAt, rows.length);
  };
  return { store, time, events, snapshots, sweep };
}
