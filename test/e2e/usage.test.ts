import { describe, test } from 'vitest';
import { runProgram } from '../helpers/run-program.ts';
import { openTerminal } from '../helpers/terminal.ts';

const id = 'b8eac879-0541-439d-94ec-47a80d554f44';

/** Arguments, what the line must name, and what it must show as right. */
const mistakes: readonly (readonly [readonly string[], ...RegExp[]])[] = [
  [['--nope'], /--nope/],
  [['-x', id], /-x/],
  [['not-a-uuid'], /not-a-uuid/, /UUID/],
  [['b8eac879-0541-439d-94ec-47a80d554f4'], /UUID/],
  [[id, id], /argument/],
  [['-i', '0.4', id], /0\.4/, /at least 0\.5/],
  [['-i', 'soon', id], /soon/, /such as 2/],
  [['--interval', '-1', id], /-1/],
  [['--timeout', '90', id], /90/, /90s, 10m or 1h30m/],
  [['--timeout', '1x', id], /1x/, /1h30m/],
  [['--timeout', '', id], /1h30m/],
  [['-o', 'xml', id], /xml/, /tui, plain, json/],
  [['-o', 'tui', id], /-o tui/, /plain/],
  [['-o', 'tui', '--once', id], /--once/],
  [['--instance-id', 'web-1', id], /web-1/, /i-0cb2b964d3e14fd9f/],
  [['--status', 'Failed,Broken', id], /Broken/, /DeliveryTimedOut/],
  [['--page-size', '51', id], /51/, /1 to 50/],
  [['--page-size', '0', id], /1 to 50/],
  [['--color', 'sometimes', id], /sometimes/, /auto, always, never/],
  [['--endpoint-url', 'localhost', id], /localhost/, /http:\/\//],
  [['--region'], /--region/],
  [['demo', '--scenario', 'nope'], /nope/, /two-plugins/],
  [['demo', '--speed', 'fast'], /fast/],
  [['demo', '--fault', '*:nope'], /nope/, /throttle/],
  [['simulate', '--port', '99999'], /99999/],
  [['simulate', '--instances', 'many'], /many/],
];

describe.concurrent('bad usage: 2, one line on stderr, nothing on stdout', () => {
  test.for(mistakes)('%j', async ([args, ...named], { expect }) => {
    const { exitCode, stdout, stderr } = await runProgram(args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^ssm-watch: [^\n]+\n$/);
    for (const text of named) expect(stderr).toMatch(text);
  });

  test.for([
    ['-o tui with TERM=dumb', ['-o', 'tui', id], { TERM: 'dumb' }, /TERM=dumb/],
    ['-o tui with --once', ['-o', 'tui', '--once', id], {}, /--once/],
  ] as const)('%s on a terminal', async ([, args, env, named], { expect }) => {
    using terminal = openTerminal(args, { env });
    expect((await terminal.exit).exitCode).toBe(2);
    expect(terminal.scrollback()).toMatch(named);
    expect(terminal.output.trim().split('\n')).toHaveLength(1);
  });
});

describe.concurrent('asked for', () => {
  test('--help names every option and exit code, and is no error', async ({ expect }) => {
    const { exitCode, stdout, stderr } = await runProgram(['--help']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    for (const option of [
      ...['--region', '--profile', '--endpoint-url', '-i, --interval', '--timeout', '-o, --output'],
      ...[
        '--instance-id',
        '--status',
        '--filter',
        '--failures',
        '--page-size',
        '--once',
        '--exit',
        '--color',
      ],
      ...['-h, --help', '-V, --version', 'demo', 'simulate', '124', '130'],
    ]) {
      expect(stdout).toContain(option);
    }
  });

  test('--version prints the version, and nothing else', async ({ expect }) => {
    for (const option of ['-V', '--version']) {
      const { exitCode, stdout } = await runProgram([option]);
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    }
  });
});
