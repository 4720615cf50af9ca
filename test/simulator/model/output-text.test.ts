import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FixedLines } from '../../../src/simulator/model/fate.ts';
import { firstLines, outputText } from '../../../src/simulator/model/output-text.ts';

const fixed = (count: number, lineBytes = 16): FixedLines => ({
  count,
  lineBytes,
  line: (index) => `${`line ${index}`.padEnd(lineBytes - 1)}\n`,
});
const whole = (text: string, { count, line }: FixedLines) =>
  text + Array.from({ length: count }, (_, index) => line(index)).join('');
const read = (...args: Parameters<ReturnType<typeof outputText>['read']>) => ({
  of: (text: ReturnType<typeof outputText>) => Buffer.concat([...text.read(...args)]),
});

const anyText = fc
  .array(fc.constantFrom('a', 'é', '日', '\r', 'word ', '\n'), { maxLength: 20 })
  .map((parts) => parts.join(''));
/** Text that ends its line, and a tail, as a script's output has them. */
const anyOutput = fc.record({
  text: anyText.map((text) => (text === '' ? text : `${text}\n`)),
  tail: fc.integer({ min: 0, max: 9000 }).map((count) => fixed(count)),
});

describe('any output', () => {
  test('reads the same bytes by ranges as in one', () => {
    void fc.assert(
      fc.property(anyOutput, fc.nat(), fc.nat(), ({ text, tail }, start, length) => {
        const output = outputText(text, tail);
        const bytes = Buffer.from(whole(text, tail));
        const from = start % (bytes.length + 1);
        const to = from + (length % (bytes.length - from + 1));
        expect(output.bytes).toBe(bytes.length);
        expect(read(from, to).of(output).equals(bytes.subarray(from, to))).toBe(true);
      }),
    );
  });

  test('has lines that begin where it says, and make the whole', () => {
    void fc.assert(
      fc.property(fc.oneof(anyOutput, fc.record({ text: anyText, tail: fc.constant(fixed(0)) })), (one) => {
        const output = outputText(one.text, one.tail);
        const lines = Array.from({ length: output.lines }, (_, index) => output.line(index));
        expect(lines.join('')).toBe(whole(one.text, one.tail));
        let start = 0;
        for (const [index, line] of lines.entries()) {
          expect(output.lineStart(index)).toBe(start);
          expect(line.indexOf('\n')).toBe(line.length - 1 === line.indexOf('\n') ? line.length - 1 : -1);
          start += Buffer.byteLength(line);
        }
        expect(output.lineStart(output.lines)).toBe(output.bytes);
      }),
      { numRuns: 30 },
    );
  });
});

describe('firstLines', () => {
  const output = { stdout: 'one\ntwo\nthrée\n', stderr: 'err\n', stdoutTail: fixed(10) };
  test.each([
    [0, '', undefined],
    [2, 'one\ntwo\n', undefined],
    [3, 'one\ntwo\nthrée\n', undefined],
    [5, 'one\ntwo\nthrée\n', 2],
    [13, 'one\ntwo\nthrée\n', 10],
  ])('%i', (count, stdout, tail) => {
    const first = firstLines(output, count);
    expect([first.stdout, first.stderr, first.stdoutTail?.count]).toEqual([stdout, '', tail]);
  });

  test('keeps a last line without a line feed', () => {
    expect(firstLines({ stdout: 'one\ntwo', stderr: '' }, 2).stdout).toBe('one\ntwo');
  });
});

test('a piece of an output of 50 MB makes only its own lines', () => {
  let made = 0;
  const lines = fixed(400_000, 128);
  const counted = {
    ...lines,
    line(index: number) {
      made++;
      return lines.line(index);
    },
  };
  const output = outputText('begin\n', counted);
  expect(output.bytes).toBe(6 + 51_200_000);
  expect(read(51_000_000, 51_000_256).of(output)).toHaveLength(256);
  expect(made).toBeLessThan(5);
  const pieces = [...output.read(0, 300_000)];
  expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(65_536);
});
