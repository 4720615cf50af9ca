import stringWidth, { type Options } from 'string-width';
import { ownCharacters } from './own-characters.ts';

const narrow = new RegExp(`^[ -~${ownCharacters}]*$`);
// biome-ignore lint/suspicious/noControlCharactersInRegex: a sequence begins with one
const colours = /\u001b\[[\d;]*m/g;

/**
 * Stands in the bundle for the module of this name (../replaced-modules.ts), and measures as it does. That module looks
 * up every character outside ASCII among all emoji: the first time, before the first frame, for as long as node takes
 * to start.
 */
export default function quickStringWidth(text: string, options: Options = {}): number {
  const { ambiguousIsNarrow = true, countAnsiEscapeCodes = false } = options;
  const visible = countAnsiEscapeCodes ? text : text.replaceAll(colours, '');
  return ambiguousIsNarrow && narrow.test(visible) ? visible.length : stringWidth(text, options);
}
