import { createContext } from 'react';

/** How the keys are called on the screen. */
export interface KeyLabels {
  /** The label of a key in the key table as it is drawn. */
  readonly of: (label: string) => string;
  /** The keys that move by a line. */
  readonly move: string;
}

/** As the key table has them. */
export const keySigns: KeyLabels = { of: (label) => label, move: '↑↓' };

const names: ReadonlyMap<string, string> = new Map([
  ['↑', 'Up'],
  ['↓', 'Down'],
  ['←', 'Left'],
  ['→', 'Right'],
  ['⏎', 'Enter'],
]);

/** Where there are no signs for keys, no single character would tell what they are. */
export const wordLabels: KeyLabels = { of: (label) => names.get(label) ?? label, move: 'Up/Down' };

/** What the terminal can draw is known where the screen is opened. */
export const KeyLabelsContext = createContext(keySigns);
