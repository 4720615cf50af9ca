import { AsyncLocalStorage } from 'node:async_hooks';
import { RemoteError } from '../domain/problem.ts';
import { AccountGuard } from './account-guard.ts';
import { lateCredentials } from './credential-problems.ts';
import { type CredentialSource, credentialSource } from './credential-source.ts';
import type { CredentialProvider, Identity } from './credentials.ts';
import { CredentialLookupError } from './errors.ts';
import type { Session } from './session.ts';

/**
 * The credentials of a connection, for all its channels: found once, and anew when AWS no longer takes them. A code for
 * MFA can be asked for only once.
 */
export class SharedCredentials {
  readonly #session: Session;
  readonly #make: () => CredentialProvider;
  readonly #now: () => number;
  readonly #hasAsked: () => boolean;
  readonly #guard = new AccountGuard();
  #provider: CredentialProvider;
  /** Those that were found last, unless AWS has said that they have expired. */
  #kept: Identity | null = null;
  #lookupFailure: CredentialLookupError | null = null;
  #renewals = 0;
  #lookups = 0;
  /** Takes down for whoever makes calls which credentials they are signed with. */
  readonly #signing = new AsyncLocalStorage<{ accessKeyId: string | null }>();

  /**
   * The provider for clients of the SDK. They keep for good what a provider once gave, unless it says that it keeps
   * that itself; this one has to be asked for each request, since what it gives can change.
   */
  readonly find: CredentialProvider & { memoized: boolean } = Object.assign(() => this.#find(), {
    memoized: true,
  });

  /**
   * `make`: makes a provider that finds the credentials afresh; `now`: epoch milliseconds of this machine; `hasAsked`:
   * whether the provider has asked a person for anything.
   */
  constructor(
    session: Session,
    make: () => CredentialProvider,
    now: () => number,
    hasAsked: () => boolean = () => false,
  ) {
    this.#session = session;
    this.#now = now;
    this.#hasAsked = hasAsked;
    this.#make = make;
    this.#provider = make();
  }

  /** The account, where it is known. */
  get account(): string | null {
    return this.#guard.account;
  }

  /** The access key ID of those that were found last; null before. */
  get inUse(): string | null {
    return this.#guard.accessKeyId;
  }

  /** Whether those with this access key ID are of the account that the first ones were of, as far as was to be found out. */
  isOf(accessKeyId: string | null): boolean {
    return this.#guard.isOf(accessKeyId);
  }

  /** Whether they are being looked for. */
  get isLooking(): boolean {
    return this.#lookups > 0;
  }

  /** How often something was watched that may be of another account than what was watched before. */
  get generation(): number {
    return this.#guard.generation;
  }

  /** What is watched from now on is what those in use show. */
  startOver(): void {
    this.#guard.startOver();
  }

  /** AWS has shown what is watched to those with this access key ID. */
  prove(accessKeyId: string): void {
    this.#guard.prove(accessKeyId);
  }

  /**
   * Makes calls. Gives with what came of them the access key ID of the credentials that the last one was signed with: when
   * it is answered others can be in use. Null when none were looked for. It throws what the calls throw.
   */
  async attribute<Answer>(
    calls: () => Promise<Answer>,
  ): Promise<{ readonly answer: Answer; readonly accessKeyId: string | null }> {
    const signed = { accessKeyId: null };
    const answer = await this.#signing.run(signed, calls);
    return { answer, ...signed };
  }

  /** Where they come from, as the files say now. */
  source(): Promise<CredentialSource> {
    return credentialSource(this.#session);
  }

  /** Whether a person may be asked for something, who may take any time, and is not to be asked again and again. */
  async mayAskPerson(): Promise<boolean> {
    return this.#hasAsked() || (await this.source()).kind === 'process';
  }

  /** What is wrong when a lookup takes as long as a call may, in milliseconds. */
  lateness(limit: number): RemoteError {
    return new RemoteError(lateCredentials(this.#session.profile, limit));
  }

  /** How often they were renewed. */
  get renewals(): number {
    return this.#renewals;
  }

  /** Why there are no newer ones than those in use, which are older than the last renewal; null where they are not. */
  get lookupFailure(): CredentialLookupError | null {
    return this.#lookupFailure;
  }

  /**
   * Those that were in use after so many `renewals` may be no longer good: they are found afresh for the next call, and
   * fallen back to while none are found. Nothing when that has been done meanwhile.
   */
  renew(renewals: number): void {
    if (renewals !== this.#renewals) return;
    this.#renewals += 1;
    this.#lookupFailure = null;
    this.#provider = this.#make();
  }

  /** The same as `renew` for those that cannot be good again: they are not fallen back to. */
  discard(renewals: number): void {
    if (renewals === this.#renewals) this.#kept = null;
    this.renew(renewals);
  }

  async #find(): Promise<Identity> {
    this.#lookups += 1;
    const provider = this.#provider;
    let identity: Identity;
    try {
      identity = await provider();
    } catch (error) {
      identity = this.#fallBack(provider, new CredentialLookupError(error));
    } finally {
      this.#lookups -= 1;
    }
    this.#guard.admit(identity);
    const signing = this.#signing.getStore();
    if (signing) signing.accessKeyId = identity.accessKeyId;
    if (provider === this.#provider) this.#kept = identity;
    return identity;
  }

  /**
   * A lookup can fail before the credentials of the one before are over: the SDK makes it some minutes earlier, and AWS
   * can refuse for a moment what it takes again. Those before are then in use until they are over, or refused.
   */
  #fallBack(provider: CredentialProvider, failure: CredentialLookupError): Identity {
    const kept = this.#kept;
    if (kept === null || this.#isOver(kept)) throw failure;
    if (provider === this.#provider) {
      this.#lookupFailure = failure;
      this.#provider = () => {
        if (!this.#isOver(kept)) return Promise.resolve(kept);
        this.renew(this.#renewals);
        return this.#provider();
      };
    }
    return kept;
  }

  #isOver({ expiration }: Identity): boolean {
    return expiration !== undefined && expiration.getTime() <= this.#now();
  }
}
