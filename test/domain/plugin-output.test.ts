import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  gistOf,
  gistOfSuccess,
  splitOutput,
  tellingLine,
  tellsOfSkip,
} from '../../src/domain/plugin-output.ts';

const separator = '\n----------ERROR-------\n';
const outputCut = '\n---Output truncated---';
const errorCut = '\n---Error truncated----';

describe('splitOutput', () => {
  it.each<[string, string, string, string, boolean, boolean]>([
    ['nothing', '', '', '', false, false],
    ['stdout alone', 'before-timeout\n', 'before-timeout\n', '', false, false],
    [
      'both',
      `out\n${separator}err\nfailed to run commands: exit status 7`,
      'out\n',
      'err\nfailed to run commands: exit status 7',
      false,
      false,
    ],
    ['stderr alone', `${separator}err`, '', 'err', false, false],
    ['empty stderr', `out${separator}`, 'out', '', false, false],
    ['stdout cut', `out${outputCut}`, 'out', '', true, false],
    ['a mark that the script itself printed', `a${outputCut}\nb\n`, `a${outputCut}\nb\n`, '', false, false],
    ['stdout cut, stderr whole', `out${outputCut}${separator}err`, 'out', 'err', true, false],
    ['stderr cut', `out\n${separator}err${errorCut}`, 'out\n', 'err', false, true],
    [
      'stderr cut, with the mark one dash shorter',
      `${separator}err\n---Error truncated---`,
      '',
      'err',
      false,
      true,
    ],
    ['both cut', `out${outputCut}${separator}err${errorCut}`, 'out', 'err', true, true],
    ['the separator itself cut', 'out\n----------ERR', 'out\n----------ERR', '', false, false],
    [
      'the separator not on a line of its own',
      'x----------ERROR-------\ny',
      'x----------ERROR-------\ny',
      '',
      false,
      false,
    ],
    ['the separator again, in stderr', `a${separator}b${separator}c`, 'a', `b${separator}c`, false, false],
    ['the mark of stderr in stdout', `a${errorCut}`, `a${errorCut}`, '', false, false],
    ['a character cut in two', 'na\ufffd\n---Output truncated---', 'na\ufffd', '', true, false],
  ])('%s', (_, output, stdout, stderr, stdoutTruncated, stderrTruncated) => {
    expect(splitOutput(output)).toEqual({ stdout, stderr, stdoutTruncated, stderrTruncated });
  });

  const stream = fc.string({
    unit: fc.constantFrom('a', 'é', '日', '\n', '-', '---', ' ', '\r', '\u001b'),
  });

  it('gives back what the agent joined', () =>
    fc.assert(
      fc.property(
        stream,
        stream,
        fc.boolean(),
        fc.boolean(),
        (stdout, stderr, stdoutTruncated, stderrTruncated) => {
          const joined = `${stdout}${stdoutTruncated ? outputCut : ''}${separator}${stderr}${stderrTruncated ? errorCut : ''}`;
          expect(splitOutput(joined)).toEqual({ stdout, stderr, stdoutTruncated, stderrTruncated });
        },
      ),
    ));
});

describe('tellingLine', () => {
  it.each<[string, string, string | null]>([
    [
      'stderr without what the agent adds',
      `out\n${separator}err\nfailed to run commands: exit status 7`,
      'err',
    ],
    [
      'a missing command',
      `${separator}/var/lib/amazon/ssm/_script.sh: line 1: yum: command not found\nfailed to run commands: exit status 127`,
      '/var/lib/amazon/ssm/_script.sh: line 1: yum: command not found',
    ],
    [
      'apt',
      `Reading package lists...\n${separator}E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 1183 (apt-get)\nE: Unable to acquire the dpkg frontend lock\nfailed to run commands: exit status 100`,
      'E: Unable to acquire the dpkg frontend lock',
    ],
    [
      'systemctl',
      `${separator}Job for nginx.service failed because the control process exited with error code.\nSee "systemctl status nginx.service" and "journalctl -xe" for details.\n`,
      'Job for nginx.service failed because the control process exited with error code.',
    ],
    [
      'a Python traceback',
      `${separator}Traceback (most recent call last):\n  File "a.py", line 1, in <module>\nKeyError: 'x'\n\nfailed to run commands: exit status 1\n`,
      "KeyError: 'x'",
    ],
    [
      'only the agent in stderr: the end of stdout',
      `checking\nFATAL: disk full\n${separator}failed to run commands: exit status 1`,
      'FATAL: disk full',
    ],
    ['an exit status below 0', `${separator}boom\nfailed to run commands: exit status -1073741819`, 'boom'],
    [
      'the agent quoted in a longer line',
      `${separator}said: failed to run commands: exit status 1`,
      'said: failed to run commands: exit status 1',
    ],
    ['lines of marks only', `${separator}disk full\n^^^^^\n-----\n`, 'disk full'],
    [
      'a progress bar',
      `${separator}10%\r50%\rcurl: (28) Connection timed out\r\n`,
      'curl: (28) Connection timed out',
    ],
    ['stderr that was cut', `${separator}first\nsecond li${errorCut}`, 'second li'],
    ['stdout alone', 'before-timeout\n', 'before-timeout'],
    ['stdout that was cut', `working${outputCut}`, 'working'],
    ['other scripts than Latin', `${separator}ошибка диска\n`, 'ошибка диска'],
    [
      'as it came but for its margins',
      `${separator}\t\u001b[31mred\u001b[0m\u200b here  \n`,
      '\u001b[31mred\u001b[0m\u200b here',
    ],
    ['a last line that only resets colours', `${separator}disk full\n\u001b[0m\n`, 'disk full'],
    ['a last line that only ends a link', `${separator}disk full\n\u001b]8;id=a1;\u001b\\\n`, 'disk full'],
    [
      'advice in colours',
      `${separator}disk full\n\u001b[33m + Thing\n\u001b[2mfailed to run commands: exit status 1\u001b[0m`,
      'disk full',
    ],
    ['nothing but sequences in stderr', `out\n${separator}\u001b[1;31m\u001b[0m`, 'out'],
    ['nothing', '', null],
    ['nothing but the agent', `${separator}failed to run commands: exit status 1`, null],
    ['nothing to read', `\n\n ... \n${separator}\n`, null],
  ])('%s', (_, output, line) => expect(tellingLine(output)).toBe(line));
});

const line = fc.oneof(
  fc.constantFrom(
    '',
    '...',
    '---Output truncated---',
    '---Error truncated----',
    '----------ERROR-------',
    'failed to run commands: exit status 7',
    "Step execution skipped due to unsatisfied preconditions: 'platformType'",
    '\ud800 half a character',
  ),
  fc.string({ maxLength: 40, unit: 'binary' }),
  fc.string({ maxLength: 400 }),
);
const outputs: fc.Arbitrary<string> = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'));

describe('gistOf', () => {
  const long = 'Upgrading acme-agent\n'.repeat(9);

  it.each([
    ['stdout', `${long}done\n`, '...\ndone'],
    [
      'both',
      `${long}${separator}${long}cp: no space\n`,
      `...\nUpgrading acme-agent${separator}...\ncp: no space`,
    ],
    ['an empty stdout', `${separator}${long}cp: no space`, `${separator}...\ncp: no space`],
    ['a stream without a word', `${'-'.repeat(99)}\n`, '...'],
    [
      'marks',
      `${long}${outputCut}${separator}${long}${errorCut}`,
      `...\nUpgrading acme-agent${outputCut}${separator}...\nUpgrading acme-agent${errorCut}`,
    ],
    ['nothing', '', ''],
    ['what is short', 'done\n', 'done\n'],
    [
      'why a step was skipped',
      `Step execution skipped due to unsatisfied preconditions: '"StringEquals": [platformType, Windows]'\n`.padEnd(
        300,
        '-',
      ),
      `Step execution skipped due to unsatisfied preconditions: '"StringEquals": [platformType, Windows]'\n`.padEnd(
        300,
        '-',
      ),
    ],
  ])('of %s', (_, output, expected) => expect(gistOf(output)).toBe(expected));

  it('leaves all that is made of an output but its text', () => {
    const made = (output: string) => {
      const { stdout, stderr, ...cut } = splitOutput(output);
      return [tellingLine(output), stdout === '', stderr === '', cut, tellsOfSkip(output)];
    };
    return fc.assert(
      fc.property(outputs, (output) => {
        expect(made(gistOf(output))).toEqual(made(output));
      }),
      { numRuns: 1_000 },
    );
  });

  it('is never longer than the output', () => {
    return fc.assert(
      fc.property(outputs, (output) => {
        expect(gistOf(output).length).toBeLessThanOrEqual(output.length);
      }),
    );
  });
});

describe('gistOfSuccess', () => {
  it('leaves all that is made of the output of a success', () => {
    const made = (output: string) => {
      const { stdout, stderr, ...cut } = splitOutput(output);
      return [stdout === '', stderr === '', cut, tellsOfSkip(output)];
    };
    return fc.assert(
      fc.property(outputs, (output) => {
        const gist = gistOfSuccess(output);
        expect(made(gist)).toEqual(made(output));
        expect(gist.length).toBeLessThanOrEqual(output.length);
      }),
      { numRuns: 1_000 },
    );
  });

  it('has no line of it', () => expect(gistOfSuccess('Upgrading acme-agent\ndone\n')).toBe('...'));
});
