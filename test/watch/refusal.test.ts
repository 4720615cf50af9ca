import { describe, expect, it } from 'vitest';
import type { Problem, ProblemKind } from '../../src/domain/problem.ts';
import { RefusalWatch } from '../../src/watch/refusal.ts';

const problem = (kind: ProblemKind, needsAction: boolean): Problem => ({ kind, message: kind, needsAction });
const denied = problem('access-denied', true);
const expired = problem('credentials', true);
const network = problem('network', false);
const throttled = problem('throttled', false);

type Answers = readonly [command: number | Problem | null, sweep: number | Problem | null];

/** The answers of both calls at 0 s, and again at each of the given times. */
function answered([command, sweep]: Answers, ...seconds: readonly number[]): RefusalWatch {
  let now = 0;
  const refusals = new RefusalWatch(() => now * 1000);
  for (const time of [0, ...seconds]) {
    now = time;
    if (command !== null) refusals.commandAnswered(command);
    if (sweep !== null) refusals.sweepAnswered(sweep);
  }
  return refusals;
}

describe('refused at once', () => {
  it.each<[string, Answers, Problem]>([
    ['ListCommandInvocations denied', [1, denied], denied],
    ['both denied', [{ ...denied, message: 'ListCommands' }, denied], denied],
    ['ListCommandInvocations without good credentials', [null, expired], expired],
    ['ListCommands without good credentials', [expired, 0], expired],
    ['a request that AWS finds wrong', [1, problem('service', true)], problem('service', true)],
  ])('%s', (_, answers, expected) => {
    expect(answered(answers).refusal()).toEqual({ kind: 'problem', problem: expected });
  });
});

describe('not refused, however long', () => {
  it.each<[string, Answers]>([
    ['nothing was answered', [null, null]],
    ['the command is there, and no row yet', [1, 0]],
    ['ListCommands denied, and rows', [denied, 3]],
    ['the command unread, and no row', [null, 0]],
    ['throttled', [throttled, throttled]],
    ['no such command, and the sweeps fail', [0, throttled]],
    ['an error of AWS', [problem('service', false), problem('service', false)]],
    ['an answer that cannot be read', [problem('response', false), problem('response', false)]],
  ])('%s', (_, answers) => {
    const refusals = answered(answers, 30, 3_600);
    expect([refusals.refusal(), refusals.unreachable()]).toEqual([null, null]);
  });
});

describe('refused after a while', () => {
  it.each<[string, Answers, number, object]>([
    ['no such command', [0, 0], 20, { kind: 'unknown-command' }],
    ['ListCommands denied and nothing listed', [denied, 0], 60, { kind: 'nothing-listed', problem: denied }],
  ])('%s', (_, answers, patience, refusal) => {
    expect(answered(answers, patience - 0.001).refusal()).toBeNull();
    expect(answered(answers, patience).refusal()).toEqual(refusal);
  });

  it.each<[string, number | Problem, number | Problem]>([
    ['a command', 1, 0],
    ['a row', 0, 1],
    ['a failed sweep', 0, throttled],
    ['a failed ListCommands', throttled, 0],
  ])('the wait begins anew after %s', (_, command, sweep) => {
    let now = 0;
    const refusals = new RefusalWatch(() => now * 1000);
    const answer = (time: number, commands: number | Problem, rows: number | Problem) => {
      now = time;
      refusals.commandAnswered(commands);
      refusals.sweepAnswered(rows);
    };
    answer(0, 0, 0);
    answer(15, command, sweep);
    answer(16, 0, 0);
    answer(35.9, 0, 0);
    expect(refusals.refusal()).toBeNull();
    answer(36, 0, 0);
    expect(refusals.refusal()).toEqual({ kind: 'unknown-command' });
  });
});

describe('unreachable', () => {
  it.each<[string, Answers, boolean]>([
    ['both calls', [network, network], true],
    ['the sweep, with ListCommands not answered yet', [null, network], true],
    ['the sweep alone', [1, network], false],
    ['ListCommands alone', [network, 0], false],
    ['throttled is reached', [throttled, network], false],
  ])('for 60 s: %s', (_, answers, unreachable) => {
    expect(answered(answers, 59.999).unreachable()).toBeNull();
    expect(answered(answers, 60).unreachable()).toEqual(unreachable ? network : null);
  });

  it('for 50 s, reached, and again for 50 s is not 60 s', () => {
    let now = 0;
    const refusals = new RefusalWatch(() => now);
    refusals.sweepAnswered(network);
    now = 50_000;
    refusals.sweepAnswered(0);
    refusals.sweepAnswered(network);
    now = 100_000;
    expect(refusals.unreachable()).toBeNull();
    now = 110_000;
    expect(refusals.unreachable()).toEqual(network);
  });
});
