import { type Circumstances, nothingKnown } from '../domain/circumstances.ts';
import type { CommandOverview } from '../domain/command.ts';
import type { Conclusion } from '../domain/conclusion.ts';
import { failureDetail } from '../domain/detail.ts';
import type { FailureGroup } from '../domain/failure-groups.ts';
import type { Invocation, Plugin } from '../domain/invocation.ts';
import { matches, type RowFilter } from '../domain/rows.ts';
import { isTerminal } from '../domain/status.ts';
import type { WatchEvent } from '../watch/events.ts';
import { safeJson } from './safe-json.ts';

/** What the end of a run knows beyond its conclusion. */
export interface EndFigures {
  readonly commandId: string;
  /** From the command's request to its last plugin's finish, or to now when it is not over. */
  readonly durationMs: number;
  /** HTTP requests sent to AWS, retries included. */
  readonly apiCalls: number;
  readonly failures: readonly FailureGroup[];
}

/** One JSON line for an event of the watch, or null for an invocation that the filter leaves out. `at`: epoch ms. */
export function jsonEventLine(
  event: WatchEvent,
  at: number,
  region: string | null,
  shown: RowFilter,
  circumstances: Circumstances = nothingKnown,
): string | null {
  switch (event.type) {
    case 'command':
      return jsonLine('command', at, commandFields(event.command, region));
    case 'invocation':
      return matches(shown, event.invocation, circumstances)
        ? jsonLine('invocation', at, invocationFields(event.invocation, event.previous, circumstances))
        : null;
    case 'problem':
      return jsonLine('problem', at, {
        kind: event.problem.kind,
        message: event.problem.message,
        retryInSeconds: event.retryInMs === null ? null : seconds(event.retryInMs),
      });
    case 'recovered':
      return jsonLine('recovered', at, { afterSeconds: seconds(event.afterMs) });
  }
}

/** The last line of every run. */
export function endLine(conclusion: Conclusion, figures: EndFigures, at: number): string {
  return jsonLine('end', at, {
    commandId: figures.commandId,
    outcome: conclusion.outcome,
    exitCode: conclusion.exitCode,
    counts: conclusion.counts,
    failures: figures.failures.map(({ statusDetails, exitCode, cause, invocations }) => ({
      statusDetails,
      exitCode,
      cause,
      count: invocations.length,
      instanceIds: invocations.map(({ instanceId }) => instanceId),
    })),
    durationSeconds: seconds(figures.durationMs),
    apiCalls: figures.apiCalls,
  });
}

/** One JSON line that is safe to print. `at`: epoch milliseconds. */
export function jsonLine(event: string, at: number, fields: Readonly<Record<string, unknown>>): string {
  return safeJson({ event, at: timeOfLine(at), ...fields });
}

function commandFields(command: CommandOverview, region: string | null): Record<string, unknown> {
  return {
    commandId: command.commandId,
    region,
    documentName: command.documentName,
    comment: command.comment,
    status: command.status,
    statusDetails: command.statusDetails,
    targetCount: command.targetCount,
    maxConcurrency: command.maxConcurrency,
    maxErrors: command.maxErrors,
    requestedAt: time(command.requestedAt),
  };
}

function invocationFields(
  invocation: Invocation,
  previous: Invocation | null,
  circumstances: Circumstances,
): Record<string, unknown> {
  return {
    commandId: invocation.commandId,
    instanceId: invocation.instanceId,
    instanceName: invocation.instanceName,
    status: invocation.status,
    statusDetails: invocation.statusDetails,
    previousStatusDetails: previous?.statusDetails ?? null,
    terminal: isTerminal(invocation),
    detail: failureDetail(invocation, circumstances),
    plugins: invocation.plugins.map(pluginFields),
  };
}

function pluginFields(plugin: Plugin): Record<string, unknown> {
  return {
    name: plugin.name,
    status: plugin.status,
    statusDetails: plugin.statusDetails,
    responseCode: plugin.responseCode,
    startedAt: time(plugin.startedAt),
    finishedAt: time(plugin.finishedAt),
  };
}

function time(epochMs: number | null): string | null {
  return epochMs === null ? null : new Date(epochMs).toISOString();
}

let latest = { at: Number.NaN, text: '' };

/** What is told of one page is told within a millisecond or two: a time is made a text of once. */
function timeOfLine(at: number): string {
  if (at !== latest.at) latest = { at, text: new Date(at).toISOString() };
  return latest.text;
}

function seconds(milliseconds: number): number {
  return Math.round(milliseconds) / 1000;
}
