import { Connection } from '../aws/connection.ts';
import { credentialProvider } from '../aws/credentials.ts';
import { resolveSession } from '../aws/session.ts';
import type { WatchOptions } from '../options.ts';
import { readPipedCommandId } from './piped-command-id.ts';
import { runWatch } from './watch.ts';

/** `ssm-watch [command-id]`: watches a rollout in AWS. Gives the exit code. @throws UsageError */
export async function watchAws(commandId: string | null, options: WatchOptions): Promise<number> {
  return runWatch(commandId ?? (await readPipedCommandId(process.stdin)), options, {
    connect: async (mfaPrompt, onCall) => {
      const session = await resolveSession(options, process.env);
      const connection = new Connection(session, {
        credentials: () => credentialProvider(session, mfaPrompt),
        onCall,
      });
      await connection.signIn();
      return connection;
    },
    now: Date.now,
    exitCode: ({ exitCode }) => exitCode,
  });
}
