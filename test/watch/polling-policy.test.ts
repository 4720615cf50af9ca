import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/domain/problem.ts';
import {
  type Ending,
  inLines,
  once,
  onScreen,
  type PollingPolicy,
  type RoundEnd,
} from '../../src/watch/polling-policy.ts';
import type { Refusal } from '../../src/watch/refusal.ts';
import { RolloutStore } from '../../src/watch/store.ts';
import { invocation } from '../helpers/fixtures.ts';

const problem = (message: string): Problem => ({ kind: 'network', message, needsAction: false });
const cut = problem('the sweep was cut');
const unread = problem('ListCommands failed');
const unreachable = problem('not reached for a minute');
const unknown: Refusal = { kind: 'unknown-command' };
const refused = (refusal: Problem | Refusal): Ending => ({
  kind: 'refused',
  refusal: 'needsAction' in refusal ? { kind: 'problem', problem: refusal } : refusal,
});

interface Round {
  readonly rows?: readonly string[];
  readonly denied?: boolean;
  readonly failure?: Problem;
  readonly command?: Problem;
  readonly refusal?: Refusal;
  readonly unreachable?: Problem;
}

function roundEnd({ rows = [], ...round }: Round): RoundEnd {
  const store = new RolloutStore({ monotonic: () => 0, awsTime: () => 0 });
  store.pageRead(rows.map((status, row) => invocation({ instanceId: `i-${row}`, status })));
  if (round.denied) store.commandRefused();
  return {
    store,
    refusals: { refusal: () => round.refusal ?? null, unreachable: () => round.unreachable ?? null },
    failure: round.failure ?? null,
    commandProblem: round.command ?? null,
  };
}

const inProgress: Ending = { kind: 'in-progress' };
const ended = ['Success', 'Failed'];

it.each<[string, Round, Ending | null, Ending | null, Ending | null]>([
  // What has happened, and what comes of it on the screen, in lines and once.
  ['nothing is found', {}, null, null, null],
  ['nothing is found for long', { refusal: unknown }, refused(unknown), refused(unknown), refused(unknown)],
  ['AWS is not reached', { failure: cut }, null, null, refused(cut)],
  ['AWS is not reached for long', { failure: cut, unreachable }, null, refused(unreachable), refused(cut)],
  ['nothing is found, and the command cannot be read', { command: unread }, null, null, refused(unread)],
  ['nothing is found, and the command is denied', { command: unread, denied: true }, null, null, null],
  ['rows run', { rows: ['Success', 'InProgress'] }, null, null, inProgress],
  [
    'rows run, and a sweep fails',
    { rows: ['InProgress'], failure: cut, unreachable },
    null,
    null,
    refused(cut),
  ],
  [
    'rows run, and the command cannot be read',
    { rows: ['InProgress'], command: unread },
    null,
    null,
    inProgress,
  ],
  ['all rows have ended', { rows: ended }, null, null, inProgress],
  ['all have, and the command cannot be read', { rows: ended, command: unread }, null, null, refused(unread)],
  [
    'all have, and the command is denied',
    { rows: ended, command: unread, denied: true },
    null,
    null,
    inProgress,
  ],
  ['rows are there, and were not for long', { rows: ended, refusal: unknown }, null, null, inProgress],
])('%s', (_, round, screen, lines, one) => {
  expect([onScreen, inLines, once].map((policy) => policy.endingAfter(roundEnd(round)))).toEqual([
    screen,
    lines,
    one,
  ]);
});

const denied: Problem = { ...problem('denied'), kind: 'access-denied' };

it.each<[string, Problem, Round, boolean, boolean]>([
  // Which problem of ListCommands, what is known, and whether it is asked again in a watch, and once.
  ['nothing is known', unread, {}, true, false],
  ['nothing is known, and it is denied', denied, {}, true, true],
  ['it ends the watch', unread, { refusal: unknown }, false, false],
  ['there are rows', unread, { rows: ended, refusal: unknown }, true, false],
  ['there are rows, and it is denied', denied, { rows: ended }, true, false],
])('ListCommands fails, and %s', (_, failure, round, watched, one) => {
  const known = roundEnd(round);
  expect([onScreen, inLines, once].map((policy) => policy.retriesCommand(failure, known))).toEqual([
    watched,
    watched,
    one,
  ]);
});

describe('what a sweep waits for', () => {
  it.each<[string, PollingPolicy, boolean, readonly string[]]>([
    ['on the screen the first waits for nothing', onScreen, true, []],
    ['on the screen later ones do for a quick answer', onScreen, false, ['settle']],
    ['in lines the first does, too', inLines, true, ['settle']],
    ['in lines later ones do', inLines, false, ['settle']],
    ['once it is for the answer, however long it takes', once, true, ['answered']],
  ])('%s', async (_, policy, isFirst, waited) => {
    const waits: string[] = [];
    const command = {
      settle: async () => void waits.push('settle'),
      answered: async () => void waits.push('answered'),
    };
    await policy.waitForCommand(command, isFirst, new AbortController().signal);
    expect(waits).toEqual(waited);
  });
});
