import stringWidth from 'string-width';

/**
 * The one way for text from outside to reach a terminal. Text is kept as it came and passes here where it is drawn.
 * SGR colours are taken out; everything else that a terminal would obey, or that would mislead the eye, is made visible.
 */

const escapeCharacter = String.fromCharCode(0x1b);
const sgr = new RegExp(`${escapeCharacter}\\[[0-9;:]*m`, 'g');

/**
 * C0, DEL and C1; line and paragraph separators; interlinear marks; and what Unicode says to draw as nothing: bidi
 * controls, zero-width characters, tags. Emoji keep their joiners and variation selectors.
 */
const dangerous =
  /[\p{Cc}\u2028\u2029\ufff9-\ufffb]|(?<!\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d|\u200d(?!\p{Extended_Pictographic})|(?![\u200d\ufe0e\ufe0f])\p{Default_Ignorable_Code_Point}/gu;

const tabWidth = 8;

/** One line, safe to draw: newlines become spaces, tabs single spaces. */
export function sanitiseLine(text: string): string {
  return sanitise(text.replace(/\r?\n|\t/g, ' '));
}

/** The lines of an output, each safe to draw, with tabs expanded. A final newline makes no further line. */
export function sanitiseLines(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  // Colours take no cells: they go before tabs are measured.
  return lines.map((line) => sanitise(expandTabs(line.replace(sgr, ''))));
}

function sanitise(text: string): string {
  return text.toWellFormed().replace(sgr, '').replace(dangerous, visible);
}

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20 || code === 0x7f) return `^${String.fromCharCode(code ^ 0x40)}`;
  if (code >= 0x80 && code < 0xa0) return `M-^${String.fromCharCode(code - 0x40)}`;
  return `\\u{${code.toString(16)}}`;
}

function expandTabs(line: string): string {
  let column = 0;
  return line.replace(/([^\t]*)\t/g, (_, before: string) => {
    const cells = stringWidth(before);
    const space = tabWidth - ((column + cells) % tabWidth);
    column += cells + space;
    return before + ' '.repeat(space);
  });
}
