import { describe, expect, it } from 'vitest';
import { type Problem, RemoteError } from '../../../src/domain/problem.ts';
import type { OutputReaders } from '../../../src/watch/outputs/output-readers.ts';
import { patientReaders } from '../../../src/watch/outputs/patient-readers.ts';
import { invocation } from '../../helpers/fixtures.ts';
import { output } from '../../helpers/output-store.ts';

const errorOf = (kind: Problem['kind'], needsAction = false) =>
  new RemoteError({ kind, message: kind, needsAction });
const part = { bytes: new Uint8Array([97]), from: 0, total: 1 };
const page = { messages: ['a'], before: 'b', after: 'f' };
const place = { group: '/ssm', stream: 'a' };
const object = { bucket: 'b', key: 'k', region: null };

/** Readers that fail so often with an error, one after the other, and then answer. */
function failing(errors: readonly unknown[], random = 0) {
  let asked = 0;
  const waited: number[] = [];
  const answer = async <Value>(value: Value): Promise<Value> => {
    const error = errors[asked];
    asked += 1;
    if (error !== undefined) throw error;
    return value;
  };
  const readers: OutputReaders = {
    readObject: () => answer(part),
    readEvents: () => answer(page),
    readPluginOutput: () => answer(output),
    readListedOutput: () => answer(output),
  };
  const delay = async (milliseconds: number, signal: AbortSignal) => {
    signal.throwIfAborted();
    waited.push(milliseconds);
  };
  return {
    readers: patientReaders(readers, { delay, random: () => random }),
    waited,
    asked: () => asked,
  };
}

const { signal } = new AbortController();
const calls: [string, (readers: OutputReaders) => Promise<unknown>, unknown][] = [
  ['S3', ({ readObject }) => readObject(object, { last: 1 }, signal), part],
  ['CloudWatch Logs', ({ readEvents }) => readEvents(place, 'head', signal), page],
  ['GetCommandInvocation', ({ readPluginOutput }) => readPluginOutput(invocation(), 'step', signal), output],
  ['ListCommandInvocations', ({ readListedOutput }) => readListedOutput(invocation(), 0, signal), output],
];

describe.each(calls)('a call of %s', (_, call, answer) => {
  it('is made once where it is answered', async () => {
    const { readers, waited, asked } = failing([]);
    expect(await call(readers)).toBe(answer);
    expect([asked(), waited]).toEqual([1, []]);
  });

  it.each([
    ['throttled', errorOf('throttled')],
    ['network', errorOf('network')],
    ['service', errorOf('service')],
  ])('is tried again after what passes: %s', async (_kind, error) => {
    const { readers, waited, asked } = failing([error, error, error, error]);
    expect(await call(readers)).toBe(answer);
    expect([asked(), waited]).toEqual([5, [1_000, 2_000, 4_000, 8_000]]);
  });

  it('is given up after the fifth failure', async () => {
    const error = errorOf('throttled');
    const { readers, waited, asked } = failing(Array(9).fill(error), 1);
    await expect(call(readers)).rejects.toBe(error);
    expect([asked(), waited]).toEqual([5, [2_000, 4_000, 8_000, 16_000]]);
  });

  it.each([
    ['access denied', errorOf('access-denied', true)],
    ['credentials', errorOf('credentials', true)],
    ['a service that says why', errorOf('service', true)],
    ['an answer that is none', errorOf('response')],
    ['a mistake', new TypeError('no function')],
  ])('is not tried again after what does not pass: %s', async (_kind, error) => {
    const { readers, waited, asked } = failing([error]);
    await expect(call(readers)).rejects.toBe(error);
    expect([asked(), waited]).toEqual([1, []]);
  });

  it('is tried again only as long as what fails passes', async () => {
    const last = errorOf('access-denied', true);
    const { readers, asked } = failing([errorOf('throttled'), last]);
    await expect(call(readers)).rejects.toBe(last);
    expect(asked()).toBe(2);
  });
});

it('the wait ends with the signal', async () => {
  const stop = new AbortController();
  const reason = new Error('left');
  const { readers, asked } = failing([errorOf('throttled'), errorOf('throttled')]);
  stop.abort(reason);
  await expect(readers.readObject(object, { last: 1 }, stop.signal)).rejects.toBe(reason);
  expect(asked()).toBe(1);
});
