import { SSMClient } from '@aws-sdk/client-ssm';
import { Connection } from '../../src/aws/connection.ts';
import { sessionTo, staticCredentials } from './connect-to.ts';

const listing = 'ListCommandInvocationsCommand';

/** Gives what a call is answered with, as it goes over the wire. What it throws is thrown by the call. */
export type Answer = (commandName: string, request: Readonly<Record<string, unknown>>) => object;

/** A connection whose client answers from a function, without HTTP between them, and counts. */
export class AnsweredConnection extends Connection {
  calls = 0;
  /** Of the answers' bodies. */
  bytes = 0;
  readonly #client: SSMClient;

  constructor(now: () => number, answer: Answer) {
    super(sessionTo(null), { credentials: () => async () => staticCredentials, now });
    this.#client = new SSMClient({ region: 'eu-west-1', credentials: staticCredentials });
    this.#client.middlewareStack.add(
      (_next, context) => async (args) => {
        this.calls += 1;
        const name = String(context.commandName);
        const text = JSON.stringify(answer(name, { ...args.input }));
        this.bytes += Buffer.byteLength(text);
        // As SsmProtocol leaves it, and as the SDK reads what is left.
        const output = name === listing ? JSON.parse(text) : JSON.parse(text, asSdkReads);
        return { output: output as never, response: undefined };
      },
      { step: 'initialize', priority: 'high', name: 'simulated' },
    );
  }

  override call<Called>(
    _operation: string,
    call: (client: SSMClient, abortSignal: AbortSignal) => Promise<Called>,
    signal: AbortSignal,
  ): Promise<Called> {
    signal.throwIfAborted();
    return call(this.#client, signal);
  }

  override close(): void {
    this.#client.destroy();
    super.close();
  }
}

/** The SDK makes dates of the members that are times. */
function asSdkReads(member: string, value: unknown): unknown {
  return typeof value === 'number' && (member.endsWith('DateTime') || member === 'ExpiresAfter')
    ? new Date(Math.round(value * 1000))
    : value;
}
