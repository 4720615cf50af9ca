import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Invocation } from '../../src/domain/invocation.ts';
import type { Fault } from '../../src/simulator/faults/faults.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { ssoProfile } from '../helpers/aws-files.ts';
import { keysOf, type Operator, watchAs } from '../helpers/operator.ts';
import { trueVerdict } from '../helpers/watch-simulator.ts';

isolateAwsEnvironment();
afterEach(() => {
  vi.unstubAllEnvs();
});

const tomorrow = new Date(Date.now() + 86_400_000);
const profile = '[profile prod]\nregion = eu-west-1\n';
const withKeys =
  (id: string, account = '') =>
  ({ files }: Operator) =>
    files.write(profile, `[prod]\n${keysOf(id)}${account && `aws_account_id = ${account}\n`}`);
const withSso =
  (account: string, id: string) =>
  ({ aws, files }: Operator) => {
    files.write(ssoProfile.replace('123456789012', account));
    files.cacheSsoToken('corp', tomorrow);
    aws.tokens.set('token', id);
  };

/** When the account changes: with rows that still run, and with rows that have all ended and wait for the verdict. */
const moments: readonly (readonly [string, readonly Fault[], (rows: readonly Invocation[]) => boolean])[] = [
  ['while rows run', [], (rows) => rows.some(({ status }) => status === 'InProgress')],
  [
    'when all rows have ended and only they can tell that it is over',
    [{ kind: 'access-denied', operation: 'ListCommands' }],
    (rows) => rows.length === 40 && rows.every(({ status }) => status === 'Success'),
  ],
];
const changes: Readonly<
  Record<string, { first: (o: Operator) => void; other: (o: Operator) => void; told: RegExp }>
> = {
  'keys whose account nobody tells': {
    first: withKeys('FIRST'),
    other: withKeys('OTHER'),
    told: /^the credentials have changed, and AWS shows them nothing of this command: change back to its account$/,
  },
  'keys with an account after keys without one': {
    first: withKeys('FIRST'),
    other: withKeys('OTHER', '222222222222'),
    told: /^the credentials have changed, and AWS shows them nothing of this command/,
  },
  'keys with other accounts': {
    first: withKeys('FIRST', '111111111111'),
    other: withKeys('OTHER', '222222222222'),
    told: /^the credentials are now those of account 222222222222; this watch is of account 111111111111: change back to it$/,
  },
  'SSO of another account': {
    first: withSso('111111111111', 'FIRST'),
    other: withSso('222222222222', 'OTHER'),
    told: /^the credentials are now those of account 222222222222; this watch is of account 111111111111/,
  },
};

describe.each(moments)('credentials of another account, %s', (_, faults, isTheMoment) => {
  it.each(Object.entries(changes))(
    '%s: no row and no verdict, until the first are back',
    async (__, change) => {
      let step: 'first' | 'other' | 'back' = 'first';
      let before = '';
      let waits = 0;
      await using watch = await watchAs(
        (operator) => {
          change.first(operator);
          operator.aws.standings.set('FIRST', 'good').set('OTHER', 'other account');
        },
        {
          faults,
          onDelay: () => {
            const { operator, store } = watch;
            const { rows, verdict } = store.getSnapshot();
            waits += 1;
            if (step === 'first' && rows.length > 0 && isTheMoment(rows)) {
              before = JSON.stringify(rows);
              change.other(operator);
              operator.aws.standings.set('FIRST', 'expired');
              step = 'other';
              waits = 0;
            } else if (step === 'other' && waits >= 12) {
              // Minutes of answers that list nothing.
              expect(JSON.stringify(rows)).toBe(before);
              expect(verdict).toBeNull();
              const problems = store.getSnapshot().problems.map(({ problem }) => problem);
              for (const told of [problems, watch.problems()]) {
                expect(
                  told.some(({ kind, message }) => kind === 'credentials' && change.told.test(message)),
                ).toBe(true);
              }
              change.first(operator);
              operator.aws.standings.set('FIRST', 'good');
              step = 'back';
            }
          },
        },
      );
      const ending = await watch.run();
      expect(step).toBe('back');
      const verdict = trueVerdict(watch.simulator);
      expect(ending).toEqual({
        kind: 'verdict',
        verdict: { ...verdict, commandStatus: faults.length > 0 ? null : verdict.commandStatus },
      });
      expect(watch.connection.account).not.toBe('222222222222');
    },
  );
});

it('keys of the same account that tell none are taken once AWS shows them the rollout, for one more call', async () => {
  let isChanged = false;
  await using watch = await watchAs(
    (operator) => {
      withKeys('FIRST')(operator);
      operator.aws.standings.set('FIRST', 'good').set('SECOND', 'good');
    },
    {
      onDelay: () => {
        if (isChanged || watch.store.rows.size === 0) return;
        isChanged = true;
        withKeys('SECOND', '111111111111')(watch.operator);
        watch.operator.aws.standings.set('FIRST', 'expired');
      },
    },
  );
  expect(await watch.run()).toEqual({ kind: 'verdict', verdict: trueVerdict(watch.simulator) });
  expect(watch.connection.account).toBe('111111111111');
  expect(watch.problems()).toHaveLength(1);
});
