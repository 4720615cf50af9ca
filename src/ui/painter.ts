import { styleText } from 'node:util';
import { createContext } from 'react';
import type { Phase } from '../domain/status.ts';
import { toneOf } from '../domain/tone.ts';

/** Colours the lines that Ink is given whole, and does not colour itself. */
export interface Painter {
  /** A text in the colour of a phase. */
  readonly tone: (phase: Phase, text: string) => string;
  /** The same, inverse; where nothing can be, each glyph is a full block. */
  readonly inverse: (phase: Phase, glyphs: string) => string;
  /** A text in bold, whatever colours are in it. */
  readonly bold: (text: string) => string;
}

/** Paints with the terminal's own colours. */
export const colourPainter: Painter = {
  tone: paintTone,
  inverse: (phase, glyphs) => styleText('inverse', paintTone(phase, glyphs), { validateStream: false }),
  bold: (text) => styleText('bold', text, { validateStream: false }),
};

/** Leaves every text as it is. */
export const plainPainter: Painter = {
  tone: (_, text) => text,
  inverse: (_, glyphs) => '█'.repeat(glyphs.length),
  bold: (text) => text,
};

/** Whether there are colours is known where the screen is opened. */
export const PainterContext = createContext(plainPainter);

function paintTone(phase: Phase, text: string): string {
  const tone = toneOf(phase);
  return tone === null ? text : styleText(tone, text, { validateStream: false });
}
