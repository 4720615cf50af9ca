import { Connection } from '../../src/aws/connection.ts';
import type { CredentialProvider } from '../../src/aws/credentials.ts';
import type { Session } from '../../src/aws/session.ts';
import { SsmRolloutReader } from '../../src/aws/ssm-rollout-reader.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import { manualClock } from '../../src/simulator/model/clock.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/simulator/server.ts';
import type { RolloutReader } from '../../src/watch/rollout-reader.ts';
import { sessionTo, staticCredentials } from './connect-to.ts';
import { startedAt, type VirtualSetup, type VirtualWatch, watchVirtually } from './virtual-watch.ts';

export interface WatchSetup extends Omit<Partial<SimulatorOptions>, 'clock' | 'port'>, VirtualSetup {
  /** What is watched, when not the scenario's own rollout. */
  readonly commandId?: string;
  readonly pageSize?: number;
  /** Where the calls go, when not to the simulator. */
  readonly endpointUrl?: string;
  readonly credentials?: () => CredentialProvider;
  /** What of the session is not as `sessionTo` makes it. */
  readonly session?: Partial<Session>;
  /** Real milliseconds after which a call is ended, for tests of what hangs. */
  readonly callLimit?: number;
  /** Virtual milliseconds that each answer of a list call takes. Default 100. */
  readonly latency?: number;
  /** Puts something between the poller and the reader. */
  readonly wrapReader?: (reader: RolloutReader) => RolloutReader;
}

/** One watch of one simulated rollout, over HTTP and in virtual time. */
export interface SimulatedWatch extends VirtualWatch, AsyncDisposable {
  readonly simulator: Simulator;
  readonly connection: Connection;
}

/** Starts a simulator and wires everything that watches it. Time passes only in waits and in answers. */
export async function openWatch(setup: WatchSetup = {}): Promise<SimulatedWatch> {
  const { latency = 100, instanceId = null, pageSize = 50 } = setup;
  const clock = manualClock(startedAt);
  const simulator = await startSimulator({ scenario: 'healthy', ...setup, port: 0, clock });
  const connection = new Connection(sessionTo(setup.endpointUrl ?? simulator.url, setup.session), {
    credentials: setup.credentials ?? (() => async () => staticCredentials),
    now: clock.now,
    ...(setup.callLimit === undefined ? {} : { callLimit: setup.callLimit }),
  });
  const query = { commandId: setup.commandId ?? simulator.commandId, instanceId, pageSize };
  const reader = withLatency(new SsmRolloutReader(connection, query), () => clock.advance(latency));
  const awsTime = () => connection.awsTime();
  return {
    ...watchVirtually(setup.wrapReader?.(reader) ?? reader, { awsTime, ...setup }, clock),
    simulator,
    connection,
    [Symbol.asyncDispose]: async () => {
      connection.close();
      await simulator.close();
    },
  };
}

/** What the model says a watch must come to, once its rollout is over and all of it could be read. */
export function trueVerdict(simulator: Simulator): Verdict {
  const truth = simulator.truth();
  if (!truth?.over) throw new Error('the rollout is not over');
  const { command, counts, invocations } = truth;
  const succeeded = command.status === 'Success' && invocations.every(({ status }) => status === 'Success');
  const outcome = invocations.length === 0 ? 'no-targets' : succeeded ? 'success' : 'failure';
  return { outcome, counts, commandStatus: command.status };
}

/** Virtual milliseconds from the start until nothing of the rollout changes any more. */
export function endOf(simulator: Simulator): number {
  return (simulator.truth()?.endsAt ?? Number.NaN) - startedAt;
}

/** The reader, each of whose answers takes its time. */
function withLatency(reader: RolloutReader, pass: () => void): RolloutReader {
  return {
    readCommand: (signal) => reader.readCommand(signal).finally(pass),
    async *list(listing, between, signal) {
      for await (const page of reader.list(listing, between, signal)) {
        pass();
        yield page;
      }
    },
    readInvocation: (instanceId, signal) => reader.readInvocation(instanceId, signal).finally(pass),
  };
}
