import cliTruncate from 'cli-truncate';
import { Transform, useStdout } from 'ink';
import type { ReactElement } from 'react';

export interface PaintedLineProps {
  /** Coloured by ourselves, safe to draw. */
  readonly text: string;
  /** Cells that it takes at most. */
  readonly width: number;
}

/**
 * One line of a list, across the screen. Ink measures and cuts every text in every frame, and by grapheme where there are
 * glyphs in it, which is most of what a frame costs: it is given a dot to measure, and the line in its place when it draws.
 */
export function PaintedLine({ text, width }: PaintedLineProps): ReactElement {
  const { stdout } = useStdout();
  // When the terminal gets narrower, Ink draws once more what was made for the old width: what is too wide would wrap.
  const paint = () => {
    const { columns = width } = stdout as Partial<NodeJS.WriteStream>;
    return columns < width ? cliTruncate(text, columns) : text;
  };
  return (
    <Transform transform={paint} accessibilityLabel={text}>
      .
    </Transform>
  );
}
