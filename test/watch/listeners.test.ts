import { expect, it, vi } from 'vitest';
import { Listeners } from '../../src/watch/listeners.ts';

it('are told of changes until they leave', () => {
  const listeners = new Listeners();
  const [one, other] = [vi.fn(), vi.fn()];
  const leave = listeners.subscribe(one);
  listeners.subscribe(other);
  listeners.tell();
  leave();
  listeners.tell();
  expect(one).toHaveBeenCalledTimes(1);
  expect(other).toHaveBeenCalledTimes(2);
});

it('are kept up to date from the first to the last, and again', () => {
  const calls: string[] = [];
  const listeners = new Listeners(() => {
    calls.push(`start, ${listeners.isEmpty ? 'none' : 'some'}`);
    return () => calls.push('stop');
  });
  const leaveFirst = listeners.subscribe(vi.fn());
  const leaveSecond = listeners.subscribe(vi.fn());
  leaveFirst();
  leaveFirst();
  expect(calls).toEqual(['start, none']);
  leaveSecond();
  expect(listeners.isEmpty).toBe(true);
  listeners.subscribe(vi.fn());
  expect(calls).toEqual(['start, none', 'stop', 'start, none']);
});
