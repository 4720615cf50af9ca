/**
 * A watch of 1,000 rows that keep changing for 24 hours, in virtual time, in a process of its own with `--expose-gc`.
 * Sends the MiB of the heap that are in use after each hour.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { SsmRolloutReader } from '../../src/aws/ssm-rollout-reader.ts';
import { manualClock } from '../../src/simulator/model/clock.ts';
import { Poller } from '../../src/watch/poller.ts';
import { onScreen } from '../../src/watch/polling-policy.ts';
import { RolloutStore } from '../../src/watch/store.ts';
import { AnsweredConnection } from '../helpers/answered-connection.ts';
import { restlessAnswer } from './restless-rollout.ts';
import { commandId } from './standing-rollout.ts';

const rows = 1_000;
const hour = 3_600_000;
const hours = 24;
const interval = 120_000;
const pageSize = 50;
const mebibyte = 1024 * 1024;

const clock = manualClock(Date.UTC(2026, 8, 27));
const begin = clock.now();
const over = new AbortController();
const heap: number[] = [];
const connection = new AnsweredConnection(clock.now, (commandName, request) =>
  restlessAnswer(commandName, request, rows, begin / 1000, (clock.now() - begin) / 1000),
);
const store = new RolloutStore({ monotonic: clock.now, awsTime: clock.now });
const poller = new Poller(
  new SsmRolloutReader(connection, { commandId, instanceId: null, pageSize }),
  store,
  { interval, pageSize, policy: onScreen },
  {
    random: () => 0.5,
    delay: async (milliseconds, signal) => {
      await nextTurn(undefined, { signal });
      clock.advance(milliseconds);
      if (clock.now() - begin >= (heap.length + 1) * hour) lookAtHeap();
    },
  },
);
await poller.run(over.signal).catch((error: unknown) => {
  if (!over.signal.aborted) throw error;
});
connection.close();
process.send?.({ heap, rows: store.getSnapshot().rows.length, calls: connection.calls });
process.disconnect?.();

function lookAtHeap(): void {
  if (!globalThis.gc) throw new Error('started without --expose-gc');
  globalThis.gc();
  heap.push(process.memoryUsage().heapUsed / mebibyte);
  if (heap.length >= hours) over.abort();
}
