import { setImmediate as nextTurn } from 'node:timers/promises';
import { Connection } from '../../src/aws/connection.ts';
import type { CredentialProvider } from '../../src/aws/credentials.ts';
import { RolloutReader } from '../../src/aws/rollout-reader.ts';
import type { Session } from '../../src/aws/session.ts';
import { type ManualClock, manualClock } from '../../src/simulator/clock.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/simulator/server.ts';
import type { WatchEvent } from '../../src/watch/events.ts';
import { type Ending, Poller, type PollerOptions, type RolloutReader as Reader } from '../../src/watch/poller.ts';
import { RolloutStore } from '../../src/watch/store.ts';
import { requestedAt } from './fixtures.ts';

export interface WatchSetup extends Omit<Partial<SimulatorOptions>, 'clock' | 'port'>, Partial<PollerOptions> {
  /** What is watched, when not the scenario's own rollout. */
  readonly commandId?: string;
  readonly instanceId?: string;
  readonly pageSize?: number;
  /** Where the calls go, when not to the simulator. */
  readonly endpointUrl?: string;
  readonly credentials?: () => CredentialProvider;
  /** Real milliseconds after which a call is ended, for tests of what hangs. */
  readonly callLimit?: number;
  /** Virtual milliseconds that each answer of a list call takes. Default 100. */
  readonly latency?: number;
  /** What chance gives the back-off. Default 0.5. */
  readonly random?: () => number;
  /** Virtual milliseconds after which a watch that has not ended is aborted with `NoEnd`. Default 2 hours. */
  readonly patience?: number;
  /** Called before each virtual wait, with its length. */
  readonly onDelay?: (milliseconds: number) => void;
  /** Puts something between the poller and the reader. */
  readonly wrapReader?: (reader: Reader) => Reader;
}

/** The reason for which a watch is aborted that goes on and on. */
export class NoEnd extends Error {}

/** One watch of one simulated rollout, in virtual time. */
export interface SimulatedWatch {
  readonly simulator: Simulator;
  readonly clock: ManualClock;
  readonly connection: Connection;
  readonly store: RolloutStore;
  readonly poller: Poller;
  /** All events so far, in order. */
  readonly events: readonly WatchEvent[];
  /** The kinds of the problems told so far, in order. */
  readonly problemKinds: () => string[];
  /** The waits so far, in virtual milliseconds. */
  readonly delays: readonly number[];
  /** Virtual milliseconds since the start. */
  readonly elapsed: () => number;
  /** Polls to the end. Rejects with NoEnd when there is none. */
  run(signal?: AbortSignal): Promise<Ending>;
  close(): Promise<void>;
}

/** When the simulated rollouts are sent, in epoch milliseconds. */
export const startedAt = requestedAt;

export const staticCredentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };

/** A session that leads to `endpointUrl`. */
export function sessionTo(endpointUrl: string | null, overrides: Partial<Session> = {}): Session {
  return { region: 'eu-west-1', profile: null, endpointUrl, environmentKeys: true, ...overrides };
}

/** Starts a simulator and wires everything that watches it. Time passes only in waits and in answers. */
export async function openWatch(setup: WatchSetup = {}): Promise<SimulatedWatch> {
  const { latency = 100, patience = 7_200_000, instanceId = null, pageSize = 50 } = setup;
  const clock = manualClock(startedAt);
  const simulator = await startSimulator({ scenario: 'healthy', ...setup, port: 0, clock });
  const connection = new Connection(sessionTo(setup.endpointUrl ?? simulator.url), {
    credentials: setup.credentials ?? (() => async () => staticCredentials),
    now: clock.now,
    ...(setup.callLimit === undefined ? {} : { callLimit: setup.callLimit }),
  });
  const clocks = { monotonic: clock.now, awsTime: () => connection.awsTime() };
  const store = new RolloutStore(clocks, instanceId);
  const events: WatchEvent[] = [];
  store.onEvent((event) => events.push(event));
  const delays: number[] = [];
  const endless = new AbortController();
  const query = { commandId: setup.commandId ?? simulator.commandId, instanceId, pageSize };
  const reader = withLatency(new RolloutReader(connection, query), () => clock.advance(latency));
  const poller = new Poller(
    setup.wrapReader?.(reader) ?? reader,
    store,
    {
      interval: setup.interval ?? 2_000,
      once: setup.once ?? false,
      givesUpUnreachable: setup.givesUpUnreachable ?? true,
    },
    {
      monotonic: clock.now,
      random: setup.random ?? (() => 0.5),
      delay: async (milliseconds, signal) => {
        delays.push(milliseconds);
        setup.onDelay?.(milliseconds);
        await nextTurn(undefined, { signal });
        clock.advance(milliseconds);
        if (clock.now() - startedAt > patience) endless.abort(new NoEnd(`no end after ${patience} ms`));
      },
    },
  );
  return {
    simulator,
    clock,
    connection,
    store,
    poller,
    events,
    problemKinds: () => events.flatMap((event) => (event.type === 'problem' ? [event.problem.kind] : [])),
    delays,
    elapsed: () => clock.now() - startedAt,
    run: (signal) => poller.run(signal ? AbortSignal.any([signal, endless.signal]) : endless.signal),
    close: async () => {
      connection.close();
      await simulator.close();
    },
  };
}

/** The reader, each of whose answers takes its time. */
function withLatency(reader: Reader, pass: () => void): Reader {
  return {
    readCommand: (signal) => reader.readCommand(signal).finally(pass),
    async *sweep(signal) {
      for await (const page of reader.sweep(signal)) {
        pass();
        yield page;
      }
    },
    readInvocation: (instanceId, signal) => reader.readInvocation(instanceId, signal).finally(pass),
  };
}
