import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Random, random } from '../../src/simulator/model/random.ts';
import { restlessAnswer } from '../bench/restless-rollout.ts';

/** What can go wrong with an answer, and how often it does among those that go wrong. */
const faults = {
  '500': 3,
  '503': 3,
  expired: 6,
  denied: 6,
  reset: 4,
  html: 6,
  'cut JSON': 6,
  'slow drip': 4,
  'wrong types': 6,
  'no list': 6,
  'empty list': 6,
  'repeated token': 6,
  'rows twice': 6,
  // These two take real time: the SDK pauses, and our own limit has to pass.
  throttled: 1,
  hang: 1,
} as const;

type Fault = keyof typeof faults;

const lots = Object.entries(faults).flatMap(([fault, times]) => Array<Fault>(times).fill(fault as Fault)) as [
  Fault,
  ...Fault[],
];

export interface EndpointSetup {
  readonly rows: number;
  /** Milliseconds of the virtual clock since the rollout began. */
  readonly elapsed: () => number;
  /** How likely it is that an answer goes wrong now. */
  readonly faultRate: () => number;
  readonly seed: number;
}

/** An HTTP server that answers for a restless rollout, and often not as AWS should. It keeps nothing of the calls. */
export class FaultyEndpoint implements AsyncDisposable {
  readonly struck = new Map<Fault, number>();
  calls = 0;
  readonly #setup: EndpointSetup;
  readonly #random: Random;
  readonly #server: Server;

  constructor(setup: EndpointSetup) {
    this.#setup = setup;
    this.#random = random(setup.seed, 'faulty endpoint');
    this.#server = createServer((request, response) => {
      void this.#answer(request, response);
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.calls += 1;
    const operation = String(request.headers['x-amz-target']).replace(/^\w+\./, '');
    const body = this.#bodyOf(operation, JSON.parse(await text(request)));
    const fault = this.#random.chance(this.#setup.faultRate()) ? this.#random.pick(lots) : null;
    if (fault === null) return send(response, 200, JSON.stringify(body));
    this.struck.set(fault, (this.struck.get(fault) ?? 0) + 1);
    await fail(fault, body, request, response);
  }

  #bodyOf(operation: string, request: Record<string, unknown>): Record<string, unknown> {
    const { rows, elapsed } = this.#setup;
    const seconds = elapsed() / 1000;
    switch (operation) {
      case 'GetLogEvents':
        return {
          events: [{ message: `line at ${Math.floor(seconds)} s`, timestamp: 1, ingestionTime: 1 }],
          nextForwardToken: `f/${Math.floor(seconds / 60)}`,
          nextBackwardToken: 'b/0',
        };
      case 'DescribeInstanceInformation':
        return { InstanceInformationList: [] };
      default: {
        const answer = restlessAnswer(`${operation}Command`, request, rows, 1_790_000_000, seconds);
        return 'CommandInvocations' in answer && Array.isArray(answer.CommandInvocations)
          ? { ...answer, CommandInvocations: answer.CommandInvocations.map(toLogs) }
          : { ...answer };
      }
    }
  }
}

/** Its output goes to CloudWatch Logs, where it is read while it runs. */
function toLogs(row: object): object {
  return {
    ...row,
    CloudWatchOutputConfig: { CloudWatchOutputEnabled: true, CloudWatchLogGroupName: '/acme/run' },
  };
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.1',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

async function fail(
  fault: Fault,
  body: Record<string, unknown>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const error = (status: number, name: string) =>
    send(response, status, JSON.stringify({ __type: name, message: 'as the test wants it' }));
  const json = JSON.stringify(body);
  const list = Object.keys(body).find((name) => Array.isArray(body[name])) ?? '';
  const changed = (change: object) => send(response, 200, JSON.stringify({ ...body, ...change }));
  switch (fault) {
    case 'throttled':
      return error(400, 'ThrottlingException');
    case '500':
      return error(500, 'InternalServerError');
    case '503':
      return error(503, 'ServiceUnavailable');
    case 'expired':
      return error(400, 'ExpiredTokenException');
    case 'denied':
      return error(400, 'AccessDeniedException');
    case 'reset':
      request.socket.destroy();
      return;
    case 'hang':
      return;
    case 'html':
      return send(response, 200, '<html><title>Sign in</title></html>');
    case 'cut JSON':
      return send(response, 200, json.slice(0, json.length / 2));
    case 'slow drip':
      for (let at = 0; at < json.length; at += json.length / 5) {
        response.write(json.slice(at, at + json.length / 5));
        await new Promise(setImmediate);
      }
      response.end();
      return;
    case 'wrong types':
      return changed({ [list]: [null, 7, { CommandId: 7 }] });
    case 'no list':
      return changed({ [list]: undefined });
    case 'empty list':
      return changed({ [list]: [], NextToken: undefined });
    case 'repeated token':
      return changed({ NextToken: 'again' });
    case 'rows twice':
      return changed({ [list]: [...(body[list] as unknown[]), ...(body[list] as unknown[])] });
  }
}
