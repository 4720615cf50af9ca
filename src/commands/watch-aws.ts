import { Connection } from '../aws/connection.ts';
import { credentialProvider, type MfaPrompt } from '../aws/credentials.ts';
import { resolveSession } from '../aws/session.ts';
import { isPassing, RemoteError } from '../domain/problem.ts';
import type { WatchOptions } from '../options.ts';
import { readPipedCommandId } from './piped-command-id.ts';
import { runWatch } from './watch.ts';

/** `ssm-watch [command-id]`: watches a rollout in AWS. Gives the exit code. @throws UsageError */
export async function watchAws(commandId: string | null, options: WatchOptions): Promise<number> {
  const findCommandId = async () => commandId ?? (await readPipedCommandId(process.stdin));
  return runWatch(findCommandId, options, {
    connect: async (mfaPrompt, onCall) => {
      const session = await resolveSession(options, process.env);
      let isAsked = false;
      const ask: MfaPrompt = (serialNumber) => {
        isAsked = true;
        return mfaPrompt(serialNumber);
      };
      const connection = new Connection(session, {
        credentials: () => credentialProvider(session, ask),
        hasAsked: () => isAsked,
        onCall,
      });
      await connection.signIn().catch((error: unknown) => {
        // The calls look for the credentials again, as long as they are waited for; but nobody is asked a second time.
        if (isAsked || !(error instanceof RemoteError && isPassing(error.problem))) throw error;
      });
      return connection;
    },
    now: Date.now,
    exitCode: ({ exitCode }) => exitCode,
  });
}
