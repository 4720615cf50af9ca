import type {
  ByteRange,
  EventPage,
  EventPlace,
  LogStreamLocation,
  ObjectLocation,
  ObjectPart,
} from '../../domain/output-location.ts';
import type { StreamText } from '../../domain/output-reading.ts';
import { RemoteError } from '../../domain/problem.ts';
import {
  appended,
  emptyRegion,
  prepended,
  sizeOf,
  splitLines,
  type TextPiece,
  type TextRegion,
  wholeLinesFrom,
  wholeLinesUpTo,
  withoutFirst,
  withoutLast,
} from '../../domain/text-region.ts';

/** Which end of a stream is read first. */
export type StreamEnd = 'start' | 'end';
export type Direction = 'before' | 'after';

/** A stream of output that is read bit by bit. */
export interface StreamReader {
  /** What is read, and kept, so far. */
  readonly text: StreamText;
  /** Whether it can grow though there was nothing more of it. */
  readonly grows: boolean;
  /** Reads on. @throws RemoteError, or the signal's reason */
  read(direction: Direction, signal: AbortSignal): Promise<void>;
}

/** Reads a part of an object, or null when there is none. @throws RemoteError, or the signal's reason */
export type ReadObject = (
  location: ObjectLocation,
  range: ByteRange,
  signal: AbortSignal,
) => Promise<ObjectPart | null>;

/** Reads some events, or null when there is no such log stream. @throws RemoteError, or the signal's reason */
export type ReadEvents = (
  location: LogStreamLocation,
  place: EventPlace,
  signal: AbortSignal,
) => Promise<EventPage | null>;

/** Bytes asked for at once: a second or so on a slow line. */
export const rangeLength = 512 * 1024;
/** Bytes kept of a stream. What is farther away is let go, and read again when it is looked at. */
export const mostKept = 8 * 1024 * 1024;
/** Bytes of a stream that may be read without being looked at: so much less that nothing is let go for them. */
export const mostReadAhead = mostKept - 2 * 1024 * 1024;

/** An output of nothing but what was read before; there is no more of it. */
export function fixedStream(text: StreamText): StreamReader {
  return { text, grows: false, read: async () => {} };
}

/** An object of S3, read in ranges. Null when there is no object. */
export async function openObject(
  read: ReadObject,
  location: ObjectLocation,
  end: StreamEnd,
  signal: AbortSignal,
): Promise<StreamReader | null> {
  const range = end === 'start' ? { from: 0, length: rangeLength } : { last: rangeLength };
  const part = await read(location, range, signal);
  return part && new ObjectStream(read, location, end, part);
}

class ObjectStream implements StreamReader {
  readonly grows = false;
  readonly #read: ReadObject;
  readonly #location: ObjectLocation;
  readonly #total: number;
  #region: TextRegion;
  /** Offsets of the first byte of the region, and of the one behind its last. */
  #from: number;
  #to: number;

  constructor(read: ReadObject, location: ObjectLocation, end: StreamEnd, part: ObjectPart) {
    this.#read = read;
    this.#location = location;
    this.#total = part.total;
    if (end === 'start' || part.from === 0) {
      this.#region = emptyRegion(true);
      this.#from = 0;
      this.#to = 0;
      this.#append(part);
    } else {
      this.#region = emptyRegion(false);
      this.#from = part.total;
      this.#to = part.total;
      this.#prepend(part);
    }
  }

  get text(): StreamText {
    return {
      source: 'S3',
      region: this.#region,
      moreBefore: this.#from > 0,
      moreAfter: this.#to < this.#total,
      total: this.#total,
      skipped: this.#from,
      truncated: false,
    };
  }

  async read(direction: Direction, signal: AbortSignal): Promise<void> {
    const { moreBefore, moreAfter } = this.text;
    if (direction === 'after' ? !moreAfter : !moreBefore) return;
    const from = direction === 'after' ? this.#to : Math.max(0, this.#from - rangeLength);
    const length = direction === 'after' ? rangeLength : this.#from - from;
    const part = await this.#read(this.#location, { from, length }, signal);
    if (part?.total !== this.#total || part.bytes.length === 0) throw gone('the object in S3');
    if (direction === 'after') this.#append(part);
    else this.#prepend(part);
  }

  #append({ bytes }: ObjectPart): void {
    const piece = wholeLinesFrom(bytes, this.#to + bytes.length >= this.#total);
    this.#to += piece.size;
    this.#region = withoutFirst(appended(this.#region, piece), mostKept);
    this.#from = this.#to - sizeOf(this.#region);
  }

  #prepend({ bytes, from }: ObjectPart): void {
    const piece = wholeLinesUpTo(bytes, from === 0);
    this.#from -= piece.size;
    this.#region = withoutLast(prepended(this.#region, piece, this.#from === 0), mostKept);
    this.#to = this.#from + sizeOf(this.#region);
  }
}

/** A log stream of CloudWatch Logs, read event by event. Null when there is no such stream. */
export async function openLogStream(
  read: ReadEvents,
  location: LogStreamLocation,
  end: StreamEnd,
  signal: AbortSignal,
): Promise<StreamReader | null> {
  const page = await read(location, end === 'start' ? 'head' : 'tail', signal);
  return page && new LogStream(read, location, end, page);
}

class LogStream implements StreamReader {
  readonly grows = true;
  readonly #read: ReadEvents;
  readonly #location: LogStreamLocation;
  #region: TextRegion;
  /** The tokens of the region's pages, one page a piece: those of its ends lead on. */
  #tokens: readonly PageTokens[];
  #atStart: boolean;
  #atEnd: boolean;

  constructor(read: ReadEvents, location: LogStreamLocation, end: StreamEnd, page: EventPage) {
    this.#read = read;
    this.#location = location;
    this.#atStart = end === 'start';
    this.#atEnd = end === 'end';
    this.#tokens = [page];
    this.#region = { ...emptyRegion(end === 'start'), pieces: [pieceOf(page)] };
  }

  get text(): StreamText {
    return {
      source: 'CloudWatch Logs',
      region: this.#region,
      moreBefore: !this.#atStart,
      moreAfter: !this.#atEnd,
      total: null,
      skipped: null,
      truncated: false,
    };
  }

  read(direction: Direction, signal: AbortSignal): Promise<void> {
    return direction === 'after' ? this.#readAfter(signal) : this.#readBefore(signal);
  }

  async #readAfter(signal: AbortSignal): Promise<void> {
    const token = this.#tokens.at(-1)?.after ?? '';
    const page = await this.#read(this.#location, { after: token }, signal);
    if (!page) throw gone('the log stream');
    this.#atEnd = page.after === token;
    if (page.messages.length === 0) {
      this.#tokens = this.#tokens.with(-1, { before: this.#tokens.at(-1)?.before ?? '', after: page.after });
      return;
    }
    this.#region = withoutFirst(appended(this.#region, pieceOf(page)), mostKept);
    this.#atStart &&= this.#region.pieces.length > this.#tokens.length;
    this.#tokens = [...this.#tokens, page].slice(-this.#region.pieces.length);
  }

  async #readBefore(signal: AbortSignal): Promise<void> {
    const token = this.#tokens[0]?.before ?? '';
    const page = await this.#read(this.#location, { before: token }, signal);
    if (!page) throw gone('the log stream');
    this.#atStart = page.before === token;
    if (page.messages.length === 0) {
      this.#tokens = this.#tokens.with(0, { before: page.before, after: this.#tokens[0]?.after ?? '' });
      this.#region = prepended(this.#region, nothing, this.#atStart);
      return;
    }
    this.#region = withoutLast(prepended(this.#region, pieceOf(page), this.#atStart), mostKept);
    this.#atEnd &&= this.#region.pieces.length > this.#tokens.length;
    this.#tokens = [page, ...this.#tokens].slice(0, this.#region.pieces.length);
  }
}

/** What was read and what is left do not belong together any more. */
function gone(what: string): RemoteError {
  const message = `${what} has gone, or is another one, since it was first read`;
  return new RemoteError({ kind: 'response', message, needsAction: false });
}

type PageTokens = Pick<EventPage, 'before' | 'after'>;

const nothing: TextPiece = { lines: [], size: 0 };

/** The agent sends a line an event; one of several lines is shown as several. */
function pieceOf({ messages }: EventPage): TextPiece {
  const lines = messages.flatMap((message) => (message === '' ? [''] : splitLines(message)));
  return { lines, size: lines.reduce((sum, line) => sum + line.length + 1, 0) };
}
