import { once } from 'node:events';
import type { SimulatorChoice } from '../options.ts';
import { openSimulator } from './open-simulator.ts';

/** `ssm-watch simulate`: serves the simulator until it is told to stop. Gives the exit code. @throws UsageError */
export async function simulate(port: number, choice: SimulatorChoice): Promise<number> {
  const simulator = await openSimulator(choice, port);
  const { url, commandId } = simulator;
  process.stdout.write(
    `${[
      `simulating SSM Run Command on ${url}, scenario ${choice.scenario}`,
      `  ssm-watch --endpoint-url ${url} --region eu-west-1 ${commandId}`,
      `  aws --endpoint-url ${url} --region eu-west-1 ssm list-command-invocations --command-id ${commandId}`,
      'any credentials will do; Ctrl-C ends it',
    ].join('\n')}\n`,
  );
  const ended = new AbortController();
  await Promise.race(
    ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal, { signal: ended.signal })),
  );
  ended.abort();
  await simulator.close();
  return 0;
}
