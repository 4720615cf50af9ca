import { parseKnownFiles } from '@smithy/core/config';
import type { Session } from './session.ts';
import { ssoSettingsOf } from './sso-settings.ts';

/** Where credentials come from in the end, behind the roles that are assumed with them. */
export interface CredentialSource {
  readonly kind:
    | 'environment'
    /** Keys in the shared files. */
    | 'keys'
    /** `aws sso login`. */
    | 'sso'
    /** `aws login`. */
    | 'login'
    | 'process'
    | 'web-identity'
    /** A container's or an instance's own. */
    | 'machine'
    | 'none';
  /** The profile that has them, which is not the session's where that assumes a role; null where none has. */
  readonly profile: string | null;
  /** The account of the session's own profile where only the files tell it. */
  readonly account: string | null;
}

type Profiles = Awaited<ReturnType<typeof parseKnownFiles>>;

/** Where the session's credentials come from, as the files say now. */
export async function credentialSource(session: Session): Promise<CredentialSource> {
  if (session.environmentKeys) return { kind: 'environment', profile: null, account: null };
  const profiles = await parseKnownFiles({ ignoreCache: true });
  const profile = session.profile ?? (profiles.default ? 'default' : null);
  const source = profile === null ? null : sourceIn(profiles, profile, []);
  if (profile === null || source === null) {
    const kind = session.environmentToken ? 'web-identity' : profile === null ? 'machine' : 'none';
    return { kind, profile, account: null };
  }
  const isOwn = source.kind === 'sso' && source.profile === profile;
  return { ...source, account: (isOwn && profiles[profile]?.sso_account_id) || null };
}

/** In the order in which they are looked for. Null where the profile has no credentials. */
function sourceIn(
  profiles: Profiles,
  profile: string,
  behind: readonly string[],
): Omit<CredentialSource, 'account'> | null {
  const settings = profiles[profile] ?? {};
  const hasKeys = Boolean(settings.aws_access_key_id && settings.aws_secret_access_key);
  if (settings.role_arn && !(hasKeys && behind.length > 0)) {
    const { source_profile, credential_source } = settings;
    if (source_profile && !behind.includes(source_profile)) {
      return sourceIn(profiles, source_profile, [...behind, source_profile]);
    }
    if (credential_source === 'Environment') return { kind: 'environment', profile: null };
    if (credential_source) return { kind: 'machine', profile: null };
  }
  if (behind.length === 0 && ssoSettingsOf(profiles, profile)) return { kind: 'sso', profile };
  if (hasKeys) return { kind: 'keys', profile };
  if (settings.role_arn && settings.web_identity_token_file) return { kind: 'web-identity', profile };
  if (settings.credential_process) return { kind: 'process', profile };
  if (settings.sso_session || settings.sso_start_url || settings.sso_account_id)
    return { kind: 'sso', profile };
  return settings.login_session ? { kind: 'login', profile } : null;
}
