import { Connection } from '../aws/connection.ts';
import type { Session } from '../aws/session.ts';
import type { Conclusion } from '../domain/conclusion.ts';
import type { SimulatorChoice, WatchOptions } from '../options.ts';
import { openSimulator } from './open-simulator.ts';
import { runWatch } from './watch.ts';

const credentials = { accessKeyId: 'demo', secretAccessKey: 'demo', accountId: '123456789012' };

/** `ssm-watch demo`: watches a rollout of the embedded simulator. Gives the exit code. @throws UsageError */
export async function watchDemo(options: WatchOptions, choice: SimulatorChoice): Promise<number> {
  const simulator = await openSimulator(choice, 0);
  const session: Session = {
    region: 'eu-west-1',
    profile: 'demo',
    endpointUrls: { ssm: simulator.url, s3: simulator.url, logs: simulator.url },
    environmentKeys: false,
    environmentToken: false,
  };
  const now = () => simulator.clock.now();
  try {
    return await runWatch(async () => simulator.commandId, options, {
      connect: async (_mfaPrompt, onCall) =>
        new Connection(session, { credentials: () => async () => credentials, now, onCall }),
      now,
      exitCode: demoExitCode,
    });
  } finally {
    await simulator.close();
  }
}

/** A demo whose simulated rollout failed, or that was left early, is a demo that went well. */
function demoExitCode({ outcome, exitCode }: Conclusion): number {
  return outcome === 'refused' || outcome === 'broken' ? exitCode : 0;
}
