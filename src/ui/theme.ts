import { styleText } from 'node:util';
import type { TextProps } from 'ink';
import type { Phase } from '../domain/status.ts';
import { toneOf, toneOfOutcome } from '../domain/tone.ts';
import type { Verdict } from '../domain/verdict.ts';

/** Colour of a phase as properties of a Text. */
export function textTone(phase: Phase): Pick<TextProps, 'color'> {
  const tone = toneOf(phase);
  return tone === null ? {} : { color: tone };
}

/** A text in the colour of a phase, for where Ink is not the one that colours. */
export function paintTone(phase: Phase, text: string): string {
  const tone = toneOf(phase);
  return tone === null || !hasColours() ? text : styleText(tone, text, { validateStream: false });
}

/** A text in bold, whatever colours are in it. */
export function paintBold(text: string): string {
  return hasColours() ? styleText('bold', text, { validateStream: false }) : text;
}

/** The same, inverse; where nothing can be, each glyph is a full block. */
export function paintInverse(phase: Phase, glyphs: string): string {
  return hasColours()
    ? styleText('inverse', paintTone(phase, glyphs), { validateStream: false })
    : '█'.repeat(glyphs.length);
}

/** FORCE_COLOR is how the program tells Ink whether to use colours. */
function hasColours(): boolean {
  return process.env.FORCE_COLOR !== '0';
}

/** How the verdict is drawn; nothing special before there is one. */
export function outcomeTone(verdict: Verdict | null): Pick<TextProps, 'color' | 'bold'> {
  return verdict === null ? {} : { color: toneOfOutcome(verdict.outcome), bold: true };
}
