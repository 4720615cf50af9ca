import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { StopSwitch } from './stop.ts';

/** So long somebody who does not read is waited for where the run was ended from outside. Milliseconds. */
const grace = 1_000;

/**
 * Resolves when stdout has taken all that was written. Who reads slowly is waited for, until the switch is thrown; where it
 * was before, for a moment.
 */
export async function flushStdout(stop: StopSwitch): Promise<void> {
  const given = new AbortController();
  const wasStopped = stop.reason !== null;
  const isTaken = new Promise<void>((resolve) => {
    process.stdout.write('', (error) => {
      // What goes wrong throws the switch, which says what it was.
      if (!error || wasStopped) resolve();
    });
  });
  const isOver = wasStopped
    ? delay(grace, undefined, { signal: given.signal })
    : once(stop.signal, 'abort', { signal: given.signal });
  await Promise.race([isTaken, isOver]);
  given.abort();
  await isOver.catch(() => {});
}
