import type { S3Client } from '@aws-sdk/client-s3';
import type { ByteRange, ObjectLocation, ObjectPart } from '../domain/output-location.ts';
import { final, RemoteError } from '../domain/problem.ts';
import type { Channel } from './channel.ts';
import type { Connection } from './connection.ts';
import { isStructure, malformed, readText } from './wire.ts';

const operation = 'GetObject';

/** Reads objects of S3 in ranges. The SDK's client is loaded when the first one is read. */
export class ObjectReader {
  readonly #connection: Connection;
  readonly #channels = new Map<string, Promise<Channel<S3Client>>>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** A part of the object, or null when there is no such object. @throws RemoteError; the signal's reason */
  async read(location: ObjectLocation, range: ByteRange, signal: AbortSignal): Promise<ObjectPart | null> {
    const { GetObjectCommand } = await import('@aws-sdk/client-s3');
    const channel = await this.#channel(location.region ?? this.#connection.session.region);
    const input = { Bucket: location.bucket, Key: location.key, Range: rangeHeader(range) };
    return channel.call(
      operation,
      async (client, abortSignal) => {
        try {
          const { Body, ContentRange, ContentLength } = await client.send(new GetObjectCommand(input), {
            abortSignal,
          });
          const place = placeOf(ContentRange);
          const wrong = place ? wrongWith(place, range, ContentLength) : wrongWithWhole(range, ContentLength);
          if (wrong !== null) {
            // What is not read keeps its connection.
            if (Body && 'destroy' in Body) Body.destroy();
            throw malformed(operation, wrong);
          }
          const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
          if (!place) return partOf(bytes, range);
          if (bytes.length !== place.length) throw malformed(operation, 'the part of the object broke off');
          return { bytes, from: place.from, total: place.total };
        } catch (error) {
          return answerTo(error, location);
        }
      },
      signal,
    );
  }

  #channel(region: string): Promise<Channel<S3Client>> {
    const known = this.#channels.get(region);
    if (known) return known;
    const opened = this.#open(region);
    this.#channels.set(region, opened);
    return opened;
  }

  async #open(region: string): Promise<Channel<S3Client>> {
    const { S3Client } = await import('@aws-sdk/client-s3');
    const isOwnEndpoint = this.#connection.session.endpointUrls.s3 !== null;
    return this.#connection.open(
      's3',
      region,
      (settings) =>
        new S3Client({
          ...settings,
          // What stands in for AWS seldom answers to names of buckets.
          forcePathStyle: isOwnEndpoint,
          followRegionRedirects: true,
          responseChecksumValidation: 'WHEN_REQUIRED',
        }),
    );
  }
}

function rangeHeader(range: ByteRange): string {
  return 'last' in range ? `bytes=-${range.last}` : `bytes=${range.from}-${range.from + range.length - 1}`;
}

/** Where a part of an object is in it, as the answer says. */
interface Place {
  readonly from: number;
  readonly length: number;
  readonly total: number;
}

function placeOf(contentRange: string | undefined): Place | null {
  const match = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(contentRange ?? '');
  const [from = 0, last = 0, total = 0] = match?.slice(1).map(Number) ?? [];
  return match && { from, length: last - from + 1, total };
}

/** Why a part is none of the range that was asked for; null where it is. It may be shorter than that. */
function wrongWith(
  { from, length, total }: Place,
  range: ByteRange,
  contentLength: number | undefined,
): string | null {
  const end = from + length;
  const isAsked =
    'last' in range
      ? end === total && length <= range.last
      : from === range.from && length <= range.length && end <= total;
  const isSafe = Number.isSafeInteger(total) && length > 0 && (contentLength ?? length) === length;
  return isAsked && isSafe ? null : 'the part of the object that came is not the one that was asked for';
}

function wrongWithWhole(range: ByteRange, contentLength: number | undefined): string | null {
  return contentLength !== undefined && contentLength <= endOf(range)
    ? null
    : 'the whole object came in place of the range that was asked for';
}

/** Bytes of an object up to the end of a range; of the last ones that end is not known. */
function endOf(range: ByteRange): number {
  return 'last' in range ? range.last : range.from + range.length;
}

/** A server that knows no ranges gives all of it; that is as good where it is not much more than was asked for. */
function partOf(whole: Uint8Array, range: ByteRange): ObjectPart {
  const from = 'last' in range ? 0 : Math.min(range.from, whole.length);
  return { bytes: whole.subarray(from, endOf(range)), from, total: whole.length };
}

/** What an error says about the object; it is thrown on where it says nothing. */
function answerTo(error: unknown, { bucket }: ObjectLocation): ObjectPart | null {
  const { name, message } = error instanceof Error ? error : { name: '', message: '' };
  switch (name) {
    case 'NoSuchKey':
      return null;
    case 'InvalidRange':
      // No range lies in an empty object.
      return { bytes: new Uint8Array(), from: 0, total: 0 };
    case 'NoSuchBucket':
      throw unreadable('service', `the bucket ${bucket} does not exist`);
    case 'AccessDenied':
      // The key that the object is encrypted with can be denied too.
      if (/not authorized to perform:? (?!s3:)/i.test(message)) throw error;
      if (/ciphertext|\bkms\b/i.test(message)) {
        throw unreadable(
          'access-denied',
          `access denied: the IAM action kms:Decrypt is not allowed for the key of the bucket ${bucket}`,
        );
      }
      throw unreadable(
        'access-denied',
        `access denied: the IAM action s3:GetObject is not allowed on the bucket ${bucket}, or the object is not there yet`,
      );
    case 'PermanentRedirect':
    case 'AuthorizationHeaderMalformed':
      throw unreadable('service', `the bucket ${bucket} is in another region${regionIn(error)}`);
    default:
      throw error;
  }
}

/** The region that S3 names in the answer. */
function regionIn(error: unknown): string {
  const response = isStructure(error) && isStructure(error.$response) ? error.$response : {};
  const region = isStructure(response.headers) ? readText(response.headers['x-amz-bucket-region']) : '';
  return region === '' ? '' : `, ${region}`;
}

function unreadable(kind: 'service' | 'access-denied', message: string): RemoteError {
  return new RemoteError(final(kind, message));
}
