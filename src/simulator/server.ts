import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openAccount } from './account.ts';
import { send } from './answers.ts';
import { regionOf } from './authentication.ts';
import { realClock, type SimulatorClock } from './clock.ts';
import { cancelCommand, getCommandInvocation, sendCommand } from './command-operations.ts';
import { distortAnswer, distortInput, faultError } from './fault-effects.ts';
import { createFaultSchedule } from './fault-schedule.ts';
import { type Fault, type Operation, operations } from './faults.ts';
import { describeInstanceInformation, listCommandInvocations, listCommands } from './list-operations.ts';
import { random, uuid } from './random.ts';
import { readRequest } from './request-validation.ts';
import type { RolloutTruth } from './rollout.ts';
import { type ScenarioName, scenarios } from './scenarios.ts';
import { ServiceError } from './service-error.ts';
import type { Situation } from './situation.ts';
import type { WireObject } from './wire.ts';

export interface SimulatorOptions {
  readonly scenario: ScenarioName;
  /** Nodes in the account; default the scenario's. */
  readonly instances?: number;
  /** The same seed gives the same account and the same history. Default 1. */
  readonly seed?: number;
  /** Default `realClock(1)`. */
  readonly clock?: SimulatorClock;
  /** Default 0: any free port. The host is always 127.0.0.1. */
  readonly port?: number;
  /** In addition to the scenario's own. */
  readonly faults?: readonly Fault[];
  /** Short, empty and overlapping pages; default the scenario's choice. */
  readonly pagingTricks?: boolean;
}

/** One request that came in, for tests. */
interface RequestRecord {
  /** Undefined when the request named none that is known. */
  readonly operation: Operation | undefined;
  /** The body as JSON, or as text where it is none. */
  readonly input: unknown;
  /** Epoch milliseconds, virtual. */
  readonly at: number;
  /** The HTTP status; 0 where a fault gave no answer. */
  readonly status: number;
}

export interface Simulator {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** The rollout that the scenario started. */
  readonly commandId: string;
  readonly clock: SimulatorClock;
  /** The last 10,000 requests, oldest first. */
  readonly requests: readonly RequestRecord[];
  /** Adds a fault; the answer takes it away again. */
  addFault(fault: Fault): () => void;
  /** How a rollout (default: the scenario's) really is now; undefined when there is none of that ID. */
  truth(commandId?: string): RolloutTruth | undefined;
  /** Ends it, and every connection that is still open. */
  close(): Promise<void>;
}

const handlers: Readonly<Record<Operation, (situation: Situation, input: never) => WireObject>> = {
  SendCommand: sendCommand,
  ListCommands: listCommands,
  ListCommandInvocations: listCommandInvocations,
  GetCommandInvocation: getCommandInvocation,
  CancelCommand: cancelCommand,
  DescribeInstanceInformation: describeInstanceInformation,
};

const maxRecords = 10_000;
const maxBodyBytes = 1_048_576;

/** @throws ServiceError when it is larger than AWS takes */
async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > maxBodyBytes)
      throw new ServiceError('RequestEntityTooLarge', 'Request is too large.', { status: 413 });
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString();
}

/** @throws ServiceError UnknownOperationException */
function operationOf({ method, url, headers }: IncomingMessage): Operation {
  const target = headers['x-amz-target'];
  const isCall =
    method === 'POST' && url === '/' && headers['content-type']?.startsWith('application/x-amz-json-1.1');
  const known = operations.find((operation) => target === `AmazonSSM.${operation}`);
  if (!isCall || known === undefined) throw new ServiceError('UnknownOperationException');
  return known;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

/**
 * Starts the simulator on loopback.
 * @throws the listener's error, for example `EADDRINUSE`; RangeError when `instances` is not a positive whole number
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { scenario: name, instances, seed = 1, clock = realClock(1), port = 0 } = options;
  if (instances !== undefined && !(Number.isInteger(instances) && instances > 0)) {
    throw new RangeError(`instances must be a positive whole number, got ${instances}`);
  }
  const scenario = scenarios[name];
  const pagingTricks = options.pagingTricks ?? scenario.pagingTricks ?? false;
  const startedAt = clock.now();
  const account = openAccount(name, seed, startedAt, instances);
  const schedule = createFaultSchedule(seed, [...(scenario.faults ?? []), ...(options.faults ?? [])]);
  const requestIds = random(seed, 'requestId');
  const requests: RequestRecord[] = [];
  let turn = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const now = clock.now();
    response.setHeader('x-amzn-RequestId', uuid(requestIds));
    response.setHeader('date', new Date(now).toUTCString());
    let operation: Operation | undefined;
    let body = '';
    let faults: readonly Fault[] = [];
    let outcome: WireObject | ServiceError;
    try {
      body = await bodyOf(request);
      operation = operationOf(request);
      const region = regionOf(request.headers.authorization);
      faults = schedule.strike(operation, now - startedAt);
      const called = operation;
      const error = faults.map((fault) => faultError(fault, called)).find((found) => found !== undefined);
      if (error !== undefined) throw error;
      const input = distortInput(faults, readRequest(operation, body));
      const situation = { account, now, region, seed, pagingTricks };
      const result = handlers[operation](situation, input as never);
      outcome = distortAnswer(faults, situation, input, result, turn++);
    } catch (error) {
      // Anything else is a mistake in the simulator: better seen in the answer than hidden.
      outcome =
        error instanceof ServiceError
          ? error
          : new ServiceError('InternalFailure', String(error), { status: 500 });
    }
    const status = send(response, outcome, faults);
    requests.push({ operation, input: parsed(body), at: now, status });
    if (requests.length > maxRecords) requests.shift();
  }

  const server = createServer((request, response) => {
    void answer(request, response);
  });
  // Longer than a poller's pause, so that no request meets a connection that is just being closed.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    commandId: account.commandId,
    clock,
    requests,
    addFault: (fault) => schedule.add(fault),
    truth: (commandId = account.commandId) => account.find(commandId, clock.now())?.truth(clock.now()),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
