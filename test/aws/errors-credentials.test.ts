import { afterEach, expect, it, vi } from 'vitest';
import { Connection } from '../../src/aws/connection.ts';
import { credentialProvider } from '../../src/aws/credentials.ts';
import { CredentialLookupError, toRemoteError } from '../../src/aws/errors.ts';
import { readCommand } from '../../src/aws/list-commands.ts';
import { resolveSession } from '../../src/aws/session.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { AwsFiles, mfaProfile, ssoProfile } from '../helpers/aws-files.ts';
import { connectTo } from '../helpers/connect-to.ts';
import { closedPort, openEndpoint } from '../helpers/endpoint.ts';
import { commandId } from '../helpers/fixtures.ts';

isolateAwsEnvironment();
afterEach(() => {
  vi.unstubAllEnvs();
});
const { signal } = new AbortController();

async function signIn(mfa = async () => '123456') {
  const session = await resolveSession({ profile: 'prod' }, process.env);
  const connection = new Connection(session, { credentials: () => credentialProvider(session, mfa) });
  await connection.signIn();
}
it('SSO portal that cannot be reached is `network`', async () => {
  using files = new AwsFiles(ssoProfile);
  files.cacheSsoToken('corp', new Date(Date.UTC(2099, 0, 1)));
  vi.stubEnv('AWS_ENDPOINT_URL_SSO', await closedPort());
  await expect(signIn()).rejects.toMatchObject({ problem: { kind: 'network', needsAction: false } });
});
it('SSO portal whose name is not found is no expired session', () => {
  const error = new CredentialLookupError(
    Object.assign(new Error('getaddrinfo ENOTFOUND portal.sso.eu-west-1.amazonaws.com'), {
      name: 'CredentialsProviderError',
    }),
  );
  const context = {
    service: 'ssm' as const,
    operation: 'credentials',
    profile: 'prod',
    source: { kind: 'sso' as const, profile: 'prod', account: null },
    endpoint: 'AWS eu-west-1',
    timedOutAfter: null,
  };
  expect(toRemoteError(error, context).problem.message).not.toContain('expired');
});
it('a wrong MFA code is said so, and no action ssm:credentials', async () => {
  const message = 'MultiFactorAuthentication failed with invalid MFA one time pass code. ';
  await using sts = await openEndpoint(() => ({
    status: 403,
    headers: { 'content-type': 'text/xml' },
    body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Code>AccessDenied</Code><Message>${message}</Message></Error></ErrorResponse>`,
  }));
  using _files = new AwsFiles(mfaProfile);
  vi.stubEnv('AWS_ENDPOINT_URL_STS', sts.url);
  await expect(signIn()).rejects.toMatchObject({
    problem: { kind: 'credentials', message: expect.stringContaining('MFA') },
  });
});

it('an InvalidNextToken can be mended by a new sweep', async () => {
  await using endpoint = await openEndpoint(() => ({
    status: 400,
    body: { __type: 'InvalidNextToken', Message: 'x' },
  }));
  const connection = connectTo(endpoint.url);
  await expect(readCommand(connection, commandId, signal)).rejects.toMatchObject({
    problem: { needsAction: false },
  });
});
