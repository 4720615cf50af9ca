import { AccountGuard } from './account-guard.ts';
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
  readonly #guard = new AccountGuard();
  #provider: CredentialProvider;
  #renewals = 0;
  #lookups = 0;

  /**
   * The provider for clients of the SDK. They keep for good what a provider once gave, unless it says that it keeps
   * that itself; this one has to be asked for each request, since what it gives can change.
   */
  readonly find: CredentialProvider & { memoized: boolean } = Object.assign(() => this.#find(), {
    memoized: true,
  });

  /** `make`: makes a provider that finds the credentials afresh. */
  constructor(session: Session, make: () => CredentialProvider) {
    this.#session = session;
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

  /** Whether those that were found last are of the account that the first ones were of, as far as was to be found out. */
  get isProven(): boolean {
    return this.#guard.isProven;
  }

  /** Whether they are being looked for. */
  get isLooking(): boolean {
    return this.#lookups > 0;
  }

  /** AWS has shown what is watched to those with this access key ID. */
  prove(accessKeyId: string | null): void {
    this.#guard.prove(accessKeyId);
  }

  /** Where they come from, as the files say now. */
  source(): Promise<CredentialSource> {
    return credentialSource(this.#session, process.env);
  }

  /** How often they were renewed. */
  get renewals(): number {
    return this.#renewals;
  }

  /**
   * Those that were in use after so many `renewals` are no longer good: they are found afresh for the next call. Nothing
   * when that has been done meanwhile.
   */
  renew(renewals: number): void {
    if (renewals !== this.#renewals) return;
    this.#renewals += 1;
    this.#provider = this.#make();
  }

  async #find(): Promise<Identity> {
    this.#lookups += 1;
    let identity: Identity;
    try {
      identity = await this.#provider();
    } catch (error) {
      throw new CredentialLookupError(error);
    } finally {
      this.#lookups -= 1;
    }
    this.#guard.admit(identity);
    return identity;
  }
}
