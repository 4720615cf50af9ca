import * as fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { type DetailLine, findLines, outputLines, wrapLines } from '../../src/ui/detail-lines.ts';
import { commandId, hostileIn, hostileText, instanceId, invocation, plugin } from '../helpers/fixtures.ts';

const separator = '\n----------ERROR-------\n';
const get = `aws ssm get-command-invocation --command-id ${commandId} --instance-id ${instanceId} --plugin-name`;
const rest = `${get} aws:runShellScript`;

const linesOf = (output: string, change: Parameters<typeof plugin>[0] = {}) =>
  outputLines(invocation(), plugin({ output, ...change }));
const written = (lines: readonly DetailLine[]) => lines.map(({ kind, text }) => `${kind}: ${text}`);
const stdout = (...texts: string[]): DetailLine[] =>
  texts.map((text, index) => ({ index, kind: 'stdout', text }));

describe('outputLines', () => {
  it.each<[string, string, string[]]>([
    ['stdout', 'one\ntwo\n', ['heading: stdout', 'stdout: one', 'stdout: two']],
    ['stderr', `${separator}no\n`, ['heading: stderr', 'stderr: no']],
    [
      'both, apart',
      `out\n${separator}err\nfailed to run commands: exit status 7`,
      [
        'heading: stdout',
        'stdout: out',
        'heading: stderr',
        'stderr: err',
        'stderr: failed to run commands: exit status 7',
      ],
    ],
    ['empty lines', 'a\n\nb\n\n', ['heading: stdout', 'stdout: a', 'stdout: ', 'stdout: b', 'stdout: ']],
    ['tabs and Windows newlines', 'a\tb\r\nc\r\n', ['heading: stdout', 'stdout: a       b', 'stdout: c']],
    [
      'stdout that AWS cut',
      `long\n---Output truncated---${separator}err`,
      [
        'heading: stdout',
        'stdout: long',
        `notice: [stdout cut by AWS; for more: ${rest}]`,
        'heading: stderr',
        'stderr: err',
      ],
    ],
    [
      'stderr that AWS cut',
      `out${separator}long\n---Error truncated----`,
      [
        'heading: stdout',
        'stdout: out',
        'heading: stderr',
        'stderr: long',
        `notice: [stderr cut by AWS; for more: ${rest}]`,
      ],
    ],
    [
      'stdout of which AWS left nothing',
      `\n---Output truncated---${separator}err`,
      ['heading: stdout', `notice: [stdout cut by AWS; for more: ${rest}]`, 'heading: stderr', 'stderr: err'],
    ],
  ])('%s', (_, output, lines) => expect(written(linesOf(output))).toEqual(lines));

  it('names the step in how to get the rest', () =>
    expect(written(linesOf('x\n---Output truncated---', { name: 'configurePackage' })).at(-1)).toBe(
      `notice: [stdout cut by AWS; for more: ${get} configurePackage]`,
    ));

  it.each([
    ['Success', 'notice: no output'],
    ['Failed', 'notice: no output'],
    ['InProgress', 'notice: no output yet: AWS shows it when the step has ended'],
    ['Pending', 'notice: no output yet: AWS shows it when the step has ended'],
  ])('says of a step with no output in %s: %s', (status, line) =>
    expect(written(linesOf('', { status }))).toEqual([line]),
  );

  it('numbers the lines, and lets nothing hostile through', () =>
    fc.assert(
      fc.property(hostileText(), hostileText(), hostileText(), (out, err, name) => {
        const lines = linesOf(`${out}\n---Output truncated---${separator}${err}`, { name });
        expect(lines.map(({ index }) => index)).toEqual(lines.map((_, index) => index));
        const drawn = lines.map(({ text }) => text.replace(/\u200d(?=\p{Extended_Pictographic})/gu, ''));
        expect(hostileIn(drawn.join(''))).toEqual([]);
      }),
    ));
});

describe('wrapLines', () => {
  it.each<[string[], number, string[]]>([
    [['abcdef'], 4, ['abcd', 'ef']],
    [['abcd'], 4, ['abcd']],
    [['ab', '', 'cd'], 4, ['ab', '', 'cd']],
    [['a b c'], 3, ['a b', ' c']],
    [['  indented'], 4, ['  in', 'dent', 'ed']],
    [['日本語'], 4, ['日本', '語']],
    [['日本語'], 5, ['日本', '語']],
    [['ab'], 0, ['a', 'b']],
  ])('%j in %i cells is %j', (texts, width, parts) =>
    expect(wrapLines(stdout(...texts), width)).toEqual(stdout(...parts)),
  );

  it('keeps the kind of each line', () =>
    expect(written(wrapLines(linesOf(`abc${separator}def`), 2))).toEqual([
      ...['heading: st', 'heading: do', 'heading: ut', 'stdout: ab', 'stdout: c'],
      ...['heading: st', 'heading: de', 'heading: rr', 'stderr: de', 'stderr: f'],
    ]));

  it('loses nothing, and fits', () =>
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom(...'ab 日é-😀') }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 2, max: 12 }),
        (texts, width) => {
          const wrapped = wrapLines(stdout(...texts), width);
          expect(wrapped.map(({ text }) => text).join('')).toBe(texts.join(''));
          expect(wrapped.map(({ index }) => index)).toEqual(wrapped.map((_, index) => index));
          expect(Math.max(...wrapped.map(({ text }) => stringWidth(text)))).toBeLessThanOrEqual(width);
        },
      ),
    ));
});

describe('findLines', () => {
  const lines = stdout('Error: no', 'fine', 'an ERROR', 'a (b');

  it.each<[string, number[]]>([
    ['error', [0, 2]],
    ['ERROR', [0, 2]],
    ['fine', [1]],
    ['(', [3]],
    ['.', []],
    ['', []],
  ])('%j is in %j', (text, found) => expect(findLines(lines, text)).toEqual(found));
});
