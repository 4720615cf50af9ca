import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Account } from '../model/account.ts';
import { bucketOf, findByObjectKey } from '../model/output-places.ts';
import { type OutputText, outputText } from '../model/output-text.ts';
import { scopeOf } from '../signed-scope.ts';
import { accessDenied, ObjectError, permanentRedirect } from './object-error.ts';

/** A GetObject or HeadObject, as far as it is served. */
export interface ObjectRequest {
  readonly method: 'GET' | 'HEAD';
  readonly bucket: string;
  readonly key: string;
  readonly range?: string;
  readonly ifMatch?: string;
}

/** What is sent of an object. */
export interface ObjectAnswer {
  readonly status: 200 | 206;
  readonly headers: Readonly<Record<string, string>>;
  /** How many bytes `body` has. */
  readonly bytes: number;
  readonly body: Iterable<Buffer>;
}

interface StoredObject {
  readonly etag: string;
  /** Epoch milliseconds. */
  readonly lastModified: number;
  readonly text: OutputText;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new ObjectError(400, 'InvalidURI', "Couldn't parse the specified URI.");
  }
}

/** Reads a path-style request. @throws ObjectError for what the simulator's S3 does not serve */
export function readObjectRequest({ method, url = '', headers }: IncomingMessage): ObjectRequest {
  const [path = '', query = ''] = url.split('?');
  const [bucket = '', ...key] = path.slice(1).split('/').map(decoded);
  if (method !== 'GET' && method !== 'HEAD') {
    throw new ObjectError(
      405,
      'MethodNotAllowed',
      'The specified method is not allowed against this resource.',
    );
  }
  // The SDK names the operation in the query; anything else would ask for more than the bytes.
  const wantsMore = [...new URLSearchParams(query).keys()].some((name) => name !== 'x-id');
  if (wantsMore || key.join('/') === '') {
    throw new ObjectError(
      501,
      'NotImplemented',
      'A header or query you provided implies functionality that is not implemented.',
    );
  }
  const { range, 'if-match': ifMatch } = headers;
  return {
    method,
    bucket,
    key: key.join('/'),
    ...(range === undefined ? {} : { range }),
    ...(ifMatch === undefined ? {} : { ifMatch }),
  };
}

/**
 * The region that a request was signed for.
 * @throws ObjectError as S3 answers to a request that is not signed, or for another service
 */
export function objectRegionOf(authorization: string | undefined): string {
  if (authorization === undefined || authorization === '') throw accessDenied();
  const scope = scopeOf(authorization);
  const malformed = (what: string) =>
    new ObjectError(400, 'AuthorizationHeaderMalformed', `The authorization header is malformed; ${what}`);
  if (scope === undefined) throw malformed('the Credential is mal-formed.');
  if (scope.service !== 's3') {
    throw malformed(`incorrect service "${scope.service}". This endpoint belongs to "s3".`);
  }
  return scope.region;
}

/** Outputs are uploaded when their step ends, and an empty one is not uploaded at all. */
function findObject(
  account: Account,
  { bucket, key }: ObjectRequest,
  region: string,
  now: number,
): StoredObject {
  const rollouts = account.rollouts(now);
  const known = rollouts.map(({ plan }) => bucketOf(plan)).findLast((own) => own?.name === bucket);
  if (known === undefined) {
    throw new ObjectError(404, 'NoSuchBucket', 'The specified bucket does not exist', {
      elements: { BucketName: bucket },
    });
  }
  if (known.region !== region) throw permanentRedirect(bucket, known.region);
  const found = findByObjectKey(rollouts, bucket, key);
  if (found !== undefined && found.run.endAt <= now) {
    const { stdout, stdoutTail, stderr } = found.run.output();
    const text = found.stream === 'stdout' ? outputText(stdout, stdoutTail) : outputText(stderr);
    const etag = `"${createHash('md5').update(`${key}\0${text.bytes}`).digest('hex')}"`;
    if (text.bytes > 0) return { etag, lastModified: found.run.endAt, text };
  }
  throw new ObjectError(404, 'NoSuchKey', 'The specified key does not exist.', { elements: { Key: key } });
}

/**
 * The bytes [from, to) that a Range header asks for; undefined when it is to be ignored, as S3 ignores what it does not
 * understand and more than one range.
 * @throws ObjectError InvalidRange
 */
function readRange(header: string | undefined, size: number): { from: number; to: number } | undefined {
  const match = /^bytes=(?:(\d+)-(\d*)|-(\d+))$/.exec(header ?? '');
  if (match === null) return undefined;
  const [, first, last, suffix] = match;
  const from = suffix === undefined ? Number(first) : Math.max(0, size - Number(suffix));
  const to = suffix !== undefined || last === '' ? size : Math.min(size, Number(last) + 1);
  if (suffix === undefined && last !== '' && Number(last) < from) return undefined;
  if (from >= size) {
    throw new ObjectError(416, 'InvalidRange', 'The requested range is not satisfiable', {
      elements: { RangeRequested: header ?? '', ActualObjectSize: String(size) },
      headers: { 'content-range': `bytes */${size}` },
    });
  }
  return { from, to };
}

/** Whether an If-Match header lets an object with this ETag through. */
const matches = (header: string, etag: string) =>
  header.split(',').some((wanted) => ['*', etag, etag.replaceAll('"', '')].includes(wanted.trim()));

/** @throws ObjectError */
export function getObject(
  account: Account,
  request: ObjectRequest,
  region: string,
  now: number,
): ObjectAnswer {
  const { etag, lastModified, text } = findObject(account, request, region, now);
  if (request.ifMatch !== undefined && !matches(request.ifMatch, etag)) {
    throw new ObjectError(
      412,
      'PreconditionFailed',
      'At least one of the pre-conditions you specified did not hold',
      { elements: { Condition: 'If-Match' } },
    );
  }
  const range = readRange(request.range, text.bytes);
  const { from, to } = range ?? { from: 0, to: text.bytes };
  return {
    status: range === undefined ? 200 : 206,
    headers: {
      'accept-ranges': 'bytes',
      'content-type': 'binary/octet-stream',
      etag,
      'last-modified': new Date(lastModified).toUTCString(),
      ...(range === undefined ? {} : { 'content-range': `bytes ${from}-${to - 1}/${text.bytes}` }),
    },
    bytes: to - from,
    body: request.method === 'HEAD' ? [] : text.read(from, to),
  };
}
