import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact, withoutAccounts } from '../../../src/output/debug/redact.ts';

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
