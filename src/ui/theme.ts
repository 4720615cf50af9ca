import type { TextProps } from 'ink';
import type { Phase } from '../domain/status.ts';
import { toneOf } from '../domain/tone.ts';
import type { Verdict } from '../domain/verdict.ts';

/** Colour of a phase as properties of a Text. */
export function textTone(phase: Phase): Pick<TextProps, 'color'> {
  const tone = toneOf(phase);
  return tone === null ? {} : { color: tone };
}

/** Look of the verdict; nothing special before there is one. */
export function outcomeTone(verdict: Verdict | null): Pick<TextProps, 'color' | 'bold'> {
  switch (verdict?.outcome) {
    case 'success':
      return { color: 'green', bold: true };
    case 'failure':
      return { color: 'red', bold: true };
    case 'no-targets':
      return { color: 'yellow', bold: true };
    case undefined:
      return {};
  }
}
