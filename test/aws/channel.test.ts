import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Channel } from '../../src/aws/channel.ts';
import { SharedCredentials } from '../../src/aws/shared-credentials.ts';
import { sessionTo, staticCredentials } from '../helpers/connect-to.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const session = sessionTo('http://127.0.0.1:9');
const channel = () =>
  new Channel(
    'ssm',
    'eu-west-1',
    {
      session,
      callLimit: 30_000,
      credentials: new SharedCredentials(session, () => async () => staticCredentials, Date.now),
      onRequest: () => {},
      onResponse: () => {},
      tracer: null,
    },
    () => ({ middlewareStack: { add: () => {}, removeByTag: () => true }, destroy: () => {} }),
  );
const never = () => new Promise<never>(() => {});

/** What a call leaves behind: listeners on the signal, and on the one that it was given; timers. */
async function leftBy(call: () => Promise<unknown>, during = (_abort: AbortController) => {}) {
  const abort = new AbortController();
  const given: AbortSignal[] = [];
  const called = channel().call(
    'GetObject',
    (_, signal) => {
      given.push(signal);
      return call();
    },
    abort.signal,
  );
  const settled = called.then(
    () => 'answered',
    (error: unknown) => error,
  );
  expect(vi.getTimerCount()).toBe(1);
  expect(getEventListeners(abort.signal, 'abort')).toHaveLength(1);
  during(abort);
  const outcome = await settled;
  const listeners = [abort.signal, ...given].map((signal) => getEventListeners(signal, 'abort').length);
  return { outcome, listeners, aborted: given.map((signal) => signal.aborted), timers: vi.getTimerCount() };
}

describe('a call leaves no timer and no listener that would keep its answer', () => {
  const nothing = { listeners: [0, 0], timers: 0 };

  it('when it is answered', async () =>
    expect(await leftBy(async () => 'answer')).toEqual({
      ...nothing,
      outcome: 'answered',
      aborted: [false],
    }));

  it('when it fails', async () =>
    expect(await leftBy(() => Promise.reject(new Error('own')))).toMatchObject({
      ...nothing,
      outcome: { problem: { kind: expect.any(String) } },
    }));

  it('when it is aborted, which its own signal tells', async () =>
    expect(await leftBy(never, (abort) => abort.abort('left'))).toEqual({
      ...nothing,
      outcome: 'left',
      aborted: [true],
    }));

  it('when its time is over, which its own signal tells', async () =>
    expect(await leftBy(never, () => void vi.advanceTimersByTime(30_000))).toMatchObject({
      ...nothing,
      outcome: { problem: { kind: 'network' } },
      aborted: [true],
    }));
});
