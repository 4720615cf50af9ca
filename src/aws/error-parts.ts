/** The parts of an error of the SDK, of node's sockets or of a JSON parser that tell them apart. */
export interface ErrorParts {
  /** One line; `Error` where it has none. */
  readonly name: string;
  /** Empty where nothing was said. */
  readonly message: string;
  /** Of node's sockets, TLS or HTTP parser: `ECONNRESET`; null where the error is none of theirs. */
  readonly code: string | null;
  /** Null where there was no answer. */
  readonly httpStatus: number | null;
}

/** Codes that make an error one of the connection, and how to say them. */
export const networkCodes: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EAI_AGAIN: 'name lookup failed',
  ENETUNREACH: 'network unreachable',
  ENOTFOUND: 'host name not found',
  EHOSTUNREACH: 'host unreachable',
  EPIPE: 'connection closed',
  ETIMEDOUT: 'connection timed out',
};

/** Names of errors that say: not so fast. */
export const throttles: ReadonlySet<string> = new Set([
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

/** What the SDK's protocols put in the place of a message that an answer does not have. */
const standIns: ReadonlySet<string> = new Set(['Unknown', 'UnknownError']);

/** The parts of whatever was thrown. It never throws, and takes no member for what it should be: an answer can name any. */
export function partsOf(error: unknown): ErrorParts {
  const parts: Record<string, unknown> = error instanceof Error ? { ...error } : {};
  const metadata = parts.$metadata;
  const httpStatus = isRecord(metadata) ? metadata.httpStatusCode : undefined;
  const message = error instanceof Error ? (textOf(error.message) ?? '') : String(error);
  return {
    name: firstLine((error instanceof Error ? textOf(error.name) : null) ?? 'Error'),
    message: standIns.has(message) ? '' : message,
    code: socketCode(error),
    httpStatus: typeof httpStatus === 'number' ? httpStatus : null,
  };
}

/** The first line, trimmed; empty where it has nothing. */
export function firstLine(text: string): string {
  return text.split('\n', 1)[0]?.trim() ?? '';
}

/** What it is, and the first line of what was said of it, where something was. */
export function withReason(what: string, message: string): string {
  const reason = firstLine(message);
  return reason === '' ? what : `${what}: ${reason}`;
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

/** The SDK makes the error of whatever members the answer has, and names it so. */
function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
