import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { orAborted } from '../../src/domain/abortable.ts';

const never = () => new Promise<never>(() => {});
const listeners = (signal: AbortSignal) => getEventListeners(signal, 'abort').length;

describe('a promise that can be aborted', () => {
  it('gives its value, and leaves nothing on the signal', async () => {
    const { signal } = new AbortController();
    const given = orAborted(Promise.resolve('value'), signal);
    expect(listeners(signal)).toBe(1);
    expect(await given).toBe('value');
    expect(listeners(signal)).toBe(0);
  });

  it('rejects as it does itself, and leaves nothing on the signal', async () => {
    const { signal } = new AbortController();
    await expect(orAborted(Promise.reject(new Error('own')), signal)).rejects.toThrow('own');
    expect(listeners(signal)).toBe(0);
  });

  it('rejects with the reason as soon as the signal is aborted, and leaves nothing on it', async () => {
    const abort = new AbortController();
    const given = orAborted(never(), abort.signal);
    abort.abort('left');
    await expect(given).rejects.toBe('left');
    expect(listeners(abort.signal)).toBe(0);
  });

  it('rejects with the reason of a signal that is already aborted', async () => {
    const signal = AbortSignal.abort('left');
    await expect(orAborted(never(), signal)).rejects.toBe('left');
    expect(listeners(signal)).toBe(0);
  });
});
