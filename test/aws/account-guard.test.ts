import { describe, expect, it } from 'vitest';
import { AccountGuard } from '../../src/aws/account-guard.ts';

const first = '111111111111';
const second = '222222222222';
const told = (accountId?: string, accessKeyId = `AKID${accountId}`) => ({
  accessKeyId,
  ...(accountId === undefined ? {} : { accountId }),
});

/** A guard that has admitted these, one after the other. */
function admitted(...identities: readonly ReturnType<typeof told>[]): AccountGuard {
  const guard = new AccountGuard();
  for (const identity of identities) guard.admit(identity);
  return guard;
}

describe('the account', () => {
  it.each<[string, readonly (string | undefined)[], string | null]>([
    ['is not known where it is not told', [undefined], null],
    ['is the one that is told', [first], first],
    ['is the same that is told again', [first, first], first],
    ['is not that of later credentials, which may be others', [undefined, first], null],
    ['is known also when it is no longer told', [first, undefined], first],
  ])('%s', (_, accounts, expected) => {
    expect(admitted(...accounts.map((account) => told(account))).account).toBe(expected);
  });

  it('is that of later credentials once AWS has shown the rollout to them', () => {
    const guard = admitted(told(undefined), told(first));
    guard.prove(`AKID${first}`);
    expect(guard.account).toBe(first);
  });

  it('refuses another one, naming both, and lets the first one back in', () => {
    const guard = admitted(told(first));
    expect(() => guard.admit(told(second))).toThrow(
      `the credentials are now those of account ${second}; this watch is of account ${first}: change back to it`,
    );
    expect(guard.account).toBe(first);
    expect(guard.accessKeyId).toBe(`AKID${first}`);
    guard.admit(told(first));
  });
});

describe('proof', () => {
  it('is not wanted of anybody before something was proven', () => {
    expect(new AccountGuard().isProven).toBe(true);
    expect(admitted(told(undefined, 'A'), told(undefined, 'B')).isProven).toBe(true);
  });

  it('holds for the keys that were shown the rollout, and is wanted of others', () => {
    const guard = admitted(told(undefined, 'A'));
    guard.prove('A');
    expect(guard.isProven).toBe(true);
    guard.admit(told(undefined, 'B'));
    expect(guard.isProven).toBe(false);
    guard.prove('B');
    expect(guard.isProven).toBe(true);
  });

  it('is not wanted of others that tell the account', () => {
    const guard = admitted(told(first, 'A'));
    guard.prove('A');
    guard.admit(told(first, 'B'));
    expect(guard.isProven).toBe(true);
    guard.admit(told(undefined, 'C'));
    expect(guard.isProven).toBe(false);
  });

  it('is not given by an answer to those before', () => {
    const guard = admitted(told(undefined, 'A'));
    guard.prove('A');
    guard.admit(told(second, 'B'));
    guard.prove('A');
    expect(guard.isProven).toBe(false);
    expect(guard.account).toBeNull();
  });

  it('is not given to those that came before the first answer did', () => {
    const guard = admitted(told(undefined, 'A'), told(second, 'B'));
    guard.prove('A');
    expect(guard.isProven).toBe(false);
    expect(guard.account).toBeNull();
    guard.admit(told(undefined, 'A'));
    expect(guard.isProven).toBe(true);
  });

  it('is kept of a bounded number of keys, those of the last one among them', () => {
    const guard = admitted(told(undefined, 'A'));
    guard.prove('A');
    for (let index = 0; index < 1_000; index += 1) {
      guard.admit(told(undefined, `K${index}`));
      guard.prove(`K${index}`);
    }
    expect(guard.isOf('A')).toBe(false);
    expect([guard.isOf('K998'), guard.isOf('K999'), guard.isProven]).toEqual([true, true, true]);
  });
});
