import { describe, expect, it, vi } from 'vitest';
import type { ConnectionOptions } from '../../src/aws/connection.ts';
import { ObjectReader } from '../../src/aws/get-object.ts';
import type { ByteRange } from '../../src/domain/output-location.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { connectTo } from '../helpers/connect-to.ts';
import { type Answer, type Call, closedPort, openEndpoint } from '../helpers/endpoint.ts';
import { partOf } from '../helpers/output-sources.ts';

isolateAwsEnvironment();

const { signal } = new AbortController();
const location = { bucket: 'logs', key: 'run/a b/日/stdout', region: 'eu-west-1' };
const bytes = new TextEncoder().encode('0123456789');
const text = (part: Uint8Array | undefined) => new TextDecoder().decode(part);

/** As S3 answers to a range. */
function rangeOf(whole: Uint8Array, { headers }: Call): Answer {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(headers.range ?? '') ?? [];
  const range: ByteRange =
    from === '' ? { last: Number(to) } : { from: Number(from), length: Number(to) - Number(from) + 1 };
  const part = partOf(whole, range);
  if (part.bytes.length === 0) return failure(416, 'InvalidRange', 'The requested range is not satisfiable');
  return {
    status: 206,
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(part.bytes.length),
      'content-range': `bytes ${part.from}-${part.from + part.bytes.length - 1}/${part.total}`,
    },
    body: part.bytes,
  };
}

function failure(status: number, code: string, message = 'no', headers: Record<string, string> = {}): Answer {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><RequestId>1</RequestId></Error>`;
  return { status, headers: { 'content-type': 'application/xml', ...headers }, body };
}

async function setUp(
  answer: (call: Call, index: number) => Answer | Promise<Answer>,
  options: Partial<ConnectionOptions> = {},
) {
  const endpoint = await openEndpoint(answer);
  const connection = connectTo(endpoint.url, options);
  const reader = new ObjectReader(connection);
  return {
    endpoint,
    connection,
    read: (range: ByteRange, abort = signal, from: Partial<typeof location> = {}) =>
      reader.read({ ...location, ...from }, range, abort),
    [Symbol.asyncDispose]: async () => {
      connection.close();
      await endpoint[Symbol.asyncDispose]();
    },
  };
}

describe('a range of an object', () => {
  it.each<[string, ByteRange, string, number]>([
    ['the first bytes', { from: 0, length: 4 }, '0123', 0],
    ['bytes in between', { from: 4, length: 4 }, '4567', 4],
    ['more than there are', { from: 8, length: 4 }, '89', 8],
    ['the last bytes', { last: 3 }, '789', 7],
    ['more than all of the last bytes', { last: 30 }, '0123456789', 0],
  ])('%s', async (_, range, got, from) => {
    await using s3 = await setUp((call) => rangeOf(bytes, call));
    const part = await s3.read(range);
    expect(text(part?.bytes)).toBe(got);
    expect(part).toMatchObject({ from, total: 10 });
  });

  it.each<[string, ByteRange]>([
    ['the first', { from: 0, length: 4 }],
    ['the last', { last: 4 }],
  ])('is none of an empty object: %s', async (_, range) => {
    await using s3 = await setUp((call) => rangeOf(new Uint8Array(), call));
    expect(await s3.read(range)).toEqual({ bytes: new Uint8Array(), from: 0, total: 0 });
  });

  it('is asked for at the own endpoint with the bucket in the path, signed for the region of the bucket', async () => {
    await using s3 = await setUp((call) => rangeOf(bytes, call));
    await s3.read({ from: 0, length: 4 }, signal, { region: 'us-east-2' });
    const [call] = s3.endpoint.calls;
    expect(call?.path.split('?')[0]).toBe('/logs/run/a%20b/%E6%97%A5/stdout');
    expect(call?.headers.range).toBe('bytes=0-3');
    expect(call?.headers.authorization).toContain('/us-east-2/s3/aws4_request');
  });

  it.each<[string, ByteRange, string, number]>([
    ['from its beginning', { from: 0, length: 20 }, '0123456789', 0],
    ['from within', { from: 4, length: 6 }, '456789', 4],
    ['its last bytes', { last: 20 }, '0123456789', 0],
  ])(
    'is taken of a whole that is no larger where the server knows no ranges: %s',
    async (_, range, got, from) => {
      await using s3 = await setUp(() => ({ headers: { 'content-length': '10' }, body: bytes }));
      const part = await s3.read(range);
      expect(text(part?.bytes)).toBe(got);
      expect(part).toMatchObject({ from, total: 10 });
    },
  );

  it.each<[string, ByteRange, Record<string, string>]>([
    ['larger', { from: 0, length: 4 }, { 'content-length': '10' }],
    ['larger than the last bytes', { last: 4 }, { 'content-length': '10' }],
    ['of an unknown size', { from: 0, length: 40 }, {}],
  ])('is not taken of a whole that is %s', async (_, range, headers) => {
    await using s3 = await setUp(() => ({ headers, body: bytes }));
    await expect(s3.read(range)).rejects.toMatchObject({
      problem: { kind: 'response', message: expect.stringContaining('whole object') },
    });
  });
});

describe('an object that cannot be read', () => {
  it.each([
    ['another', { from: 2, length: 3 }, 'bytes 3-5/10', '345'],
    ['a longer', { from: 2, length: 3 }, 'bytes 2-5/10', '2345'],
    ['one behind the end', { from: 2, length: 3 }, 'bytes 2-4/3', '234'],
    ['one that is not the last', { last: 3 }, 'bytes 0-2/10', '012'],
    ['one of a size that is no number', { last: 3 }, `bytes 7-9/${'9'.repeat(400)}`, '789'],
    ['one that ends before it begins', { from: 2, length: 3 }, 'bytes 2-1/10', ''],
    ['one that is longer than it says', { from: 2, length: 3 }, 'bytes 2-4/10', '23456'],
    ['one that is shorter than it says', { from: 2, length: 3 }, 'bytes 2-4/10', '23'],
  ] as const)('is not taken for the range where it is %s', async (_, range, contentRange, body) => {
    await using s3 = await setUp(() => ({ status: 206, headers: { 'content-range': contentRange }, body }));
    await expect(s3.read(range)).rejects.toMatchObject({
      problem: { kind: 'response', message: expect.stringMatching(/^GetObject: the part of the object/) },
    });
  });

  it('is not there', async () => {
    await using s3 = await setUp(() => failure(404, 'NoSuchKey'));
    expect(await s3.read({ last: 4 })).toBeNull();
  });

  it.each<[string, Answer, string, RegExp]>([
    ['no bucket', failure(404, 'NoSuchBucket'), 'service', /^the bucket logs does not exist$/],
    [
      'denied',
      failure(403, 'AccessDenied', 'Access Denied'),
      'access-denied',
      /s3:GetObject is not allowed on the bucket logs, or the object is not there yet$/,
    ],
    [
      'denied, since it cannot be listed',
      failure(403, 'AccessDenied', 'User: x is not authorized to perform: s3:ListBucket on resource: y'),
      'access-denied',
      /s3:GetObject.*, or the object is not there yet$/,
    ],
    [
      'denied, since its key is, in the older words of S3',
      failure(
        403,
        'AccessDenied',
        'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
      ),
      'access-denied',
      /IAM action kms:Decrypt is not allowed for the key of the bucket/,
    ],
    [
      'denied, since its key is',
      failure(403, 'AccessDenied', 'User: x is not authorized to perform: kms:Decrypt on resource: y'),
      'access-denied',
      /IAM action kms:Decrypt is not allowed/,
    ],
    ['archived', failure(403, 'InvalidObjectState', 'no access tier'), 'service', /InvalidObjectState/],
    ['throttled', failure(503, 'SlowDown', 'Please reduce your request rate.'), 'throttled', /reduce/],
    ['broken', failure(500, 'InternalError'), 'service', /HTTP 500/],
    [
      'no S3',
      { status: 200, headers: { 'content-length': '9999' }, body: '<html>'.padEnd(9_999) },
      'response',
      /./,
    ],
  ])('%s', async (_, answer, kind, message) => {
    await using s3 = await setUp(() => answer);
    await expect(s3.read({ last: 4 })).rejects.toMatchObject({
      problem: { kind, message: expect.stringMatching(message) },
    });
  });

  it('has nobody to ask', async () => {
    const connection = connectTo(await closedPort());
    await expect(new ObjectReader(connection).read(location, { last: 4 }, signal)).rejects.toMatchObject({
      problem: { kind: 'network', message: expect.stringContaining('connection refused') },
    });
    connection.close();
  });
});

describe('a bucket in another region', () => {
  const redirect = (headers: Record<string, string>) =>
    failure(301, 'PermanentRedirect', 'The bucket must be addressed using the specified endpoint.', headers);
  const regionOf = ({ headers }: Call) => /\/([a-z0-9-]+)\/s3\//.exec(headers.authorization ?? '')?.[1];

  it('is read there', async () => {
    await using s3 = await setUp((call) =>
      regionOf(call) === 'ap-south-1'
        ? rangeOf(bytes, call)
        : redirect({ 'x-amz-bucket-region': 'ap-south-1' }),
    );
    expect(text((await s3.read({ last: 3 }))?.bytes)).toBe('789');
    expect(s3.endpoint.calls.map(regionOf)).toEqual(['eu-west-1', 'ap-south-1']);
    expect(s3.connection.requests).toBe(2);
  });

  it('is a line where it cannot be read there either', async () => {
    await using s3 = await setUp(() => redirect({ 'x-amz-bucket-region': 'ap-south-1' }));
    await expect(s3.read({ last: 3 })).rejects.toMatchObject({
      problem: { kind: 'service', message: expect.stringMatching(/^the bucket logs is in another region/) },
    });
  });

  it('is a line where the answer does not say which', async () => {
    await using s3 = await setUp(() => redirect({}));
    await expect(s3.read({ last: 3 })).rejects.toMatchObject({
      problem: { kind: 'service', message: expect.stringMatching(/^the bucket logs is in another region/) },
    });
  });
});

describe('a call to S3', () => {
  it('counts with the requests of the connection, retries included', async () => {
    vi.stubEnv('AWS_MAX_ATTEMPTS', '3');
    await using s3 = await setUp((call, index) =>
      index === 0 ? failure(500, 'InternalError') : rangeOf(bytes, call),
    );
    await s3.read({ last: 3 });
    vi.unstubAllEnvs();
    expect(s3.endpoint.calls).toHaveLength(2);
    expect(s3.connection.requests).toBe(2);
  });

  it('is made with new credentials after those it had were refused', async () => {
    let made = 0;
    await using s3 = await setUp(
      (call, index) => (index === 0 ? failure(400, 'ExpiredToken', 'expired') : rangeOf(bytes, call)),
      {
        credentials: () => {
          const accessKeyId = `AKID${made++}`;
          return async () => ({ accessKeyId, secretAccessKey: 'secret' });
        },
      },
    );
    // The client of SSM has the first ones.
    await expect(s3.read({ last: 3 })).rejects.toMatchObject({ problem: { kind: 'credentials' } });
    await s3.read({ last: 3 });
    expect(
      s3.endpoint.calls.map(({ headers }) => /Credential=(\w+)/.exec(headers.authorization ?? '')?.[1]),
    ).toEqual(['AKID0', 'AKID1']);
  });

  it('that hangs is ended by the limit', async () => {
    await using s3 = await setUp(() => new Promise(() => {}), { callLimit: 200 });
    await expect(s3.read({ last: 3 })).rejects.toMatchObject({ problem: { kind: 'network' } });
  });

  it('that is aborted rejects with the reason', async () => {
    await using s3 = await setUp(() => new Promise(() => {}));
    const abort = new AbortController();
    const reading = s3.read({ last: 3 }, abort.signal);
    await expect.poll(() => s3.endpoint.calls.length).toBe(1);
    abort.abort('left');
    await expect(reading).rejects.toBe('left');
  });
});
