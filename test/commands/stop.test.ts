import { afterEach, describe, expect, it, vi } from 'vitest';
import { readerIsGone, type StopReason, StopSwitch } from '../../src/commands/stop.ts';

afterEach(() => {
  vi.useRealTimers();
});

const interrupted: StopReason = { kind: 'signal', signal: 'SIGINT' };

describe('the switch', () => {
  it('has no reason until it is thrown', () => {
    const stop = new StopSwitch();
    expect([stop.reason, stop.signal.aborted]).toEqual([null, false]);
  });

  it('keeps the first reason', () => {
    const stop = new StopSwitch();
    stop.throw(interrupted);
    stop.throw({ kind: 'timeout' });
    expect(stop.reason).toBe(interrupted);
    expect(stop.signal.reason).toBe(interrupted);
  });
});

describe('the timeout', () => {
  it('throws the switch when it has elapsed, and not before', () => {
    vi.useFakeTimers();
    const stop = new StopSwitch();
    stop.startTimeout(90_000);
    vi.advanceTimersByTime(89_999);
    expect(stop.reason).toBeNull();
    vi.advanceTimersByTime(1);
    expect(stop.reason).toEqual({ kind: 'timeout' });
  });

  it('has as much left when it goes on as when it was held', () => {
    vi.useFakeTimers();
    const stop = new StopSwitch();
    stop.startTimeout(90_000);
    vi.advanceTimersByTime(30_000);
    stop.holdTimeout();
    stop.holdTimeout();
    vi.advanceTimersByTime(100_000);
    expect(vi.getTimerCount()).toBe(0);
    stop.continueTimeout();
    stop.continueTimeout();
    vi.advanceTimersByTime(59_999);
    expect(stop.reason).toBeNull();
    vi.advanceTimersByTime(1);
    expect(stop.reason).toEqual({ kind: 'timeout' });
  });

  it('neither is held nor goes on where there is none', () => {
    vi.useFakeTimers();
    const stop = new StopSwitch();
    stop.holdTimeout();
    stop.continueTimeout();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('what is waited for', () => {
  const never = () => new Promise<string>(() => {});

  it('gives its value', async () => {
    expect(await new StopSwitch().orStopped(Promise.resolve('value'))).toBe('value');
  });

  it('gives its error', async () => {
    await expect(new StopSwitch().orStopped(Promise.reject(new Error('own')))).rejects.toThrow('own');
  });

  it('is left as soon as the switch is thrown', async () => {
    const stop = new StopSwitch();
    const waiting = stop.orStopped(never());
    stop.throw(interrupted);
    await expect(waiting).rejects.toBe(interrupted);
  });

  it('is not waited for where the switch was thrown before', async () => {
    const stop = new StopSwitch();
    stop.throw(interrupted);
    await expect(stop.orStopped(never())).rejects.toBe(interrupted);
  });
});

it.each([
  ['EPIPE', true],
  ['EIO', true],
  ['ENOSPC', false],
])('%s: the reader is gone: %s', (code, gone) => {
  expect(readerIsGone(Object.assign(new Error('write'), { code }))).toBe(gone);
});
