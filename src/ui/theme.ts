import type { TextProps } from 'ink';
import type { Phase } from '../domain/status.ts';
import { toneOf, toneOfOutcome } from '../domain/tone.ts';
import type { Verdict } from '../domain/verdict.ts';

/** Colour of a phase as properties of a Text. */
export function textTone(phase: Phase): Pick<TextProps, 'color'> {
  const tone = toneOf(phase);
  return tone === null ? {} : { color: tone };
}

/** How the verdict is drawn; nothing special before there is one. */
export function outcomeTone(verdict: Verdict | null): Pick<TextProps, 'color' | 'bold'> {
  return verdict === null ? {} : { color: toneOfOutcome(verdict.outcome), bold: true };
}
