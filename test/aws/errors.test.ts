import { describe, expect, it } from 'vitest';
import { Connection } from '../../src/aws/connection.ts';
import { type CallContext, toRemoteError } from '../../src/aws/errors.ts';
import { readCommand } from '../../src/aws/list-commands.ts';
import { type Problem, type ProblemKind, RemoteError } from '../../src/domain/problem.ts';
import type { FaultKind } from '../../src/simulator/faults/faults.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { sessionTo, staticCredentials } from '../helpers/connect-to.ts';
import { type Answer, closedPort, openEndpoint } from '../helpers/endpoint.ts';
import { commandId } from '../helpers/fixtures.ts';
import { openWatch } from '../helpers/watch-simulator.ts';

isolateAwsEnvironment();

/** The problem that ListCommands meets there. */
async function problemAt(url: string, profile: string | null = null, callLimit = 30_000): Promise<Problem> {
  const connection = new Connection(sessionTo(url, { profile, environmentKeys: false }), {
    credentials: () => async () => staticCredentials,
    callLimit,
  });
  try {
    await readCommand(connection, commandId, new AbortController().signal);
  } catch (error) {
    if (error instanceof RemoteError) return error.problem;
    throw error;
  } finally {
    connection.close();
  }
  throw new Error('the call went well');
}

async function problemOf(answer: Answer, profile: string | null = null): Promise<Problem> {
  await using endpoint = await openEndpoint(() => answer);
  return await problemAt(endpoint.url, profile);
}

describe('a fault of the simulator', () => {
  it.each<[FaultKind, ProblemKind, boolean, RegExp]>([
    ['500', 'service', false, /^ListCommands: .*HTTP 500.*InternalServerError/],
    ['503', 'service', false, /^ListCommands: .*HTTP 503.*ServiceUnavailable/],
    ['throttle', 'throttled', false, /^ListCommands: .*throttles.*Rate exceeded/],
    ['expired-credentials', 'credentials', true, /expired.*`aws sso login --profile prod`/],
    ['unrecognized-client', 'credentials', true, /UnrecognizedClientException.*--profile prod/],
    ['access-denied', 'access-denied', true, /^access denied: .*ssm:ListCommands /],
    ['reset', 'network', false, /^ListCommands: connection reset \(.*ECONNRESET\)$/],
    ['html', 'response', false, /^ListCommands: .*proxy/],
    ['cut-json', 'response', false, /^ListCommands: .*could not be read/],
  ])('%s is told as `%s`', async (fault, kind, needsAction, message) => {
    await using watch = await openWatch({ faults: [{ kind: fault }] });
    expect(await problemAt(watch.simulator.url, 'prod')).toEqual({
      kind,
      needsAction,
      message: expect.stringMatching(message),
    });
  });

  it.each(['hang', 'slow-drip'] as const)('%s is ended by the limit and told as `network`', async (fault) => {
    await using watch = await openWatch({ faults: [{ kind: fault }] });
    expect(await problemAt(watch.simulator.url, null, 150)).toEqual({
      kind: 'network',
      needsAction: false,
      message: expect.stringMatching(/^ListCommands: .* within 0\.15 s$/),
    });
  });
});

describe('an answer of AWS', () => {
  const error = (type: string, message = '', status = 400): Answer => ({
    status,
    body: { __type: type, message },
  });

  it('a page of HTTP 500 that is no answer of AWS is not told by the name of what the parser threw', async () => {
    expect(await problemOf({ status: 500, body: '<!doctype html><h1>Internal Server Error</h1>' })).toEqual({
      kind: 'service',
      needsAction: false,
      message: 'ListCommands: HTTP 500, with a body that is not one of AWS; a proxy may stand in between',
    });
  });

  it.each<[string, Answer, ProblemKind, boolean]>([
    ['signature', error('InvalidSignatureException', 'does not match'), 'credentials', true],
    ['no token', error('MissingAuthenticationTokenException'), 'credentials', true],
    ['not subscribed', error('OptInRequired', '', 403), 'credentials', true],
    ['denied in EC2 words', error('UnauthorizedOperation', '', 403), 'access-denied', true],
    ['denied with 403', error('AccessDeniedException', 'no', 403), 'access-denied', true],
    ['throttled by 429', error('Whatever', 'slow down', 429), 'throttled', false],
    ['throttled without a word', { status: 400, body: { __type: 'SlowDown' } }, 'throttled', false],
    ['too many', error('TooManyRequestsException'), 'throttled', false],
    ['internal failure', error('InternalFailure', '', 500), 'service', false],
    ['a gateway', { status: 502, body: '<html>Bad Gateway</html>' }, 'service', false],
    ['our own mistake', error('ValidationException', '1 validation error'), 'service', true],
    ['a text', { body: 'hello' }, 'response', false],
    ['a list', { body: [] }, 'response', false],
    ['null', { body: 'null' }, 'response', false],
    ['nothing', { body: '' }, 'response', false],
  ])('%s', async (_, answer, kind, needsAction) => {
    expect(await problemOf(answer)).toMatchObject({ kind, needsAction });
  });

  it('names what AWS said of our own mistake, in one line', async () => {
    const { message } = await problemOf(error('ValidationException', 'Value at commandId\nis wrong'));
    expect(message).toBe('ListCommands: ValidationException: Value at commandId');
  });

  it('without a message has no more than its name', async () => {
    const { message } = await problemOf({ status: 400, body: { __type: 'InvocationDoesNotExist' } });
    expect(message).toBe('ListCommands: InvocationDoesNotExist');
  });

  it.each([
    ['SignatureDoesNotMatch', 'Signature expired: 20260927T003903Z is now earlier than 20260927T004403Z'],
    ['InvalidSignatureException', 'Signature not yet current: 20260927T004403Z is still later than …'],
    ['RequestExpired', 'Request has expired.'],
    ['RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.'],
  ])('takes %s for a wrong clock, and not for credentials that have expired', async (type, said) => {
    expect(await problemOf(error(type, said))).toEqual({
      kind: 'credentials',
      needsAction: true,
      message: 'AWS does not accept the time of this machine: set its clock',
    });
  });

  it('names the kind of policy that forbids an action', async () => {
    const { message } = await problemOf(
      error(
        'AccessDeniedException',
        'User: x is not authorized to perform: ssm:ListCommands on resource: * with an explicit deny in a service control policy',
      ),
    );
    expect(message).toBe(
      'access denied: the IAM action ssm:ListCommands is not allowed for these credentials, by an explicit deny in a service control policy, which may ask for MFA',
    );
  });

  it('names the action that AWS names', async () => {
    const { message } = await problemOf(
      error('AccessDeniedException', 'User: x is not authorized to perform: kms:Decrypt on resource: y'),
    );
    expect(message).toContain('kms:Decrypt ');
  });

  it.each([
    ['InvalidSignatureException', 'Signature expired: 20260927T003903Z is now earlier than 20260927T004403Z'],
    ['InvalidSignatureException', 'Signature not yet current: 20260927T005903Z is still later than …'],
    ['RequestExpired', 'Request has expired.'],
    ['RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.'],
  ])('%s: %s is told of the clock, and not of the credentials', async (name, said) => {
    expect(await problemOf(error(name, said))).toEqual({
      kind: 'credentials',
      needsAction: true,
      message: 'AWS does not accept the time of this machine: set its clock',
    });
  });

  it.each([
    ['a number for its type', { __type: 7, message: 'no' }],
    ['a structure for its type', { __type: { a: 1 }, message: 'no' }],
    ['no text for its message', { __type: 'ValidationException', message: { a: 1 } }],
    ['a list for its message', { __type: 'ThrottlingException', message: ['Rate exceeded'] }],
    ['two lines for its type', { __type: 'X\nY', message: 'no' }],
    ['a name of its own', { __type: 'X', name: 7, message: 'no' }],
    ['a code that is none', { code: [], Message: null }],
    ['metadata of its own', { __type: 'X', $metadata: 1, $response: 2, $fault: 3, stack: 4, cause: {} }],
  ])('that has %s is told in a line all the same', async (_, body) => {
    const { kind, message } = await problemOf({ status: 400, body });
    expect([kind, message]).toEqual([expect.stringMatching(/^[a-z-]+$/), expect.stringMatching(/^[^\n]+$/)]);
  });
});

it('a port on which nobody listens is told as `network`', async () => {
  const url = await closedPort();
  expect(await problemAt(url)).toEqual({
    kind: 'network',
    needsAction: false,
    message: expect.stringMatching(/^ListCommands: connection refused \(.*ECONNREFUSED\)$/),
  });
});

describe('toRemoteError', () => {
  const context: CallContext = {
    service: 'ssm',
    operation: 'ListCommands',
    profile: null,
    source: { kind: 'none', profile: null, account: null },
    endpoint: 'AWS eu-west-1',
    timedOutAfter: null,
  };
  const failure = (members: object) => Object.assign(new Error('it failed'), members);

  it.each(['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'])(
    '%s says what makes a certificate trusted',
    (code) => {
      expect(toRemoteError(failure({ code }), context).problem.message).toBe(
        `ListCommands: the certificate is not trusted: name its authority in NODE_EXTRA_CA_CERTS (AWS eu-west-1, ${code})`,
      );
    },
  );

  it.each<[string, unknown, ProblemKind]>([
    ['could not be read', new RangeError('Maximum call stack size exceeded'), 'response'],
    ['host name not found', failure({ code: 'ENOTFOUND' }), 'network'],
    ['name lookup failed', failure({ code: 'EAI_AGAIN' }), 'network'],
    ['network unreachable', failure({ code: 'ENETUNREACH' }), 'network'],
    ['host unreachable', failure({ code: 'EHOSTUNREACH' }), 'network'],
    ['connection timed out', failure({ code: 'ETIMEDOUT' }), 'network'],
    ['connection closed', failure({ code: 'EPIPE' }), 'network'],
    ['ECONNREFUSED', new AggregateError([], 'all failed', { cause: { code: 'ECONNREFUSED' } }), 'network'],
    ['CERT_HAS_EXPIRED', failure({ code: 'CERT_HAS_EXPIRED' }), 'network'],
    ['SELF_SIGNED_CERT_IN_CHAIN', failure({ code: 'SELF_SIGNED_CERT_IN_CHAIN' }), 'network'],
    ['HPE_INVALID_CONSTANT', failure({ code: 'HPE_INVALID_CONSTANT' }), 'network'],
    ['TimeoutError', failure({ name: 'TimeoutError' }), 'network'],
  ])('says "%s"', (words, error, kind) => {
    const { problem } = toRemoteError(error, context);
    expect(problem).toEqual({ kind, needsAction: false, message: expect.stringContaining(words) });
  });

  it('keeps what was thrown as its cause', () => {
    const error = failure({ code: 'EPIPE' });
    expect(toRemoteError(error, context).cause).toBe(error);
  });

  it.each([0, 1, 3])('keeps a RemoteError that is wrapped %i times', (depth) => {
    const own = new RemoteError({ kind: 'credentials', message: 'another account', needsAction: true });
    let wrapped: Error = own;
    for (let level = 0; level < depth; level++) wrapped = new Error('wrapped', { cause: wrapped });
    expect(toRemoteError(wrapped, context)).toBe(own);
  });

  it('says that our own limit ended the call, whatever the SDK made of it', () => {
    const { problem } = toRemoteError(failure({ name: 'AbortError' }), { ...context, timedOutAfter: 30_000 });
    expect(problem).toEqual({
      kind: 'network',
      needsAction: false,
      message: 'ListCommands: no complete answer from AWS eu-west-1 within 30 s',
    });
  });
});
