/** A store of outputs whose sources and pauses a test holds in its hand. */

import type { Invocation, Plugin } from '../../src/domain/invocation.ts';
import type { OutputReading } from '../../src/domain/output-reading.ts';
import type { PluginOutput } from '../../src/domain/plugin-output.ts';
import { textOf } from '../../src/domain/text-region.ts';
import type { OutputReaders } from '../../src/watch/outputs/output-readers.ts';
import { OutputStore } from '../../src/watch/outputs/output-store.ts';
import { invocation, plugin } from './fixtures.ts';
import { denied, inBucket } from './output-sources.ts';

export const output: PluginOutput = {
  stdout: 'all of it',
  stderr: 'oops',
  stdoutTruncated: false,
  stderrTruncated: true,
};
/** What GetCommandInvocation gives before the step ends. */
export const silence: PluginOutput = {
  stdout: '',
  stderr: '',
  stdoutTruncated: false,
  stderrTruncated: false,
};
export const listed: PluginOutput = { ...output, stdout: 'all that was listed', stderrTruncated: false };
export const cut = 'some of it\n---Output truncated---\n----------ERROR-------\noops';
export const rowOf = (step: Partial<Plugin>, row: Partial<Invocation> = {}) =>
  invocation({ ...row, plugins: [plugin({ output: cut, ...step })] });
/** Of whose output only the gist is kept. */
export const gist = rowOf({ output: '...\nthe end', outputIsGist: true });
export const inS3 = rowOf({ outputLocation: inBucket });
export const running = rowOf(
  { status: 'InProgress', output: '' },
  { status: 'InProgress', logGroup: '/ssm' },
);

/** Pauses that last until they are told to end. */
export class Pauses {
  readonly #ends = new Set<() => void>();

  readonly pause = (_: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const end = () => {
        this.#ends.delete(end);
        resolve();
      };
      this.#ends.add(end);
      signal.addEventListener('abort', () => {
        this.#ends.delete(end);
        reject(signal.reason);
      });
    });

  get count(): number {
    return this.#ends.size;
  }

  /** Ends them all, and waits for what they held up. */
  async end(): Promise<void> {
    for (const end of [...this.#ends]) end();
    await settled();
  }
}

/** What can be done without waiting for anything is done. */
export const settled = () => new Promise((resolve) => setImmediate(resolve));

export function storeOf(readers: Partial<OutputReaders>) {
  const asked: string[] = [];
  const pauses = new Pauses();
  const stop = new AbortController();
  const { readObject = null, readEvents = null, readPluginOutput = null, readListedOutput = null } = readers;
  const store = new OutputStore(
    {
      readObject: async (location, range, signal) => {
        asked.push(`S3 ${location.key}`);
        return readObject ? readObject(location, range, signal) : null;
      },
      readEvents: async (location, place, signal) => {
        asked.push(`Logs ${location.stream.split('/').at(-1)}`);
        return readEvents ? readEvents(location, place, signal) : null;
      },
      readPluginOutput: async (row, name, signal) => {
        asked.push(`GetCommandInvocation ${name}`);
        return readPluginOutput ? readPluginOutput(row, name, signal) : output;
      },
      readListedOutput: async (row, index, signal) => {
        asked.push(`ListCommandInvocations ${row.plugins[index]?.name}`);
        return readListedOutput ? readListedOutput(row, index, signal) : listed;
      },
    },
    pauses.pause,
    stop.signal,
  );
  let told = 0;
  store.subscribe(() => {
    told += 1;
  });
  return { store, asked, pauses, stop, told: () => told };
}

export const textsOf = (reading: OutputReading | null) =>
  reading && [reading.stdout, reading.stderr].map(({ source, region }) => `${source}: ${textOf(region)}`);
export const deny = async () => {
  throw denied;
};
