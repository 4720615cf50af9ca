import { withoutSequences } from './sanitise.ts';

/**
 * The Output of a plugin as ListCommandInvocations joins it: stdout, a separator, stderr, each cut with a mark
 * when the whole exceeds 2,500 bytes.
 */

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
  const { stdout, stderr } = splitOutput(output);
  return lastMeaningfulLine(stderr) ?? lastMeaningfulLine(stdout);
}

function lastMeaningfulLine(text: string): string | null {
  const lines = text.split(/[\r\n]+/).map((line) => line.trim());
  return lines.findLast(isMeaningful) ?? null;
}

function isMeaningful(line: string): boolean {
  const read = withoutSequences(line).trim();
  return /[\p{L}\p{N}]/u.test(read) && !sayNothing.some((pattern) => pattern.test(read));
}
