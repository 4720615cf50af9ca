import { RemoteError } from '../domain/problem.ts';
import type { Identity } from './credentials.ts';

/** What of credentials says whose they are. */
type Told = Pick<Identity, 'accessKeyId' | 'accountId'>;

/**
 * Refuses credentials of another account than the first ones had: rows of two accounts must never mix. Where the first
 * ones did not tell it, it is that of the credentials with which AWS shows what is watched.
 */
export class AccountGuard {
  #account: string | null = null;
  #first = true;
  #latest: Told | null = null;
  #provenKey: string | null = null;

  /** The account of the watch; null where it is not known. */
  get account(): string | null {
    return this.#account;
  }

  /** The access key ID of the credentials that were admitted last; null before the first. */
  get accessKeyId(): string | null {
    return this.#latest?.accessKeyId ?? null;
  }

  /** Whether the latest credentials are of the account of the watch. Before anything was proven they are. */
  get isProven(): boolean {
    if (this.#latest === null || this.#provenKey === null) return true;
    const { accessKeyId, accountId = null } = this.#latest;
    return accessKeyId === this.#provenKey || (accountId !== null && accountId === this.#account);
  }

  /** @throws RemoteError (`credentials`) when they tell another account */
  admit(identity: Told): void {
    const account = identity.accountId ?? null;
    if (account !== null && this.#account !== null && account !== this.#account) {
      throw new RemoteError({
        kind: 'credentials',
        message: `the credentials are now those of account ${account}; this watch is of account ${this.#account}: change back to it`,
        needsAction: true,
      });
    }
    if (this.#first) this.#account = account;
    this.#first = false;
    this.#latest = identity;
  }

  /** What is watched was shown to the credentials with this access key ID; null: to those that are the latest. */
  prove(accessKeyId: string | null): void {
    if (this.#latest === null) return;
    const isLatest = accessKeyId === this.#latest.accessKeyId;
    // An answer to other credentials than the latest proves nothing of these; but the first ones have none before them.
    if (!isLatest && this.#provenKey !== null) return;
    this.#provenKey = this.#latest.accessKeyId;
    this.#account ??= this.#latest.accountId ?? null;
  }
}
