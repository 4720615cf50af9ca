import { describe, expect, it } from 'vitest';
import type { Problem, ProblemKind } from '../../src/domain/problem.ts';
import { ProblemLog } from '../../src/watch/problems.ts';

const problem = (kind: ProblemKind, message = `${kind} is wrong`): Problem => ({
  kind,
  message,
  needsAction: false,
});
const network = problem('network');
const throttled = problem('throttled');

describe('one source', () => {
  it('is told when it begins, once, and when it is over', () => {
    const log = new ProblemLog();
    expect(log.raise('sweep', network, 1_000, 500)).toEqual([
      { type: 'problem', problem: network, retryInMs: 500 },
    ]);
    expect(log.active).toEqual([{ source: 'sweep', problem: network, since: 1_000, retryAt: 1_500 }]);
    expect(log.raise('sweep', { ...network }, 2_000, 900)).toEqual([]);
    expect(log.active).toEqual([{ source: 'sweep', problem: network, since: 1_000, retryAt: 2_900 }]);
    expect(log.clear('sweep', 4_500)).toEqual([{ type: 'recovered', afterMs: 3_500 }]);
    expect(log.active).toEqual([]);
  });

  it('without a problem is not told as over', () => {
    expect(new ProblemLog().clear('command', 1)).toEqual([]);
  });

  it('with another message of the same kind is told again, and is as old as before', () => {
    const log = new ProblemLog();
    log.raise('listing', problem('response', 'one row'), 1_000, null);
    const more = problem('response', 'two rows');
    expect(log.raise('listing', more, 3_000, null)).toEqual([
      { type: 'problem', problem: more, retryInMs: null },
    ]);
    expect(log.clear('listing', 6_000)).toEqual([{ type: 'recovered', afterMs: 5_000 }]);
  });

  it('that changes its kind is over as the one and begins as the other', () => {
    const log = new ProblemLog();
    log.raise('sweep', network, 1_000, 10);
    expect(log.raise('sweep', throttled, 3_000, 20)).toEqual([
      { type: 'recovered', afterMs: 2_000 },
      { type: 'problem', problem: throttled, retryInMs: 20 },
    ]);
    expect(log.active).toEqual([{ source: 'sweep', problem: throttled, since: 3_000, retryAt: 3_020 }]);
  });
});

it('that is not tried again has no time for it', () => {
  const log = new ProblemLog();
  log.raise('sweep', network, 1_000, null);
  expect(log.active).toMatchObject([{ retryAt: null }]);
});

describe('two sources', () => {
  it('of the same kind are told once, and are over when both are', () => {
    const log = new ProblemLog();
    expect(log.raise('command', network, 1_000, 10)).toHaveLength(1);
    expect(log.raise('sweep', problem('network', 'in other words'), 1_000, 10)).toEqual([]);
    expect(log.active).toHaveLength(2);
    expect(log.clear('command', 2_000)).toEqual([]);
    expect(log.clear('sweep', 3_000)).toEqual([{ type: 'recovered', afterMs: 2_000 }]);
  });

  it('of credentials are told each where other things mend them, and are over when both are', () => {
    const log = new ProblemLog();
    expect(log.raise('command', problem('credentials', 'they have expired'), 1_000, 10)).toHaveLength(1);
    expect(log.raise('sweep', problem('credentials', 'they have changed'), 2_000, 10)).toHaveLength(1);
    expect(log.raise('listing', problem('credentials', 'they have changed'), 2_000, 10)).toEqual([]);
    expect(log.clear('command', 3_000)).toEqual([]);
    expect(log.clear('listing', 3_000)).toEqual([]);
    expect(log.clear('sweep', 3_000)).toEqual([{ type: 'recovered', afterMs: 2_000 }]);
  });

  it('of AWS itself are told once where they pass, and each where a call is refused for good', () => {
    const log = new ProblemLog();
    expect(log.raise('command', problem('service', 'HTTP 500 to one'), 1_000, 10)).toHaveLength(1);
    expect(log.raise('sweep', problem('service', 'HTTP 500 to another'), 1_000, 10)).toEqual([]);
    const refused = { ...problem('service', 'a refusal'), needsAction: true };
    expect(log.raise('listing', refused, 1_000, 10)).toHaveLength(1);
    expect(log.clear('listing', 3_000)).toEqual([{ type: 'recovered', afterMs: 2_000 }]);
  });

  it('of different kinds are told each', () => {
    const log = new ProblemLog();
    expect(log.raise('command', throttled, 1_000, 10)).toHaveLength(1);
    expect(log.raise('sweep', network, 2_000, 10)).toHaveLength(1);
    expect(log.active.map(({ source }) => source)).toEqual(['command', 'sweep']);
    expect(log.clear('command', 3_000)).toEqual([{ type: 'recovered', afterMs: 2_000 }]);
    expect(log.clear('sweep', 3_000)).toEqual([{ type: 'recovered', afterMs: 1_000 }]);
  });
});

it('the list of what stands is a new one only when it changed', () => {
  const log = new ProblemLog();
  log.raise('sweep', network, 1_000, 10);
  const { active } = log;
  log.clear('command', 2_000);
  expect(log.active).toBe(active);
  log.clear('sweep', 2_000);
  expect(log.active).not.toBe(active);
});

it('counts from when it was told, though another source met it later', () => {
  const gone = { kind: 'network', message: 'gone', needsAction: false } as const;
  const log = new ProblemLog();
  log.raise('command', gone, 0, 1);
  log.raise('sweep', gone, 10_000, 1);
  log.clear('command', 20_000);
  expect(log.clear('sweep', 30_000)).toEqual([{ type: 'recovered', afterMs: 30_000 }]);
});
