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

/** A stream of output that is read bit by bit. It never changes: reading on gives another one. */
export interface StreamReader {
  /** What is read, and kept, so far. */
  readonly text: StreamText;
  /** Whether it can grow though there was nothing more of it. */
  readonly grows: boolean;
  /** The stream with what comes next in a direction. @throws RemoteError, or the signal's reason */
  read(direction: Direction, signal: AbortSignal): Promise<StreamReader>;
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
  const reader: StreamReader = { text, grows: false, read: async () => reader };
  return reader;
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
  if (!part) return null;
  const { total } = part;
  const object = (rangeFrom: number, length: number, abort: AbortSignal) =>
    readRange(read, location, total, rangeFrom, length, abort);
  return end === 'start' || part.from === 0
    ? new ObjectStream(object, total, emptyRegion(true), 0, 0).withAppended(part)
    : new ObjectStream(object, total, emptyRegion(false), total, total).withPrepended(part);
}

/** A range of the object that was first read, and of no other. */
async function readRange(
  read: ReadObject,
  location: ObjectLocation,
  total: number,
  from: number,
  length: number,
  signal: AbortSignal,
): Promise<ObjectPart> {
  const part = await read(location, { from, length }, signal);
  if (part?.total !== total || part.from !== from || part.bytes.length === 0) throw gone('the object in S3');
  return part;
}

type ReadRange = (from: number, length: number, signal: AbortSignal) => Promise<ObjectPart>;

class ObjectStream implements StreamReader {
  readonly grows = false;
  readonly text: StreamText;
  readonly #read: ReadRange;
  readonly #total: number;
  readonly #region: TextRegion;
  /** Offsets of the first byte of the region, and of the one behind its last. */
  readonly #from: number;
  readonly #to: number;

  constructor(read: ReadRange, total: number, region: TextRegion, from: number, to: number) {
    this.#read = read;
    this.#total = total;
    this.#region = region;
    this.#from = from;
    this.#to = to;
    this.text = {
      source: 'S3',
      region,
      moreBefore: from > 0,
      moreAfter: to < total,
      total,
      skipped: from,
      truncated: false,
    };
  }

  async read(direction: Direction, signal: AbortSignal): Promise<StreamReader> {
    const { moreBefore, moreAfter } = this.text;
    if (direction === 'after') {
      return moreAfter ? this.withAppended(await this.#read(this.#to, rangeLength, signal)) : this;
    }
    const from = Math.max(0, this.#from - rangeLength);
    return moreBefore ? this.withPrepended(await this.#read(from, this.#from - from, signal)) : this;
  }

  withAppended({ bytes }: ObjectPart): ObjectStream {
    const piece = wholeLinesFrom(bytes, this.#to + bytes.length >= this.#total);
    const to = this.#to + piece.size;
    const region = withoutFirst(appended(this.#region, piece), mostKept);
    return new ObjectStream(this.#read, this.#total, region, to - sizeOf(region), to);
  }

  withPrepended({ bytes, from: partFrom }: ObjectPart): ObjectStream {
    const piece = wholeLinesUpTo(bytes, partFrom === 0);
    const from = this.#from - piece.size;
    const region = withoutLast(prepended(this.#region, piece, from === 0), mostKept);
    return new ObjectStream(this.#read, this.#total, region, from, from + sizeOf(region));
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
  return (
    page &&
    new LogStream((place, abort) => read(location, place, abort), {
      region: { ...emptyRegion(end === 'start'), pieces: [pieceOf(page)] },
      tokens: [page],
      atStart: end === 'start',
      atEnd: end === 'end',
      emptyPages: 0,
    })
  );
}

/** What was read of a log stream. */
interface LogState {
  readonly region: TextRegion;
  /** The tokens of the region's pages, one page a piece: those of its ends lead on. */
  readonly tokens: readonly PageTokens[];
  readonly atStart: boolean;
  readonly atEnd: boolean;
  /** Pages without an event that came in a row. */
  readonly emptyPages: number;
}

/** AWS gives some empty pages on the way; where there are more, what comes next is asked for with pauses. */
const mostEmptyPages = 20;

type ReadPlace = (place: EventPlace, signal: AbortSignal) => Promise<EventPage | null>;

class LogStream implements StreamReader {
  readonly grows = true;
  readonly #read: ReadPlace;
  readonly #state: LogState;

  constructor(read: ReadPlace, state: LogState) {
    this.#read = read;
    this.#state = state;
  }

  get text(): StreamText {
    const { region, atStart, atEnd } = this.#state;
    return {
      source: 'CloudWatch Logs',
      region,
      moreBefore: !atStart,
      moreAfter: !atEnd,
      total: null,
      skipped: null,
      truncated: false,
    };
  }

  read(direction: Direction, signal: AbortSignal): Promise<StreamReader> {
    return direction === 'after' ? this.#readAfter(signal) : this.#readBefore(signal);
  }

  async #readAfter(signal: AbortSignal): Promise<StreamReader> {
    const { region, tokens, atStart, emptyPages } = this.#state;
    const last = tokens.at(-1);
    const token = last?.after ?? '';
    const page = await this.#read({ after: token }, signal);
    if (!page) throw gone('the log stream');
    if (page.after !== token && tokens.slice(0, -1).some(({ after }) => after === page.after)) throw circle();
    const atEnd = page.after === token || (page.messages.length === 0 && emptyPages >= mostEmptyPages);
    if (page.messages.length === 0) {
      const led = { before: last?.before ?? '', after: page.after };
      return this.#with({ tokens: tokens.with(-1, led), atEnd, emptyPages: emptyPages + 1 });
    }
    const longer = withoutFirst(appended(region, pieceOf(page)), mostKept);
    return this.#with({
      region: longer,
      atStart: atStart && longer.pieces.length > tokens.length,
      atEnd,
      tokens: [...tokens, page].slice(-longer.pieces.length),
      emptyPages: 0,
    });
  }

  async #readBefore(signal: AbortSignal): Promise<StreamReader> {
    const { region, tokens, atEnd, emptyPages } = this.#state;
    const [first] = tokens;
    const token = first?.before ?? '';
    const page = await this.#read({ before: token }, signal);
    if (!page) throw gone('the log stream');
    if (page.before !== token && tokens.slice(1).some(({ before }) => before === page.before)) throw circle();
    const atStart = page.before === token;
    if (page.messages.length === 0) {
      if (emptyPages >= mostEmptyPages) throw circle();
      const led = { before: page.before, after: first?.after ?? '' };
      return this.#with({
        tokens: tokens.with(0, led),
        region: prepended(region, nothing, atStart),
        atStart,
        emptyPages: emptyPages + 1,
      });
    }
    const longer = withoutLast(prepended(region, pieceOf(page), atStart), mostKept);
    return this.#with({
      region: longer,
      atStart,
      atEnd: atEnd && longer.pieces.length > tokens.length,
      tokens: [page, ...tokens].slice(0, longer.pieces.length),
      emptyPages: 0,
    });
  }

  #with(change: Partial<LogState>): LogStream {
    return new LogStream(this.#read, { ...this.#state, ...change });
  }
}

/** What was read and what is left do not belong together any more. */
function gone(what: string): RemoteError {
  const message = `${what} has gone, or is another one, since it was first read`;
  return new RemoteError({ kind: 'response', message, needsAction: false });
}

/** Pages that lead nowhere. */
function circle(): RemoteError {
  const message = 'GetLogEvents: the pages of the log stream lead nowhere';
  return new RemoteError({ kind: 'response', message, needsAction: false });
}

type PageTokens = Pick<EventPage, 'before' | 'after'>;

const nothing: TextPiece = { lines: [], size: 0 };

/** An event has all lines of an upload of the agent. */
function pieceOf({ messages }: EventPage): TextPiece {
  const lines = messages.flatMap((message) => (message === '' ? [''] : splitLines(message)));
  return { lines, size: lines.reduce((sum, line) => sum + line.length + 1, 0) };
}
