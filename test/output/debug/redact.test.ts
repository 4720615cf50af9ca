import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { missingCredentials } from '../../../src/aws/credential-problems.ts';
import { resolveSession } from '../../../src/aws/session.ts';
import { redact, withoutAccounts } from '../../../src/output/debug/redact.ts';
import { AwsFiles } from '../../helpers/aws-files.ts';

const token = 'IQoJb3JpZ2luX2VjEHwaCWV1LXdlc3QtMSJHMEUCIQDd5';
const signature = '3f1c7a0b9d8e6f5a4b3c2d1e0f9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c4d3e2f1a';

describe('what could be a secret is replaced', () => {
  it.each([
    ['a secret key', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
    ['an access key', 'AKIAIOSFODNN7EXAMPLE'],
    ['a session token', token],
    ['a signature', signature],
    [
      'a header',
      `Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260927, Signature=${signature}`,
    ],
    ['a short token that is named', 'x-amz-security-token:abc123'],
    ['a short password that is named', 'password=abc123'],
    ['JSON', '"SecretAccessKey": "abc123"'],
    ['an account', '123456789012'],
  ])('%s', (_, secret) => {
    const said = redact(`at https://alice:${secret} or ${secret} was said`);
    for (const part of [secret, 'abc123', token, signature, 'AKIAIOSFODNN7EXAMPLE']) {
      expect(said).not.toContain(part);
    }
    expect(said).toMatch(/^at https:\/\//);
  });

  it.each(['alice:hunter2', 'alice:hun@ter2', 'hunter2'])('a user in a URL: %s', (user) => {
    expect(redact(`the endpoint http://${user}@proxy:80 fails`)).toBe(
      'the endpoint http://<credentials>@proxy:80 fails',
    );
  });

  it.each([
    'VAULT_TOKEN=hvs.abc123',
    'refresh_token=abc123',
    'db_password=abc123',
    'clientSecret: abc123',
    'api_key=abc123',
    'X-Api-Key: abc123',
    'accessToken="abc123"',
    '"Signature": "abc123"',
    'Signature=abc123',
    'Bearer abc123',
    'authorization abc, bearer abc123',
    'Basic abc123',
  ])('what is named as one: %s', (text) => {
    expect(redact(`login failed: ${text}`)).not.toContain('abc123');
  });

  it('who asked, in the ARN that AWS quotes', () => {
    const said =
      'ListCommands: ValidationException: User arn:aws:sts::123456789012:assumed-role/AcmeAdmin/john.doe@corp.example, ' +
      'arn:aws:iam::123456789012:user/john.doe and jane.doe@corp.example are refused';
    expect(redact(said)).toBe(
      'ListCommands: ValidationException: User arn:aws:sts::<account>:assumed-role/<identity>, ' +
        'arn:aws:iam::<account>:user/<identity> and <address> are refused',
    );
  });

  it('what is asked for in a URL', () => {
    const url = 'https://s3.eu-west-1.amazonaws.com/bucket/out';
    expect(redact(`see ${url}?X-Amz-Signature=ab&api_key=12345 and ${url}#code=12345, too`)).toBe(
      `see ${url}?<query> and ${url}?<query> too`,
    );
  });

  it('the names of the other profiles', async () => {
    using _files = new AwsFiles('[profile acme-merger]\nregion = eu-west-1\n');
    const { message } = await resolveSession({ profile: 'typo' }, process.env).catch((error) => error);
    expect(message).toContain('acme-merger');
    expect(redact(message)).toBe('profile typo not found in the AWS config files; they have <profiles>');
  });

  it.each([
    ['login of hunter2 failed: wrong', 'the credential_process of profile my prod failed: <output>'],
    ['hunter2 timed out', 'the credentials could not be fetched: credential_process: <output>'],
  ])('what a credential_process wrote: %s', (written, said) => {
    const message = `Command failed: /bin/creds\n${written}`;
    const parts = { name: 'CredentialsProviderError', message, code: null, httpStatus: null };
    const source = { kind: 'process', profile: 'my prod', account: null } as const;
    const problem = missingCredentials(parts, { profile: 'my prod', source });
    expect(problem.message).toContain('hunter2');
    expect(redact(problem.message)).toBe(said);
  });

  it('how a credential_process was called', () => {
    const said = redact(
      'the credentials could not be fetched: Command failed: creds -k hunter2 --certificate x',
    );
    expect(said).toBe('the credentials could not be fetched: Command failed: <command>');
  });

  it('in an ARN only the account', () => {
    expect(withoutAccounts('arn:aws:ssm:eu-west-1:123456789012:document/Acme-Patch')).toBe(
      'arn:aws:ssm:eu-west-1:<account>:document/Acme-Patch',
    );
  });
});

it.each([
  'ListCommands: AWS throttles the calls (Rate exceeded)',
  'ListCommands: connection refused (http://127.0.0.1:4567, ECONNREFUSED)',
  'access denied: the IAM action ssm:ListCommandInvocations is not allowed for these credentials',
  'no command b8eac879-0541-439d-94ec-47a80d554f44 here (region eu-west-1)',
  'ListCommandInvocations: AWS no longer lists the invocation on i-0cb2b964d3e14fd9f; kept as last seen',
  'the SSO session is missing or has expired: run `aws sso login --profile prod`',
  'no usable AWS credentials: run `aws configure` or `aws sso login`, or set AWS_PROFILE',
  'AWS does not accept the signature: check the secret key and the clock of this machine',
  'the credentials could not be fetched: name lookup failed (EAI_AGAIN)',
])('what helps is left as it is: %s', (message) => {
  expect(redact(message)).toBe(message);
});

it('takes the first line, and not too much of it', () => {
  expect(redact('first\nsecond')).toBe('first');
  expect(redact(`${'word '.repeat(10_000)}`).length).toBeLessThanOrEqual(500);
});

it('leaves no run of 40 characters that could be a key, whatever stands around it', async () => {
  const key = fc.string({ unit: fc.constantFrom(...'AZaz09+/='), minLength: 40, maxLength: 200 });
  const holds = fc.property(fc.string(), key, fc.string(), (before, secret, after) => {
    expect(redact(`${before}${secret}${after}`)).not.toContain(secret);
  });
  await fc.assert(holds);
});
