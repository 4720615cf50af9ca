import { styleText } from 'node:util';
import type { Tone } from '../domain/tone.ts';

/** Colours a text for a terminal, or leaves it as it is. The text must be sanitised. */
export type Paint = (tone: Tone | null, text: string) => string;

/** A Paint that uses SGR colours, or one that does nothing. */
export function createPaint(colours: boolean): Paint {
  return (tone, text) => (colours && tone !== null ? styleText(tone, text, { validateStream: false }) : text);
}
