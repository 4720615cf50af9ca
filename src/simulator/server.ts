import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exchangeJson } from './aws-json/json-exchange.ts';
import type { Exchange, ExchangeRecord } from './exchange.ts';
import { createFaultSchedule } from './faults/fault-schedule.ts';
import type { Fault } from './faults/faults.ts';
import { openAccount } from './model/account.ts';
import { realClock, type SimulatorClock } from './model/clock.ts';
import { random, uuid } from './model/random.ts';
import type { RolloutTruth } from './model/rollout.ts';
import { exchangeObject, isObjectRequest } from './s3/object-exchange.ts';
import { type ScenarioName, scenarios } from './scenarios.ts';

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
interface RequestRecord extends ExchangeRecord {
  /** Epoch milliseconds, virtual. */
  readonly at: number;
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

const maxRecords = 10_000;

/**
 * Starts the simulator on loopback.
 * @throws the listener's error, for example `EADDRINUSE`; RangeError when `instances` is not a positive whole number
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { seed = 1, clock = realClock(1), port = 0 } = options;
  const scenario = scenarios[options.scenario];
  const { instances = scenario.instances } = options;
  if (!(Number.isInteger(instances) && instances > 0)) {
    throw new RangeError(`instances must be a positive whole number, got ${instances}`);
  }
  const pagingTricks = options.pagingTricks ?? scenario.pagingTricks ?? false;
  const startedAt = clock.now();
  const account = openAccount({ ...scenario, instances }, seed, startedAt);
  const schedule = createFaultSchedule(seed, [...(scenario.faults ?? []), ...(options.faults ?? [])]);
  const requestIds = random(seed, 'requestId');
  const requests: RequestRecord[] = [];
  let turn = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const now = clock.now();
    response.setHeader('date', new Date(now).toUTCString());
    const exchange: Exchange = {
      account,
      now,
      seed,
      pagingTricks,
      requestId: uuid(requestIds),
      strike: (operation) => schedule.strike(operation, now - startedAt),
      turn: () => turn++,
    };
    const serve = isObjectRequest(request) ? exchangeObject : exchangeJson;
    requests.push({ ...(await serve(request, response, exchange)), at: now });
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
