import type { Outcome } from './conclusion.ts';
import { type Phase, phaseOf, type StatusPair } from './status.ts';

/** A colour of the terminal's own sixteen. */
export type Tone = 'red' | 'green' | 'cyan' | 'yellow';

const tones: Readonly<Record<Phase, Tone | null>> = {
  failed: 'red',
  unknown: null,
  running: 'cyan',
  waiting: 'yellow',
  succeeded: 'green',
};

/** Glyphs of one cell. */
export const glyphs: Readonly<Record<Phase, string>> = {
  failed: '✗',
  unknown: '?',
  running: '●',
  waiting: '○',
  succeeded: '✓',
};

const delayedGlyph = '◷';

/** Of what is no longer listed as it was, nobody knows yet what became of it. */
export const endUnreadGlyph = '◌';

/** Of a step that did not run. */
export const skippedGlyph = '⊘';

/** The colour of a phase, the same in every output; null for the terminal's default. */
export function toneOf(phase: Phase): Tone | null {
  return tones[phase];
}

/** The colour of how a run ended: what is neither a success nor broken is to be looked at. */
export function toneOfOutcome(outcome: Outcome): Tone {
  if (outcome === 'success') return 'green';
  return outcome === 'failure' || outcome === 'refused' || outcome === 'broken' ? 'red' : 'yellow';
}

/** The glyph of a status: that of its phase, but Delayed has its own, and so has an end that is still to be read. */
export function glyphOf(pair: StatusPair & { readonly endUnread?: boolean }): string {
  if (pair.endUnread) return endUnreadGlyph;
  return pair.statusDetails === 'Delayed' ? delayedGlyph : glyphs[phaseOf(pair)];
}
