import { afterEach, expect, it, vi } from 'vitest';
import { type CredentialSource, credentialSource } from '../../src/aws/credential-source.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { AwsFiles, ssoProfile } from '../helpers/aws-files.ts';
import { sessionTo } from '../helpers/connect-to.ts';

isolateAwsEnvironment();
afterEach(() => {
  vi.unstubAllEnvs();
});

const keys = 'aws_access_key_id = AKID\naws_secret_access_key = secret\n';
const role = 'role_arn = arn:aws:iam::123456789012:role/oncall\n';
const sso = 'sso_session = corp\nsso_account_id = 123456789012\nsso_role_name = oncall\n';
const of = (kind: CredentialSource['kind'], profile: string | null, account: string | null = null) => ({
  kind,
  profile,
  account,
});

it.each<[string, string, CredentialSource]>([
  ['keys', `[profile prod]\n${keys}`, of('keys', 'prod')],
  ['SSO, which tells the account', ssoProfile, of('sso', 'prod', '123456789012')],
  [
    'SSO without a session',
    '[profile prod]\nsso_start_url = https://corp.awsapps.com/start\nsso_account_id = 123456789012\n',
    of('sso', 'prod', '123456789012'),
  ],
  ['a process', '[profile prod]\ncredential_process = /bin/creds\n', of('process', 'prod')],
  ['`aws login`', '[profile prod]\nlogin_session = arn:aws:iam::1:user/me\n', of('login', 'prod')],
  ['keys before a process', `[profile prod]\n${keys}credential_process = x\n`, of('keys', 'prod')],
  [
    'SSO before keys and a process',
    `${ssoProfile}[profile prod]\n${keys}credential_process = x\n`,
    of('sso', 'prod', '123456789012'),
  ],
  [
    'keys of a profile behind a role, before its SSO',
    `[profile prod]\n${role}source_profile = base\n[profile base]\n${keys}${sso}`,
    of('keys', 'base'),
  ],
  [
    'a role with keys of another profile',
    `[profile prod]\n${role}source_profile = base\n[profile base]\n${keys}`,
    of('keys', 'base'),
  ],
  [
    'a role of a role with SSO, whose account is another one',
    `[profile prod]\n${role}source_profile = mid\n[profile mid]\n${role}source_profile = base\n[profile base]\n${sso}`,
    of('sso', 'base'),
  ],
  ['a role with its own keys', `[profile prod]\n${role}source_profile = prod\n${keys}`, of('keys', 'prod')],
  [
    'roles that go in a circle',
    `[profile prod]\n${role}source_profile = base\n[profile base]\n${role}source_profile = base\n`,
    of('none', 'prod'),
  ],
  [
    'a role with keys of the environment',
    `[profile prod]\n${role}credential_source = Environment\n`,
    of('environment', null),
  ],
  [
    'a role of the machine',
    `[profile prod]\n${role}credential_source = Ec2InstanceMetadata\n`,
    of('machine', null),
  ],
  [
    'a role with a token',
    `[profile prod]\n${role}web_identity_token_file = /token\n`,
    of('web-identity', 'prod'),
  ],
  ['nothing', '[profile prod]\nregion = eu-west-1\n', of('none', 'prod')],
])('%s', async (_, config, expected) => {
  using _files = new AwsFiles(config);
  const session = sessionTo(null, { profile: 'prod', environmentKeys: false });
  expect(await credentialSource(session)).toEqual(expected);
});

it.each<[string, string, boolean, CredentialSource]>([
  ['the default profile', `[default]\n${keys}`, false, of('keys', 'default')],
  ['a token', '', true, of('web-identity', null)],
  ['the machine', '', false, of('machine', null)],
])('without a profile: %s', async (_, config, environmentToken, expected) => {
  using _files = new AwsFiles(config);
  const session = sessionTo(null, { environmentKeys: false, environmentToken });
  expect(await credentialSource(session)).toEqual(expected);
});

it('keys in the environment, whatever the files have', async () => {
  using _files = new AwsFiles(`[default]\n${keys}`);
  expect(await credentialSource(sessionTo(null))).toEqual(of('environment', null));
});
