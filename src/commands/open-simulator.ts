import { type SimulatorChoice, UsageError } from '../options.ts';
import { realClock } from '../simulator/clock.ts';
import { parseFault } from '../simulator/faults.ts';
import { isScenarioName, scenarioNames } from '../simulator/scenarios.ts';
import { type Simulator, startSimulator } from '../simulator/server.ts';

/** Starts the simulator as the command line asks; port 0 is any free one. @throws UsageError */
export async function openSimulator(choice: SimulatorChoice, port: number): Promise<Simulator> {
  const { scenario, instances, seed, speed, fault } = choice;
  if (!isScenarioName(scenario)) {
    throw new UsageError(`unknown scenario '${scenario}'; there are ${scenarioNames.join(', ')}`);
  }
  try {
    return await startSimulator({
      scenario,
      seed,
      port,
      clock: realClock(speed),
      faults: fault.map(parseFault),
      ...(instances === undefined ? {} : { instances }),
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
