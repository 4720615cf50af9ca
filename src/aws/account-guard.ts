import { final, RemoteError } from '../domain/problem.ts';
import type { Identity } from './credentials.ts';

/** What of credentials says whose they are. */
type Told = Pick<Identity, 'accessKeyId' | 'accountId'>;

/**
 * Refuses credentials of another account than the first ones had: rows of two accounts must never mix. Where the first
 * ones did not tell it, it is that of the credentials with which AWS shows what is watched.
 */
export class AccountGuard {
  #account: string | null = null;
  #latest: Told | null = null;
  #provenKey: string | null = null;
  #era = 0;
  /** The access key ID of the very first ones. */
  #firstKey: string | null = null;

  /** The account of the latest credentials; null where it is not known. */
  get account(): string | null {
    return this.isProven ? this.#account : null;
  }

  /** How often something was watched that may be of another account than what was watched before. */
  get era(): number {
    return this.#era;
  }

  /** What is watched from now on is what the latest credentials show. */
  startOver(): void {
    this.#era += 1;
    this.#account = this.#latest?.accountId ?? null;
    this.#provenKey = this.accessKeyId;
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
      const others = `the credentials are now those of account ${account}`;
      throw new RemoteError(
        final('credentials', `${others}; this watch is of account ${this.#account}: change back to it`),
      );
    }
    if (this.#firstKey === null) this.#account = account;
    this.#firstKey ??= identity.accessKeyId;
    this.#latest = identity;
  }

  /** AWS showed what is watched to this access key ID; null: to the first credentials, which were found by that call. */
  prove(accessKeyId: string | null): void {
    const shownTo = accessKeyId ?? this.#firstKey;
    if (this.#latest === null || shownTo === null) return;
    if (shownTo === this.#latest.accessKeyId) this.#account ??= this.#latest.accountId ?? null;
    // An answer to others than the latest comes late, and proves nothing of these: only that something is proven.
    else if (this.#provenKey !== null) return;
    this.#provenKey = shownTo;
  }
}
