import { isPassing, RemoteError } from '../../domain/problem.ts';
import { backoff } from '../backoff.ts';
import type { Waiting } from '../waiting.ts';
import type { OutputReaders } from './output-readers.ts';

/** A call that has failed so often in a row is given up. */
const tries = 5;

/** The readers, each call of which is tried again after what passes: throttling, and a lost connection. */
export function patientReaders(readers: OutputReaders, { delay, random }: Waiting): OutputReaders {
  async function patiently<Answer>(read: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
    for (let failures = 1; ; failures += 1) {
      try {
        return await read();
      } catch (error) {
        if (!(error instanceof RemoteError) || !isPassing(error.problem) || failures >= tries) throw error;
        await delay(backoff(failures, random()), signal);
      }
    }
  }
  return {
    readObject: (location, range, signal) =>
      patiently(() => readers.readObject(location, range, signal), signal),
    readEvents: (location, place, signal) =>
      patiently(() => readers.readEvents(location, place, signal), signal),
    readPluginOutput: (invocation, plugin, signal) =>
      patiently(() => readers.readPluginOutput(invocation, plugin, signal), signal),
    readListedOutput: (invocation, plugin, signal) =>
      patiently(() => readers.readListedOutput(invocation, plugin, signal), signal),
  };
}
