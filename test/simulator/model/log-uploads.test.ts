import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logEventsOf } from '../../../src/simulator/model/log-events.ts';
import { uploadsOf, writtenStream } from '../../../src/simulator/model/log-uploads.ts';
import { killSteps, type StepRun } from '../../../src/simulator/model/step-runs.ts';
import { planOf, sentAt } from '../fixtures.ts';

const linesOf = (count: number, length = 9) =>
  Array.from({ length: count }, (_, index) => `${String(index).padStart(length, '.')}\n`).join('');

/** A step that runs for `seconds` from `sentAt` on. */
function runOf(seconds: number, stdout: string, stderr = ''): StepRun {
  const endAt = sentAt + seconds * 1000;
  return {
    startAt: sentAt,
    endAt,
    reportedAt: endAt + 180,
    end: 'Success',
    exitCode: 0,
    output: () => ({ stdout, stderr }),
  };
}

/** Seconds and first lines of what has been uploaded in the end. */
const uploaded = (run: StepRun, stream: 'stdout' | 'stderr' = 'stdout') =>
  uploadsOf(run, writtenStream(run, stream), Number.POSITIVE_INFINITY).map(({ at, from, to }) => [
    (at - sentAt) / 1000,
    from,
    to,
  ]);

describe('uploads', () => {
  test('come every 30 s, and at the end', () => {
    expect(uploaded(runOf(100, linesOf(100)))).toEqual([
      [30, 0, 30],
      [60, 30, 60],
      [90, 60, 90],
      [100, 90, 100],
    ]);
  });

  test('of a short step come once', () => {
    expect(uploaded(runOf(2, linesOf(5)))).toEqual([[2, 0, 5]]);
  });

  test('come earlier when 200,000 bytes have come together', () => {
    // 1,000 bytes a line, 10 lines a second: 200 lines in 20 s.
    expect(uploaded(runOf(50, linesOf(500, 999)))).toEqual([
      [20.001, 0, 200],
      [40.001, 200, 400],
      [50, 400, 500],
    ]);
  });

  test('of stderr come at the end, in parts where it is long', () => {
    expect(uploaded(runOf(100, '', linesOf(3)), 'stderr')).toEqual([[100, 0, 3]]);
    expect(uploaded(runOf(100, '', linesOf(500, 999)), 'stderr')).toEqual([
      [100, 0, 200],
      [100, 200, 400],
      [100, 400, 500],
    ]);
  });

  test('there are none of an empty stream, nor of a step that did not run', () => {
    expect(uploaded(runOf(100, ''))).toEqual([]);
    const { startAt, ...skipped } = runOf(0, '');
    expect(uploaded(skipped)).toEqual([]);
  });
});

const anyRun = fc
  .record({
    seconds: fc.integer({ min: 0, max: 400 }),
    lines: fc.integer({ min: 0, max: 800 }),
    length: fc.constantFrom(0, 9, 999, 250_000),
  })
  .map(({ seconds, lines, length }) => runOf(seconds, linesOf(length > 99_999 ? lines % 4 : lines, length)));

const check = <T>(arbitrary: fc.Arbitrary<T>, property: (value: T) => void) =>
  void fc.assert(fc.property(arbitrary, property), { numRuns: 60 });

describe('any step', () => {
  test('uploads every line once, in order, not before it was written', () => {
    check(anyRun, (run) => {
      const written = writtenStream(run, 'stdout');
      const uploads = uploadsOf(run, written, run.endAt);
      expect(uploads.map(({ from }) => from)).toEqual(
        [0, ...uploads.map(({ to }) => to)].slice(0, uploads.length),
      );
      expect(uploads.at(-1)?.to ?? 0).toBe(written.text.lines);
      for (const { at, to } of uploads) expect(at).toBeGreaterThanOrEqual(written.writtenAt(to - 1));
    });
  });

  test('has written at any time as many lines as have their time by then', () => {
    check(fc.tuple(anyRun, fc.integer({ min: -1000, max: 400_000 })), ([run, elapsed]) => {
      const { text, writtenAt, linesAt } = writtenStream(run, 'stdout');
      const times = Array.from({ length: text.lines }, (_, index) => writtenAt(index));
      expect(linesAt(sentAt + elapsed)).toBe(times.filter((at) => at <= sentAt + elapsed).length);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    });
  });

  test('that is killed has uploaded until then what it would have anyway', () => {
    check(fc.tuple(anyRun, fc.integer({ min: 1, max: 400_000 })), ([run, elapsed]) => {
      const at = sentAt + elapsed;
      const [killed] = killSteps([run], { id: 'i-0', hostName: '', platform: 'Linux' }, at);
      if (killed === undefined) throw new Error('it had started');
      const earlier = (one: StepRun) =>
        uploadsOf(one, writtenStream(one, 'stdout'), Math.min(at, run.endAt) - 1);
      expect(earlier(killed)).toEqual(earlier(run));
      const { text } = writtenStream(killed, 'stdout');
      expect(uploadsOf(killed, writtenStream(killed, 'stdout'), at).at(-1)?.to ?? 0).toBe(text.lines);
    });
  });
});

describe('an event', () => {
  const found = (run: StepRun, logEvents: 'line' | 'upload') => ({
    plan: planOf([], { quirks: { logEvents } }),
    run,
    stream: 'stdout' as const,
  });
  const messages = (run: StepRun, logEvents: 'line' | 'upload', seconds: number) => {
    const events = logEventsOf(found(run, logEvents), sentAt + seconds * 1000);
    return Array.from({ length: events?.count ?? 0 }, (_, index) => events?.event(index).message);
  };
  const run = runOf(70, 'a\r\nb\n\nc\nd\ne\nf');

  test('is a line', () => {
    expect(messages(run, 'line', 29)).toEqual([]);
    expect(messages(run, 'line', 30)).toEqual(['a', 'b', '']);
    expect(messages(run, 'line', 70)).toEqual(['a', 'b', '', 'c', 'd', 'e', 'f']);
  });

  test('or all lines of an upload, with the last line feed while more may come', () => {
    expect(messages(run, 'upload', 65)).toEqual(['a\nb\n\n', 'c\nd\ne\n']);
    expect(messages(run, 'upload', 70)).toEqual(['a\nb\n\n', 'c\nd\ne\n', 'f']);
  });

  test('was written before it was ingested', () => {
    const events = logEventsOf(found(run, 'line'), sentAt + 70_000);
    expect(events?.event(3)).toEqual({
      timestamp: sentAt + 30_001,
      message: 'c',
      ingestionTime: sentAt + 60_000,
    });
  });
});
