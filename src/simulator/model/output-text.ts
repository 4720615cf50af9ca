import type { FixedLines, ScriptOutput } from './fate.ts';

/** One stream of a script's output, read by bytes or by lines without making the whole of it. */
export interface OutputText {
  readonly bytes: number;
  readonly lines: number;
  /** The byte at which line `index` begins; that of the line after the last is `bytes`. */
  lineStart(index: number): number;
  /** Line `index`, with its line feed where it has one. */
  line(index: number): string;
  /** The bytes in [from, to), in pieces of at most 64 KiB. */
  read(from: number, to: number): Generator<Buffer>;
}

const pieceBytes = 65_536;
const lineFeed = 0x0a;

function lineStarts(bytes: Buffer): number[] {
  const starts: number[] = [];
  for (let start = 0; start < bytes.length; ) {
    starts.push(start);
    const end = bytes.indexOf(lineFeed, start);
    start = end < 0 ? bytes.length : end + 1;
  }
  return starts;
}

function* readLines(lines: FixedLines, from: number, to: number): Generator<Buffer> {
  const { lineBytes } = lines;
  const atOnce = Math.max(1, Math.floor(pieceBytes / lineBytes));
  const last = Math.ceil(to / lineBytes);
  for (let first = Math.floor(from / lineBytes); first < last; first += atOnce) {
    const count = Math.min(atOnce, last - first);
    const piece = Buffer.from(
      Array.from({ length: count }, (_, index) => lines.line(first + index)).join(''),
    );
    const start = first * lineBytes;
    yield piece.subarray(Math.max(0, from - start), to - start);
  }
}

/** `text`, and after it the lines of `tail`. */
export function outputText(text: string, tail?: FixedLines): OutputText {
  const head = Buffer.from(text);
  const starts = lineStarts(head);
  const { count = 0, lineBytes = 0 } = tail ?? {};
  return {
    bytes: head.length + count * lineBytes,
    lines: starts.length + count,
    lineStart(index) {
      const beyond = index - starts.length;
      return beyond < 0 ? (starts[index] ?? 0) : head.length + Math.min(beyond, count) * lineBytes;
    },
    line(index) {
      const beyond = index - starts.length;
      if (beyond >= 0) return tail?.line(beyond) ?? '';
      return head.toString('utf8', starts[index], starts[index + 1]);
    },
    *read(from, to) {
      for (let start = from; start < Math.min(to, head.length); start += pieceBytes) {
        yield head.subarray(start, Math.min(start + pieceBytes, to));
      }
      if (tail !== undefined && to > head.length) {
        yield* readLines(tail, Math.max(0, from - head.length), to - head.length);
      }
    },
  };
}

/** How many of `total` lines a script has written that writes them evenly, `elapsed` of `duration` milliseconds on. */
export function linesWritten(total: number, elapsed: number, duration: number): number {
  if (elapsed >= duration) return total;
  return Math.min(total, Math.max(0, Math.ceil((total * elapsed) / duration)));
}

/** The first `count` lines of stdout. Of stderr nothing: scripts write it last. */
export function firstLines({ stdout, stdoutTail }: ScriptOutput, count: number): ScriptOutput {
  const text = outputText(stdout);
  if (count <= text.lines) {
    return { stdout: Buffer.from(stdout).subarray(0, text.lineStart(count)).toString(), stderr: '' };
  }
  if (stdoutTail === undefined) return { stdout, stderr: '' };
  return { stdout, stderr: '', stdoutTail: { ...stdoutTail, count: count - text.lines } };
}
