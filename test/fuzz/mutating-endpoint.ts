import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Mutation, mutate, type WireAnswer } from './mutate.ts';

/** An answer that was sent, and the one that it was made of. */
export interface Exchanged {
  readonly operation: string;
  readonly truth: WireAnswer;
  readonly sent: WireAnswer;
}

/** What is true, as an answer. `operation` is empty for S3, which asks for a `range`; `body` is the request's. */
export type Truth = (operation: string, body: string, range: string | undefined) => WireAnswer;

export interface MutatingEndpoint extends AsyncDisposable {
  readonly url: string;
  /** All that was answered, oldest first. */
  readonly exchanged: readonly Exchanged[];
}

/** An HTTP server that answers with the truth, changed by the mutations of the call, which is given its number, from 0. */
export async function openMutatingEndpoint(
  truth: Truth,
  mutationsOf: (call: number, operation: string) => readonly Mutation[],
): Promise<MutatingEndpoint> {
  const exchanged: Exchanged[] = [];
  const server = createServer(async (request, response) => {
    const operation = String(request.headers['x-amz-target'] ?? '').replace(/^\w+\./, '');
    const answer = truth(operation, await text(request), request.headers.range);
    const sent = mutationsOf(exchanged.length, operation).reduce(mutate, answer);
    exchanged.push({ operation, truth: answer, sent });
    send(response, sent);
  });
  // What the client makes of broken HTTP is its own business.
  server.on('clientError', (_, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanged,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What node would not send as it is, or make something else of. */
const needsSocket = ({ status, headers, sent }: WireAnswer) =>
  sent !== 'whole' || 'content-length' in headers || status < 200 || status === 204 || status === 304;

function send(response: ServerResponse, answer: WireAnswer): void {
  const { status, headers, body, sent } = answer;
  if (!needsSocket(answer)) {
    response.writeHead(status, { ...headers }).end(body);
    return;
  }
  const { socket } = response;
  if (socket === null || sent === 'not at all') return;
  const lines = Object.entries({ 'content-length': String(body.length), ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  const head = `HTTP/1.1 ${status} As It Is\r\n${lines.join('')}\r\n`;
  const half = body.subarray(0, Math.floor(body.length / 2));
  if (sent === 'as garbage') socket.write(half);
  else socket.write(Buffer.concat([Buffer.from(head), sent === 'whole' ? body : half]));
  if (sent === 'closed half-way') socket.end();
  // To node this answer has not ended, and it would keep the next request on this connection waiting.
  else socket.once('data', () => socket.destroy());
}
