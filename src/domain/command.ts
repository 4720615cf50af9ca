import { type Fields, noFields } from './fields.ts';
import type { Invocation } from './invocation.ts';

/** What is known of a command. Times are epoch milliseconds; null is what AWS did not say. */
export interface CommandOverview {
  readonly commandId: string;
  readonly documentName: string | null;
  readonly comment: string | null;
  readonly status: string | null;
  readonly statusDetails: string | null;
  /** Instances targeted. 0 is also what AWS says while it does not know yet. */
  readonly targetCount: number | null;
  /** As it was sent: `"50"` or `"10%"`. */
  readonly maxConcurrency: string | null;
  readonly maxErrors: string | null;
  readonly requestedAt: number | null;
  /** When undelivered invocations time out. */
  readonly expiresAt: number | null;
  /** All that AWS gave of it but its parameters, for people to read. */
  readonly allFields: Fields;
  /** They may hold secrets: shown only when asked for, and never written anywhere. */
  readonly parameters: Fields;
}

/** A command as ListCommands gives it. */
export interface Command extends CommandOverview {
  readonly status: string;
  readonly statusDetails: string;
}

/** StatusDetails of a command that matched no instance. */
export const noInstancesInTag = 'NoInstancesInTag';

/** What one of its invocations tells of a command that ListCommands does not show. */
export function overviewFromInvocation(invocation: Invocation): CommandOverview {
  return {
    commandId: invocation.commandId,
    documentName: invocation.documentName,
    comment: invocation.comment,
    status: null,
    statusDetails: null,
    targetCount: null,
    maxConcurrency: null,
    maxErrors: null,
    requestedAt: invocation.requestedAt,
    expiresAt: null,
    allFields: noFields,
    parameters: noFields,
  };
}
