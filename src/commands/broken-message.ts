/** One line for a mistake of ours. */
export function brokenMessage(error: unknown): string {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `it is ssm-watch itself that broke (${what.split('\n', 1)[0]}); please report it`;
}
