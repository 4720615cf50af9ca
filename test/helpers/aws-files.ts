import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';

/** A home directory with AWS config files, used by the SDK until it is disposed of. */
export class AwsFiles implements Disposable {
  readonly #home = mkdtempSync(join(tmpdir(), 'ssm-watch-aws-'));

  constructor(config: string, credentials = '') {
    vi.stubEnv('HOME', this.#home);
    vi.stubEnv('AWS_CONFIG_FILE', join(this.#home, 'config'));
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(this.#home, 'credentials'));
    this.write(config, credentials);
  }

  /** What makes a program use them that was started with an environment of its own: no keys in it. */
  get environment(): Readonly<Record<string, string | undefined>> {
    return {
      HOME: this.#home,
      AWS_CONFIG_FILE: join(this.#home, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(this.#home, 'credentials'),
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
    };
  }

  /** Replaces the files. */
  write(config: string, credentials = ''): void {
    writeFileSync(join(this.#home, 'config'), config);
    writeFileSync(join(this.#home, 'credentials'), credentials);
  }

  /** What `aws sso login` leaves behind. */
  cacheSsoToken(session: string, expiresAt: Date): void {
    const folder = join(this.#home, '.aws', 'sso', 'cache');
    mkdirSync(folder, { recursive: true });
    const name = createHash('sha1').update(session).digest('hex');
    const token = { accessToken: 'token', expiresAt: expiresAt.toISOString() };
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(token));
  }

  [Symbol.dispose](): void {
    vi.unstubAllEnvs();
    rmSync(this.#home, { recursive: true, force: true });
  }
}

/** A profile `prod` with an SSO session `corp`. */
export const ssoProfile = `
[profile prod]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = oncall
region = eu-west-1
[sso-session corp]
sso_region = eu-west-1
sso_start_url = https://corp.awsapps.com/start
sso_registration_scopes = sso:account:access
`;

/** A profile \`prod\` whose role asks for an MFA code. */
export const mfaProfile = `
[profile base]
aws_access_key_id = AKIDBASE
aws_secret_access_key = secret
[profile prod]
role_arn = arn:aws:iam::123456789012:role/oncall
source_profile = base
mfa_serial = arn:aws:iam::123456789012:mfa/me
region = eu-west-1
`;
