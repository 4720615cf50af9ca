import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { CancelCommandCommand } from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clientOf, s3ClientOf, sentAt, signedFor } from '../fixtures.ts';
import { pathOf, SentOutput } from './sent-output.ts';

let store: SentOutput;

beforeEach(async () => {
  store = await SentOutput.open();
});

afterEach(() => store.simulator.close());

describe('an object', () => {
  test('is there where the list says once the step has ended, whole', async () => {
    const commandId = await store.send();
    store.clock.advance(1000);
    const key = `${commandId}/${store.instanceId}/awsrunShellScript/0.awsrunShellScript/stdout`;
    await expect(store.get({ Bucket: 'acme-output', Key: key })).rejects.toMatchObject({
      name: 'NoSuchKey',
      Code: 'NoSuchKey',
      $metadata: { httpStatusCode: 404 },
    });
    store.clock.advance(60_000);
    const [step] = await store.places(commandId);
    expect(step?.stdout).toEqual({ region: 'eu-west-1', Bucket: 'acme-output', Key: key });
    const { stdout } = store.simulator.truth(commandId)?.invocations[0]?.steps[0]?.output() ?? {};
    expect(stdout?.length).toBeGreaterThan(10);
    const { Body, ...answer } = await store.get({ Bucket: 'acme-output', Key: key });
    expect(await Body?.transformToString()).toBe(stdout);
    expect(answer).toMatchObject({
      AcceptRanges: 'bytes',
      ContentLength: Buffer.byteLength(stdout ?? ''),
      ETag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
      $metadata: { httpStatusCode: 200 },
    });
    expect((answer.LastModified?.getTime() ?? 0) - sentAt).toBeGreaterThan(0);
    expect((answer.LastModified?.getTime() ?? 0) - sentAt).toBeLessThan(61_000);
  });

  test('is there for every step that ran, under its own name', async () => {
    const done = await store.finished({
      DocumentName: 'Acme-ConfigureAndVerify',
      Parameters: { package: ['acme-monitoring'], version: ['4.2.1'] },
      OutputS3KeyPrefix: 'runs/ring 1/ä+b',
    });
    expect(done.outputs.length).toBeGreaterThan(1);
    for (const [index, { stdout }] of done.places.entries()) {
      expect(await store.textOf(stdout)).toBe(done.outputs[index]?.stdout);
      expect(stdout.Key).toMatch(/^runs\/ring 1\/ä\+b\//);
    }
    expect(new Set(done.places.map(({ stdout }) => stdout.Key)).size).toBe(done.outputs.length);
  });

  test('is not there where the stream is empty, though the list has its URL', async () => {
    const { outputs, stderr } = await store.finished();
    expect(outputs[0]?.stderr).toBe('');
    expect(stderr.Key).toMatch(/\/stderr$/);
    await expect(store.get(stderr)).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  test('holds what a cancelled step had written', async () => {
    const commandId = await store.send({ InstanceIds: [], Targets: [{ Key: 'tag-key', Values: ['Env'] }] });
    store.clock.advance(4500);
    await clientOf(store.simulator).send(new CancelCommandCommand({ CommandId: commandId }));
    store.clock.advance(60_000);
    const rows = store.simulator.truth(commandId)?.invocations ?? [];
    const killed = rows.find(
      ({ steps }) => steps[0]?.statusDetails === 'Cancelled' && steps[0].output().stdout,
    );
    const Key = `${commandId}/${killed?.instanceId}/awsrunShellScript/0.awsrunShellScript/stdout`;
    expect(await store.textOf({ Bucket: 'acme-output', Key })).toBe(killed?.steps[0]?.output().stdout);
  });

  test('answers a HEAD with the same headers', async () => {
    const { stdout: place } = await store.finished();
    const [head, whole] = [
      await s3ClientOf(store.simulator).send(new HeadObjectCommand(place)),
      await store.get(place),
    ];
    expect(head).toMatchObject({ ETag: whole.ETag, ContentLength: whole.ContentLength });
    await expect(
      s3ClientOf(store.simulator).send(new HeadObjectCommand({ Bucket: 'acme-output', Key: 'none' })),
    ).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
  });
});

describe('a range', () => {
  test.each([
    ['bytes=0-9', 0, 10],
    ['bytes=5-5', 5, 6],
    ['bytes=7-', 7, undefined],
    ['bytes=-6', -6, undefined],
    ['bytes=-99999999', 0, undefined],
    ['bytes=3-99999999', 3, undefined],
  ])('%s', async (Range, from, to) => {
    const { written, stdout: place } = await store.finished();
    const whole = Buffer.from(written);
    const part = whole.subarray(from, to);
    const answer = await store.get({ ...place, Range });
    expect(Buffer.from((await answer.Body?.transformToByteArray()) ?? []).equals(part)).toBe(true);
    const first = whole.length + (from < 0 ? from : from - whole.length);
    expect(answer).toMatchObject({
      ContentRange: `bytes ${first}-${first + part.length - 1}/${whole.length}`,
      ContentLength: part.length,
      $metadata: { httpStatusCode: 206 },
    });
  });

  test.each(['bytes=5-2', 'bytes=0-1,4-5', 'lines=0-9', 'bytes=-'])('%s is ignored', async (range) => {
    const { written, stdout: place } = await store.finished();
    const response = await store.bare(pathOf(place), { range });
    expect([response.status, await response.text()]).toEqual([200, written]);
  });

  test('past the end is refused, and says how long the object is', async () => {
    const { written, stdout: place } = await store.finished();
    const size = Buffer.byteLength(written);
    for (const range of [`bytes=${size}-`, `bytes=${size + 5}-${size + 9}`, 'bytes=-0']) {
      const response = await store.bare(pathOf(place), { range });
      expect([response.status, response.headers.get('content-range')]).toEqual([416, `bytes */${size}`]);
      expect(await response.text()).toContain(`<ActualObjectSize>${size}</ActualObjectSize>`);
    }
    await expect(store.get({ ...place, Range: `bytes=${size}-` })).rejects.toMatchObject({
      name: 'InvalidRange',
    });
  });

  test('of another version is refused', async () => {
    const { stdout: place } = await store.finished();
    const { ETag } = await store.get(place);
    expect((await store.get({ ...place, IfMatch: ETag, Range: 'bytes=0-3' })).ContentLength).toBe(4);
    await expect(store.get({ ...place, IfMatch: '"0123"', Range: 'bytes=0-3' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
      $metadata: { httpStatusCode: 412 },
    });
  });
});

describe('a refusal', () => {
  test.each([
    [{ Bucket: 'other-output', Key: 'x' }, 'NoSuchBucket', 404],
    [{ Bucket: 'acme-output', Key: 'no/such/key' }, 'NoSuchKey', 404],
  ])('%j', async (place, name, httpStatusCode) => {
    await store.finished();
    await expect(store.get(place)).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
  });

  test('of another region says which is right', async () => {
    const { stdout: place } = await store.finished({ OutputS3Region: 'us-west-2' });
    expect(place.region).toBe('us-west-2');
    await expect(store.get(place)).rejects.toMatchObject({
      name: 'PermanentRedirect',
      Endpoint: 'acme-output.s3.us-west-2.amazonaws.com',
      $metadata: { httpStatusCode: 301 },
    });
    const response = await store.bare(pathOf(place));
    expect([response.status, response.headers.get('x-amz-bucket-region')]).toEqual([301, 'us-west-2']);
    expect(await response.text()).toContain('<Region>us-west-2</Region>');
    expect((await store.get(place, 'us-west-2')).$metadata.httpStatusCode).toBe(200);
  });

  test.each([
    ['no signature', { authorization: '' }, 403, 'AccessDenied'],
    ['half a signature', { authorization: 'AWS4-HMAC-SHA256 x' }, 400, 'AuthorizationHeaderMalformed'],
    ['a signature for SSM', { authorization: signedFor('ssm') }, 400, 'AuthorizationHeaderMalformed'],
  ])('%s', async (_, headers, status, code) => {
    const { stdout: place } = await store.finished();
    const response = await store.bare(pathOf(place), headers);
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(`<Code>${code}</Code>`);
  });

  test.each([
    ['PUT', '/acme-output/key', 405],
    ['GET', '/acme-output', 501],
    ['GET', '/acme-output/key?acl', 501],
    ['GET', '/acme-output/%E0%A4%A', 400],
  ])('%s %s', async (method, path, status) => {
    expect((await store.bare(`${path}`, {}, method)).status).toBe(status);
  });

  test('writes what was asked for so that it cannot break the XML', async () => {
    await store.finished();
    const body = await (await store.bare(`/acme-output/%3Cb%3E%26`)).text();
    expect(body).toContain('<Key>&lt;b&gt;&amp;</Key>');
  });
});

test('requests are recorded with what they asked for', async () => {
  const { stdout: place } = await store.finished();
  const { ETag } = await store.get({ ...place, Range: 'bytes=0-3' });
  await store.get({ ...place, IfMatch: ETag });
  const { Bucket: bucket, Key: key } = place;
  expect(store.simulator.requests.slice(-2)).toEqual([
    {
      operation: 'GetObject',
      input: { method: 'GET', bucket, key, range: 'bytes=0-3' },
      at: store.clock.now(),
      status: 206,
    },
    {
      operation: 'GetObject',
      input: { method: 'GET', bucket, key, ifMatch: ETag },
      at: store.clock.now(),
      status: 200,
    },
  ]);
});
