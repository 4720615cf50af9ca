import { AsyncLocalStorage } from 'node:async_hooks';
import { isDeepStrictEqual } from 'node:util';
import type { AskedFor, CallListener, CredentialsFound } from '../domain/call-event.ts';
import { RemoteError } from '../domain/problem.ts';
import type { CredentialProvider } from './credentials.ts';
import { isStructure, readText } from './wire.ts';

/** A call that is under way. */
interface TracedCall {
  readonly number: number;
  readonly service: string;
  readonly operation: string;
  attempts: number;
  bytes: number;
}

/** A chain of causes that is longer says nothing more. */
const mostErrors = 5;

/** Tells a listener what happens to each call, without any of what is secret in it. */
export class CallTracer {
  readonly #listener: CallListener;
  readonly #current = new AsyncLocalStorage<TracedCall>();
  #calls = 0;

  constructor(listener: CallListener) {
    this.#listener = listener;
  }

  /** Makes a call, and tells how it ends. What it throws is thrown on. */
  async trace<Answer>(
    service: string,
    operation: string,
    signal: AbortSignal,
    make: () => Promise<Answer>,
  ): Promise<Answer> {
    const call = { number: ++this.#calls, service, operation, attempts: 0, bytes: 0 };
    const since = stopwatch();
    try {
      const answer = await this.#current.run(call, make);
      this.#ended(call, since(), 'ok', null);
      return answer;
    } catch (error) {
      this.#ended(call, since(), signal.aborted ? 'abandoned' : 'failed', error);
      throw error;
    }
  }

  /** Sends one attempt of the call that is under way. */
  async attempt<Sent extends { readonly request: unknown }, Got extends { readonly response: unknown }>(
    sent: Sent,
    send: () => Promise<Got>,
  ): Promise<Got> {
    const call = this.#current.getStore();
    if (!call) return send();
    call.attempts += 1;
    const { number, service, operation, attempts: attempt } = call;
    this.#listener({
      type: 'request',
      call: number,
      attempt,
      service,
      operation,
      askedFor: askedForBy('input' in sent ? sent.input : null),
      bytes: sizeOf(sent.request),
    });
    const since = stopwatch();
    const answered = (head: { httpStatus: number | null; requestId: string | null; bytes: number | null }) =>
      ({ type: 'answer', call: number, attempt, durationMs: since(), ...head }) as const;
    try {
      const got = await send();
      this.#listener({ ...answered(headOf(got.response)), error: null });
      return got;
    } catch (error) {
      const nothing = { httpStatus: null, requestId: null, bytes: null };
      this.#listener({ ...answered(nothing), error: errorNames(error)[0] ?? null });
      throw error;
    }
  }

  /** So many bytes of an answer to the call that is under way were read. */
  answerRead(bytes: number): void {
    const call = this.#current.getStore();
    if (call) call.bytes += bytes;
  }

  /** The same provider, which tells what it finds, and not again while it finds the same: it is asked for each request. */
  provider(find: CredentialProvider): CredentialProvider {
    let told: unknown = null;
    const tell = (found: Omit<CredentialsFound, 'type' | 'durationMs'>, durationMs: number) => {
      if (isDeepStrictEqual(found, told)) return;
      told = found;
      this.#listener({ type: 'credentials', durationMs, ...found });
    };
    return async (...asked) => {
      const since = stopwatch();
      try {
        const identity = await find(...asked);
        const expiresAt = identity.expiration?.getTime() ?? null;
        const sources = '$source' in identity ? Object.keys(identity.$source ?? {}) : [];
        tell({ expiresAt, sources, error: null }, since());
        return identity;
      } catch (error) {
        tell({ expiresAt: null, sources: [], error: errorNames(error)[0] ?? null }, since());
        throw error;
      }
    };
  }

  #ended(call: TracedCall, durationMs: number, result: 'ok' | 'failed' | 'abandoned', error: unknown): void {
    const { number, operation, attempts, bytes } = call;
    const failure =
      result === 'failed' && error instanceof RemoteError
        ? { ...error.problem, errors: errorNames(error.cause) }
        : null;
    this.#listener({ type: 'call', call: number, operation, attempts, durationMs, bytes, result, failure });
  }
}

function stopwatch(): () => number {
  const begun = performance.now();
  return () => performance.now() - begun;
}

/** Only what is named here: inputs hold tokens, and could come to hold parameters. */
function askedForBy(input: unknown): AskedFor {
  if (!isStructure(input)) return { hasToken: false };
  const { MaxResults, Details, InstanceId, PluginName, Filters, Range } = input;
  const filter = Array.isArray(Filters)
    ? Filters.find((one) => isStructure(one) && one.key === 'Status')
    : null;
  return {
    hasToken: readText(input.NextToken ?? input.nextToken) !== '',
    ...(typeof MaxResults === 'number' && { maxResults: MaxResults }),
    ...(typeof Details === 'boolean' && { details: Details }),
    ...(typeof InstanceId === 'string' && { instanceId: InstanceId }),
    ...(typeof PluginName === 'string' && { pluginName: PluginName }),
    ...(isStructure(filter) && { status: readText(filter.value) }),
    ...(typeof Range === 'string' && { range: Range }),
  };
}

function sizeOf(request: unknown): number | null {
  const body = isStructure(request) ? request.body : undefined;
  if (body === undefined || body === null) return 0;
  return typeof body === 'string' || body instanceof Uint8Array ? Buffer.byteLength(body) : null;
}

function headOf(response: unknown): {
  httpStatus: number | null;
  requestId: string | null;
  bytes: number | null;
} {
  const { statusCode, headers } = isStructure(response) ? response : {};
  const {
    'x-amzn-requestid': json,
    'x-amz-request-id': s3,
    'content-length': length,
  } = isStructure(headers) ? headers : {};
  const bytes = Number(readText(length) || Number.NaN);
  return {
    httpStatus: typeof statusCode === 'number' ? statusCode : null,
    requestId: readText(json) || readText(s3) || null,
    bytes: Number.isNaN(bytes) ? null : bytes,
  };
}

/** The names of an error and its causes, with the codes of sockets. */
function errorNames(error: unknown): string[] {
  const names: string[] = [];
  for (let link = error; link instanceof Error && names.length < mostErrors; link = link.cause) {
    const code = 'code' in link && typeof link.code === 'string' ? link.code : null;
    names.push(code === null || code === link.name ? link.name : `${link.name} ${code}`);
  }
  return names;
}
