import * as fc from 'fast-check';

const pieces = [
  // Sequences, whole and in parts.
  ...[
    '\u001b',
    '[',
    ']',
    'm',
    ';',
    ':',
    '\\',
    '\u0007',
    '\u001b\\',
    '\u009b',
    '\u009c',
    '\u009d',
    ']8;;',
    'http://x',
  ],
  ...[
    '0',
    '1',
    '31',
    '38',
    '5',
    '8',
    '\u001b[31m',
    '\u001b[0m',
    '\u001b[38:2::1:2:3m',
    '\u001b[2J',
    '\u001b]0;t\u0007',
  ],
  ...['\u001b]8;;http://x\u0007', '\u001b]8;id=1;x\u001b\\', '\u001b]8;;\u001b\\'],
  // Controls, and what moves or hides.
  ...[
    '\n',
    '\r',
    '\r\n',
    '\t',
    '\b',
    '\u0000',
    '\u007f',
    '\u0085',
    '\u202e',
    '\u2066',
    '\u200b',
    '\u00ad',
    '\u2028',
  ],
  ...['\ufeff', '\u{e0041}', '\u034f', '\ufff9', '\u3164', '\ufe00'],
  // What stands together, and comes apart.
  ...[
    'a',
    '~',
    'é',
    '日',
    '\u0301',
    '\u0301\u0302\u0303\u0304',
    '\u20e3',
    '1\ufe0f\u20e3',
    '\ufe0f',
    '\ufe0e',
  ],
  ...['👩', '👩🏽‍🚀', '❤️‍🔥', '\u200d', '🏽', '🇩', '\ud83d', '\ude80', '\ud83d\u001b[31m\ude80'],
];

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
    ...rest.matchAll(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu),
    ...text.matchAll(/\p{M}{5}/gu),
  ].map(([found]) => found);
}
