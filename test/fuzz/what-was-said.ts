import { normaliseStatus } from '../../src/domain/status.ts';
import { type Counts, countByStatusDetails, notListed } from '../../src/domain/tally.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import type { RolloutTruth } from '../../src/simulator/model/rollout.ts';
import type { WireAnswer } from './mutate.ts';
import type { Exchanged } from './mutating-endpoint.ts';

/**
 * What makes a verdict on changed answers a false one.
 *
 * A *statement* is what a reader of an answer can take from it: that an invocation of the watched command has a Status
 * and StatusDetails, or that the command has, and how many targets. What is damaged (cut, of a wrong type, without an
 * ID or a Status, of another command) states nothing, and neither does what is absent.
 * A statement is *forged* when no true answer made it up to then. It is read like any other, since nothing shows that it
 * is none of AWS's.
 *
 * 1. Without a forged statement the verdict is the truth, in outcome, counts and Status of the command, however much was
 *    damaged; the Status may be unknown where ListCommands was denied. Invocations that nothing was ever said of may count
 *    as not listed, which is no success: so they do when sweep after sweep leaves them out.
 * 2. With forged statements, `success` and `no-targets` still need to have been said: of each invocation that did not
 *    succeed that it did, or of the command that it had fewer targets; and of the command that it succeeded, or that the
 *    caller may not know.
 *
 * A watch without a row may always be refused, and so may every single sweep (`--once`), which may see no end, either.
 * No watch has to come to a verdict as long as answers are changed; when they no longer are, it does.
 */
export interface Statements {
  /** Of each instance every pair of statuses that was said of it. */
  readonly rows: ReadonlyMap<string, ReadonlySet<string>>;
  /** Every pair of statuses that was said of the command. */
  readonly commands: ReadonlySet<string>;
  /** Every count of targets. */
  readonly targetCounts: ReadonlySet<number>;
  readonly isForged: boolean;
  readonly isDenied: boolean;
}

/** All that was said of a command, in order. */
export function statementsIn(exchanged: readonly Exchanged[], commandId: string): Statements {
  const trueRows = new Set<string>();
  const trueCommands = new Set<string>();
  const rows = new Map<string, Set<string>>();
  const commands = new Set<string>();
  const targetCounts = new Set<number>();
  let [isForged, isDenied] = [false, false];
  for (const { truth, sent } of exchanged) {
    for (const row of rowsIn(truth, commandId)) trueRows.add(JSON.stringify(row));
    for (const command of commandsIn(truth, commandId)) trueCommands.add(JSON.stringify(command));
    for (const row of rowsIn(sent, commandId)) {
      const [instanceId, status] = row;
      rows.set(instanceId, (rows.get(instanceId) ?? new Set()).add(status));
      isForged ||= !trueRows.has(JSON.stringify(row));
    }
    for (const command of commandsIn(sent, commandId)) {
      const [status, targetCount] = command;
      commands.add(status);
      if (targetCount !== null) targetCounts.add(targetCount);
      // What is absent states nothing.
      isForged ||= targetCount !== null && !trueCommands.has(JSON.stringify(command));
    }
    isDenied ||=
      sent.status >= 400 && /AccessDenied|Unauthorized/.test(JSON.stringify(sent.headers) + sent.body);
  }
  return { rows, commands, targetCounts, isForged, isDenied };
}

/** How what is watched really is: all of a rollout, or one of its invocations. */
export interface Reality {
  readonly outcome: Verdict['outcome'];
  readonly counts: Counts;
  readonly invocations: RolloutTruth['invocations'];
  /** Null where the end of the command is not waited for. */
  readonly commandStatus: string | null;
}

export function realityOf(
  { command, counts, invocations }: RolloutTruth,
  instanceId: string | null,
): Reality {
  if (instanceId !== null) {
    const rows = invocations.filter((row) => row.instanceId === instanceId);
    const isSuccess = rows.every(({ status }) => status === 'Success');
    return {
      outcome: isSuccess ? 'success' : 'failure',
      counts: Object.fromEntries(rows.map(({ statusDetails }) => [statusDetails, 1])),
      invocations: rows,
      commandStatus: null,
    };
  }
  const isSuccess = command.status === 'Success' && invocations.every(({ status }) => status === 'Success');
  const outcome = invocations.length === 0 ? 'no-targets' : isSuccess ? 'success' : 'failure';
  return { outcome, counts, invocations, commandStatus: command.status };
}

/** Why the verdict is a false one; null when it is not. */
export function falsehood(verdict: Verdict, reality: Reality, said: Statements): string | null {
  const { outcome, counts, commandStatus } = verdict;
  const isOfCommand = reality.commandStatus !== null;
  if (!said.isForged) {
    const isStatusTrue =
      !isOfCommand || commandStatus === reality.commandStatus || (commandStatus === null && said.isDenied);
    const isTrue = outcome === reality.outcome && sorted(counts) === sorted(reality.counts) && isStatusTrue;
    return isTrue || isUnlisted(verdict, reality, said)
      ? null
      : 'nothing was forged, and it is not the truth';
  }
  if (outcome === 'failure' || outcome === reality.outcome) return null;
  const isSaidSmaller = [...said.targetCounts].some((count) => count < reality.invocations.length);
  const unsaid = reality.invocations.filter(
    ({ instanceId, status }) =>
      status !== 'Success' && !said.rows.get(instanceId)?.has('Success/Success') && !isSaidSmaller,
  );
  if (unsaid.length > 0) return `nothing said that ${unsaid[0]?.instanceId} succeeded`;
  const isCommandSaid = [...said.commands].some((status) => status.startsWith('Success/'));
  return !isOfCommand || isCommandSaid || said.isDenied ? null : 'nothing said that the command succeeded';
}

/** Whether all that the verdict leaves open are invocations that no answer ever had. */
function isUnlisted({ outcome, counts }: Verdict, { invocations }: Reality, said: Statements): boolean {
  const silent = invocations.filter(({ instanceId }) => !said.rows.has(instanceId));
  const told = invocations.filter(({ instanceId }) => said.rows.has(instanceId));
  const expected = { ...countByStatusDetails(told), [notListed]: silent.length };
  return outcome === 'failure' && silent.length > 0 && sorted(counts) === sorted(expected);
}

const sorted = (counts: object) => JSON.stringify(Object.entries(counts).sort());

function rowsIn(answer: WireAnswer, commandId: string): [instanceId: string, status: string][] {
  return structuresIn(answer, 'CommandInvocations', commandId).flatMap((row) =>
    typeof row.InstanceId === 'string' && row.InstanceId !== '' ? [[row.InstanceId, statusOf(row)]] : [],
  );
}

function commandsIn(answer: WireAnswer, commandId: string): [status: string, targetCount: number | null][] {
  return structuresIn(answer, 'Commands', commandId).map((command) => [
    statusOf(command),
    typeof command.TargetCount === 'number' ? command.TargetCount : null,
  ]);
}

function structuresIn(answer: WireAnswer, list: string, commandId: string): Record<string, unknown>[] {
  const body = answer.status < 300 ? parsed(answer.body.toString()) : null;
  const elements = isStructure(body) ? body[list] : undefined;
  return (Array.isArray(elements) ? elements : [])
    .filter(isStructure)
    .filter((row) => textOf(row.CommandId).toLowerCase() === commandId && statusOf(row) !== '/');
}

/** As a reader has to take it: without StatusDetails, Status says all. */
function statusOf({ Status, StatusDetails }: Record<string, unknown>): string {
  const text = (value: unknown) => normaliseStatus(textOf(value));
  return `${text(Status)}/${text(StatusDetails) || text(Status)}`;
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

function isStructure(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
