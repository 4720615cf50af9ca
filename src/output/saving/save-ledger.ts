import { exitCodeOf, type Invocation } from '../../domain/invocation.ts';
import { fileName } from './save-folder.ts';
import type { IndexedInstance } from './save-index.ts';
import type { FileLot } from './save-instance.ts';
import type { SaveProgress } from './save-report.ts';

/** Keeps what became of each file while invocations are saved, in whichever order they come to their ends. */
export class SaveLedger {
  readonly #invocations: readonly Invocation[];
  readonly #lots = new Map<Invocation, readonly FileLot[]>();
  readonly #results = { saved: 0, skipped: 0, running: 0, 'not-run': 0, failed: 0 };
  #done = 0;
  #bytes = 0;
  #cut = 0;
  #secondBest = 0;

  constructor(invocations: readonly Invocation[]) {
    this.#invocations = invocations;
  }

  add(invocation: Invocation, lot: FileLot): void {
    this.#lots.set(invocation, [...this.#lotsOf(invocation), lot]);
    const { result, truncated, note } = lot.file;
    this.#results[result] += 1;
    if (result !== 'saved') return;
    if (truncated === true) this.#cut += 1;
    if (note !== null) this.#secondBest += 1;
  }

  addBytes(count: number): void {
    this.#bytes += count;
  }

  /** Says that there are no more files of an invocation. */
  finish(invocation: Invocation): void {
    this.#lots.set(invocation, this.#lotsOf(invocation));
    this.#done += 1;
  }

  progress(): SaveProgress {
    const { 'not-run': notRun, ...results } = this.#results;
    return { done: this.#done, total: this.#invocations.length, ...results, notRun, bytes: this.#bytes };
  }

  /** Saved files that AWS had cut. */
  get cut(): number {
    return this.#cut;
  }

  /** Saved files that are not from their best source. */
  get secondBest(): number {
    return this.#secondBest;
  }

  /** Invocations of which a file was saved. */
  get instances(): number {
    return [...this.#lots.values()].filter((lots) => lots.some(({ file }) => file.result === 'saved')).length;
  }

  /** What the index says of the invocations that are done or have a file, in their order. `savedAt`: ISO 8601. */
  entries(savedAt: string): IndexedInstance[] {
    return this.#invocations
      .filter((invocation) => this.#lots.has(invocation))
      .map((invocation) => ({
        instanceId: invocation.instanceId,
        instanceName: invocation.instanceName,
        status: invocation.status,
        statusDetails: invocation.statusDetails,
        exitCode: exitCodeOf(invocation),
        savedAt,
        folder: fileName(invocation.instanceId),
        plugins: invocation.plugins.map(({ name, statusDetails, responseCode }, index) => ({
          name,
          statusDetails,
          responseCode,
          files: this.#lotsOf(invocation)
            .filter(({ plugin }) => plugin === index)
            .map(({ file }) => file),
        })),
      }));
  }

  #lotsOf(invocation: Invocation): readonly FileLot[] {
    return this.#lots.get(invocation) ?? [];
  }
}
