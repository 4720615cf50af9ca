import { GetObjectCommand } from '@aws-sdk/client-s3';
import { ListCommandInvocationsCommand } from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Fault } from '../../../src/simulator/faults/faults.ts';
import { clientOf, s3ClientOf } from '../fixtures.ts';
import { pathOf, SentOutput } from './sent-output.ts';

let store: SentOutput;

beforeEach(async () => {
  store = await SentOutput.open();
});

afterEach(() => store.simulator.close());

describe('a fault', () => {
  const withFault = async (fault: Omit<Fault, 'operation'>) => {
    const { written, stdout: place } = await store.finished();
    store.simulator.addFault({ operation: 'GetObject', ...fault });
    return { place, stdout: written };
  };

  test.each([
    ['500', 'InternalError', 500, 'We encountered an internal error. Please try again.'],
    ['503', 'ServiceUnavailable', 503, 'Service is unable to handle request.'],
    ['throttle', 'SlowDown', 503, 'Please reduce your request rate.'],
    ['expired-credentials', 'ExpiredToken', 400, 'The provided token has expired.'],
    ['unrecognized-client', 'InvalidAccessKeyId', 403, 'does not exist in our records'],
    [
      'access-denied',
      'AccessDenied',
      403,
      'is not authorized to perform: s3:GetObject on resource: "arn:aws:s3',
    ],
    ['wrong-region', 'PermanentRedirect', 301, 'must be addressed using the specified endpoint'],
  ] as const)('%s', async (kind, name, httpStatusCode, message) => {
    const { place } = await withFault({ kind });
    await expect(store.get(place)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
      $metadata: { httpStatusCode },
    });
  });

  test('strikes S3 alone, and for every operation S3 too', async () => {
    const { place } = await withFault({ kind: 'access-denied' });
    await expect(
      clientOf(store.simulator).send(new ListCommandInvocationsCommand({})),
    ).resolves.toBeDefined();
    store.simulator.addFault({ kind: 'reset' });
    await expect(store.get(place)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  test('has Retry-After where given', async () => {
    const { place } = await withFault({ kind: 'throttle', retryAfterSeconds: 2 });
    expect((await store.bare(pathOf(place))).headers.get('retry-after')).toBe('2');
  });

  test('html is no error of S3', async () => {
    const { place } = await withFault({ kind: 'html' });
    expect(await (await store.bare(pathOf(place))).text()).toContain('Hotel WiFi');
  });

  test('cut-json breaks the object off half-way', async () => {
    const { place, stdout } = await withFault({ kind: 'cut-json' });
    const answer = await store.get(place);
    expect(answer.ContentLength).toBe(Buffer.byteLength(stdout));
    await expect(answer.Body?.transformToString()).rejects.toThrow('aborted');
  });

  test('slow-drip sends a byte at a time', async () => {
    const { place, stdout } = await withFault({ kind: 'slow-drip' });
    const answer = await store.get({ ...place, Range: 'bytes=0-3' });
    expect(await answer.Body?.transformToString()).toBe(stdout.slice(0, 4));
  });

  test('hang gives no answer', async () => {
    const { place } = await withFault({ kind: 'hang' });
    const controller = new AbortController();
    const waiting = s3ClientOf(store.simulator).send(new GetObjectCommand(place), {
      abortSignal: controller.signal,
    });
    await expect
      .poll(() => store.simulator.requests.at(-1))
      .toMatchObject({ operation: 'GetObject', status: 0 });
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });
});
