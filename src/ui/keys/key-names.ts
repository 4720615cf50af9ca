import type { Key } from 'ink';

/** Names of keys that Ink reports by a flag of their own. */
const flagged: readonly (readonly [keyof Key, string])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
];

const named: Readonly<Record<string, string>> = {
  ' ': 'space',
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\u001b': 'esc',
  '\u007f': 'backspace',
  '\b': 'backspace',
};

/**
 * The keys in one event of Ink, by name: `j`, `enter`, `ctrl-b`, `shift-tab`. What is typed fast or held arrives as
 * one event with several characters, control characters among them.
 */
export function keyNames(input: string, key: Key): string[] {
  // Esc and a key right after it are one event with `meta`: over a slow line they are often read together.
  return key.meta ? ['esc', ...unmodified(input, key)] : unmodified(input, key);
}

function unmodified(input: string, key: Key): string[] {
  const flag = flagged.find(([name]) => key[name] === true);
  if (flag) return [flag[1]];
  if (key.tab) return [key.shift ? 'shift-tab' : 'tab'];
  if (key.escape) return ['esc'];
  return key.ctrl ? [`ctrl-${input}`] : Array.from(input, nameOf);
}

function nameOf(character: string): string {
  const name = named[character];
  if (name !== undefined) return name;
  const code = character.codePointAt(0) ?? 0;
  return code < 0x20 ? `ctrl-${String.fromCharCode(code + 0x60)}` : character;
}

const labels: Readonly<Record<string, string>> = {
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  enter: '⏎',
};

/** The name of a key as it is written for people: `↑`, `Ctrl-B`, `Shift-Tab`. */
export function keyLabel(name: string): string {
  const label = labels[name];
  if (label !== undefined || name.length === 1) return label ?? name;
  return name.replaceAll(/(?<=^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

/** The text after a key in a line of input; null when the key does not edit. */
export function editLine(text: string, key: string): string | null {
  switch (key) {
    case 'backspace':
    case 'delete':
      return graphemes(text).slice(0, -1).join('');
    case 'ctrl-u':
      return '';
    case 'ctrl-w':
      return text.replace(/\S*\s*$/, '');
    case 'space':
      return `${text} `;
    default:
      return [...key].length === 1 ? text + key : null;
  }
}

function graphemes(text: string): string[] {
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}
