import type { Invocation } from '../domain/invocation.ts';
import { saveOutputs } from '../output/saving/save.ts';
import { progressLine, reportLine } from '../output/saving/save-report.ts';
import type { OutputReaders } from '../watch/outputs/best-stream.ts';
import { patientReaders } from '../watch/outputs/patient-readers.ts';
import { readWholeStreams } from '../watch/outputs/whole-streams.ts';
import { realWaiting } from './rollout-watch.ts';

/** Saves outputs below the current folder, one request after the other. */
export class OutputSaver {
  readonly #readers: OutputReaders;
  readonly #awsTime: () => number;
  readonly #signal: AbortSignal;
  #underWay: Promise<unknown> | null = null;

  constructor(readers: OutputReaders, awsTime: () => number, signal: AbortSignal) {
    this.#readers = patientReaders(readers, realWaiting);
    this.#awsTime = awsTime;
    this.#signal = signal;
  }

  /** Saves the outputs of invocations. Gives a line that says what became of it; `onProgress` is given others before. */
  async save(invocations: readonly Invocation[], onProgress: (line: string) => void): Promise<string> {
    if (this.#underWay !== null) return 'not saved: other outputs are still being saved';
    const saving = saveOutputs(
      invocations,
      (invocation, plugin, signal) => readWholeStreams(invocation, plugin, this.#readers, signal),
      process.cwd(),
      {
        savedAt: this.#awsTime(),
        onProgress: (progress) => onProgress(progressLine(progress)),
        signal: this.#signal,
      },
    );
    this.#underWay = saving;
    try {
      return reportLine(await saving);
    } finally {
      this.#underWay = null;
    }
  }

  /** Resolves when nothing is being saved any more. */
  async settled(): Promise<void> {
    await this.#underWay?.catch(() => {});
  }
}
