import * as fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { type DetailLine, findLines, outputLines, wrapLines } from '../../src/ui/detail-lines.ts';
import { commandId, hostileIn, hostileText, instanceId, invocation, plugin } from '../helpers/fixtures.ts';

const separator = '\n----------ERROR-------\n';
const cliOptions = '--region eu-west-1 --profile prod';
/** What is said where AWS cut a stream. */
const cut = (stream: string, name = 'aws:runShellScript') => [
  `notice: ${stream} was cut by AWS; more of it with:`,
  `notice:   aws ssm get-command-invocation ${cliOptions} \\`,
  `notice:     --command-id ${commandId} \\`,
  `notice:     --instance-id ${instanceId} --plugin-name ${name}`,
];

const linesOf = (output: string, change: Parameters<typeof plugin>[0] = {}) =>
  outputLines(invocation(), plugin({ output, ...change }), null, cliOptions);
const written = (lines: readonly DetailLine[]) => lines.map(({ kind, text }) => `${kind}: ${text}`);
const stdout = (...texts: string[]): DetailLine[] =>
  texts.map((text, index) => ({ index, source: index, kind: 'stdout', text }));

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
      ['heading: stdout', 'stdout: long', ...cut('stdout'), 'heading: stderr', 'stderr: err'],
    ],
    [
      'stderr that AWS cut',
      `out${separator}long\n---Error truncated----`,
      ['heading: stdout', 'stdout: out', 'heading: stderr', 'stderr: long', ...cut('stderr')],
    ],
    [
      'stdout of which AWS left nothing',
      `\n---Output truncated---${separator}err`,
      [...cut('stdout'), 'heading: stderr', 'stderr: err'],
    ],
  ])('%s', (_, output, lines) => expect(written(linesOf(output))).toEqual(lines));

  it('names the step in how to get the rest', () =>
    expect(written(linesOf('x\n---Output truncated---', { name: 'configurePackage' })).slice(-4)).toEqual(
      cut('stdout', 'configurePackage'),
    ));

  it('says how to get the rest in lines that can be read whole at 80 columns', () => {
    const lines = linesOf(`x\n---Output truncated---${separator}y\n---Error truncated----`);
    const notices = lines.filter(({ kind }) => kind === 'notice');
    expect(notices).toHaveLength(2 * cut('stdout').length);
    for (const { text } of notices) expect(stringWidth(text), text).toBeLessThanOrEqual(80);
  });

  it('says how to get the rest as one command of the shell, for the same account', () => {
    const notices = linesOf('x\n---Output truncated---').filter(({ kind }) => kind === 'notice');
    const typed = notices.slice(1).map(({ text }) => text);
    expect(typed.slice(0, -1).every((line) => line.endsWith(' \\'))).toBe(true);
    expect(
      typed
        .join('\n')
        .replaceAll(/\s*\\\n\s*/g, ' ')
        .trim(),
    ).toBe(
      `aws ssm get-command-invocation ${cliOptions} --command-id ${commandId} --instance-id ${instanceId} --plugin-name aws:runShellScript`,
    );
  });

  it('says so where AWS lists no plugin', () =>
    expect(written(outputLines(invocation(), undefined, null, cliOptions))).toEqual([
      'notice: AWS lists no plugin of this invocation',
    ]));

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
        expect(lines.map(({ index }) => index)).toEqual([...lines.keys()]);
        expect(lines.map(({ source }) => source)).toEqual([...lines.keys()]);
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
    expect(wrapLines(stdout(...texts), width).map(({ text }) => text)).toEqual(parts),
  );

  it('numbers the parts, and says of which line each is a part', () =>
    expect(wrapLines(stdout('abcdef', '', 'gh'), 4)).toEqual([
      { index: 0, source: 0, kind: 'stdout', text: 'abcd' },
      { index: 1, source: 0, kind: 'stdout', text: 'ef' },
      { index: 2, source: 1, kind: 'stdout', text: '' },
      { index: 3, source: 2, kind: 'stdout', text: 'gh' },
    ]));

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
  const found = (text: string, width?: number) =>
    findLines(lines, width === undefined ? lines : wrapLines(lines, width), text);

  it.each<[string, number[]]>([
    ['error', [0, 2]],
    ['ERROR', [0, 2]],
    ['fine', [1]],
    ['(', [3]],
    ['.', []],
    ['', []],
  ])('%j is in %j', (text, indexes) => expect(found(text)).toEqual(indexes));

  // In 4 cells: Erro|r: n|o, fine, an E|RROR, a (b.
  it.each<[string, number[]]>([
    ['error', [0, 4]],
    [': no', [0]],
    ['an error', [4]],
    ['fine', [3]],
    ['a (b', [6]],
    ['ofine', []],
  ])('%j, though wrapping breaks it, is in the lines that begin at %j', (text, indexes) =>
    expect(found(text, 4)).toEqual(indexes),
  );

  it('finds nothing in headings, but in notices', () => {
    const output = linesOf(`x\n---Output truncated---${separator}y`);
    expect(findLines(output, output, 'stdout').map((index) => output[index]?.kind)).toEqual(['notice']);
    expect(findLines(output, output, 'stderr')).toEqual([]);
  });

  it('finds the same lines however they are wrapped', () =>
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom(...'aAb 日ß.'), maxLength: 12 }), { maxLength: 6 }),
        fc.string({ unit: fc.constantFrom(...'aAb 日ß.'), minLength: 1, maxLength: 3 }),
        fc.integer({ min: 2, max: 9 }),
        (texts, text, width) => {
          const unwrapped = stdout(...texts);
          const wrapped = wrapLines(unwrapped, width);
          expect(findLines(unwrapped, wrapped, text).map((index) => wrapped[index]?.source)).toEqual(
            findLines(unwrapped, unwrapped, text),
          );
        },
      ),
    ));
});

describe('more of the output than the list has', () => {
  const listed = plugin({ output: 'some\n---Output truncated---' });
  const more = { stdout: 'some\nmore\n', stderr: 'oops\n', stdoutTruncated: false, stderrTruncated: true };
  const lines = (reading: Parameters<typeof outputLines>[2]) =>
    written(outputLines(invocation(), listed, reading, cliOptions));

  it('takes its place, and says where it is from', () => {
    expect(lines({ kind: 'read', output: more })).toEqual([
      'heading: stdout · GetCommandInvocation',
      'stdout: some',
      'stdout: more',
      'heading: stderr · GetCommandInvocation',
      'stderr: oops',
      'notice: stderr was cut by AWS here too; S3 or CloudWatch Logs have all of it, where the command was sent with them',
    ]);
  });

  it('is announced while it is read', () => {
    expect(lines({ kind: 'reading' })[0]).toBe('notice: reading more of the output');
    expect(lines({ kind: 'reading' })).toContain('stdout: some');
  });

  it('leaves what there is where it cannot be read, and says why', () => {
    const [why, ...rest] = lines({ kind: 'failed', message: 'the IAM action \u001b[2J is not allowed' });
    expect(why).toBe('notice: no more of the output than the list has: the IAM action ^[[2J is not allowed');
    expect(rest).toContain('stdout: some');
  });
});
