import { ListCommandInvocationsCommand } from '@aws-sdk/client-ssm';
import type { Fault } from '../../src/simulator/faults/faults.ts';
import { type ManualClock, manualClock } from '../../src/simulator/model/clock.ts';
import { type Simulator, startSimulator } from '../../src/simulator/server.ts';
import { clientOf, post, sentAt } from './fixtures.ts';

const opened: Simulator[] = [];

/** The healthy rollout of 12 instances, with these faults; `closeFaultySimulators` ends it. */
export async function startFaulty(...faults: Fault[]): Promise<{ simulator: Simulator; clock: ManualClock }> {
  const clock = manualClock(sentAt);
  const simulator = await startSimulator({
    scenario: 'healthy',
    instances: 12,
    clock,
    pagingTricks: false,
    faults,
  });
  opened.push(simulator);
  return { simulator, clock };
}

/** The same a minute later, when the rollout is over. */
export async function startEnded(fault: Fault): Promise<{ simulator: Simulator; clock: ManualClock }> {
  const started = await startFaulty(fault);
  started.clock.advance(60_000);
  return started;
}

/** For `afterEach`. */
export async function closeFaultySimulators(): Promise<void> {
  await Promise.all(opened.splice(0).map((simulator) => simulator.close()));
}

/** ListCommandInvocations of the rollout, as sent and answered on the wire. */
export const list = (simulator: Simulator, input: object = {}) =>
  post(simulator, 'ListCommandInvocations', { CommandId: simulator.commandId, ...input });

/** The same call by the SDK. */
export const sdkList = (simulator: Simulator) =>
  clientOf(simulator).send(new ListCommandInvocationsCommand({ CommandId: simulator.commandId }));
