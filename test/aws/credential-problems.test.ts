import { describe, expect, it } from 'vitest';
import { missingCredentials, refusedCredentials } from '../../src/aws/credential-problems.ts';
import type { CredentialSource } from '../../src/aws/credential-source.ts';
import { partsOf } from '../../src/aws/error-parts.ts';
import type { ProblemKind } from '../../src/domain/problem.ts';

const of = (kind: CredentialSource['kind'], profile: string | null = 'prod') => ({
  profile,
  source: { kind, profile, account: null },
});
/** Of a profile `prod` with a role that is assumed with what `base` has. */
const behindRole = (kind: CredentialSource['kind']) => ({
  profile: 'prod',
  source: { kind, profile: 'base', account: null },
});
const failure = (name: string, message = '', members: object = {}) =>
  Object.assign(new Error(message), { name, ...members });
/** What a provider makes of an error of the SDK. */
const wrapped = (name: string, message = '') => failure('CredentialsProviderError', `${name}: ${message}`);

describe('credentials that have expired', () => {
  const expired = partsOf(failure('ExpiredTokenException', 'The security token is expired'));

  it.each<[string, ReturnType<typeof of>, RegExp]>([
    ['of the environment', of('environment', null), /^the keys in the environment .* start again;/],
    ['of the shared files', of('keys'), /^the keys of profile prod .* AWS credentials file$/],
    ['behind a role', behindRole('keys'), /^the keys of profile base /],
    ['of SSO', of('sso'), /`aws sso login --profile prod`$/],
    ['of SSO behind a role', behindRole('sso'), /`aws sso login --profile base`$/],
    ['of `aws login`', of('login'), /`aws login --profile prod`$/],
    ['of a process', of('process'), /credential_process of profile prod$/],
    ['of a token', of('web-identity', null), /web identity token$/],
    ['of the machine', of('machine', null), /come by themselves$/],
    ['of nobody knows what', of('none', null), /`aws sso login`$/],
    ['of a profile with a space', of('sso', 'my prod'), /`aws sso login --profile 'my prod'`$/],
    ['of a profile with a quote', of('sso', "it's"), /--profile 'it'\\''s'`$/],
  ])('%s say what mends them', (_, whose, message) => {
    expect(refusedCredentials(expired, whose)).toEqual({
      kind: 'credentials',
      needsAction: true,
      message: expect.stringMatching(message),
    });
  });
});

it('keys that AWS does not know, in the environment, need a new start', () => {
  const parts = partsOf(failure('UnrecognizedClientException'));
  expect(refusedCredentials(parts, of('environment', null)).message).toBe(
    'AWS does not accept the keys in the environment (UnrecognizedClientException): set others and start again; a running process cannot get them',
  );
});

describe('credentials that cannot be found', () => {
  it.each<[string, Error, ReturnType<typeof of>, ProblemKind, RegExp]>([
    [
      'SSO: no login',
      failure(
        'CredentialsProviderError',
        'The SSO session token associated with profile=prod was not found or is invalid.',
      ),
      of('sso'),
      'credentials',
      /^the SSO session .*`aws sso login --profile prod`$/,
    ],
    [
      'SSO: refused by the portal',
      wrapped('UnauthorizedException', 'Session token not found or invalid'),
      of('sso'),
      'credentials',
      /`aws sso login --profile prod`$/,
    ],
    [
      'SSO: not his role',
      wrapped('ForbiddenException', 'No access'),
      of('sso'),
      'credentials',
      /^SSO gives no access to the role of profile prod: check sso_account_id and sso_role_name$/,
    ],
    ['SSO: too often', wrapped('TooManyRequestsException', 'HTTP 429'), of('sso'), 'throttled', /throttles/],
    ['SSO: failed', wrapped('InternalServerException'), of('sso'), 'service', /AWS failed/],
    ['SSO: a proxy', wrapped('SyntaxError', 'Unexpected token <'), of('sso'), 'response', /proxy/],
    [
      'SSO: a certificate',
      wrapped('Error', 'self-signed certificate in certificate chain'),
      of('sso'),
      'network',
      /self-signed certificate/,
    ],
    [
      'SSO: no name',
      wrapped('Error', 'getaddrinfo ENOTFOUND portal.sso'),
      of('sso'),
      'network',
      /host name not found \(ENOTFOUND\)$/,
    ],
    ['SSO: cut', wrapped('Error', 'socket hang up'), of('sso'), 'network', /socket hang up$/],
    [
      'SSO: settings that are missing',
      failure('CredentialsProviderError', "Sso session 'corp' is missing required property 'sso_region'."),
      of('sso'),
      'credentials',
      /^the SSO settings of profile prod cannot be used: Sso session 'corp' is missing/,
    ],
    [
      'login: none',
      failure(
        'CredentialsProviderError',
        'Failed to load token from /home/me/.aws/login/cache/x.json: Error: ENOENT',
      ),
      of('login'),
      'credentials',
      /`aws login --profile prod`$/,
    ],
    [
      'role: not trusted',
      failure(
        'AccessDenied',
        'User: arn:aws:iam::1:user/me is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::2:role/x',
      ),
      behindRole('keys'),
      'credentials',
      /^the role of profile prod cannot be assumed: it does not trust those of base, or sts:AssumeRole is not allowed$/,
    ],
    [
      'role: MFA not set up',
      failure(
        'AccessDenied',
        'MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.',
      ),
      behindRole('keys'),
      'credentials',
      /^the role of profile prod asks for MFA: name the device in the profile as mfa_serial$/,
    ],
    [
      'role: a wrong code',
      failure('AccessDenied', 'MultiFactorAuthentication failed with invalid MFA one time pass code.'),
      behindRole('keys'),
      'credentials',
      /^the MFA code was not accepted/,
    ],
    [
      'role: unreachable',
      failure('Error', 'connect ECONNREFUSED', { code: 'ECONNREFUSED' }),
      behindRole('keys'),
      'network',
      /connection refused/,
    ],
    [
      'role: failed',
      failure('ServiceUnavailable', '', { $metadata: { httpStatusCode: 503 } }),
      behindRole('keys'),
      'service',
      /ServiceUnavailable/,
    ],
    [
      'role: keys that are unknown',
      failure('InvalidClientTokenId'),
      behindRole('keys'),
      'credentials',
      /`aws sts get-caller-identity --profile prod`$/,
    ],
    [
      'token: no file',
      failure('Error', "ENOENT: no such file or directory, open '/token'", { code: 'ENOENT' }),
      of('web-identity', null),
      'credentials',
      /^the web identity token cannot be read: ENOENT/,
    ],
    [
      'token: expired',
      failure('ExpiredTokenException', 'Token expired'),
      of('web-identity', null),
      'credentials',
      /web identity token$/,
    ],
    [
      'token: not accepted',
      failure('InvalidIdentityToken', 'No OpenIDConnect provider found'),
      of('web-identity', null),
      'credentials',
      /^AWS does not accept the web identity token: No OpenID/,
    ],
    [
      'nothing',
      failure('CredentialsProviderError', 'Could not load credentials from any providers'),
      of('none'),
      'credentials',
      /^no usable AWS credentials in profile prod: /,
    ],
  ])('%s', (_, error, whose, kind, message) => {
    const problem = missingCredentials(partsOf(error), whose);
    expect(problem).toEqual({
      kind,
      needsAction: kind === 'credentials',
      message: expect.stringMatching(message),
    });
  });
});

describe('the failure of a credential_process', () => {
  const commandLine = 'Command failed: vault --mfa --certificate /x --token s3cr3t';

  it.each<[string, string, ProblemKind, string]>([
    [
      'that says nothing',
      '',
      'credentials',
      'the credential_process of profile prod failed: it ended with an error',
    ],
    [
      'that says why',
      '\n\n locked \nmore',
      'credentials',
      'the credential_process of profile prod failed: locked',
    ],
    [
      'about MFA',
      '\nno MFA code',
      'credentials',
      'the credential_process of profile prod failed: no MFA code',
    ],
    [
      'of time',
      '\nit timed out',
      'network',
      'the credentials could not be fetched: credential_process: it timed out',
    ],
    [
      'of a certificate',
      '\nbad certificate',
      'network',
      'the credentials could not be fetched: credential_process: bad certificate',
    ],
  ])('%s never shows its command line', (_, written, kind, message) => {
    const error = failure('CredentialsProviderError', `${commandLine}${written}`);
    expect(missingCredentials(partsOf(error), of('process'))).toMatchObject({ kind, message });
  });

  it.each(['', 'Error: '])('shows it neither behind %j, nor where another profile runs it', (before) => {
    const error = failure('CredentialsProviderError', `${before}${commandLine}\nMFA device is locked`);
    expect(missingCredentials(partsOf(error), of('none')).message).toBe(
      'credential_process: MFA device is locked',
    );
  });

  it('names what is wrong with its answer', () => {
    const error = failure(
      'CredentialsProviderError',
      'Profile prod credential_process returned invalid JSON.',
    );
    expect(missingCredentials(partsOf(error), of('process')).message).toBe(
      'the credential_process of profile prod failed: returned invalid JSON.',
    );
  });
});
