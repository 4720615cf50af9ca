import type { ScriptOutput } from '../model/fate.ts';

const pluginOutputBytes = 2500;
const errorTitle = '\n----------ERROR-------\n';
const outputCut = '\n---Output truncated---';
const errorCut = '\n---Error truncated----';
const contentCut = '--output truncated--';

const bytesOf = (text: string) => Buffer.byteLength(text);

/** The first `bytes` bytes. A character cut in two becomes U+FFFD, as it does in the agent's own JSON. */
const firstBytes = (text: string, bytes: number) =>
  Buffer.from(text).subarray(0, Math.max(0, bytes)).toString();

function cut(text: string, bytes: number, mark: string): string {
  return bytesOf(text) <= bytes ? text : firstBytes(text, bytes - bytesOf(mark)) + mark;
}

/**
 * `CommandPlugins[].Output`: both streams in 2,500 bytes. When they do not fit, each may have half, and what one does not
 * need the other gets.
 */
export function pluginOutput({ stdout, stderr }: ScriptOutput): string {
  if (stderr === '') return cut(stdout, pluginOutputBytes, outputCut);
  const room = pluginOutputBytes - bytesOf(errorTitle);
  const half = Math.floor(room / 2);
  const [out, error] = [bytesOf(stdout), bytesOf(stderr)];
  if (out + error <= room) return stdout + errorTitle + stderr;
  const outRoom = out <= half ? out : Math.max(half, room - error);
  const errorRoom = room - Math.min(out, outRoom);
  return cut(stdout, outRoom, outputCut) + errorTitle + cut(stderr, errorRoom, errorCut);
}

/** A stream of GetCommandInvocation: at most `characters`, the mark of a cut included. */
export function invocationContent(text: string, characters: 24_000 | 8_000): string {
  return text.length <= characters ? text : text.slice(0, characters - contentCut.length) + contentCut;
}
