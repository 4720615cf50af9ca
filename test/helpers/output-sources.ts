import type { OutputLocation } from '../../src/domain/invocation.ts';
import type { ByteRange, EventPage, EventPlace, ObjectPart } from '../../src/domain/output-location.ts';
import { RemoteError } from '../../src/domain/problem.ts';
import type { ReadEvents, ReadObject } from '../../src/watch/outputs/stream-readers.ts';

/** A plugin's output in a bucket of eu-west-1. */
export const inBucket: OutputLocation = {
  stdoutUrl: 'https://s3.eu-west-1.amazonaws.com/logs/stdout',
  stderrUrl: 'https://s3.eu-west-1.amazonaws.com/logs/stderr',
  s3Bucket: 'logs',
  s3KeyPrefix: '',
  s3Region: 'eu-west-1',
};

export const denied = new RemoteError({ kind: 'access-denied', message: 'denied', needsAction: true });

/** The part of an object that a range names, as S3 gives it. */
export function partOf(bytes: Uint8Array, range: ByteRange): ObjectPart {
  const from = 'last' in range ? Math.max(0, bytes.length - range.last) : range.from;
  const to = 'last' in range ? bytes.length : from + range.length;
  return { bytes: bytes.subarray(from, to), from, total: bytes.length };
}

/** S3 with one object, and what was asked of it. */
export class OneObject {
  bytes: Uint8Array;
  readonly ranges: ByteRange[] = [];

  constructor(text: string) {
    this.bytes = new TextEncoder().encode(text);
  }

  readonly read: ReadObject = async (_, range) => {
    this.ranges.push(range);
    return partOf(this.bytes, range);
  };
}

/** A log stream that is given in pages of so many events; a token is the place of an event. */
export class OneLogStream {
  readonly events: string[];
  readonly places: EventPlace[] = [];
  readonly #pageLength: number;

  constructor(events: readonly string[], pageLength: number) {
    this.events = [...events];
    this.#pageLength = pageLength;
  }

  readonly read: ReadEvents = async (_, place) => {
    this.places.push(place);
    return this.#page(place);
  };

  #page(place: EventPlace): EventPage {
    const { length } = this.events;
    const from =
      place === 'head'
        ? 0
        : place === 'tail'
          ? Math.max(0, length - this.#pageLength)
          : 'after' in place
            ? Number(place.after)
            : Math.max(0, Number(place.before) - this.#pageLength);
    const to =
      typeof place === 'object' && 'before' in place
        ? Number(place.before)
        : Math.min(length, from + this.#pageLength);
    return { messages: this.events.slice(from, to), before: String(from), after: String(to) };
  }
}
