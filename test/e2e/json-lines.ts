/** One line of `-o json`. */
export type Event = Readonly<Record<string, unknown>> & { readonly event: string; readonly at: string };

/** The events, each line of which must be one JSON object. */
export function eventsOf(stdout: string): Event[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

export function endOf(stdout: string): Event | undefined {
  return eventsOf(stdout).at(-1);
}

/** Fields of each event, in the order in which product.md lists them; `failures` came with issue 3. */
export const fields: Readonly<Record<string, readonly string[]>> = {
  command: [
    ...['event', 'at', 'commandId', 'region', 'documentName', 'comment', 'status', 'statusDetails'],
    ...['targetCount', 'maxConcurrency', 'maxErrors', 'requestedAt'],
  ],
  invocation: [
    ...['event', 'at', 'commandId', 'instanceId', 'instanceName', 'status', 'statusDetails'],
    ...['previousStatusDetails', 'terminal', 'detail', 'plugins'],
  ],
  problem: ['event', 'at', 'kind', 'message', 'retryInSeconds'],
  recovered: ['event', 'at', 'afterSeconds'],
  end: [
    ...[
      'event',
      'at',
      'commandId',
      'outcome',
      'exitCode',
      'counts',
      'failures',
      'durationSeconds',
      'apiCalls',
    ],
  ],
};
