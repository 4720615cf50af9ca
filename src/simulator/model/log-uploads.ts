import type { StreamName } from './output-places.ts';
import { linesWritten, type OutputText, outputText } from './output-text.ts';
import type { StepRun } from './step-runs.ts';

/** Lines that the agent sent to CloudWatch Logs together. */
export interface LogUpload {
  /** Epoch milliseconds. */
  readonly at: number;
  /** The first of its lines, and the one after the last. */
  readonly from: number;
  readonly to: number;
}

/** A stream of one step, as it comes into being. Times are epoch milliseconds. */
export interface WrittenStream {
  readonly text: OutputText;
  /** When the script writes line `index`. */
  writtenAt(index: number): number;
  /** How many lines there are at some time, uploaded or not. */
  linesAt(at: number): number;
}

const uploadEveryMs = 30_000;
const uploadBytes = 200_000;

/** The first number below `count` for which the test holds, `count` when there is none. It must hold for all above. */
export function firstWhere(count: number, test: (index: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** What a step writes when: stdout evenly over its time, stderr at its end. A step that did not run writes nothing. */
export function writtenStream(run: StepRun, stream: StreamName): WrittenStream {
  const { startAt = run.endAt, endAt, unkilled } = run;
  const { stdout, stdoutTail, stderr } = run.output();
  if (stream === 'stderr') {
    const text = outputText(stderr);
    return { text, writtenAt: () => endAt, linesAt: (at) => (at < endAt ? 0 : text.lines) };
  }
  const text = outputText(stdout, stdoutTail);
  const whole = unkilled?.output();
  const total = whole === undefined ? text.lines : outputText(whole.stdout, whole.stdoutTail).lines;
  const duration = (unkilled?.endAt ?? endAt) - startAt;
  return {
    text,
    writtenAt: (index) => Math.min(endAt, startAt + Math.floor((index * duration) / total) + 1),
    linesAt: (at) =>
      at >= endAt ? text.lines : Math.min(text.lines, linesWritten(total, at - startAt, duration)),
  };
}

/**
 * What the agent has uploaded of a stream by `now`: what has come together every 30 seconds, earlier when it is 200,000
 * bytes, and the rest when the step ends. Oldest first.
 */
export function uploadsOf(run: StepRun, written: WrittenStream, now: number): LogUpload[] {
  const { text, writtenAt, linesAt } = written;
  const uploads: LogUpload[] = [];
  let last = run.startAt ?? run.endAt;
  for (let from = 0; from < text.lines; ) {
    const start = text.lineStart(from);
    const fits = firstWhere(text.lines, (index) => text.lineStart(index + 1) - start > uploadBytes);
    const full = Math.max(from + 1, fits);
    const fullAt = full < text.lines ? writtenAt(full) : run.endAt;
    const at = Math.min(fullAt, last + uploadEveryMs, run.endAt);
    if (at > now) break;
    const to = at === fullAt ? full : Math.min(full, linesAt(at));
    if (to > from) uploads.push({ at, from, to });
    from = to;
    last = at;
  }
  return uploads;
}
