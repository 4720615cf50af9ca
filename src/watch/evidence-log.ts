import type { Command } from '../domain/command.ts';
import type { Invocation } from '../domain/invocation.ts';
import { isTerminal } from '../domain/status.ts';
import { type Evidence, patientSweeps } from '../domain/verdict.ts';

/** What the verdict rests on beside the rows: what was seen of the command, and when what changed. Times are stamps. */
export class EvidenceLog {
  readonly #stamp: () => number;
  #command: Command | null = null;
  #commandDeniedAt: number | null = null;
  #commandTerminalAt: number | null = null;
  #quietSince: number;
  #rowsChangedAt: number;
  #wholeSweeps: readonly number[] = [];

  /** `stamp` gives monotonic milliseconds that no two calls get alike. */
  constructor(stamp: () => number) {
    this.#stamp = stamp;
    this.#quietSince = stamp();
    this.#rowsChangedAt = this.#quietSince;
  }

  /** As ListCommands gave it last; null before. */
  get command(): Command | null {
    return this.#command;
  }

  /** Whether ListCommands was refused, and has not shown the command since. */
  get commandDenied(): boolean {
    return this.#commandDeniedAt !== null;
  }

  /** When the command was first seen terminal; null before, and when it no longer is. */
  get commandTerminalAt(): number | null {
    return this.#commandTerminalAt;
  }

  /** When a row or the command last came or changed; the start of the watch before that. */
  get quietSince(): number {
    return this.#quietSince;
  }

  /** The same of the rows alone. */
  get rowsChangedAt(): number {
    return this.#rowsChangedAt;
  }

  commandRead(command: Command): void {
    this.#command = command;
    this.#commandDeniedAt = null;
    this.#commandTerminalAt = isTerminal(command) ? (this.#commandTerminalAt ?? this.#stamp()) : null;
  }

  commandRefused(): void {
    this.#commandDeniedAt ??= this.#stamp();
  }

  /** What came of the command is more than was known of it. */
  commandChanged(): void {
    this.#quietSince = this.#stamp();
  }

  rowsChanged(): void {
    this.#rowsChangedAt = this.#stamp();
    this.#quietSince = this.#rowsChangedAt;
  }

  /** A sweep that began then has read every page. */
  sweepEnded(beganAt: number): void {
    this.#wholeSweeps = [...this.#wholeSweeps, beganAt].slice(-patientSweeps);
  }

  /** All of it, with the rows that are known. `instanceId`: the one instance that the watch is about, or null. */
  with(rows: readonly Invocation[], instanceId: string | null): Evidence {
    return {
      command: this.#command,
      commandDeniedAt: this.#commandDeniedAt,
      commandTerminalAt: this.#commandTerminalAt,
      rows,
      quietSince: this.#quietSince,
      wholeSweeps: this.#wholeSweeps,
      instanceId,
    };
  }
}
