import type { Invocation } from '../domain/invocation.ts';
import { saveOutputs } from '../output/saving/save.ts';
import { reportLine, savingLine } from '../output/saving/save-report.ts';
import type { Clocks } from '../watch/clocks.ts';
import type { OutputReaders } from '../watch/outputs/output-readers.ts';
import { patientReaders } from '../watch/outputs/patient-readers.ts';
import { readWholeStreams } from '../watch/outputs/whole-streams.ts';
import { realWaiting } from '../watch/waiting.ts';

/** Saves outputs below the current folder, one request after the other. */
export class OutputSaver {
  readonly #readers: OutputReaders;
  readonly #clocks: Clocks;
  readonly #signal: AbortSignal;
  #underWay: Promise<string> | null = null;
  /** The line of a save that ended after the signal, when there may be no screen any more to show it. */
  #lastLine: string | null = null;

  constructor(readers: OutputReaders, clocks: Clocks, signal: AbortSignal) {
    this.#readers = patientReaders(readers, realWaiting);
    this.#clocks = clocks;
    this.#signal = signal;
  }

  /** Saves the outputs of invocations. Gives a line that says what became of it; `onProgress` is given others before. */
  async save(invocations: readonly Invocation[], onProgress: (line: string) => void): Promise<string> {
    if (this.#underWay !== null) return 'not saved: other outputs are still being saved';
    const saving = this.#save(invocations, onProgress);
    this.#underWay = saving;
    try {
      const line = await saving;
      if (this.#signal.aborted) this.#lastLine = line;
      return line;
    } finally {
      this.#underWay = null;
    }
  }

  /** Resolves when nothing is being saved any more: to what became of a save that no screen tells of, or null. */
  async settled(): Promise<string | null> {
    const line = await this.#underWay?.catch(() => null);
    return line ?? this.#lastLine;
  }

  async #save(invocations: readonly Invocation[], onProgress: (line: string) => void): Promise<string> {
    const report = await saveOutputs(
      invocations,
      (invocation, plugin, signal) => readWholeStreams(invocation, plugin, this.#readers, signal),
      process.cwd(),
      {
        savedAt: this.#clocks.awsTime(),
        monotonic: this.#clocks.monotonic,
        onProgress: (progress) => onProgress(savingLine(progress)),
        signal: this.#signal,
      },
    );
    return reportLine(report);
  }
}
