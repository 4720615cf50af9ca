import { afterEach, describe, expect, it, vi } from 'vitest';
import { Connection } from '../../src/aws/connection.ts';
import { credentialProvider, type MfaPrompt } from '../../src/aws/credentials.ts';
import { resolveSession, type SessionOptions } from '../../src/aws/session.ts';
import { type Problem, RemoteError } from '../../src/domain/problem.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { AwsFiles, mfaProfile, ssoProfile } from '../helpers/aws-files.ts';
import { openEndpoint } from '../helpers/endpoint.ts';

isolateAwsEnvironment();
afterEach(() => {
  vi.unstubAllEnvs();
});

const noPrompt: MfaPrompt = () => {
  throw new RemoteError({ kind: 'credentials', message: 'there is no terminal to ask', needsAction: true });
};

/** Makes a provider as the program does. */
async function provider(options: SessionOptions = {}, mfaPrompt = noPrompt) {
  const session = await resolveSession({ region: 'eu-west-1', ...options }, process.env);
  return { session, find: credentialProvider(session, mfaPrompt) };
}

async function accessKey(options: SessionOptions = {}): Promise<string> {
  const { find } = await provider(options);
  return (await find()).accessKeyId;
}

async function problemOfSignIn(options: SessionOptions, mfaPrompt = noPrompt): Promise<Problem> {
  const session = await resolveSession({ region: 'eu-west-1', ...options }, process.env);
  const connection = new Connection(session, { credentials: () => credentialProvider(session, mfaPrompt) });
  try {
    await connection.signIn();
  } catch (error) {
    if (error instanceof RemoteError) return error.problem;
    throw error;
  } finally {
    connection.close();
  }
  throw new Error('the sign-in went well');
}

const keys = (id: string) => `aws_access_key_id = ${id}\naws_secret_access_key = secret\n`;
const profiles = `[default]\n${keys('DEFAULT')}[dev]\n${keys('DEV')}[prod]\n${keys('PROD')}`;

const oldSsoProfile = `
[profile prod]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-west-1
sso_account_id = 123456789012
sso_role_name = oncall
`;

describe('the source of the credentials', () => {
  it.each<[string, Record<string, string>, SessionOptions, string]>([
    ['the default profile', {}, {}, 'DEFAULT'],
    ['AWS_PROFILE', { AWS_PROFILE: 'dev' }, {}, 'DEV'],
    ['keys in the environment, before AWS_PROFILE', { AWS_PROFILE: 'dev', ...keysOf('ENV') }, {}, 'ENV'],
    ['keys in the environment, before the default profile', keysOf('ENV'), {}, 'ENV'],
    ['--profile, before keys in the environment', keysOf('ENV'), { profile: 'prod' }, 'PROD'],
    ['--profile, before AWS_PROFILE', { AWS_PROFILE: 'dev' }, { profile: 'prod' }, 'PROD'],
    ['the profile, where only a secret is in the environment', { AWS_SECRET_ACCESS_KEY: 's' }, {}, 'DEFAULT'],
  ])('is %s', async (_, env, options, expected) => {
    using _files = new AwsFiles('', profiles);
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    expect(await accessKey(options)).toBe(expected);
  });

  function keysOf(id: string): Record<string, string> {
    return { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: 'secret' };
  }

  it.each([
    ['a session', ssoProfile, 'corp'],
    ['settings of the profile alone', oldSsoProfile, 'https://corp.awsapps.com/start'],
  ])('is SSO, before keys that the profile has as well: %s', async (_, config, token) => {
    const roleCredentials = {
      accessKeyId: 'ASIASSO',
      secretAccessKey: 's',
      sessionToken: 't',
      expiration: Date.UTC(2099, 0, 1),
    };
    await using portal = await openEndpoint(() => ({ body: { roleCredentials } }));
    using files = new AwsFiles(config, `[prod]\n${keys('STALE')}`);
    files.cacheSsoToken(token, new Date(Date.UTC(2099, 0, 1)));
    vi.stubEnv('AWS_ENDPOINT_URL_SSO', portal.url);
    expect(await accessKey({ profile: 'prod' })).toBe('ASIASSO');
  });

  it('is read anew by a provider that is made after the file has changed', async () => {
    using files = new AwsFiles('', profiles);
    const { session, find } = await provider();
    expect((await find()).accessKeyId).toBe('DEFAULT');
    files.write('', `[default]\n${keys('RENEWED')}`);
    expect((await credentialProvider(session, noPrompt)()).accessKeyId).toBe('RENEWED');
  });

  it('never warns on the console of what it passes over', async () => {
    const warnings = [vi.spyOn(console, 'warn'), vi.spyOn(process, 'emitWarning')];
    using _files = new AwsFiles('', profiles);
    for (const [name, value] of Object.entries(keysOf('ENV'))) vi.stubEnv(name, value);
    await accessKey({ profile: 'prod' });
    for (const warning of warnings) {
      expect(warning).not.toHaveBeenCalled();
      warning.mockRestore();
    }
  });
});

describe('without good credentials the sign-in says what to do', () => {
  it('none at all', async () => {
    using _files = new AwsFiles('');
    expect(await problemOfSignIn({})).toEqual({
      kind: 'credentials',
      needsAction: true,
      message: expect.stringMatching(/^no usable AWS credentials: .*`aws configure`.*`aws sso login`/),
    });
  });

  it('a profile that has none', async () => {
    using _files = new AwsFiles('[profile prod]\nregion = eu-west-1\n');
    const { message } = await problemOfSignIn({ profile: 'prod' });
    expect(message).toMatch(/^no usable AWS credentials in profile prod: .*`aws sso login --profile prod`/);
  });

  it('SSO without a login', async () => {
    using _files = new AwsFiles(ssoProfile);
    const { message } = await problemOfSignIn({ profile: 'prod' });
    expect(message).toMatch(/SSO.*`aws sso login --profile prod`/);
  });

  it('SSO without a login, beside keys that are not meant', async () => {
    using _files = new AwsFiles(ssoProfile, `[prod]\n${keys('STALE')}`);
    const { message } = await problemOfSignIn({ profile: 'prod' });
    expect(message).toMatch(/SSO.*`aws sso login --profile prod`/);
  });

  it('SSO with a login that has expired', async () => {
    using files = new AwsFiles(ssoProfile);
    files.cacheSsoToken('corp', new Date(Date.UTC(2020, 0, 1)));
    expect(await problemOfSignIn({ profile: 'prod' })).toEqual({
      kind: 'credentials',
      needsAction: true,
      message: expect.stringMatching(/SSO.*expired.*`aws sso login --profile prod`/),
    });
  });

  it('a process that fails', async () => {
    using _files = new AwsFiles('[profile prod]\ncredential_process = /nonexistent/program\n');
    expect(await problemOfSignIn({ profile: 'prod' })).toMatchObject({
      kind: 'credentials',
      needsAction: true,
    });
  });
});

describe('a profile with MFA', () => {
  it('without a terminal is refused with what the prompt says', async () => {
    using _files = new AwsFiles(mfaProfile);
    expect(await problemOfSignIn({ profile: 'prod' })).toEqual({
      kind: 'credentials',
      needsAction: true,
      message: 'there is no terminal to ask',
    });
  });

  it('sends the code that it was told, and knows the account', async () => {
    const answer = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
      <AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/oncall/me</Arn></AssumedRoleUser>
      <Credentials><AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
      <SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>
      </AssumeRoleResult></AssumeRoleResponse>`;
    await using sts = await openEndpoint(() => ({ headers: { 'content-type': 'text/xml' }, body: answer }));
    using _files = new AwsFiles(mfaProfile);
    vi.stubEnv('AWS_ENDPOINT_URL_STS', sts.url);
    const asked: string[] = [];
    const { find } = await provider({ profile: 'prod' }, async (serialNumber) => {
      asked.push(serialNumber);
      return '123456';
    });
    expect(await find()).toMatchObject({ accessKeyId: 'ASIA', accountId: '123456789012' });
    expect(asked).toEqual(['arn:aws:iam::123456789012:mfa/me']);
    expect(new URLSearchParams(sts.calls[0]?.body).get('TokenCode')).toBe('123456');
  });
});
