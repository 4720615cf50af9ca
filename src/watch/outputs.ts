import type { OutputReading } from '../domain/full-output.ts';
import { type Invocation, invocationKey } from '../domain/invocation.ts';
import { type PluginOutput, splitOutput } from '../domain/plugin-output.ts';
import { RemoteError } from '../domain/problem.ts';
import { isTerminal } from '../domain/status.ts';

/** Reads the output of one plugin of an invocation. @throws RemoteError, or the signal's reason */
export type ReadOutput = (
  invocation: Invocation,
  plugin: string,
  signal: AbortSignal,
) => Promise<PluginOutput>;

/** Outputs that are kept; the one that was asked for the longest ago goes first. */
const mostKept = 20;

/** Reads, when it is looked at, the output that the list gives only the beginning of. */
export class OutputStore {
  readonly #read: ReadOutput;
  readonly #signal: AbortSignal;
  readonly #listeners = new Set<() => void>();
  #readings: ReadonlyMap<string, OutputReading> = new Map();

  constructor(read: ReadOutput, signal: AbortSignal) {
    this.#read = read;
    this.#signal = signal;
  }

  readonly getSnapshot = (): ReadonlyMap<string, OutputReading> => this.#readings;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Where the reading of a plugin's output stands; null when none was begun. */
  reading(invocation: Invocation, plugin: number): OutputReading | null {
    return this.#readings.get(outputKey(invocation, plugin)) ?? null;
  }

  /** Begins to read what AWS cut from the list, once it is final. A reading that failed is begun again. */
  want(invocation: Invocation, plugin: number): void {
    const wanted = invocation.plugins[plugin];
    if (!wanted || !isTerminal(wanted)) return;
    const { stdoutTruncated, stderrTruncated } = splitOutput(wanted.output);
    const known = this.reading(invocation, plugin);
    if ((!stdoutTruncated && !stderrTruncated) || (known !== null && known.kind !== 'failed')) return;
    this.#set(invocation, plugin, { kind: 'reading' });
    this.#read(invocation, wanted.name, this.#signal).then(
      (output) => this.#set(invocation, plugin, { kind: 'read', output }),
      (error: unknown) => {
        if (this.#signal.aborted) return;
        if (!(error instanceof RemoteError)) throw error;
        this.#set(invocation, plugin, { kind: 'failed', message: error.problem.message });
      },
    );
  }

  #set(invocation: Invocation, plugin: number, reading: OutputReading): void {
    const key = outputKey(invocation, plugin);
    const others = [...this.#readings].filter(([other]) => other !== key);
    this.#readings = new Map([...others.slice(1 - mostKept), [key, reading]]);
    for (const listener of this.#listeners) listener();
  }
}

function outputKey(invocation: Invocation, plugin: number): string {
  return `${invocationKey(invocation)} ${plugin}`;
}
