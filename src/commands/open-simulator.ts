import { type SimulatorChoice, UsageError } from '../options.ts';
import { realClock } from '../simulator/model/clock.ts';
import { type Simulator, startSimulator } from '../simulator/server.ts';

/** Starts the simulator as the command line asks; port 0 is any free one. @throws UsageError when the port is taken */
export async function openSimulator(choice: SimulatorChoice, port: number): Promise<Simulator> {
  const { scenario, instances, seed, speed, fault: faults } = choice;
  try {
    return await startSimulator({
      scenario,
      seed,
      port,
      clock: realClock(speed),
      faults,
      ...(instances === undefined ? {} : { instances }),
    });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    throw new UsageError(`port ${port} is in use; choose another with --port, 0 for any free one`);
  }
}
