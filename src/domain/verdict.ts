import { type Command, type CommandOverview, noInstancesInTag } from './command.ts';
import type { Invocation } from './invocation.ts';
import { isSuccess, isTerminal } from './status.ts';
import { type Counts, countByStatusDetails, notListed } from './tally.ts';

/**
 * What was read of a rollout, and when. Monotonic times are milliseconds of one steady clock on which no two
 * events have the same time, so that "began after" is always decided.
 */
export interface Evidence {
  /** The command as last seen. */
  readonly command: Command | null;
  /** Monotonic time since which IAM refuses ListCommands, so that `command` is missing or old; null when it does not. */
  readonly commandDeniedAt: number | null;
  /** Monotonic time at which the command was first seen terminal. */
  readonly commandTerminalAt: number | null;
  readonly rows: readonly Invocation[];
  /** Monotonic time at which a row or the command last came or changed; the start of the watch before that. */
  readonly quietSince: number;
  /** Monotonic times at which the latest whole sweeps began, oldest first: at least the last `patientSweeps`. */
  readonly wholeSweeps: readonly number[];
  /** The one instance that the watch is about (`--instance-id`), or null for the whole rollout. */
  readonly instanceId: string | null;
}

/** How a rollout ended. */
export interface Verdict {
  readonly outcome: 'success' | 'failure' | 'no-targets';
  readonly counts: Counts;
  /** The command's own Status, or null where it cannot be read. */
  readonly commandStatus: string | null;
}

/** Whole sweeps without news that are waited for where AWS does not say that all is listed. */
export const patientSweeps = 5;
const deniedPatience = 60_000;
const missingPatience = 30_000;
/** How long after ExpiresAfter a row that has not ended is given up. Milliseconds. */
export const expiryPatience = 60_000;

/**
 * The verdict, or null while the rollout is not over. This is the whole of the README's "When it is over".
 * `now` is AWS's time in epoch milliseconds (for ExpiresAfter), `monotonicNow` that of the evidence's clock.
 */
export function judge(evidence: Evidence, now: number, monotonicNow: number): Verdict | null {
  const over =
    evidence.instanceId === null
      ? isRolloutOver(evidence, now, monotonicNow)
      : isInstanceOver(evidence, now, monotonicNow);
  return over ? verdictOn(evidence) : null;
}

function isRolloutOver(evidence: Evidence, now: number, monotonicNow: number): boolean {
  const { command, commandTerminalAt, rows } = evidence;
  const allTerminal = rows.every(hasEnded);
  if (command === null || commandTerminalAt === null) return allTerminal && isOverUnseen(evidence);
  if (!sweptSince(evidence, commandTerminalAt)) return false;
  if (!allTerminal && !isStuck(evidence, command, now, monotonicNow)) return false;
  if (isComplete(command, rows.length)) return true;
  return quietFor(evidence, Math.max(commandTerminalAt, evidence.quietSince), missingPatience);
}

/** Without ListCommands the rows have to tell; but where it told of more targets before, they are waited for. */
function isOverUnseen(evidence: Evidence): boolean {
  const { command, commandDeniedAt, rows } = evidence;
  if (commandDeniedAt === null || rows.length === 0 || rows.length < (command?.targetCount ?? 0))
    return false;
  return quietFor(evidence, Math.max(commandDeniedAt, evidence.quietSince), deniedPatience);
}

/** With `--instance-id` the end of that one invocation is the end, whatever the rest of the command does. */
function isInstanceOver(evidence: Evidence, now: number, monotonicNow: number): boolean {
  const { command, commandTerminalAt, rows } = evidence;
  if (rows.length > 0 && rows.every(hasEnded)) return evidence.wholeSweeps.length > 0;
  if (command === null || commandTerminalAt === null || !sweptSince(evidence, commandTerminalAt))
    return false;
  if (rows.length > 0) return isStuck(evidence, command, now, monotonicNow);
  if (command.statusDetails === noInstancesInTag) return true;
  return quietFor(evidence, Math.max(commandTerminalAt, evidence.quietSince), missingPatience);
}

/** Whether all of its end is known. */
function hasEnded(row: Invocation): boolean {
  return isTerminal(row) && !row.endUnread;
}

/** Whether there are as many rows as AWS says were targeted. */
function isComplete(command: Command, rows: number): boolean {
  if (command.statusDetails === noInstancesInTag) return rows === 0 && !command.targetCount;
  return rows > 0 && rows === command.targetCount;
}

/** Whether non-terminal rows have outlived ExpiresAfter, unchanged, and were read again after that. */
function isStuck(evidence: Evidence, command: Command, now: number, monotonicNow: number): boolean {
  if (command.expiresAt === null) return false;
  const expiredAt = monotonicNow - (now - command.expiresAt);
  return sweptSince(evidence, Math.max(expiredAt, evidence.quietSince) + expiryPatience);
}

function sweptSince(evidence: Evidence, monotonic: number): boolean {
  return (evidence.wholeSweeps.at(-1) ?? Number.NEGATIVE_INFINITY) > monotonic;
}

function quietFor(evidence: Evidence, since: number, patience: number): boolean {
  const latest = evidence.wholeSweeps.slice(-patientSweeps);
  return (
    latest.length === patientSweeps && (latest[0] ?? 0) > since && sweptSince(evidence, since + patience)
  );
}

function verdictOn(evidence: Evidence): Verdict {
  const { command, rows, instanceId } = evidence;
  const isRead = evidence.commandDeniedAt === null || evidence.commandTerminalAt !== null;
  const commandStatus = isRead ? (command?.status ?? null) : null;
  const missing = missingTargets(evidence);
  const listed = countByStatusDetails(rows);
  const counts = missing > 0 ? { ...listed, [notListed]: (listed[notListed] ?? 0) + missing } : listed;
  if (rows.length === 0 && commandStatus === 'Success' && missing === 0) {
    return { outcome: 'no-targets', counts, commandStatus };
  }
  const commandAllows = instanceId !== null || commandStatus === null || commandStatus === 'Success';
  const succeeded = rows.length > 0 && rows.every(isSuccess) && missing === 0 && commandAllows;
  return { outcome: succeeded ? 'success' : 'failure', counts, commandStatus };
}

/** StatusDetails of a command that say why its invocations did not succeed, where none of these does. */
const reasonsOfCommands: ReadonlySet<string> = new Set([
  'AccessDenied',
  'FailedDueToAlarm',
  'LimitExceeded',
  'RateExceeded',
]);

/** The command's StatusDetails where its own end is why the rollout failed; null where the invocations tell that. */
export function reasonOfCommand(
  { counts, commandStatus }: Pick<Verdict, 'counts' | 'commandStatus'>,
  command: Pick<CommandOverview, 'statusDetails'> | null,
): string | null {
  if (commandStatus === null || commandStatus === 'Success') return null;
  const details = command?.statusDetails ?? commandStatus;
  const allSucceeded = Object.keys(counts).every((statusDetails) => statusDetails === 'Success');
  return allSucceeded || (reasonsOfCommands.has(details) && !(details in counts)) ? details : null;
}

/** Targets that AWS counted and never listed. */
function missingTargets({ command, rows, instanceId }: Evidence): number {
  if (instanceId !== null) return rows.length === 0 && command?.statusDetails !== noInstancesInTag ? 1 : 0;
  return Math.max(0, (command?.targetCount ?? 0) - rows.length);
}
