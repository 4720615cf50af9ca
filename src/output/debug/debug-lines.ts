import type { CallEvent } from '../../domain/call-event.ts';
import type { Invocation } from '../../domain/invocation.ts';
import type { Evidence } from '../../domain/verdict.ts';
import type { WatchEvent } from '../../watch/events.ts';
import type { Activity, Snapshot } from '../../watch/snapshot.ts';
import type { WatchStep } from '../../watch/steps.ts';
import { isoOf, rounded } from './members.ts';
import { redact, redactedOrNull, withoutAccounts } from './redact.ts';

/**
 * What the debug log says of what happens: members of a JSON line, with the name of the event. Left out is what a person
 * would not put into a bug report: credentials, tokens, parameters, outputs and what is made of them, comments, host names,
 * the account.
 */
export interface DebugEntry {
  readonly event: string;
  readonly [member: string]: unknown;
}

/** The line of what happens to a call: what was asked for and answered, in bytes and milliseconds, and never what it held. */
export function callEntry(event: CallEvent): DebugEntry {
  switch (event.type) {
    case 'request': {
      const { type, askedFor, ...request } = event;
      return { event: type, ...request, ...askedFor };
    }
    case 'answer':
      return {
        event: 'answer',
        call: event.call,
        attempt: event.attempt,
        durationMs: rounded(event.durationMs),
        httpStatus: event.httpStatus,
        requestId: redactedOrNull(event.requestId),
        bytes: event.bytes,
        error: redactedOrNull(event.error),
      };
    case 'call': {
      const { type, failure, durationMs, ...call } = event;
      const told = failure && {
        ...failure,
        message: redact(failure.message),
        errors: failure.errors.map(redact),
      };
      return { event: type, ...call, durationMs: rounded(durationMs), failure: told };
    }
    case 'credentials':
      return {
        event: 'credentials',
        durationMs: rounded(event.durationMs),
        expiresAt: isoOf(event.expiresAt),
        sources: event.sources.map(redact),
        error: redactedOrNull(event.error),
      };
  }
}

/** The line of a change of what is known, or of a problem. Times are ISO 8601; durations are milliseconds. */
export function eventEntry(event: WatchEvent): DebugEntry {
  switch (event.type) {
    case 'command': {
      const { commandId, documentName, status, statusDetails, targetCount, maxConcurrency, maxErrors } =
        event.command;
      const { requestedAt, expiresAt } = event.command;
      return {
        event: 'command',
        commandId,
        documentName: documentName && withoutAccounts(documentName),
        status,
        statusDetails,
        targetCount,
        maxConcurrency,
        maxErrors,
        requestedAt: isoOf(requestedAt),
        expiresAt: isoOf(expiresAt),
      };
    }
    case 'invocation':
      return invocationEntry(event.invocation, event.previous);
    case 'problem':
      return {
        event: 'problem',
        kind: event.problem.kind,
        message: redact(event.problem.message),
        needsAction: event.problem.needsAction,
        retryInMs: rounded(event.retryInMs),
      };
    case 'recovered':
      return { event: 'recovered', afterMs: rounded(event.afterMs) };
  }
}

/** Of an output only whether there is one. */
function invocationEntry(invocation: Invocation, previous: Invocation | null): DebugEntry {
  return {
    event: 'invocation',
    instanceId: invocation.instanceId,
    status: invocation.status,
    statusDetails: invocation.statusDetails,
    previousStatusDetails: previous?.statusDetails ?? null,
    endUnread: invocation.endUnread,
    plugins: invocation.plugins.map((plugin) => ({
      name: plugin.name,
      status: plugin.status,
      statusDetails: plugin.statusDetails,
      responseCode: plugin.responseCode,
      startedAt: isoOf(plugin.startedAt),
      finishedAt: isoOf(plugin.finishedAt),
      hasOutput: plugin.output !== '',
    })),
  };
}

/** The line of something that the watch did, and why. Durations are milliseconds. */
export function stepEntry(step: WatchStep): DebugEntry {
  switch (step.type) {
    case 'sweep-begun':
      return { event: 'sweep-begun', details: step.details };
    case 'sweep-ended':
      return {
        event: 'sweep-ended',
        listed: step.listed,
        durationMs: rounded(step.durationMs),
        nextAfterMs: step.nextAfterMs,
      };
    case 'filter-distrusted':
      return { event: 'filter-distrusted', durationMs: step.durationMs };
    case 'round-ended':
      return {
        event: 'round-ended',
        durationMs: rounded(step.durationMs),
        problem: step.problem,
        callsPerSecond: rounded(step.callsPerSecond),
        rows: step.rows,
      };
    case 'verdict':
      return {
        event: 'verdict',
        ...step.verdict,
        awsTime: isoOf(step.awsNow),
        evidence: evidenceOf(step.evidence, step.monotonicNow),
      };
  }
}

/** What the verdict rests on; times as milliseconds before it. */
function evidenceOf(evidence: Evidence, monotonicNow: number): Record<string, unknown> {
  const { command, rows } = evidence;
  const ago = (time: number | null) => (time === null ? null : rounded(monotonicNow - time));
  return {
    commandStatus: command?.status ?? null,
    commandStatusDetails: command?.statusDetails ?? null,
    targetCount: command?.targetCount ?? null,
    expiresAt: isoOf(command?.expiresAt ?? null),
    commandTerminalMsAgo: ago(evidence.commandTerminalAt),
    commandDeniedMsAgo: ago(evidence.commandDeniedAt),
    quietForMs: ago(evidence.quietSince),
    wholeSweepsBegunMsAgo: evidence.wholeSweeps.map(ago),
    rows: rows.length,
    endsUnread: rows.filter(({ endUnread }) => endUnread).length,
  };
}

/**
 * The line of what the poller does now, and did not in the snapshot before; null where that is the same. `now`: monotonic
 * milliseconds.
 */
export function activityEntry(
  { activity, slowedTo }: Snapshot,
  before: Snapshot,
  now: number,
): DebugEntry | null {
  if (slowedTo !== before.slowedTo) return { event: 'slowed', callsPerSecond: rounded(slowedTo) };
  if (activity === before.activity || activity.kind === before.activity.kind) return null;
  return { event: 'activity', ...activityFields(activity, now) };
}

function activityFields(activity: Activity, now: number): Record<string, unknown> {
  return activity.kind === 'waiting'
    ? { activity: 'waiting', forMs: rounded(activity.until - now) }
    : { activity: activity.kind };
}
