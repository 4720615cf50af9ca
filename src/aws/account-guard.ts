import { final, RemoteError } from '../domain/problem.ts';
import type { Identity } from './credentials.ts';

/** What of credentials says whose they are. */
type Told = Pick<Identity, 'accessKeyId' | 'accountId'>;

/** Access key IDs that are kept of those that were proven: a process can make new ones for every call. */
const keysKept = 50;

/**
 * Refuses credentials of another account than the first ones had: rows of two accounts must never mix. Where the first
 * ones did not tell it, it is that of the credentials with which AWS shows what is watched.
 */
export class AccountGuard {
  #account: string | null = null;
  #latest: Told | null = null;
  /** Access key IDs that AWS has shown what is watched. */
  readonly #provenKeys = new Set<string>();
  #generation = 0;

  /** The account of the latest credentials; null where it is not known. */
  get account(): string | null {
    return this.isProven ? this.#account : null;
  }

  /** How often something was watched that may be of another account than what was watched before. */
  get generation(): number {
    return this.#generation;
  }

  /** What is watched from now on is what the latest credentials show. */
  startOver(): void {
    this.#generation += 1;
    this.#account = this.#latest?.accountId ?? null;
    this.#provenKeys.clear();
    if (this.#latest) this.#provenKeys.add(this.#latest.accessKeyId);
  }

  /** The access key ID of the credentials that were admitted last; null before the first. */
  get accessKeyId(): string | null {
    return this.#latest?.accessKeyId ?? null;
  }

  /** Whether the latest credentials are of the account of the watch, as `isOf` says. */
  get isProven(): boolean {
    return this.isOf(this.accessKeyId);
  }

  /**
   * Whether credentials with this access key ID are of the account of the watch, as far as was to be found out. Before
   * anything was proven they are.
   */
  isOf(accessKeyId: string | null): boolean {
    if (this.#latest === null || accessKeyId === null || this.#provenKeys.size === 0) return true;
    if (this.#provenKeys.has(accessKeyId)) return true;
    const { accountId = null } = this.#latest;
    return accessKeyId === this.#latest.accessKeyId && accountId !== null && accountId === this.#account;
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
    if (this.#latest === null) this.#account = account;
    this.#latest = identity;
  }

  /** AWS showed what is watched to this access key ID. */
  prove(accessKeyId: string): void {
    if (accessKeyId === this.#latest?.accessKeyId) this.#account ??= this.#latest.accountId ?? null;
    // An answer to others than the latest comes late, and proves nothing of these: only that something is proven.
    else if (this.#provenKeys.size > 0) return;
    this.#provenKeys.add(accessKeyId);
    const [oldest] = this.#provenKeys;
    if (this.#provenKeys.size > keysKept && oldest !== undefined) this.#provenKeys.delete(oldest);
  }
}
