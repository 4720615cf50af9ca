import { useStdout } from 'ink';
import { useCallback, useLayoutEffect } from 'react';

const wrap = '\u001b[?7h';
const noWrap = '\u001b[?7l';

/**
 * Keeps every line of the screen in its line: a terminal can take a text for wider than we do (emoji made of several,
 * letters that are newer than it is), and what it then wrapped would push the rest of the screen away. Gives what makes the
 * terminal wrap again, and what ends that, for while it is not ours.
 */
export function useLineWrap(): { readonly wrapLines: () => void; readonly cutLines: () => void } {
  const { stdout } = useStdout();
  const write = useCallback(
    (sequence: string) => {
      if ((stdout as Partial<NodeJS.WriteStream>).isTTY) stdout.write(sequence);
    },
    [stdout],
  );
  const wrapLines = useCallback(() => write(wrap), [write]);
  const cutLines = useCallback(() => write(noWrap), [write]);
  useLayoutEffect(() => {
    cutLines();
    return wrapLines;
  }, [cutLines, wrapLines]);
  return { wrapLines, cutLines };
}
