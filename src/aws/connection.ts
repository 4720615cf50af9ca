import { SSMClient } from '@aws-sdk/client-ssm';
import type { RemoteError } from '../domain/problem.ts';
import { AccountGuard, type CredentialProvider } from './credentials.ts';
import { credentialLookup, toRemoteError } from './errors.ts';
import type { Session } from './session.ts';

/** Longest time that one call may take, its retries included. In milliseconds. */
const defaultCallLimit = 30_000;
/** The wire's Date has whole seconds and takes its time to arrive: a smaller difference says nothing. */
const clockTolerance = 3_000;

export interface ConnectionOptions {
  /** Makes a provider that finds the credentials afresh; called again when AWS no longer takes those it has. */
  readonly credentials: () => CredentialProvider;
  /** Longest time of one call in milliseconds, when not 30 s. */
  readonly callLimit?: number;
  /** Time of this machine, in epoch milliseconds. */
  readonly now?: () => number;
}

/** Calls SSM: a limit on each call's time, every error a RemoteError, credentials renewed when they fail. */
export class Connection {
  readonly session: Session;
  readonly #accounts = new AccountGuard();
  readonly #credentials: () => CredentialProvider;
  readonly #callLimit: number;
  readonly #now: () => number;
  #client: SSMClient;
  #requests = 0;
  #clockOffset = 0;
  #endpoint: string;

  constructor(session: Session, options: ConnectionOptions) {
    this.session = session;
    this.#credentials = options.credentials;
    this.#callLimit = options.callLimit ?? defaultCallLimit;
    this.#now = options.now ?? Date.now;
    this.#endpoint = session.endpointUrl ?? `AWS ${session.region}`;
    this.#client = this.#createClient();
  }

  /** HTTP requests sent to SSM, retries included. */
  get requests(): number {
    return this.#requests;
  }

  /** The account, where the credentials tell it. */
  get account(): string | null {
    return this.#accounts.account;
  }

  /** AWS's time in epoch milliseconds: this machine's clock, corrected by what the answers say. */
  awsTime(): number {
    return this.#now() + this.#clockOffset;
  }

  /** Finds the credentials; this is where an MFA code is asked for. @throws RemoteError */
  async signIn(): Promise<void> {
    try {
      await this.#client.config.credentials();
    } catch (error) {
      throw this.#remoteError(error, credentialLookup, null);
    }
  }

  /**
   * One call, with the SDK's own quick retries. `call` is given the client and the signal to pass on.
   *
   * @throws RemoteError; the signal's reason when the signal was aborted
   */
  async call<Answer>(
    operation: string,
    call: (client: SSMClient, abortSignal: AbortSignal) => Promise<Answer>,
    signal: AbortSignal,
  ): Promise<Answer> {
    const limit = AbortSignal.timeout(this.#callLimit);
    try {
      const either = AbortSignal.any([signal, limit]);
      return await Promise.race([call(this.#client, either), rejectionOn(either)]);
    } catch (error) {
      signal.throwIfAborted();
      const remote = this.#remoteError(error, operation, limit.aborted ? this.#callLimit : null);
      if (remote.problem.kind === 'credentials') this.#renewClient();
      throw remote;
    }
  }

  close(): void {
    this.#client.destroy();
  }

  #remoteError(error: unknown, operation: string, timedOutAfter: number | null): RemoteError {
    const { profile } = this.session;
    return toRemoteError(error, { operation, profile, endpoint: this.#endpoint, timedOutAfter });
  }

  /** A client keeps the credentials that it once found; only a new one reads the changed files. */
  #renewClient(): void {
    this.#client.destroy();
    this.#client = this.#createClient();
  }

  #createClient(): SSMClient {
    const { session } = this;
    const client = new SSMClient({
      region: session.region,
      credentials: this.#accounts.guard(this.#credentials()),
      ...(session.profile === null ? {} : { profile: session.profile }),
      ...(session.endpointUrl === null ? {} : { endpoint: session.endpointUrl }),
      requestHandler: { connectionTimeout: 10_000 },
    });
    client.middlewareStack.add(
      (next) => async (args) => {
        this.#requests += 1;
        this.#readEndpoint(args.request);
        const result = await next(args);
        this.#readClock(result.response);
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

  #readClock(response: unknown): void {
    const headers =
      typeof response === 'object' && response !== null && 'headers' in response ? response.headers : null;
    const date = headers !== null && typeof headers === 'object' && 'date' in headers ? headers.date : null;
    const offset = typeof date === 'string' ? Date.parse(date) - this.#now() : Number.NaN;
    if (!Number.isNaN(offset)) this.#clockOffset = Math.abs(offset) < clockTolerance ? 0 : offset;
  }
}

/** The SDK heeds the signal only while it speaks HTTP, not while it looks for credentials. */
function rejectionOn(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
