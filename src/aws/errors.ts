import { type Problem, RemoteError } from '../domain/problem.ts';

/** The services that are called, by the prefix of their IAM actions. */
export type Service = 'ssm' | 's3' | 'logs';

/** What was being done when the error came, for the message. */
export interface CallContext {
  readonly service: Service;
  /** `ListCommands` and the like. */
  readonly operation: string;
  readonly profile: string | null;
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

const throttles: ReadonlySet<string> = new Set([
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
]);

/** What makes an error one of the connection, and how to say it. */
const networkCodes: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EAI_AGAIN: 'name lookup failed',
  ENETUNREACH: 'network unreachable',
  ENOTFOUND: 'host name not found',
  EHOSTUNREACH: 'host unreachable',
  EPIPE: 'connection closed',
  ETIMEDOUT: 'connection timed out',
};

/** The `operation` of looking for credentials. */
export const credentialLookup = 'credentials';

/** The parts of an error of the SDK, of node's sockets or of a JSON parser that tell them apart. */
interface ErrorParts {
  readonly name: string;
  readonly message: string;
  readonly code: string | null;
  readonly httpStatus: number | null;
}

/** Any error of a call to AWS as a RemoteError. One that is a RemoteError already stays itself. */
export function toRemoteError(error: unknown, context: CallContext): RemoteError {
  const own = findOwn(error);
  return own ?? new RemoteError(classify(partsOf(error), context), { cause: error });
}

function classify(parts: ErrorParts, context: CallContext): Problem {
  const { name, message, code, httpStatus } = parts;
  const { operation, endpoint } = context;
  if (context.timedOutAfter !== null) {
    const seconds = context.timedOutAfter / 1000;
    return retryable('network', `${operation}: no complete answer from ${endpoint} within ${seconds} s`);
  }
  const lookup = credentialErrors.has(name) ? networkCodeIn(message) : null;
  if (lookup !== null) {
    return retryable('network', `the credentials could not be fetched: ${networkCodes[lookup]} (${lookup})`);
  }
  if (credentialErrors.has(name)) return final('credentials', credentialMessage(parts, context));
  if (denials.has(name)) {
    if (/^MultiFactorAuthentication failed/i.test(message)) {
      return final('credentials', 'the MFA code was not accepted: start anew, with the next code');
    }
    if (operation === credentialLookup)
      return final('credentials', `the credentials are refused: ${firstLine(message)}`);
    const action =
      /not authorized to perform:? ([a-z0-9-]+:\w+)/i.exec(message)?.[1] ?? `${context.service}:${operation}`;
    return final(
      'access-denied',
      `access denied: the IAM action ${action} is not allowed for these credentials`,
    );
  }
  if (throttles.has(name) || httpStatus === 429) {
    return retryable('throttled', `${operation}: AWS throttles the calls (${firstLine(message) || name})`);
  }
  if (httpStatus !== null && httpStatus >= 500) {
    return retryable('service', `${operation}: AWS failed with HTTP ${httpStatus} (${name})`);
  }
  if (code !== null || name === 'TimeoutError') {
    return retryable(
      'network',
      `${operation}: ${networkCodes[code ?? ''] ?? firstLine(message)} (${endpoint}, ${code ?? name})`,
    );
  }
  if (name === 'SyntaxError' || name === 'TypeError' || (httpStatus !== null && httpStatus < 400)) {
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
  return final('service', `${operation}: ${name}: ${firstLine(message)}`);
}

function credentialMessage({ name, message }: ErrorParts, { profile }: CallContext): string {
  const option = profile === null ? '' : ` --profile ${profile}`;
  if (/\bSSO (session|token)|\bsso login|\bToken is expired/i.test(message))
    return `the SSO session is missing or has expired: run \`aws sso login${option}\``;
  if (/\bmfa\b|multi-factor/i.test(message)) return firstLine(message);
  if (name.startsWith('ExpiredToken') || name === 'RequestExpired' || /\bexpired\b/i.test(message)) {
    return `the credentials have expired: renew them, for SSO with \`aws sso login${option}\``;
  }
  if (name === 'InvalidSignatureException' || name === 'SignatureDoesNotMatch') {
    return 'AWS does not accept the signature: check the secret key and the clock of this machine';
  }
  if (name === 'CredentialsProviderError' || name === 'CredentialsError' || name === 'ProviderError') {
    return `no usable AWS credentials${profile === null ? '' : ` in profile ${profile}`}: run \`aws configure\` or \`aws sso login${option}\`, or set AWS_PROFILE`;
  }
  return `AWS does not accept the credentials (${name}): check them with \`aws sts get-caller-identity${option}\``;
}

function retryable(kind: Problem['kind'], message: string): Problem {
  return { kind, message, needsAction: false };
}

function final(kind: Problem['kind'], message: string): Problem {
  return { kind, message, needsAction: true };
}

/** A RemoteError in the chain of causes: the SDK wraps what a credential provider throws. */
function findOwn(error: unknown): RemoteError | null {
  for (let link = error; link instanceof Error; link = link.cause) {
    if (link instanceof RemoteError) return link;
  }
  return null;
}

function partsOf(error: unknown): ErrorParts {
  const parts: Record<string, unknown> = error instanceof Error ? { ...error } : {};
  const metadata = parts.$metadata;
  const httpStatus = isRecord(metadata) ? metadata.httpStatusCode : undefined;
  return {
    name: error instanceof Error ? error.name : 'Error',
    message: error instanceof Error ? error.message : String(error),
    code: socketCode(error),
    httpStatus: typeof httpStatus === 'number' ? httpStatus : null,
  };
}

/** The code of node's socket error, where the error is one or was caused by one (happy eyeballs aggregates them). */
function socketCode(error: unknown): string | null {
  if (!isRecord(error)) return null;
  const { code } = error;
  if (
    typeof code === 'string' &&
    /^(E[A-Z_]+|CERT_\w+|DEPTH_\w+|SELF_SIGNED\w+|UNABLE_TO_\w+|ERR_(TLS|SSL)_\w+|HPE_\w+)$/.test(code)
  )
    return code;
  if (error.cause !== undefined) return socketCode(error.cause);
  return null;
}

/** A provider keeps of what it met only the message. */
function networkCodeIn(message: string): string | null {
  return Object.keys(networkCodes).find((code) => message.includes(code)) ?? null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]?.trim() ?? '';
}
