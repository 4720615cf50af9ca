import { listCommandInvocations, listCommands } from '../../src/simulator/aws-json/list-operations.ts';
import type { ListRequest } from '../../src/simulator/aws-json/requests.ts';
import type { WireObject } from '../../src/simulator/aws-json/wire.ts';
import type { Account } from '../../src/simulator/model/account.ts';
import type { SimulatorClock } from '../../src/simulator/model/clock.ts';
import type { Rollout } from '../../src/simulator/model/rollout.ts';
import { AnsweredConnection } from './answered-connection.ts';

export interface SimulationOptions {
  /** Called before each answer; what it throws is thrown by the call. */
  readonly onCall?: () => void;
  /** Short, empty and overlapping pages. */
  readonly pagingTricks?: boolean;
  readonly seed?: number;
}

/** A connection whose client answers from the model, without HTTP between them, and counts. */
export class SimulatedConnection extends AnsweredConnection {
  constructor(rollout: Rollout, clock: SimulatorClock, options: SimulationOptions = {}) {
    const { onCall, seed = 1, pagingTricks = false } = options;
    super(clock.now, (commandName, request) => {
      // One more call has been counted by then.
      onCall?.();
      const situation = { account: accountOf(rollout), now: clock.now(), seed, pagingTricks };
      return operationOf(commandName)(situation, request as ListRequest);
    });
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
