import type {
  ByteRange,
  EventPage,
  EventPlace,
  LogStreamLocation,
  ObjectLocation,
  ObjectPart,
} from '../../domain/output-location.ts';
import type { StreamText } from '../../domain/output-reading.ts';
import { RemoteError, retryable } from '../../domain/problem.ts';

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

/** What was read and what is left do not belong together any more. */
export function gone(what: string): RemoteError {
  return new RemoteError(
    retryable('response', `${what} has gone, or is another one, since it was first read`),
  );
}
