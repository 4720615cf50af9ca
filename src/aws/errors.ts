import { final, type Problem, RemoteError, retryable } from '../domain/problem.ts';
import {
  missingCredentials,
  type RefusalCause,
  refusalCause,
  refusedCredentials,
  type Whose,
} from './credential-problems.ts';
import { type ErrorParts, firstLine, networkCodes, partsOf, throttles, withReason } from './error-parts.ts';
import type { Service } from './session.ts';

/** What was being done when the error came, for the message. */
export interface CallContext extends Whose {
  readonly service: Service;
  /** `ListCommands` and the like. */
  readonly operation: string;
  /** Who was called, for people: a URL, or AWS in a region. */
  readonly endpoint: string;
  /** Whether the call was ended by our own limit on its time, in milliseconds. */
  readonly timedOutAfter: number | null;
}

const credentialErrors: ReadonlySet<string> = new Set([
  'AuthFailure',
  'CredentialsError',
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'NotAuthorized',
  'OptInRequired',
  'ProviderError',
  'RequestExpired',
  'RequestInTheFuture',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
  'TokenProviderError',
  'TokenRefreshRequired',
  'UnrecognizedClientException',
]);

const denials: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedException',
  'UnauthorizedOperation',
]);

/** What a parser throws: at no JSON, at what it did not expect, at what is too deep. */
const unreadable: ReadonlySet<string> = new Set(['SyntaxError', 'TypeError', 'RangeError']);

/** Codes of OpenSSL for a certificate that no known authority vouches for. */
const untrusted = /^(DEPTH_ZERO_)?SELF_SIGNED_|^UNABLE_TO_(GET_ISSUER|VERIFY)_/;

/** Thrown where the credentials are looked for, so that what went wrong there is not taken for an answer to the call. */
export class CredentialLookupError extends Error {
  constructor(cause: unknown) {
    super('the credentials could not be found', { cause });
    this.name = 'CredentialLookupError';
  }
}

/** Any error of a call to AWS as a RemoteError. One that is a RemoteError already stays itself. */
export function toRemoteError(error: unknown, context: CallContext): RemoteError {
  const own = findCause(error, RemoteError);
  if (own) return own;
  const lookup = findCause(error, CredentialLookupError);
  const problem = lookup
    ? missingCredentials(partsOf(lookup.cause), context)
    : classify(partsOf(error), context);
  return new RemoteError(problem, { cause: error });
}

/** Why AWS does not take the credentials of a call; null where they were not found, or are not what is wrong. */
export function refusalOf(error: unknown): RefusalCause | null {
  if (findCause(error, RemoteError) ?? findCause(error, CredentialLookupError)) return null;
  const parts = partsOf(error);
  return credentialErrors.has(parts.name) ? refusalCause(parts) : null;
}

function classify(parts: ErrorParts, context: CallContext): Problem {
  const { name, message, code, httpStatus } = parts;
  const { operation, endpoint } = context;
  if (context.timedOutAfter !== null) {
    const seconds = context.timedOutAfter / 1000;
    return retryable('network', `${operation}: no complete answer from ${endpoint} within ${seconds} s`);
  }
  if (credentialErrors.has(name)) return refusedCredentials(parts, context);
  if (denials.has(name)) return final('access-denied', denialText(message, context));
  if (throttles.has(name) || httpStatus === 429) {
    return retryable('throttled', `${operation}: AWS throttles the calls (${firstLine(message) || name})`);
  }
  if (httpStatus !== null && httpStatus >= 500) {
    const what = unreadable.has(name)
      ? `HTTP ${httpStatus}, with a body that is not one of AWS; a proxy may stand in between`
      : `AWS failed with HTTP ${httpStatus} (${name})`;
    return retryable('service', `${operation}: ${what}`);
  }
  if (code !== null && untrusted.test(code)) {
    return retryable(
      'network',
      `${operation}: the certificate is not trusted: name its authority in NODE_EXTRA_CA_CERTS (${endpoint}, ${code})`,
    );
  }
  if (code !== null || name === 'TimeoutError') {
    return retryable(
      'network',
      `${operation}: ${networkCodes[code ?? ''] ?? firstLine(message)} (${endpoint}, ${code ?? name})`,
    );
  }
  if (unreadable.has(name) || (httpStatus !== null && httpStatus < 400)) {
    return retryable(
      'response',
      `${operation}: the answer could not be read as one of AWS; a proxy may stand in between`,
    );
  }
  if (httpStatus !== null && name.startsWith('Unknown')) {
    return final('service', `${operation}: AWS refused it with HTTP ${httpStatus}, and did not say why`);
  }
  if (name === 'InvalidNextToken')
    return retryable('response', `${operation}: AWS no longer takes its own NextToken`);
  return final('service', withReason(`${operation}: ${name}`, message));
}

/** Names the IAM action, and where AWS does so the kind of policy that forbids it: that is whom to ask. */
function denialText(message: string, { service, operation }: CallContext): string {
  const action =
    /not authorized to perform:? ([a-z0-9-]+:\w+)/i.exec(message)?.[1] ?? `${service}:${operation}`;
  const policy = /with an explicit deny in an? ([a-z -]+policy)/i.exec(message)?.[1];
  const why = policy === undefined ? '' : `, by an explicit deny in a ${policy}, which may ask for MFA`;
  return `access denied: the IAM action ${action} is not allowed for these credentials${why}`;
}

/** An error of a class in the chain of causes: the SDK wraps what a credential provider throws. */
function findCause<Wanted extends Error>(
  error: unknown,
  wanted: new (...args: never[]) => Wanted,
): Wanted | null {
  for (let link = error; link instanceof Error; link = link.cause) {
    if (link instanceof wanted) return link;
  }
  return null;
}
