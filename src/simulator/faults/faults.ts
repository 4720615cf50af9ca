import { type Operation, operations } from '../operations.ts';

/** What each kind of fault does, for help texts. */
export const faultKinds = {
  '500': 'InternalServerError',
  '503': 'ServiceUnavailable, with Retry-After where given',
  throttle: 'ThrottlingException, "Rate exceeded"',
  'expired-credentials': 'ExpiredTokenException',
  'unrecognized-client': 'UnrecognizedClientException',
  'access-denied': 'AccessDeniedException in the words of IAM',
  hang: 'no answer, ever',
  'slow-drip': 'the answer comes a byte at a time',
  reset: 'the connection is cut',
  html: '200 with an HTML page',
  'cut-json': 'the JSON ends half-way; an object breaks off',
  'wrong-types': 'members of the wrong type, null or missing',
  'repeat-token': 'a NextToken that repeats',
  'expired-page-token': 'InvalidNextToken for every page but the first',
  'duplicate-rows': 'every row twice on its page',
  'missing-row': 'one row is absent from the list, but there when asked for by InstanceId',
  'vanished-row': 'one row, or the command, is absent however it is asked for',
  'empty-sweep': 'an empty list without a token',
  'stale-status': 'rows show an older status',
  'out-of-order': 'every row twice: as it is, and then with an older status',
  'skewed-clock': 'Date is 10 minutes ahead, and what is signed by another clock is refused',
  'wrong-region': 'GetObject: PermanentRedirect to another region',
} as const;

export type FaultKind = keyof typeof faultKinds;

/** Something that goes wrong on purpose. */
export interface Fault {
  /** Absent: every operation. */
  readonly operation?: Operation;
  readonly kind: FaultKind;
  /** Virtual milliseconds since the simulator started: from `from` (default 0) until before `until` (default: ever). */
  readonly from?: number;
  readonly until?: number;
  /** At most so many times. */
  readonly times?: number;
  /** In [0, 1], default 1; drawn by the simulator's seed. */
  readonly probability?: number;
  /** For `503` and `throttle`: the Retry-After header. */
  readonly retryAfterSeconds?: number;
}

const form = 'operation:kind[:from-until]';
const examples = 'ListCommands:access-denied, *:throttle:10s-20s, ListCommandInvocations:reset:5s-';

function faultError(text: string, problem: string): Error {
  return new Error(
    `fault "${text}": ${problem}; the form is ${form}, as in ${examples}; kinds: ${Object.keys(faultKinds).join(', ')}`,
  );
}

/** "5s", "1.5s", "200ms", "2m" or "1h" in milliseconds; undefined for anything else. */
function parseMilliseconds(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text);
  const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
  return match === null ? undefined : Math.round(Number(match[1]) * (units[match[2] ?? ''] ?? 1));
}

function parseWindow(text: string, window: string): Pick<Fault, 'from' | 'until'> {
  const [start, end, more] = window.split('-');
  const from = start === '' ? 0 : parseMilliseconds(start ?? '');
  const until = end === '' ? Number.POSITIVE_INFINITY : parseMilliseconds(end ?? '');
  if (from === undefined || until === undefined || more !== undefined) {
    throw faultError(text, `"${window}" is no time window such as 10s-20s`);
  }
  if (until <= from) throw faultError(text, `"${window}" ends before it begins`);
  return { from, ...(end === '' ? {} : { until }) };
}

/**
 * Reads the command line's form `operation:kind[:from-until]`, where operation may be `*`.
 * @throws Error whose one-line message says what is wrong, shows the right form and lists the kinds
 */
export function parseFault(text: string): Fault {
  const [operation = '', kind, window, ...more] = text.split(':');
  if (kind === undefined || more.length > 0) throw faultError(text, 'not understood');
  if (operation !== '*' && !operations.some((known) => known === operation)) {
    throw faultError(text, `unknown operation "${operation}" (known: *, ${operations.join(', ')})`);
  }
  if (!Object.hasOwn(faultKinds, kind)) throw faultError(text, `unknown kind "${kind}"`);
  return {
    ...(operation === '*' ? {} : { operation: operation as Operation }),
    kind: kind as FaultKind,
    ...(window === undefined ? {} : parseWindow(text, window)),
  };
}
