import type { Command, CommandOverview } from '../domain/command.ts';
import type { Invocation } from '../domain/invocation.ts';
import type { Problem } from '../domain/problem.ts';

/** What the watch tells as it happens, in order. */
export type WatchEvent =
  | { readonly type: 'command'; readonly command: CommandOverview }
  | { readonly type: 'invocation'; readonly invocation: Invocation; readonly previous: Invocation | null }
  | { readonly type: 'problem'; readonly problem: Problem; readonly retryInMs: number | null }
  | { readonly type: 'recovered'; readonly afterMs: number };

/** What of a command is told as a change; the rest is only shown, or reckoned with. */
export function toldOf(command: Command): Partial<Command> {
  const { documentName, comment, status, statusDetails, targetCount, maxConcurrency, maxErrors } = command;
  const { requestedAt } = command;
  return {
    documentName,
    comment,
    status,
    statusDetails,
    targetCount,
    maxConcurrency,
    maxErrors,
    requestedAt,
  };
}
