import { setTimeout as delay } from 'node:timers/promises';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { CallListener } from '../domain/call-event.ts';
import { CallTracer } from './call-tracer.ts';
import { Channel, type ChannelParts, type Client, type ClientSettings } from './channel.ts';
import type { CredentialProvider } from './credentials.ts';
import { toRemoteError } from './errors.ts';
import type { Service, Session } from './session.ts';
import { SharedCredentials } from './shared-credentials.ts';
import { SsmProtocol } from './ssm-protocol.ts';

const defaultCallLimit = 30_000;
/** The wire's Date takes its time to arrive: a smaller difference says nothing. Milliseconds. */
const clockTolerance = 3_000;
/** It has whole seconds. */
const dateStep = 1_000;

export interface ConnectionOptions {
  /** Makes a provider that finds the credentials afresh; called again when AWS no longer takes those it has. */
  readonly credentials: () => CredentialProvider;
  /** Longest time of one call in milliseconds, when not 30 s. */
  readonly callLimit?: number;
  /** Whether a person was asked for what the credentials need, who may take any time, and is not asked again. */
  readonly hasAsked?: () => boolean;
  /** Time of this machine, in epoch milliseconds. */
  readonly now?: () => number;
  /** Is told what happens to each call. */
  readonly onCall?: CallListener | null;
}

/** Calls AWS as one account: counts the requests, learns AWS's time, and opens channels to its services. */
export class Connection {
  readonly session: Session;
  readonly credentials: SharedCredentials;
  readonly #now: () => number;
  readonly #parts: ChannelParts;
  readonly #ssm: Channel<SSMClient>;
  readonly #opened: { close(): void }[] = [];
  readonly #firstRequest = Promise.withResolvers<void>();
  #requests = 0;
  /** How far a Date was ahead of this machine's clock, at most: cut off and late as they are, that is nearest to the truth. */
  #clockDifference: number | null = null;

  constructor(session: Session, options: ConnectionOptions) {
    this.session = session;
    this.#now = options.now ?? Date.now;
    const tracer = options.onCall ? new CallTracer(options.onCall) : null;
    const findCredentials = () => tracer?.provider(options.credentials()) ?? options.credentials();
    this.credentials = new SharedCredentials(session, findCredentials, this.#now, options.hasAsked);
    this.#parts = {
      session,
      tracer,
      callLimit: options.callLimit ?? defaultCallLimit,
      credentials: this.credentials,
      onRequest: () => {
        this.#requests += 1;
        this.#firstRequest.resolve();
      },
      onResponse: (response) => this.#readClock(response),
    };
    this.#ssm = this.open(
      'ssm',
      session.region,
      (settings) => new SSMClient({ ...settings, protocol: SsmProtocol }),
    );
  }

  /** HTTP requests sent to AWS, retries included. */
  get requests(): number {
    return this.#requests;
  }

  /** Resolves when the first request is about to be sent. */
  get firstRequest(): Promise<void> {
    return this.#firstRequest.promise;
  }

  /** The account, where the credentials tell it. */
  get account(): string | null {
    return this.credentials.account;
  }

  /** AWS's time in epoch milliseconds: this machine's clock, corrected by what the answers say. */
  awsTime(): number {
    const difference = this.#clockDifference ?? 0;
    return this.#now() + (Math.abs(difference) < clockTolerance ? 0 : difference);
  }

  /** Finds the credentials; this is where an MFA code is asked for. @throws RemoteError */
  async signIn(): Promise<void> {
    const { session, credentials } = this;
    const over = new AbortController();
    try {
      await Promise.race([credentials.find(), this.#lateness(over.signal)]);
    } catch (error) {
      throw toRemoteError(error, {
        service: 'ssm',
        operation: 'credentials',
        profile: session.profile,
        source: await credentials.source(),
        endpoint: `AWS ${session.region}`,
        timedOutAfter: null,
      });
    } finally {
      over.abort();
    }
  }

  /** One call to SSM, as `Channel.call` makes it. @throws RemoteError; the signal's reason when that was aborted */
  call<Answer>(
    operation: string,
    call: (client: SSMClient, abortSignal: AbortSignal) => Promise<Answer>,
    signal: AbortSignal,
  ): Promise<Answer> {
    return this.#ssm.call(operation, call, signal);
  }

  /** A channel to a service in a region, with the same credentials. Closed with the connection. */
  open<AnyClient extends Client>(
    service: Service,
    region: string,
    create: (settings: ClientSettings) => AnyClient,
  ): Channel<AnyClient> {
    const channel = new Channel(service, region, this.#parts, create);
    this.#opened.push(channel);
    return channel;
  }

  close(): void {
    for (const channel of this.#opened) channel.close();
  }

  /** Rejects when the credentials take longer than a call may; a process can be asking a person for something, too. */
  async #lateness(signal: AbortSignal): Promise<never> {
    const { callLimit } = this.#parts;
    await delay(callLimit, undefined, { signal });
    if (!(await this.credentials.mayAskPerson())) throw this.credentials.lateness(callLimit);
    return new Promise(() => {});
  }

  #readClock(response: unknown): void {
    const headers =
      typeof response === 'object' && response !== null && 'headers' in response ? response.headers : null;
    const date = headers !== null && typeof headers === 'object' && 'date' in headers ? headers.date : null;
    const difference = typeof date === 'string' ? Date.parse(date) - this.#now() : Number.NaN;
    if (Number.isNaN(difference)) return;
    const known = this.#clockDifference ?? difference;
    // So much less than before is no delay: one of the clocks was set.
    const wasSet = difference < known - clockTolerance - dateStep;
    this.#clockDifference = wasSet ? difference : Math.max(known, difference);
  }
}
