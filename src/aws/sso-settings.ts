import type { parseKnownFiles } from '@smithy/core/config';

type Profiles = Awaited<ReturnType<typeof parseKnownFiles>>;

/** What is needed to get credentials with an `aws sso login`, as the SDK's providers take it. */
export interface SsoSettings {
  readonly ssoSession?: string;
  readonly ssoStartUrl: string;
  readonly ssoRegion: string;
  readonly ssoAccountId: string;
  readonly ssoRoleName: string;
}

/**
 * The SSO settings of a profile that gets its own credentials with them; null where it assumes a role, or they are not
 * complete. The AWS CLI takes them before keys and processes of the same profile; the SDK, left to itself, after these.
 */
export function ssoSettingsOf(profiles: Profiles, profile: string): SsoSettings | null {
  const settings = profiles[profile] ?? {};
  const { sso_session: name, sso_account_id: ssoAccountId, sso_role_name: ssoRoleName } = settings;
  const session = name === undefined ? settings : (profiles[`sso-session.${name}`] ?? {});
  const { sso_start_url: ssoStartUrl, sso_region: ssoRegion } = session;
  if (settings.role_arn || !ssoAccountId || !ssoRoleName || !ssoStartUrl || !ssoRegion) return null;
  return {
    ...(name === undefined ? {} : { ssoSession: name }),
    ssoStartUrl,
    ssoRegion,
    ssoAccountId,
    ssoRoleName,
  };
}
