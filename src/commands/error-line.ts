import { sanitiseLine } from '../domain/sanitise.ts';
import { UsageError } from '../options.ts';
import { brokenMessage } from './broken-message.ts';
import type { Characters } from './characters.ts';

/** What is said of an error that ends the program before there is anything to conclude. One line, safe to print. */
export function errorLine(error: unknown, characters: Characters): string {
  const message =
    error instanceof UsageError ? `${error.message} (see ssm-watch --help)` : brokenMessage(error);
  return messageLine(message, characters);
}

/** A message as it is printed. One line, safe to print. */
export function messageLine(message: string, { spell }: Characters): string {
  return `ssm-watch: ${spell(sanitiseLine(message))}`;
}
