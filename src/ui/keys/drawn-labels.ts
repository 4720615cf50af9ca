import { hasUtf8 } from '../../domain/locale.ts';

const utf8 = hasUtf8(process.env);

/** Where there are no signs for keys, no single character would tell what they are. */
const names: ReadonlyMap<string, string> = new Map([
  ['↑', 'Up'],
  ['↓', 'Down'],
  ['←', 'Left'],
  ['→', 'Right'],
  ['⏎', 'Enter'],
]);

/** The label of a key as the locale can take it. */
export const drawnLabel: (label: string) => string = utf8
  ? (label) => label
  : (label) => names.get(label) ?? label;

/** The keys that move by a line. */
export const moveLabel = utf8 ? '↑↓' : 'Up/Down';
