import type { Session } from '../aws/session.ts';
import {
  type Conclusion,
  concludeInterrupted,
  concludeVerdict,
  concludeWithout,
  exitCodes,
  signalExitCodes,
} from '../domain/conclusion.ts';
import { earlier, finishedAt, later } from '../domain/invocation.ts';
import { RemoteError } from '../domain/problem.ts';
import { countByStatusDetails } from '../domain/tally.ts';
import type { Ending } from '../watch/polling-policy.ts';
import type { Refusal } from '../watch/refusal.ts';
import type { Snapshot } from '../watch/snapshot.ts';
import { brokenMessage } from './broken-message.ts';
import type { StopReason } from './stop.ts';

/** What was watched, for the message of a refusal. */
export interface Watched {
  readonly commandId: string;
  readonly session: Session;
  readonly account: string | null;
}

/** The conclusion of a watch whose polling ended by itself. */
export function concludeEnding(ending: Ending, snapshot: Snapshot, watched: Watched): Conclusion {
  const counts = countByStatusDetails(snapshot.rows);
  switch (ending.kind) {
    case 'verdict':
      return concludeVerdict(ending.verdict);
    case 'in-progress':
      return concludeWithout('in-progress', counts, null);
    case 'refused':
      return concludeWithout('refused', counts, refusalMessage(ending.refusal, watched));
  }
}

/** The conclusion of a watch that was stopped (`reason`), or that threw. */
export function concludeFailure(
  error: unknown,
  reason: StopReason | null,
  snapshot: Pick<Snapshot, 'rows'>,
): Conclusion {
  const counts = countByStatusDetails(snapshot.rows);
  switch (reason?.kind) {
    case 'signal':
      return concludeInterrupted(signalExitCodes[reason.signal], counts);
    case 'timeout':
      return concludeWithout('timeout', counts, null);
    case 'closed-output':
      return { ...concludeInterrupted(exitCodes.closedOutput, counts), message: reason.message };
    case 'broken':
      return concludeWithout('broken', counts, brokenMessage(reason.error));
    case undefined:
      if (error instanceof RemoteError) return concludeWithout('refused', counts, error.problem.message);
      return concludeWithout('broken', counts, brokenMessage(error));
  }
}

/**
 * From the command's request to its last plugin's finish, or to now when it is not over. Where it is over and nothing
 * finished, its end was seen at `endedAt`, which can be days later: it was not after ExpiresAfter. Milliseconds.
 */
export function durationOf({ command, rows, endedAt }: Snapshot, startedAt: number, now: number): number {
  const from =
    command?.requestedAt ?? rows.map(({ requestedAt }) => requestedAt).reduce(earlier, null) ?? startedAt;
  if (endedAt === null) return Math.max(0, now - from);
  const until =
    rows.map(finishedAt).reduce(later, null) ?? earlier(endedAt, command?.expiresAt ?? null) ?? endedAt;
  return Math.max(0, until - from);
}

function refusalMessage(refusal: Refusal, { commandId, session, account }: Watched): string {
  if (refusal.kind === 'problem') return refusal.problem.message;
  const where = [`region ${session.region}`, identityOf(session), `account ${account ?? 'unknown'}`].join(
    ', ',
  );
  return refusal.kind === 'unknown-command'
    ? `no command ${commandId} here (${where}): check the ID, --region and --profile`
    : `no invocation of ${commandId} is listed (${where}), and whether it exists cannot be read: ${refusal.problem.message}`;
}

function identityOf({ profile, environmentKeys }: Session): string {
  if (environmentKeys) return 'keys from the environment';
  return profile === null ? "this machine's own credentials" : `profile ${profile}`;
}
