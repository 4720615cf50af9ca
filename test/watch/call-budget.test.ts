import { describe, expect, it } from 'vitest';
import { CallBudget } from '../../src/watch/call-budget.ts';

const { signal } = new AbortController();

function open() {
  const time = { now: 0 };
  const budget = new CallBudget(
    () => time.now,
    async (milliseconds) => {
      time.now += milliseconds;
    },
  );
  /** Milliseconds that so many calls, one right after the other, have to wait in all. */
  const take = async (calls: number) => {
    const from = time.now;
    for (let call = 0; call < calls; call++) await budget.take(signal);
    return time.now - from;
  };
  return { budget, time, take };
}

describe('the budget', () => {
  it('lets a burst pass, and then 20 calls a second', async () => {
    const { take } = open();
    expect(await take(20)).toBe(0);
    expect(await take(20)).toBeCloseTo(1_000);
  });

  it('is full again after a second of rest, and no fuller', async () => {
    const { time, take } = open();
    await take(20);
    time.now += 60_000;
    expect(await take(20)).toBe(0);
    expect(await take(1)).toBeCloseTo(50);
  });

  it('halves with each throttling, down to one call a second', async () => {
    const { budget, take } = open();
    budget.throttled();
    expect(budget.callsPerSecond).toBe(10);
    expect(await take(10)).toBeCloseTo(1_000);
    for (let time = 0; time < 20; time++) budget.throttled();
    expect(budget.callsPerSecond).toBe(1);
    await take(1);
    expect(await take(5)).toBeCloseTo(5_000);
  });

  it('tells when throttling has held calls up', async () => {
    const { budget, take } = open();
    await take(100);
    expect(budget.takeSlowness()).toBeNull();
    budget.throttled();
    await take(5);
    expect(budget.takeSlowness()).toBeNull();
    await take(50);
    expect(budget.takeSlowness()).toBe(10);
    expect(budget.takeSlowness()).toBeNull();
  });

  it('recovers with each answer', () => {
    const { budget } = open();
    budget.throttled();
    for (let answer = 0; answer < 50; answer++) budget.answered();
    expect(budget.callsPerSecond).toBeCloseTo(15);
    for (let answer = 0; answer < 500; answer++) budget.answered();
    expect(budget.callsPerSecond).toBe(20);
  });
});
