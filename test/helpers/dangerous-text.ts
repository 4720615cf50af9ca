import * as fc from 'fast-check';

const pieces = [
  // Sequences, in parts …
  ['\u001b', '[', ']', 'm', ';', ':', '\\', '\u0007', '\u001b\\', '\u009b', '\u009c', '\u009d', ']8;;', '0'],
  ['1', '31', '38', '5', '8', 'http://x'],
  // … and whole: colours, also odd ones and what hides; the cursor, the screen, modes, strings.
  [
    '\u001b[31m',
    '\u001b[0m',
    '\u001b[m',
    '\u001b[;;m',
    '\u001b[38:2::1:2:3m',
    '\u001b[48;5;300;1m',
    '\u001b[38;5m',
  ],
  ['\u001b[5;8m', '\u001b[7m', '\u001b[1:2m', `\u001b[${'1;'.repeat(40)}m`, '\u001b[>4;2m', '\u001b[?1m'],
  [
    '\u001b[2J',
    '\u001b[5A',
    '\u001b[?25l',
    '\u001b[0 q',
    '\u001b[6n',
    '\u001bc',
    '\u001b(0',
    '\u001b[31',
    '\u001b[',
  ],
  [
    '\u001b]0;t\u0007',
    '\u001b]52;c;eA==\u001b\\',
    '\u001b]0;',
    '\u001bPq\u001b\\',
    '\u001b_x\u009c',
    '\u001b^',
    '\u0090q',
  ],
  ['\u001b]8;;http://x\u0007', '\u001b]8;id=1;x\u001b\\', '\u001b]8;;\u001b\\', '\u001b]8;;x\n\u0007'],
  // Controls, and what moves or hides.
  ['\n', '\r', '\r\n', '\t', '\b', '\u0000', '\u000e', '\u007f', '\u0080', '\u0085', '\u009f'],
  [
    '\u202e',
    '\u2066',
    '\u200e',
    '\u061c',
    '\u200b',
    '\u200c',
    '\u00ad',
    '\u2028',
    '\u2029',
    '\u2060',
    '\ufeff',
  ],
  ['\u{e0041}', '\u{e007f}', '\u034f', '\u0604', '\ufff9', '\u3164', '\u180e', '\ufe00', '\u{13430}'],
  // What stands together, and comes apart.
  ['a', '~', '^', 'M-', 'é', '日', 'Ａ', '\u00a0', '\ue000', '\uffff'],
  [
    '\u0301',
    '\u0301\u0302\u0303\u0304',
    '\u093e',
    '\u20e3',
    '1\ufe0f\u20e3',
    '\ufe0f',
    '\ufe0e',
    '\u200d',
    '🏽',
    '🇩',
  ],
  ['👩', '👩🏽‍🚀', '❤️‍🔥', '\ud83d', '\ude80', '\ud83d\u001b[31m\ude80'],
].flat();

/** Texts made of what can do harm to a terminal, or to its reader. There are no spaces in them. */
export function dangerousText(): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...pieces), maxLength: 30 });
}

/** The well-formed text without SGR and OSC 8, found one character after the other. */
export function withoutRecognised(text: string): string {
  const characters = text.toWellFormed();
  let result = '';
  for (let at = 0; at < characters.length; ) {
    const end = characters.charCodeAt(at) === 0x1b ? endOfSequence(characters, at + 1) : null;
    if (end === null) result += characters[at];
    at = end ?? at + 1;
  }
  return result;
}

/** Where the SGR or OSC 8 ends whose ESC is before `at`; null where there is none. */
function endOfSequence(text: string, at: number): number | null {
  let end = at + 1;
  if (text[at] === '[') {
    while ('0123456789;:'.includes(text[end] ?? 'none')) end += 1;
    return text[end] === 'm' ? end + 1 : null;
  }
  if (!text.startsWith(']8;', at)) return null;
  end = at + 3;
  let separators = 0;
  for (; isPrintableAscii(text.charCodeAt(end)); end += 1) if (text[end] === ';') separators += 1;
  if (separators === 0) return null;
  if (text[end] === '\u0007') return end + 1;
  return text.startsWith('\u001b\\', end) ? end + 2 : null;
}

function isPrintableAscii(code: number): boolean {
  return code >= 0x20 && code < 0x7f;
}

/** Whether `shown` is each character of the text in its order, as it is or made visible; a tab is up to eight spaces. */
export function nothingLost(text: string, shown: string): boolean {
  let at = 0;
  for (const character of text) {
    const forms =
      character === '\t' ? [8, 7, 6, 5, 4, 3, 2, 1].map((cells) => ' '.repeat(cells)) : formsOf(character);
    const form = forms.find((one) => shown.startsWith(one, at));
    if (form === undefined) return false;
    at += form.length;
  }
  return at === shown.length;
}

function formsOf(character: string): string[] {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20 || code === 0x7f) return [`^${String.fromCharCode(code ^ 0x40)}`];
  if (code >= 0x80 && code < 0xa0) return [`M-^${String.fromCharCode(code - 0x40)}`];
  return [character, `\\u{${code.toString(16)}}`];
}

/** What of a text is not to be seen, or does more than stand there. */
export function unprintableIn(text: string): string[] {
  const emoji =
    /\p{Extended_Pictographic}[\ufe0e\ufe0f\p{Emoji_Modifier}]?(\u200d\p{Extended_Pictographic}[\ufe0e\ufe0f\p{Emoji_Modifier}]?)*|[0-9#*][\ufe0e\ufe0f]\u20e3/gu;
  const rest = text.replace(emoji, '☺');
  return [
    ...rest.matchAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu),
    ...text.matchAll(/\p{M}{5}/gu),
  ].map(([found]) => found);
}

const color = '(?:[0-7]|9|8;5;\\d{1,3}|8;2;\\d{1,3};\\d{1,3};\\d{1,3})';

/** The SGR sequences that this program writes: none of them blinks or conceals. */
const ownSgr = new RegExp(
  `${String.fromCharCode(0x1b)}\\[(?:0|[1-4]|7|9|2[2-4]|27|29|[34]${color}|(?:9|10)[0-7])m`,
  'g',
);

/** A text without what this program colours it with. */
export function withoutOwnSgr(text: string): string {
  return text.replace(ownSgr, '');
}
