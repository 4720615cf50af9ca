import { describe, expect, test } from 'vitest';
import { createFaultSchedule } from '../../../src/simulator/faults/fault-schedule.ts';
import { faultKinds, parseFault } from '../../../src/simulator/faults/faults.ts';

describe('parseFault', () => {
  test.each([
    ['ListCommands:access-denied', { operation: 'ListCommands', kind: 'access-denied' }],
    ['*:throttle:10s-20s', { kind: 'throttle', from: 10_000, until: 20_000 }],
    ['ListCommandInvocations:reset:5s-', { operation: 'ListCommandInvocations', kind: 'reset', from: 5000 }],
    ['*:500:-1.5s', { kind: '500', from: 0, until: 1500 }],
    ['*:hang:200ms-2m', { kind: 'hang', from: 200, until: 120_000 }],
    ['*:html:0s-1h', { kind: 'html', from: 0, until: 3_600_000 }],
  ])('%s', (text, fault) => {
    expect(parseFault(text)).toEqual(fault);
  });

  test.each([
    ['', 'not understood'],
    ['throttle', 'not understood'],
    ['*:throttle:1s-2s:more', 'not understood'],
    ['ListThings:throttle', 'unknown operation "ListThings"'],
    ['*:broken', 'unknown kind "broken"'],
    ['*:toString', 'unknown kind "toString"'],
    ['*:throttle:10-20', '"10-20" is no time window'],
    ['*:throttle:10s', '"10s" is no time window'],
    ['*:throttle:1s-2s-3s', '"1s-2s-3s" is no time window'],
    ['*:throttle:20s-10s', '"20s-10s" ends before it begins'],
  ])('"%s" is refused in one line that says what is wrong and what is right', (text, problem) => {
    expect(() => parseFault(text)).toThrow(problem);
    expect(() => parseFault(text)).toThrow(/operation:kind\[:from-until\].*\*:throttle:10s-20s/);
    expect(() => parseFault(text)).toThrow(Object.keys(faultKinds).join(', '));
    expect(() => parseFault(text)).not.toThrow(/\n/);
  });
});

describe('the schedule', () => {
  test('strikes in its window, for its operation, so many times', () => {
    const schedule = createFaultSchedule(1, [
      { operation: 'ListCommands', kind: 'throttle', from: 1000, until: 2000, times: 2 },
    ]);
    const struck = (operation: 'ListCommands' | 'SendCommand', at: number) =>
      schedule.strike(operation, at).length;
    expect([struck('ListCommands', 999), struck('SendCommand', 1500), struck('ListCommands', 2000)]).toEqual([
      0, 0, 0,
    ]);
    expect([1000, 1500, 1999].map((at) => struck('ListCommands', at))).toEqual([1, 1, 0]);
  });

  test('draws probabilities by the seed', () => {
    const strikes = (seed: number) => {
      const schedule = createFaultSchedule(seed, [{ kind: '500', probability: 0.5 }]);
      return Array.from({ length: 200 }, (_, at) => schedule.strike('ListCommands', at).length);
    };
    expect(strikes(1)).toEqual(strikes(1));
    expect(strikes(1)).not.toEqual(strikes(2));
    const total = strikes(1).reduce((sum, struck) => sum + struck, 0);
    expect(total).toBeGreaterThan(60);
    expect(total).toBeLessThan(140);
  });

  test('takes a fault away again', () => {
    const schedule = createFaultSchedule(1, []);
    const remove = schedule.add({ kind: 'hang' });
    expect(schedule.strike('ListCommands', 0)).toEqual([{ kind: 'hang' }]);
    remove();
    expect(schedule.strike('ListCommands', 0)).toEqual([]);
  });
});
