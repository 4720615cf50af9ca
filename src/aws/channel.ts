import { orAborted } from '../domain/abortable.ts';
import type { RemoteError } from '../domain/problem.ts';
import { withoutUserInfo } from '../domain/user-info.ts';
import type { CallTracer } from './call-tracer.ts';
import type { CredentialSource } from './credential-source.ts';
import type { CredentialProvider } from './credentials.ts';
import { refusalOf, toRemoteError } from './errors.ts';
import type { Service, Session } from './session.ts';
import type { SharedCredentials } from './shared-credentials.ts';

/** What every client of the SDK is created with. */
export interface ClientSettings {
  readonly region: string;
  readonly credentials: CredentialProvider;
  readonly profile?: string;
  readonly endpoint?: string;
  readonly requestHandler: { readonly connectionTimeout: number };
  readonly streamCollector: (answer: AsyncIterable<Uint8Array>) => Promise<Uint8Array>;
}

/** Sees what is sent and what comes back. */
type Observer = <Sent extends { readonly request: unknown }, Got extends { readonly response: unknown }>(
  next: (sent: Sent) => Promise<Got>,
) => (sent: Sent) => Promise<Got>;

/** What all clients of the SDK have in common. */
export interface Client {
  readonly middlewareStack: {
    add(observer: Observer, place: { step: 'deserialize'; priority: 'low'; name: string }): void;
    removeByTag(tag: string): boolean;
  };
  destroy(): void;
}

/** What all channels of a connection share. */
export interface ChannelParts {
  readonly session: Session;
  /** Longest time that one call may take, its retries included. In milliseconds. */
  readonly callLimit: number;
  readonly credentials: SharedCredentials;
  readonly onRequest: () => void;
  readonly onResponse: (response: unknown) => void;
  /** Null when nobody wants to know. */
  readonly tracer: CallTracer | null;
}

/** Calls to one service: a limit on each call's time, every error a RemoteError, credentials renewed when they fail. */
export class Channel<AnyClient extends Client> {
  readonly #service: Service;
  readonly #parts: ChannelParts;
  readonly #create: (settings: ClientSettings) => AnyClient;
  readonly #region: string;
  readonly #client: AnyClient;
  #endpoint: string;

  constructor(
    service: Service,
    region: string,
    parts: ChannelParts,
    create: (settings: ClientSettings) => AnyClient,
  ) {
    this.#service = service;
    this.#region = region;
    this.#parts = parts;
    this.#create = create;
    const endpoint = parts.session.endpointUrls[service];
    this.#endpoint = endpoint === null ? `AWS ${region}` : withoutUserInfo(endpoint);
    this.#client = this.#createClient();
  }

  /**
   * One call, with the SDK's own quick retries. `call` is given the client and the signal to pass on.
   *
   * @throws RemoteError; the signal's reason when the signal was aborted
   */
  async call<Answer>(
    operation: string,
    call: (client: AnyClient, abortSignal: AbortSignal) => Promise<Answer>,
    signal: AbortSignal,
  ): Promise<Answer> {
    const { tracer } = this.#parts;
    const make = () => this.#call(operation, call, signal);
    return tracer === null ? make() : tracer.trace(this.#service, operation, signal, make);
  }

  close(): void {
    this.#client.destroy();
  }

  async #call<Answer>(
    operation: string,
    call: (client: AnyClient, abortSignal: AbortSignal) => Promise<Answer>,
    signal: AbortSignal,
  ): Promise<Answer> {
    const { callLimit, credentials } = this.#parts;
    const { renewals } = credentials;
    // Of this call alone: what is left on the signals of AbortSignal.any and .timeout keeps each answer until they end.
    const over = new AbortController();
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      over.abort();
    }, callLimit);
    timer.unref();
    const end = () => over.abort(signal.reason);
    if (signal.aborted) end();
    signal.addEventListener('abort', end);
    try {
      // The SDK heeds the signal only while it speaks HTTP, not while it looks for credentials.
      return await orAborted(call(this.#client, over.signal), over.signal);
    } catch (error) {
      signal.throwIfAborted();
      if (timedOut && credentials.isLooking) {
        if (!(await credentials.mayAskPerson())) credentials.renew(renewals);
        throw credentials.lateness(callLimit);
      }
      const source = await credentials.source();
      const remote = this.#remoteError(error, operation, source, timedOut ? callLimit : null);
      if (remote.problem.kind !== 'credentials') throw remote;
      const refusal = refusalOf(error);
      if (refusal === 'time') throw remote;
      // S3 and Logs may not know what SSM takes; whether that has expired is for SSM to say, too.
      const isOfSsm = this.#service === 'ssm';
      if (refusal === 'unknown' && !isOfSsm) throw remote;
      const { lookupFailure } = credentials;
      if (refusal === 'expiry' && isOfSsm) credentials.discard(renewals);
      else credentials.renew(renewals);
      // Refused are those that were fallen back to: what mends it is what hinders others from being found.
      if (refusal === null || lookupFailure === null) throw remote;
      throw this.#remoteError(lookupFailure, operation, source, null);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
    }
  }

  #remoteError(
    error: unknown,
    operation: string,
    source: CredentialSource,
    timedOutAfter: number | null,
  ): RemoteError {
    const service = this.#service;
    const { profile } = this.#parts.session;
    const endpoint = this.#endpoint;
    return toRemoteError(error, { service, operation, profile, source, endpoint, timedOutAfter });
  }

  #createClient(): AnyClient {
    const { session, credentials, onRequest, onResponse, tracer } = this.#parts;
    const endpoint = session.endpointUrls[this.#service];
    const client = this.#create({
      region: this.#region,
      credentials: credentials.find,
      ...(session.profile === null ? {} : { profile: session.profile }),
      ...(endpoint === null ? {} : { endpoint }),
      requestHandler: { connectionTimeout: 10_000 },
      streamCollector: (answer) => bytesOf(answer, (bytes) => tracer?.answerRead(bytes)),
    });
    // It copies each answer for a log that nobody keeps.
    client.middlewareStack.removeByTag('LOGGER');
    client.middlewareStack.add(
      (next) => async (args) => {
        onRequest();
        this.#readEndpoint(args.request);
        const result = await (tracer ? tracer.attempt(args, () => next(args)) : next(args));
        onResponse(result.response);
        return result;
      },
      // Next to the HTTP handler: what comes here is sent.
      { step: 'deserialize', priority: 'low', name: 'observeRequests' },
    );
    return client;
  }

  /** The configuration has many places for an endpoint; the request knows which one counted. */
  #readEndpoint(request: unknown): void {
    if (typeof request !== 'object' || request === null || !('hostname' in request)) return;
    const { protocol, hostname, port } = { protocol: 'https:', port: undefined, ...request };
    this.#endpoint = `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`;
  }
}

/** In place of the SDK's own, which keeps each answer until the next full garbage collection: 30 MB of a large sweep. */
async function bytesOf(
  answer: AsyncIterable<Uint8Array>,
  onPiece: (bytes: number) => void,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of answer) {
    onPiece(piece.byteLength);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
