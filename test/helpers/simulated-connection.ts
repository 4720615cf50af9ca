import { SSMClient } from '@aws-sdk/client-ssm';
import { Connection } from '../../src/aws/connection.ts';
import { listCommandInvocations, listCommands } from '../../src/simulator/aws-json/list-operations.ts';
import type { ListRequest } from '../../src/simulator/aws-json/request-shapes.ts';
import type { WireObject } from '../../src/simulator/aws-json/wire.ts';
import type { Account } from '../../src/simulator/model/account.ts';
import type { SimulatorClock } from '../../src/simulator/model/clock.ts';
import type { Rollout } from '../../src/simulator/model/rollout.ts';
import { sessionTo, staticCredentials } from './watch-simulator.ts';

export interface SimulationOptions {
  /** Called before each answer; what it throws is thrown by the call. */
  readonly onCall?: () => void;
  /** Short, empty and overlapping pages. */
  readonly pagingTricks?: boolean;
  readonly seed?: number;
}

/** A connection whose client answers from the model, without HTTP between them, and counts. */
export class SimulatedConnection extends Connection {
  calls = 0;
  bytes = 0;
  readonly #client: SSMClient;
  readonly #rollout: Rollout;
  readonly #clock: SimulatorClock;
  readonly #options: SimulationOptions;

  constructor(rollout: Rollout, clock: SimulatorClock, options: SimulationOptions = {}) {
    super(sessionTo(null), { credentials: () => async () => staticCredentials, now: clock.now });
    this.#rollout = rollout;
    this.#clock = clock;
    this.#options = options;
    this.#client = new SSMClient({ region: 'eu-west-1', credentials: staticCredentials });
    this.#client.middlewareStack.add(
      (_next, context) => async (args) => ({
        output: this.#answer(String(context.commandName), args.input as ListRequest) as never,
        response: undefined,
      }),
      { step: 'initialize', priority: 'high', name: 'simulated' },
    );
  }

  override call<Answer>(
    _operation: string,
    call: (client: SSMClient, abortSignal: AbortSignal) => Promise<Answer>,
    signal: AbortSignal,
  ): Promise<Answer> {
    signal.throwIfAborted();
    return call(this.#client, signal);
  }

  override close(): void {
    this.#client.destroy();
    super.close();
  }

  #answer(commandName: string, request: ListRequest): unknown {
    const { onCall, seed = 1, pagingTricks = false } = this.#options;
    this.calls += 1;
    onCall?.();
    const situation = {
      account: accountOf(this.#rollout),
      now: this.#clock.now(),
      seed,
      pagingTricks,
    };
    const text = JSON.stringify(operationOf(commandName)(situation, request));
    this.bytes += Buffer.byteLength(text);
    return JSON.parse(text, asSdkReads);
  }
}

function operationOf(commandName: string): (...args: Parameters<typeof listCommands>) => WireObject {
  switch (commandName) {
    case 'ListCommandsCommand':
      return listCommands;
    case 'ListCommandInvocationsCommand':
      return listCommandInvocations;
    default:
      throw new Error(`${commandName} is not simulated here`);
  }
}

/** An account that has seen nothing but this rollout. */
function accountOf(rollout: Rollout): Account {
  const notAsked = () => {
    throw new Error('only the list calls are simulated here');
  };
  return {
    nodes: [],
    commandId: rollout.plan.commandId,
    rollouts: () => [rollout],
    find: () => rollout,
    node: notAsked,
    unseenSince: notAsked,
    send: notAsked,
    cancel: notAsked,
  };
}

/** The SDK makes dates of the members that are times. */
function asSdkReads(member: string, value: unknown): unknown {
  return typeof value === 'number' && (member.endsWith('DateTime') || member === 'ExpiresAfter')
    ? new Date(Math.round(value * 1000))
    : value;
}
