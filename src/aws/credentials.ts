import { fromEnv } from '@aws-sdk/credential-provider-env';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { RemoteError } from '../domain/problem.ts';
import type { Session } from './session.ts';

/** Asks the person for the current code of the MFA device with this serial number. */
export type MfaPrompt = (serialNumber: string) => Promise<string>;

/** Finds the credentials, or throws. */
export type CredentialProvider = ReturnType<typeof fromEnv>;

/** The SDK warns on the console of sources that it passes over; which one counts is said in our own help. */
const silence = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * The session's credentials, read anew from the environment and the shared files: the SDK keeps what it once read for
 * the life of the process, so that a provider made after `aws sso login` or a changed file is what picks them up.
 */
export function credentialProvider(session: Session, mfaPrompt: MfaPrompt): CredentialProvider {
  if (session.environmentKeys) return fromEnv();
  return defaultProvider({
    ...(session.profile === null ? {} : { profile: session.profile }),
    ignoreCache: true,
    mfaCodeProvider: mfaPrompt,
    logger: silence,
    parentClientConfig: { region: session.region },
  });
}

/** Refuses credentials of another account than the first ones had: rows of two accounts must never mix. */
export class AccountGuard {
  #account: string | null = null;

  /** The account, where the credentials tell it. */
  get account(): string | null {
    return this.#account;
  }

  /** The same provider, which throws RemoteError (`credentials`) when the account has changed. */
  guard(provider: CredentialProvider): CredentialProvider {
    return async () => {
      const identity = await provider();
      const account = identity.accountId ?? null;
      if (account !== null && this.#account !== null && account !== this.#account) {
        throw new RemoteError({
          kind: 'credentials',
          message: `the credentials are now those of account ${account}; this watch is of account ${this.#account}`,
          needsAction: true,
        });
      }
      this.#account ??= account;
      return identity;
    };
  }
}
