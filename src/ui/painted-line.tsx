import cliTruncate from 'cli-truncate';
import { Transform } from 'ink';
import type { ReactElement } from 'react';

export interface PaintedLineProps {
  /** Coloured by ourselves, safe to draw. */
  readonly text: string;
  /** Cells that it takes at most. */
  readonly width: number;
}

/**
 * One line of a list. Ink measures every text in every frame, and by grapheme where there are glyphs in it, which is most
 * of what a frame costs: it is given plain characters to measure, and the line in their place when it draws.
 */
export function PaintedLine({ text, width }: PaintedLineProps): ReactElement {
  // While the terminal gets narrower Ink draws once more what was laid out for the old width, and wraps what it measured.
  const paint = (room: string, line: number) => {
    if (line > 0) return '';
    return room.length < width ? cliTruncate(text, room.length) : text;
  };
  return (
    <Transform transform={paint} accessibilityLabel={text}>
      {'.'.repeat(width)}
    </Transform>
  );
}
