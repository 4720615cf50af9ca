import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { EventPage, EventPlace, LogStreamLocation } from '../domain/output-location.ts';
import type { Channel } from './channel.ts';
import type { Connection } from './connection.ts';
import { isStructure, malformed, readList, readText } from './wire.ts';

const operation = 'GetLogEvents';

/** Reads log streams of CloudWatch Logs. The SDK's client is loaded when the first one is read. */
export class LogReader {
  readonly #connection: Connection;
  #opened: Promise<Channel<CloudWatchLogsClient>> | null = null;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * A page of at most 10,000 events or 1 MB, or null when there is no such group or stream. At either end of the stream
   * the token that was sent comes back.
   *
   * @throws RemoteError; the signal's reason
   */
  async read(
    { group, stream }: LogStreamLocation,
    place: EventPlace,
    signal: AbortSignal,
  ): Promise<EventPage | null> {
    const { GetLogEventsCommand } = await import('@aws-sdk/client-cloudwatch-logs');
    this.#opened ??= this.#open();
    const channel = await this.#opened;
    const input = {
      logGroupName: group,
      logStreamName: stream,
      ...placeInput(place),
    };
    return channel.call(
      operation,
      async (client, abortSignal) => {
        try {
          const answer = await client.send(new GetLogEventsCommand(input), { abortSignal });
          return {
            messages: readList(answer.events, operation, 'events')
              .filter(isStructure)
              .map(({ message }) => readText(message)),
            before: readToken(answer.nextBackwardToken),
            after: readToken(answer.nextForwardToken),
          };
        } catch (error) {
          if (error instanceof Error && error.name === 'ResourceNotFoundException') return null;
          throw error;
        }
      },
      signal,
    );
  }

  async #open(): Promise<Channel<CloudWatchLogsClient>> {
    const { CloudWatchLogsClient } = await import('@aws-sdk/client-cloudwatch-logs');
    return this.#connection.open(
      'logs',
      this.#connection.session.region,
      (settings) => new CloudWatchLogsClient(settings),
    );
  }
}

/** AWS wants startFromHead said again with the tokens that lead on. */
function placeInput(place: EventPlace): { startFromHead: boolean; nextToken?: string } {
  if (typeof place === 'string') return { startFromHead: place === 'head' };
  return 'after' in place
    ? { startFromHead: true, nextToken: place.after }
    : { startFromHead: false, nextToken: place.before };
}

function readToken(token: unknown): string {
  if (typeof token === 'string' && token !== '') return token;
  throw malformed(operation, 'the answer has no token that leads on');
}
