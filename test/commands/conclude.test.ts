import { describe, expect, it } from 'vitest';
import { brokenMessage } from '../../src/commands/broken-message.ts';
import { concludeEnding, concludeFailure, durationOf, type Watched } from '../../src/commands/conclude.ts';
import type { StopReason } from '../../src/commands/stop.ts';
import { RemoteError } from '../../src/domain/problem.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import type { Ending } from '../../src/watch/polling-policy.ts';
import { nothingRead, type Snapshot } from '../../src/watch/snapshot.ts';
import { RolloutStore } from '../../src/watch/store.ts';
import { command, commandId, invocation, plugin, requestedAt } from '../helpers/fixtures.ts';

const rows = [invocation(), invocation({ instanceId: 'i-00000002', status: 'InProgress' })];
const counts = { Success: 1, InProgress: 1 };
const snapshot: Snapshot = {
  ...nothingRead,
  command: command(),
  rows,
};
const watched: Watched = {
  commandId,
  session: {
    region: 'eu-west-1',
    profile: 'prod',
    endpointUrls: { ssm: null, s3: null, logs: null },
    environmentKeys: false,
    environmentToken: false,
  },
  account: '123456789012',
};
const denied = {
  kind: 'access-denied',
  message: 'access denied: the IAM action ssm:ListCommands is not allowed for these credentials',
  needsAction: true,
} as const;

describe('an ending of the poller', () => {
  it.each<[Verdict['outcome'], number]>([
    ['success', 0],
    ['failure', 1],
    ['no-targets', 4],
  ])('a verdict of %s exits with %i', (outcome, exitCode) => {
    const verdict: Verdict = { outcome, counts: { Success: 3 }, commandStatus: 'Success' };
    expect(concludeEnding({ kind: 'verdict', verdict }, snapshot, watched)).toEqual({
      ...verdict,
      exitCode,
      message: null,
    });
  });

  it('in progress exits with 5', () => {
    expect(concludeEnding({ kind: 'in-progress' }, snapshot, watched)).toEqual({
      outcome: 'in-progress',
      exitCode: 5,
      message: null,
      counts,
      commandStatus: null,
    });
  });

  it.each<[string, Extract<Ending, { kind: 'refused' }>['refusal'], RegExp]>([
    ['a problem', { kind: 'problem', problem: denied }, /^access denied: .* ssm:ListCommands /],
    [
      'an unknown command',
      { kind: 'unknown-command' },
      /^no command b8eac879-0541-439d-94ec-47a80d554f44 .*eu-west-1.*prod.*123456789012/,
    ],
    [
      'nothing listed',
      { kind: 'nothing-listed', problem: denied },
      /b8eac879-0541-439d-94ec-47a80d554f44 .*eu-west-1.*prod.*123456789012.*ssm:ListCommands /,
    ],
  ])('a refusal for %s exits with 3 and says why in one line', (_, refusal, message) => {
    const conclusion = concludeEnding({ kind: 'refused', refusal }, { ...snapshot, rows: [] }, watched);
    expect(conclusion).toMatchObject({ outcome: 'refused', exitCode: 3, counts: {} });
    expect(conclusion.message).toMatch(message);
    expect(conclusion.message).not.toContain('\n');
  });

  it('a refusal says so where the account is not known, or the keys are from the environment', () => {
    const session = { ...watched.session, profile: null, environmentKeys: true };
    const refused: Ending = { kind: 'refused', refusal: { kind: 'unknown-command' } };
    const { message } = concludeEnding(refused, snapshot, { commandId, session, account: null });
    expect(message).toMatch(/region eu-west-1.*keys from the environment.*account unknown/);
  });
});

describe('a watch that was stopped', () => {
  it.each<[string, StopReason, string, number]>([
    ['SIGHUP', { kind: 'signal', signal: 'SIGHUP' }, 'interrupted', 129],
    ['SIGINT', { kind: 'signal', signal: 'SIGINT' }, 'interrupted', 130],
    ['SIGQUIT', { kind: 'signal', signal: 'SIGQUIT' }, 'interrupted', 131],
    ['SIGTERM', { kind: 'signal', signal: 'SIGTERM' }, 'interrupted', 143],
    ['--timeout', { kind: 'timeout' }, 'timeout', 124],
    ['a closed output', { kind: 'closed-output', message: null }, 'interrupted', 141],
  ])('by %s', (_, reason, outcome, exitCode) => {
    expect(concludeFailure(reason, reason, snapshot)).toEqual({
      outcome,
      exitCode,
      message: null,
      counts,
      commandStatus: null,
    });
  });

  it('by a mistake of ours exits with 70 and asks for a report', () => {
    const error = new TypeError('x is not a function\n    at y');
    for (const conclusion of [
      concludeFailure(error, { kind: 'broken', error }, snapshot),
      concludeFailure(error, null, snapshot),
    ]) {
      expect(conclusion).toMatchObject({ outcome: 'broken', exitCode: 70, counts });
      expect(conclusion.message).toMatch(/^.*TypeError: x is not a function\).*report.*$/);
      expect(conclusion.message).not.toContain('\n');
    }
  });

  it('by AWS, signing in, exits with 3 and says what AWS said', () => {
    expect(concludeFailure(new RemoteError(denied), null, snapshot)).toMatchObject({
      outcome: 'refused',
      exitCode: 3,
      message: denied.message,
    });
  });

  it('from outside, whatever was thrown on the way', () => {
    const reason: StopReason = { kind: 'signal', signal: 'SIGTERM' };
    expect(concludeFailure(new RemoteError(denied), reason, snapshot)).toMatchObject({ exitCode: 143 });
  });
});

it.each([
  ['a text', 'a text'],
  [undefined, 'undefined'],
  [new RangeError('too far'), 'RangeError: too far'],
])('brokenMessage of %s', (error, what) => expect(brokenMessage(error)).toContain(`(${what})`));

describe('the duration', () => {
  const finished = (seconds: number | null) =>
    invocation({
      plugins: [plugin({ finishedAt: seconds === null ? null : requestedAt + seconds * 1_000 })],
    });
  const endedAt = requestedAt + 40_000;
  const startedAt = requestedAt + 5_000;
  const now = requestedAt + 60_000;

  it.each<[string, Partial<Snapshot>, number]>([
    ['to now while it is not over', { rows: [finished(20)] }, 60_000],
    [
      'to the last finish when it is',
      { rows: [finished(10), finished(20), finished(null)], endedAt },
      20_000,
    ],
    ['to the verdict where nothing ran', { rows: [finished(null)], endedAt }, 40_000],
    ['to the verdict where there is no row', { rows: [], endedAt }, 40_000],
    [
      'to ExpiresAfter where nothing ran and its end was seen days later',
      { command: command({ expiresAt: requestedAt + 30_000 }), rows: [finished(null)], endedAt },
      30_000,
    ],
    ['from the first row where the command is not known', { command: null, rows: [finished(null)] }, 60_000],
    ['from the start where nothing is known', { command: null, rows: [] }, 55_000],
    [
      'from the start where nothing has a time',
      { command: command({ requestedAt: null }), rows: [] },
      55_000,
    ],
    ['never less than nothing', { rows: [finished(-30)], endedAt }, 0],
  ])('is %s', (_, change, expected) => {
    expect(durationOf({ ...snapshot, ...change }, startedAt, now)).toBe(expected);
  });
});

it('does not call the credentials of the machine keys from the environment', () => {
  const store = new RolloutStore({ monotonic: () => 0, awsTime: () => 0 });
  const { message } = concludeEnding(
    { kind: 'refused', refusal: { kind: 'unknown-command' } },
    store.getSnapshot(),
    {
      commandId,
      session: {
        region: 'eu-west-1',
        profile: null,
        endpointUrls: { ssm: null, s3: null, logs: null },
        environmentKeys: false,
        environmentToken: false,
      },
      account: null,
    },
  );
  expect(message).toContain("this machine's own credentials");
});
