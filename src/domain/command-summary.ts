import { isTerminal, type StatusPair } from './status.ts';
import { type Addressees, shortTargetsText } from './targets.ts';

/** A command as the list of recent commands shows it. Times are epoch milliseconds; null is what AWS did not say. */
export interface CommandSummary extends StatusPair, Addressees {
  readonly commandId: string;
  readonly documentName: string;
  readonly comment: string;
  readonly requestedAt: number | null;
  /** 0 is also what AWS says while it does not know yet. */
  readonly targetCount: number | null;
  /** Invocations that ended. AWS counts them late: it says something only of a command that is over. */
  readonly completedCount: number | null;
  /** Invocations that failed or timed out while they ran. */
  readonly errorCount: number | null;
  readonly deliveryTimedOutCount: number | null;
}

/** One answer of the list of recent commands. */
export interface CommandPage {
  readonly commands: readonly CommandSummary[];
  /** Elements of the page that are no command. */
  readonly unreadable: number;
  /** Where the list goes on; null at its end. */
  readonly nextToken: string | null;
}

/** The commands in the order of the screen: newest first, those without a time last. */
export function newestFirst(commands: Iterable<CommandSummary>): CommandSummary[] {
  return [...commands].sort((a, b) => (b.requestedAt ?? 0) - (a.requestedAt ?? 0));
}

/** How many of its targets ended: `60/60`; `—/60` as long as AWS cannot be believed. */
export function completedText(command: CommandSummary): string {
  const { targetCount, completedCount } = command;
  const completed = isTerminal(command) ? completedCount : null;
  return `${completed ?? '—'}/${targetCount === null || (targetCount === 0 && completed === null) ? '—' : targetCount}`;
}

/** How many invocations failed or timed out, as far as AWS counted; null where it did not say. */
export function failedCount({ errorCount, deliveryTimedOutCount }: CommandSummary): number | null {
  return errorCount === null && deliveryTimedOutCount === null
    ? null
    : (errorCount ?? 0) + (deliveryTimedOutCount ?? 0);
}

/** Whether what the list shows of the command, or its ID, contains the text, in any case. */
export function commandMatches(text: string, command: CommandSummary): boolean {
  const { commandId, statusDetails, documentName, comment } = command;
  const shown = [commandId, statusDetails, documentName, comment, shortTargetsText(command)].join(' ');
  return shown.toLowerCase().includes(text.toLowerCase());
}
