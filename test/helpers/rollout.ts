import { setTimeout as delay } from 'node:timers/promises';
import {
  type ManualClock,
  manualClock,
  realClock,
  type SimulatorClock,
} from '../../src/simulator/model/clock.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/simulator/server.ts';

type Options = Partial<SimulatorOptions>;

/** A simulated rollout that the program is pointed at. */
export class Rollout<Clock extends SimulatorClock = SimulatorClock> implements AsyncDisposable {
  readonly simulator: Simulator;
  readonly clock: Clock;

  constructor(simulator: Simulator, clock: Clock) {
    this.simulator = simulator;
    this.clock = clock;
  }

  /** Arguments that make the program talk to the simulator. */
  get endpoint(): string[] {
    return ['--endpoint-url', this.simulator.url, '--region', 'eu-west-1'];
  }

  /** Arguments that make the program watch the rollout. */
  get args(): string[] {
    return [...this.endpoint, this.simulator.commandId];
  }

  /** How many requests came in of which `counts` is true. */
  requests(operation?: string): number {
    const { requests } = this.simulator;
    return operation === undefined
      ? requests.length
      : requests.filter((request) => request.operation === operation).length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.simulator.close();
  }
}

/** A rollout that goes on, `speed` times as fast as real time. */
export async function movingRollout(speed: number, options: Options = {}): Promise<Rollout> {
  const clock = realClock(speed);
  return new Rollout(await startSimulator({ scenario: 'bad', ...options, clock }), clock);
}

/** A rollout that stands still so many seconds after it was sent, until its clock is advanced. */
export async function standingRollout(seconds: number, options: Options = {}): Promise<Rollout<ManualClock>> {
  const clock = manualClock(Date.now() - seconds * 1000);
  const simulator = await startSimulator({ scenario: 'bad', pagingTricks: false, ...options, clock });
  clock.advance(seconds * 1000);
  return new Rollout(simulator, clock);
}

/** A rollout that is over, and listed as such. */
export function finishedRollout(options: Options = {}): Promise<Rollout<ManualClock>> {
  return standingRollout(120, options);
}

/** Waits for what only the simulator sees. @throws Error after 30 s */
export async function until(holds: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await delay(20);
  }
}
