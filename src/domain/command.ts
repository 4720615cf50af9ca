import { type Fields, noFields } from './fields.ts';
import type { Invocation } from './invocation.ts';
import type { Target } from './targets.ts';

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
  /** What it was sent to, by tags and the like, or by ID; both empty where AWS did not say. */
  readonly targets: readonly Target[];
  readonly instanceIds: readonly string[];
  /** Names of the alarms that would stop it, and of those that did. */
  readonly alarms: readonly string[];
  readonly triggeredAlarms: readonly string[];
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

/** What a command is called for people: its document and its comment, as far as it has them. */
export function commandTitle({
  documentName,
  comment,
}: Pick<CommandOverview, 'documentName' | 'comment'>): string {
  return [documentName, comment].filter(Boolean).join(' · ');
}

/** What one of its invocations tells of a command that ListCommands does not show. */
export function overviewFromInvocation(invocation: Invocation): CommandOverview {
  return {
    commandId: invocation.commandId,
    documentName: invocation.documentName || null,
    comment: invocation.comment,
    status: null,
    statusDetails: null,
    targetCount: null,
    maxConcurrency: null,
    maxErrors: null,
    requestedAt: invocation.requestedAt,
    expiresAt: null,
    targets: [],
    instanceIds: [],
    alarms: [],
    triggeredAlarms: [],
    allFields: noFields,
    parameters: noFields,
  };
}
