import type { ObjectLocation, ObjectPart } from '../../domain/output-location.ts';
import type { StreamText } from '../../domain/output-reading.ts';
import {
  appended,
  emptyRegion,
  prepended,
  sizeOf,
  type TextRegion,
  wholeLinesFrom,
  wholeLinesUpTo,
  withoutFirst,
  withoutLast,
} from '../../domain/text-region.ts';
import {
  type Direction,
  gone,
  mostKept,
  type ReadObject,
  rangeLength,
  type StreamEnd,
  type StreamReader,
} from './stream-readers.ts';

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
