import { afterEach, describe, expect, it, vi } from 'vitest';
import { resolveSession, type Session, type SessionOptions } from '../../src/aws/session.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { AwsFiles } from '../helpers/aws-files.ts';

isolateAwsEnvironment();
afterEach(() => {
  vi.unstubAllEnvs();
});

const config = `
[default]
region = eu-default-1
[profile dev]
region = eu-dev-1
[profile prod]
output = json
`;
const keys = { AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 'secret' };

async function resolve(
  options: SessionOptions,
  env: Record<string, string>,
  text = config,
): Promise<Session> {
  using _files = new AwsFiles(text);
  return await resolveSession(options, env);
}

describe('the region', () => {
  const both = { AWS_REGION: 'eu-env-1', AWS_DEFAULT_REGION: 'eu-env-2' };

  it.each<[string, SessionOptions, Record<string, string>, string]>([
    ['--region, before all', { region: 'eu-flag-1', profile: 'dev' }, both, 'eu-flag-1'],
    ['AWS_REGION, before AWS_DEFAULT_REGION', {}, both, 'eu-env-1'],
    ['AWS_REGION, before the profile', { profile: 'dev' }, both, 'eu-env-1'],
    ['AWS_REGION, where --region is empty', { region: '' }, both, 'eu-env-1'],
    ['AWS_DEFAULT_REGION, before the profile', {}, { AWS_DEFAULT_REGION: 'eu-env-2' }, 'eu-env-2'],
    ['AWS_DEFAULT_REGION, where AWS_REGION is empty', {}, { ...both, AWS_REGION: '' }, 'eu-env-2'],
    ["the profile's, of --profile", { profile: 'dev' }, {}, 'eu-dev-1'],
    [
      "the profile's, of --profile before AWS_PROFILE",
      { profile: 'dev' },
      { AWS_PROFILE: 'prod' },
      'eu-dev-1',
    ],
    ["the profile's, of AWS_PROFILE", {}, { AWS_PROFILE: 'dev' }, 'eu-dev-1'],
    ["the profile's, of AWS_PROFILE with keys", {}, { AWS_PROFILE: 'dev', ...keys }, 'eu-dev-1'],
    ['that of the default profile', {}, {}, 'eu-default-1'],
    ['that of the default profile, with keys', {}, keys, 'eu-default-1'],
  ])('is %s', async (_, options, env, region) => {
    expect(await resolve(options, env)).toMatchObject({ region });
  });

  it.each<[string, SessionOptions, Record<string, string>, string]>([
    ['a profile without one', { profile: 'prod' }, {}, config],
    ['no files and keys', {}, keys, ''],
    ['an empty variable', {}, { AWS_REGION: '' }, ''],
  ])('is missing: %s', async (_, options, env, text) => {
    await expect(resolve(options, env, text)).rejects.toMatchObject({
      problem: {
        kind: 'credentials',
        needsAction: true,
        message: expect.stringMatching(/^no region: .*--region eu-west-1.*AWS_REGION/),
      },
    });
  });
});

describe('profile and keys', () => {
  it.each<[string, SessionOptions, Record<string, string>, Partial<Session>]>([
    ['nothing said', {}, {}, { profile: 'default', environmentKeys: false }],
    ['keys', {}, keys, { profile: null, environmentKeys: true }],
    ['keys and AWS_PROFILE', {}, { ...keys, AWS_PROFILE: 'dev' }, { profile: null, environmentKeys: true }],
    ['keys and --profile', { profile: 'dev' }, keys, { profile: 'dev', environmentKeys: false }],
    ['a token', {}, { AWS_WEB_IDENTITY_TOKEN_FILE: '/token' }, { environmentToken: true }],
    ['a secret alone', {}, { AWS_SECRET_ACCESS_KEY: 's' }, { profile: 'default', environmentKeys: false }],
    [
      'half a key and --profile',
      { profile: 'dev' },
      { AWS_ACCESS_KEY_ID: 'AKID' },
      { profile: 'dev', environmentKeys: false },
    ],
    ['AWS_PROFILE', {}, { AWS_PROFILE: 'dev' }, { profile: 'dev', environmentKeys: false }],
    ['--profile and AWS_PROFILE', { profile: 'dev' }, { AWS_PROFILE: 'prod' }, { profile: 'dev' }],
    ['AWS_PROFILE empty', {}, { AWS_PROFILE: '' }, { profile: 'default' }],
  ])('%s', async (_, options, env, expected) => {
    expect(await resolve(options, env)).toMatchObject(expected);
  });

  it('there is none where the files have none: the machine may have credentials', async () => {
    expect(await resolve({ region: 'eu-west-1' }, {}, '')).toEqual({
      region: 'eu-west-1',
      profile: null,
      endpointUrls: { ssm: null, s3: null, logs: null },
      environmentKeys: false,
      environmentToken: false,
    });
  });

  it.each<[string, SessionOptions, Record<string, string>]>([
    ['--profile', { profile: 'prdo' }, {}],
    ['AWS_PROFILE', {}, { AWS_PROFILE: 'prdo' }],
    ['--profile, beside keys', { profile: 'prdo' }, keys],
  ])('an unknown one in %s is refused, naming it and those there are', async (_, options, env) => {
    await expect(resolve({ region: 'eu-west-1', ...options }, env)).rejects.toMatchObject({
      problem: {
        kind: 'credentials',
        needsAction: true,
        message: expect.stringMatching(/^profile prdo not found .*default, dev, prod/),
      },
    });
  });

  it.each([
    ['missing', {}],
    ['empty', { AWS_SECRET_ACCESS_KEY: '' }],
  ])('none is taken in the place of a key whose secret is %s', async (_, secret) => {
    const env = { AWS_ACCESS_KEY_ID: 'AKID', AWS_PROFILE: 'dev', ...secret };
    await expect(resolve({}, env)).rejects.toMatchObject({
      problem: {
        kind: 'credentials',
        needsAction: true,
        message: expect.stringContaining('AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY'),
      },
    });
  });

  it('an unknown one is refused where there are no files at all', async () => {
    await expect(resolveSession({ profile: 'prod', region: 'eu-west-1' }, {})).rejects.toMatchObject({
      problem: { message: expect.stringMatching(/^profile prod not found /) },
    });
  });
});

it('--endpoint-url is kept', async () => {
  expect(await resolve({ endpointUrl: 'http://127.0.0.1:4567' }, {})).toMatchObject({
    endpointUrls: {
      ssm: 'http://127.0.0.1:4567',
      s3: 'http://127.0.0.1:4567',
      logs: 'http://127.0.0.1:4567',
    },
  });
});
