import { withoutSequences } from './sanitise.ts';

/**
 * The Output of a plugin as ListCommandInvocations joins it: stdout, a separator, stderr, each cut with a mark
 * when the whole exceeds 2,500 bytes.
 */

const unsatisfied = 'Step execution skipped due to unsatisfied preconditions:';
const separator = '\n----------ERROR-------\n';
const outputCut = /\n---Output truncated---\n?$/;
const errorCut = /\n---Error truncated-{3,4}\n?$/;
/** Lines that say nothing about the cause: of the agent, and what programs add below what they had to say. */
const sayNothing: readonly RegExp[] = [
  /^failed to run commands: exit status -?\d+$/,
  /^See ['"]?systemctl status\b/,
  // PowerShell points at the place in the script, and classifies, below the message.
  /^At .+:\d+ char:\d+$/,
  /^\+ /,
  // npm, apt and yum end with where to read on.
  /^(npm (ERR!|error) )?A complete log of this run can be found in\b/,
  /_logs[\\/]\S+\.log$/,
  /^You could try (using --skip-broken|running: rpm)\b/,
];

/** A plugin's output, taken apart. The texts are as they came, without AWS's own marks. */
export interface PluginOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly stdoutTruncated: boolean;
  readonly stderrTruncated: boolean;
}

/** Whether the agent wrote, in place of any output, that it skipped the step; the text names why. */
export function tellsOfSkip(output: string): boolean {
  return output.startsWith(unsatisfied);
}

/** Takes the joined output apart. Where the separator was cut off with the rest, all of it is stdout. */
export function splitOutput(output: string): PluginOutput {
  const at = output.indexOf(separator);
  const stdout = at < 0 ? output : output.slice(0, at);
  const stderr = at < 0 ? '' : output.slice(at + separator.length);
  return {
    stdout: stdout.replace(outputCut, ''),
    stderr: stderr.replace(errorCut, ''),
    stdoutTruncated: outputCut.test(stdout),
    stderrTruncated: errorCut.test(stderr),
  };
}

/** The line that tells most about a failure: the last one of stderr that the script wrote, else of stdout. */
export function tellingLine(output: string): string | null {
  return tellingLineOf(splitOutput(output));
}

function tellingLineOf({ stdout, stderr }: PluginOutput): string | null {
  return lastMeaningfulLine(stderr) ?? lastMeaningfulLine(stdout);
}

/** Stands for what is left out of a gist. It says nothing, so that it is never taken for the telling line. */
const leftOut = '...';

/**
 * What is kept of an output that is not kept whole: of each stream that is not empty the telling line, and AWS's marks. All
 * that is made of an output but its text is the same of both. The output itself where it is no longer than that.
 */
export function gistOf(output: string): string {
  const whole = splitOutput(output);
  const gist = [
    gistOfStream(whole.stdout),
    whole.stdoutTruncated ? '\n---Output truncated---' : '',
    output.includes(separator) ? separator : '',
    gistOfStream(whole.stderr),
    whole.stderrTruncated ? '\n---Error truncated----' : '',
  ].join('');
  const isGist =
    gist.length < output.length &&
    !tellsOfSkip(output) &&
    !tellsOfSkip(gist) &&
    tellsAsMuch(splitOutput(gist), whole);
  // A part of a text keeps the whole of it in memory; this is a text of its own.
  return isGist ? (JSON.parse(JSON.stringify(gist)) as string) : output;
}

/** The same of what succeeded, of which no line is ever told: whether it wrote anything, and AWS's marks. */
export function gistOfSuccess(output: string): string {
  // All marks have dashes, and most outputs have none. There are many, and looking for the telling line takes long.
  if (output.length <= leftOut.length) return output;
  return output.includes('---') || tellsOfSkip(output) ? gistOf(output) : leftOut;
}

/** False of texts in which a script wrote what AWS writes. */
function tellsAsMuch(gist: PluginOutput, whole: PluginOutput): boolean {
  return (
    tellingLineOf(gist) === tellingLineOf(whole) &&
    (gist.stdout === '') === (whole.stdout === '') &&
    (gist.stderr === '') === (whole.stderr === '') &&
    gist.stdoutTruncated === whole.stdoutTruncated &&
    gist.stderrTruncated === whole.stderrTruncated
  );
}

function gistOfStream(text: string): string {
  if (text === '') return '';
  const line = lastMeaningfulLine(text);
  return line === null ? leftOut : `${leftOut}\n${line}`;
}

function lastMeaningfulLine(text: string): string | null {
  // From the end: it is most often the last one, and outputs are many.
  for (let end = text.length; end > 0; ) {
    let start = end;
    while (start > 0 && !isLineBreak(text.charCodeAt(start - 1))) start -= 1;
    const line = text.slice(start, end).trim();
    if (isMeaningful(line)) return line;
    end = start - 1;
  }
  return null;
}

function isLineBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}

function isMeaningful(line: string): boolean {
  const read = withoutSequences(line).trim();
  return /[\p{L}\p{N}]/u.test(read) && !sayNothing.some((pattern) => pattern.test(read));
}
