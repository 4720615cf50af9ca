import { fromEnv } from '@aws-sdk/credential-provider-env';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { parseKnownFiles } from '@smithy/core/config';
import { credentialSource } from './credential-source.ts';
import type { Session } from './session.ts';
import { ssoSettingsOf } from './sso-settings.ts';

/** Asks the person for the current code of the MFA device with this serial number. */
export type MfaPrompt = (serialNumber: string) => Promise<string>;

/** Finds the credentials, or throws. */
export type CredentialProvider = ReturnType<typeof fromEnv>;
export type Identity = Awaited<ReturnType<CredentialProvider>>;

/**
 * The session's credentials, read anew from the environment and the shared files: the SDK keeps what it once read for
 * the life of the process, so that a provider made after `aws sso login` or a changed file is what picks them up.
 */
export function credentialProvider(session: Session, mfaPrompt: MfaPrompt): CredentialProvider {
  if (session.environmentKeys) return fromEnv();
  const processes = new ProcessFailure();
  const open = async () =>
    defaultProvider({
      ...(await profileSettings(session)),
      ignoreCache: true,
      mfaCodeProvider: mfaPrompt,
      logger: processes.logger,
      parentClientConfig: { region: session.region },
    });
  let find: Promise<CredentialProvider> | null = null;
  let told: { readonly found: Identity; readonly identity: Identity } | null = null;
  return async () => {
    find ??= open();
    const found = await (await find)().catch((error: unknown) => {
      throw processes.error ?? error;
    });
    if (processes.error && !isOfProcess(found)) throw processes.error;
    if (told?.found !== found) told = { found, identity: await withAccount(found, session) };
    return told.identity;
  };
}

/** The profile, and what of it the SDK would look at too late. */
async function profileSettings({ profile }: Session) {
  if (profile === null) return {};
  return { profile, ...ssoSettingsOf(await parseKnownFiles({ ignoreCache: true }), profile) };
}

/**
 * Why the credential_process of the profile failed. The SDK goes on to other sources then, in the end to those of the
 * machine, as if the profile had named none; the AWS CLI does not, and nobody wants to be somebody else unawares.
 */
class ProcessFailure {
  #error: Error | null = null;

  get error(): Error | null {
    return this.#error;
  }

  /** The SDK tells of what it passes over nobody else. It would warn on the console of some of it. */
  readonly logger = {
    debug: (line: unknown) => this.#note(String(line)),
    info() {},
    warn() {},
    error() {},
  };

  #note(line: string): void {
    const reason =
      /^@smithy\/property-provider \S+ ((?:Command failed|Profile .+ credential_process (?:returned|did)).*)/s;
    const message = reason.exec(line)?.[1];
    if (message === undefined) return;
    this.#error = Object.assign(new Error(message), { name: 'CredentialsProviderError' });
  }
}

/** Whether they are what a process gave, before a later run of it failed. */
function isOfProcess(identity: object): boolean {
  const source = '$source' in identity ? identity.$source : null;
  return typeof source === 'object' && source !== null && 'CREDENTIALS_PROCESS' in source;
}

/** The portal of SSO does not say the account; the profile does. */
async function withAccount(identity: Identity, session: Session): Promise<Identity> {
  if (identity.accountId !== undefined) return identity;
  const { account } = await credentialSource(session);
  return account === null ? identity : { ...identity, accountId: account };
}
