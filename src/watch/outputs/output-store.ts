import { type Invocation, invocationKey } from '../../domain/invocation.ts';
import type { StreamName } from '../../domain/output-location.ts';
import { listedReading, type OutputReading, placesOf } from '../../domain/output-reading.ts';
import type { TextPiece } from '../../domain/text-region.ts';
import { Listeners } from '../listeners.ts';
import type { Waiting } from '../waiting.ts';
import { type ListedPlugin, listedPlugin } from './listed-plugin.ts';
import { OpenedOutput, type OpenedOutputParts, placesSeen } from './opened-output.ts';
import type { OutputReaders } from './output-readers.ts';
import { type Direction, mostKept, type StreamEnd } from './stream-readers.ts';

/** Outputs that are kept; the one that was looked at the longest ago goes first. */
const outputsKept = 10;
const bytesKept = 2 * mostKept;

/** The outputs that were looked at: read when somebody looks, and on while somebody does. */
export class OutputStore {
  readonly #parts: OpenedOutputParts;
  readonly #listeners = new Listeners();
  /** The one that was looked at last is the last. */
  readonly #opened = new Map<string, OpenedOutput>();
  #current: OpenedOutput | null = null;
  #version = 0;

  constructor(readers: OutputReaders, delay: Waiting['delay'], signal: AbortSignal) {
    this.#parts = { readers, delay, signal, onChange: () => this.#changed() };
  }

  /** Another number after each change. */
  readonly getSnapshot = (): number => this.#version;

  /** Calls back after each change, until the returned function is called. */
  readonly subscribe = this.#listeners.subscribe;

  /** What is known of a plugin's output: what was read, else what the list gave. Null when there is no such plugin. */
  reading(invocation: Invocation, plugin: number): OutputReading | null {
    const listed = listedPlugin(invocation, plugin);
    if (!listed) return null;
    return this.#opened.get(outputKey(listed))?.reading ?? listedReading(listed.plugin);
  }

  /** Somebody looks at an output, from one of its ends: what is not read of it is begun to be read. */
  look(invocation: Invocation, plugin: number, end: StreamEnd): void {
    const listed = listedPlugin(invocation, plugin);
    if (!listed || !isReadElsewhere(listed)) {
      this.lookAway();
      return;
    }
    const key = outputKey(listed);
    const known = this.#opened.get(key);
    const isUsable = known === this.#current || !known?.failed;
    if (known && isUsable && known.seen === placesSeen(listed) && holdsEnd(known, end)) {
      if (known === this.#current) return;
      this.#makeCurrent(key, known);
      return;
    }
    known?.close();
    const before = known && known.end === end ? known.reading : null;
    const opened = new OpenedOutput(listed, end, before, this.#parts);
    opened.open();
    this.#makeCurrent(key, opened);
    this.#changed();
  }

  /** Nobody looks at an output any more. One that could not be read is tried again when it is looked at next. */
  lookAway(): void {
    this.#current?.stopGrowing();
    this.#current = null;
    for (const [key, opened] of this.#opened) {
      if (opened.failed) this.#drop(key, opened);
    }
  }

  /** Reads on in the output that is looked at. */
  extend(stream: StreamName, direction: Direction): void {
    this.#current?.extend(stream, direction);
  }

  /** Searches on in the output that is looked at, as `OpenedOutput.search` does. False where nobody looks at one. */
  async search(
    stream: StreamName,
    direction: Direction,
    isMatch: (piece: TextPiece) => boolean,
    signal: AbortSignal,
  ): Promise<boolean> {
    return (await this.#current?.search(stream, direction, isMatch, signal)) ?? false;
  }

  #makeCurrent(key: string, opened: OpenedOutput): void {
    if (opened !== this.#current) this.lookAway();
    this.#opened.delete(key);
    this.#opened.set(key, opened);
    this.#current = opened;
    opened.startGrowing();
    for (const [otherKey, other] of this.#opened) {
      const size = [...this.#opened.values()].reduce((sum, kept) => sum + kept.size, 0);
      if (other === opened || (this.#opened.size <= outputsKept && size <= bytesKept)) break;
      this.#drop(otherKey, other);
    }
  }

  #drop(key: string, opened: OpenedOutput): void {
    opened.close();
    this.#opened.delete(key);
    // Nobody looks at it, and so nobody is told; but its reading is the list's again.
    this.#version += 1;
  }

  #changed(): void {
    this.#version += 1;
    this.#listeners.tell();
  }
}

/** Whether there is a better source of an output than the list. */
function isReadElsewhere({ invocation, plugin }: ListedPlugin): boolean {
  return (['stdout', 'stderr'] as const).some((stream) => placesOf(invocation, plugin, stream).length > 0);
}

/** Whether an end of both streams is in what was read of them. */
function holdsEnd({ end: begun, reading }: OpenedOutput, end: StreamEnd): boolean {
  if (begun === end) return true;
  const { stdout, stderr } = reading;
  if (reading.busy) return false;
  return end === 'start' ? !stdout.moreBefore && !stderr.moreBefore : !stdout.moreAfter && !stderr.moreAfter;
}

function outputKey({ invocation, index }: ListedPlugin): string {
  return `${invocationKey(invocation)} ${index}`;
}
