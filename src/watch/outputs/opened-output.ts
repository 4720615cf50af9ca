import type { StreamName } from '../../domain/output-location.ts';
import { listedReading, type OutputReading, placesOf } from '../../domain/output-reading.ts';
import { RemoteError } from '../../domain/problem.ts';
import { isTerminal } from '../../domain/status.ts';
import { sizeOf, type TextPiece } from '../../domain/text-region.ts';
import type { Waiting } from '../waiting.ts';
import { type BestStream, openBestStream } from './best-stream.ts';
import type { ListedPlugin } from './listed-plugin.ts';
import { type OutputReaders, sharingPluginOutput } from './output-readers.ts';
import { absenceText } from './source-notices.ts';
import { type Direction, mostReadAhead, type StreamEnd, type StreamReader } from './stream-readers.ts';

/** CloudWatch Logs gets something new every 30 s, or 200 KB. Milliseconds. */
const growthInterval = 5_000;
/** After a failure this much time passes before what is in sight is asked for again. Milliseconds. */
const retryInterval = 5_000;
/** What could not be read is asked for again when it has been looked at for so long. Milliseconds. */
const refusedInterval = 30_000;
/** What a step wrote last is uploaded within this time after its end. Milliseconds. */
const lastUpload = 60_000;

const streamNames: readonly StreamName[] = ['stdout', 'stderr'];

/** What an output that is looked at needs, and whom it tells. */
export interface OpenedOutputParts {
  readonly readers: OutputReaders;
  readonly delay: Waiting['delay'];
  /** Is called when there is something else to show. */
  readonly onChange: () => void;
  /** Ends all that is read. */
  readonly signal: AbortSignal;
}

/** The output of one plugin, read from the best source there is, bit by bit, and on as long as it grows. */
export class OpenedOutput {
  readonly #parts: OpenedOutputParts;
  readonly #reads = new AbortController();
  readonly #signal: AbortSignal;
  readonly #listed: ListedPlugin;
  readonly end: StreamEnd;
  /** What decides where the output is read: when it changes, it has to be looked for anew. */
  readonly seen: string;
  #streams: Readonly<Record<StreamName, BestStream>> | null = null;
  #underWay = 0;
  #growth: AbortController | null = null;
  #lastProblem: string | null = null;
  #resting = false;
  #reading: OutputReading;

  /** `before`: what is shown until there is something to show; null where nothing was read. */
  constructor(listed: ListedPlugin, end: StreamEnd, before: OutputReading | null, parts: OpenedOutputParts) {
    this.#listed = listed;
    this.end = end;
    this.seen = placesSeen(listed);
    this.#parts = parts;
    this.#signal = AbortSignal.any([parts.signal, this.#reads.signal]);
    this.#reading = {
      ...(before ? { ...before, notices: [] } : listedReading(listed.plugin)),
      busy: true,
    };
  }

  /** Begins to read. */
  open(): void {
    void this.#during(() => this.#open());
  }

  get reading(): OutputReading {
    return this.#reading;
  }

  /** Whether a source could not be read. */
  get failed(): boolean {
    return !this.#reading.busy && this.#reading.notices.length > 0;
  }

  /** What is kept of it, in bytes. */
  get size(): number {
    return sizeOf(this.#reading.stdout.region) + sizeOf(this.#reading.stderr.region);
  }

  /** Reads on in a direction; nothing when that is being done, or there is nothing more. */
  extend(stream: StreamName, direction: Direction): void {
    const reader = this.#streams?.[stream].reader;
    if (this.#underWay > 0 || this.#resting || !reader) return;
    if (direction === 'after' ? !reader.text.moreAfter : !reader.text.moreBefore) return;
    void this.#during(() => this.#readOn(stream, direction, this.#signal));
  }

  /**
   * Reads on in a direction until a piece matches: then that is where the output is read. What was read stays as it is
   * where there is none. Gives whether there was one.
   *
   * @throws RemoteError, or the signal's reason
   */
  async search(
    stream: StreamName,
    direction: Direction,
    isMatch: (piece: TextPiece) => boolean,
    signal: AbortSignal,
  ): Promise<boolean> {
    let reader = this.#streams?.[stream].reader;
    while (reader && (direction === 'after' ? reader.text.moreAfter : reader.text.moreBefore)) {
      signal.throwIfAborted();
      reader = await reader.read(direction, AbortSignal.any([signal, this.#signal]));
      const piece = reader.text.region.pieces.at(direction === 'after' ? -1 : 0);
      if (piece && isMatch(piece)) {
        this.#become(stream, reader);
        this.#publish();
        return true;
      }
    }
    return false;
  }

  /** Reads on by itself while it grows, as long as somebody looks at it. */
  startGrowing(): void {
    if (this.#growth) return;
    this.#growth = new AbortController();
    const signal = AbortSignal.any([this.#signal, this.#growth.signal]);
    void this.#grow(signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }

  stopGrowing(): void {
    this.#growth?.abort();
    this.#growth = null;
  }

  /** Ends what is being read. */
  close(): void {
    this.#reads.abort();
  }

  /** Who looks asks again with every change: a failure that is shown must not be the cause of the next. */
  async #rest(): Promise<void> {
    this.#resting = true;
    await this.#parts.delay(retryInterval, this.#signal).catch(() => {});
    this.#resting = false;
    if (!this.#signal.aborted) this.#publish();
  }

  async #open(): Promise<void> {
    const before = this.#streams;
    const readers = sharingPluginOutput(this.#parts.readers);
    const open = async (stream: StreamName) => {
      const known = before?.[stream];
      if (known && known.awaited.length === 0 && known.notices.length === 0) return known;
      const reader = known?.isOpened ? known.reader : null;
      return openBestStream(this.#listed, stream, this.end, reader, readers, this.#signal);
    };
    const [stdout, stderr] = await Promise.all([open('stdout'), open('stderr')]);
    this.#streams = { stdout, stderr };
  }

  /** Whether a better source could not be read. What is not allowed may be so again. */
  get #isRefused(): boolean {
    const streams = this.#streams;
    return streams !== null && streamNames.some((stream) => streams[stream].notices.length > 0);
  }

  async #grow(signal: AbortSignal): Promise<void> {
    const tries = isTerminal(this.#listed.plugin) ? lastUpload / growthInterval : Number.POSITIVE_INFINITY;
    for (let tried = 1; tried <= tries || this.#isRefused; tried += 1) {
      await this.#parts.delay(growthInterval, signal);
      if (this.#underWay > 0 || !this.#streams) continue;
      const streams = this.#streams;
      const isWaiting = tried <= tries && streamNames.some((stream) => streams[stream].awaited.length > 0);
      const growing = streamNames.filter((stream) => tried <= tries && streams[stream].reader.grows);
      if (growing.length === 0 && !isWaiting && !this.#isRefused) return;
      const awaits = isWaiting || (this.#isRefused && tried % (refusedInterval / growthInterval) === 0);
      // At its limit a region loses its first lines: only who looks at the end does not mind.
      const wanted = growing.filter((stream) => {
        const { moreAfter, region } = streams[stream].reader.text;
        return this.end === 'end' || (!moreAfter && sizeOf(region) < mostReadAhead);
      });
      await this.#during(async () => {
        await Promise.all(wanted.map((stream) => this.#readOn(stream, 'after', signal)));
        if (awaits) await this.#open();
      });
    }
  }

  async #readOn(stream: StreamName, direction: Direction, signal: AbortSignal): Promise<void> {
    const reader = this.#streams?.[stream].reader;
    if (!reader) return;
    const next = await reader.read(direction, signal);
    // A search can have come to another place meanwhile.
    if (this.#streams?.[stream].reader === reader) this.#become(stream, next);
  }

  #become(stream: StreamName, reader: StreamReader): void {
    const streams = this.#streams;
    if (streams) this.#streams = { ...streams, [stream]: { ...streams[stream], reader } };
  }

  async #during(read: () => Promise<void>): Promise<void> {
    this.#underWay += 1;
    try {
      await read();
      this.#lastProblem = null;
    } catch (error) {
      if (this.#signal.aborted) return;
      if (!(error instanceof RemoteError)) throw error;
      this.#lastProblem = error.problem.message;
      void this.#rest();
    } finally {
      this.#underWay -= 1;
      if (!this.#signal.aborted) this.#publish();
    }
  }

  #publish(): void {
    const streams = this.#streams;
    if (!streams) return;
    const notices = [
      ...streams.stdout.notices,
      ...streams.stderr.notices,
      ...absences(streams, 'stdout', 'stderr'),
      ...absences(streams, 'stderr', 'stdout'),
      ...(this.#lastProblem === null ? [] : [this.#lastProblem]),
    ];
    this.#reading = {
      stdout: streams.stdout.reader.text,
      stderr: streams.stderr.reader.text,
      notices: [...new Set(notices)],
      busy: this.#underWay > 0,
    };
    this.#parts.onChange();
  }
}

/** What is awaited of a stream. Most steps write to one of the two only: in logs that have the other, nothing is missing. */
function absences(
  streams: Readonly<Record<StreamName, BestStream>>,
  stream: StreamName,
  other: StreamName,
): string[] {
  const isLogged = streams[other].reader.text.source === 'CloudWatch Logs';
  return streams[stream].awaited
    .filter(({ source }) => !(isLogged && source === 'CloudWatch Logs'))
    .map((place) => absenceText(place, stream));
}

/** What of a plugin decides where its output is read. */
export function placesSeen({ invocation, plugin }: ListedPlugin): string {
  return JSON.stringify([
    placesOf(invocation, plugin, 'stdout'),
    placesOf(invocation, plugin, 'stderr'),
    plugin.output,
    isTerminal(plugin),
  ]);
}
