import { afterEach, expect, it, vi } from 'vitest';
import { resolveSession, type SessionOptions } from '../../src/aws/session.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { AwsFiles } from '../helpers/aws-files.ts';

isolateAwsEnvironment();
afterEach(() => {
  vi.unstubAllEnvs();
});

const files = `[profile dev]
region = eu-west-1
endpoint_url = http://127.0.0.1:1
[profile prod]
region = eu-west-1
services = local
endpoint_url = http://127.0.0.1:2
[services local]
ssm =
  endpoint_url = http://127.0.0.1:3
[profile ignoring]
region = eu-west-1
endpoint_url = http://127.0.0.1:7
ignore_configured_endpoint_urls = TRUE
`;

it.each<[string, SessionOptions, Record<string, string>, string | null]>([
  ["the profile's own", { profile: 'dev' }, { AWS_PROFILE: 'prod' }, 'http://127.0.0.1:1'],
  ['that of the service before that of the profile', {}, { AWS_PROFILE: 'prod' }, 'http://127.0.0.1:3'],
  [
    'AWS_ENDPOINT_URL before the files',
    { profile: 'prod' },
    { AWS_ENDPOINT_URL: 'http://127.0.0.1:4' },
    'http://127.0.0.1:4',
  ],
  [
    'AWS_ENDPOINT_URL_SSM before AWS_ENDPOINT_URL',
    { profile: 'prod' },
    { AWS_ENDPOINT_URL: 'http://127.0.0.1:4', AWS_ENDPOINT_URL_SSM: 'http://127.0.0.1:5' },
    'http://127.0.0.1:5',
  ],
  [
    '--endpoint-url before all',
    { profile: 'prod', endpointUrl: 'http://127.0.0.1:6' },
    { AWS_ENDPOINT_URL_SSM: 'http://127.0.0.1:5' },
    'http://127.0.0.1:6',
  ],
  [
    'none, when what is configured is to be ignored',
    { profile: 'prod' },
    { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true', AWS_ENDPOINT_URL: 'http://127.0.0.1:4' },
    null,
  ],
  [
    'none, however that is written',
    { profile: 'prod' },
    { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'True', AWS_ENDPOINT_URL: 'http://127.0.0.1:4' },
    null,
  ],
  ['none, where the profile says so', { profile: 'ignoring' }, {}, null],
  [
    'what is configured, where the environment says so before the profile',
    { profile: 'ignoring' },
    { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false' },
    'http://127.0.0.1:7',
  ],
])('the endpoint is %s', async (_, options, env, endpointUrl) => {
  using _files = new AwsFiles(files);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  expect(await resolveSession(options, process.env)).toMatchObject({ endpointUrls: { ssm: endpointUrl } });
});

it('each service has settings of its own', async () => {
  using _files = new AwsFiles(`[profile local]
region = eu-west-1
services = local
endpoint_url = http://127.0.0.1:1
[services local]
cloudwatch_logs =
  endpoint_url = http://127.0.0.1:2
`);
  vi.stubEnv('AWS_ENDPOINT_URL_S3', 'http://127.0.0.1:3');
  expect(await resolveSession({ profile: 'local' }, process.env)).toMatchObject({
    endpointUrls: { ssm: 'http://127.0.0.1:1', logs: 'http://127.0.0.1:2', s3: 'http://127.0.0.1:3' },
  });
});

it.each([
  ['region', { region: 'eu west' }, {}, 'eu-west-1'],
  [
    'endpoint with a password',
    { region: 'eu-west-1' },
    { AWS_ENDPOINT_URL: 'alice:hunter2@host' },
    "the endpoint 'host' is no URL",
  ],
  ['endpoint', { region: 'eu-west-1' }, { AWS_ENDPOINT_URL_SSM: 'not-a-url' }, 'http://127.0.0.1:4567'],
])('a %s that cannot be one is refused, and the right form shown', async (_, options, env, form) => {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  await expect(resolveSession(options, process.env)).rejects.toMatchObject({
    problem: { needsAction: true, message: expect.stringContaining(form) },
  });
});
