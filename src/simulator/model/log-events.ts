import { firstWhere, type LogUpload, uploadsOf, writtenStream } from './log-uploads.ts';
import type { FoundOutput } from './output-places.ts';

/** An event of CloudWatch Logs. Times are epoch milliseconds. */
export interface LogEvent {
  readonly timestamp: number;
  readonly message: string;
  readonly ingestionTime: number;
}

/** The events of a log stream so far, oldest first. */
export interface LogEvents {
  readonly count: number;
  timestampOf(index: number): number;
  event(index: number): LogEvent;
}

/** The events of what a step has written and the agent has uploaded by `now`; undefined while there is no stream. */
export function logEventsOf({ plan, run, stream }: FoundOutput, now: number): LogEvents | undefined {
  const written = writtenStream(run, stream);
  const { text, writtenAt } = written;
  const uploads = uploadsOf(run, written, now);
  const last = uploads.at(-1);
  if (last === undefined) return undefined;

  const lineOf = (index: number) => text.line(index).replace(/\r?\n$/, '');
  const uploadOf = (line: number) =>
    uploads[firstWhere(uploads.length, (index) => line < (uploads[index]?.to ?? 0))];
  if (plan.quirks?.logEvents !== 'upload') {
    return {
      count: last.to,
      timestampOf: writtenAt,
      event: (index) => ({
        timestamp: writtenAt(index),
        message: lineOf(index),
        ingestionTime: uploadOf(index)?.at ?? writtenAt(index),
      }),
    };
  }
  const timestampOf = (index: number) => uploads[index]?.at ?? run.endAt;
  const messageOf = ({ at, from, to }: LogUpload) => {
    const lines = Array.from({ length: to - from }, (_, offset) => lineOf(from + offset)).join('\n');
    // The last line feed is taken away only once the agent knows that the file is complete.
    return at < run.endAt ? `${lines}\n` : lines;
  };
  return {
    count: uploads.length,
    timestampOf,
    event: (index) => ({
      timestamp: timestampOf(index),
      message: messageOf(uploads[index] ?? last),
      ingestionTime: timestampOf(index),
    }),
  };
}
