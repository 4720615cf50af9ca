import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** One call as it came in. */
export interface Call {
  /** As in `X-Amz-Target`; empty where the protocol has none. */
  readonly operation: string;
  /** The path, with the query. */
  readonly path: string;
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
}

/** What a call is answered with: JSON, unless `body` is text or bytes already. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** An HTTP server on loopback that answers as it is told, for answers that the simulator never gives. */
export interface Endpoint extends AsyncDisposable {
  readonly url: string;
  readonly calls: readonly Call[];
}

/** Starts one; `answer` is given the call and its number, from 0. */
export async function openEndpoint(
  answer: (call: Call, index: number) => Answer | Promise<Answer>,
): Promise<Endpoint> {
  const calls: Call[] = [];
  const server = createServer(async (request, response) => {
    const operation = String(request.headers['x-amz-target'] ?? '').replace(
      /^(AmazonSSM|Logs_20140328)\./,
      '',
    );
    const path = request.url ?? '';
    const call = { operation, path, body: await text(request), headers: request.headers };
    const { status = 200, headers, body } = await answer(call, calls.push(call) - 1);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', ...headers });
    response.end(typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The URL of a port on which nobody listens. */
export async function closedPort(): Promise<string> {
  await using endpoint = await openEndpoint(() => ({ body: {} }));
  return endpoint.url;
}
