import stringWidth from 'string-width';
import { applySgr, isSameStyle, plainStyle, type TextStyle } from './sgr.ts';

/**
 * The one way for text from outside to reach a terminal. Text is kept as it came and passes here where it is drawn.
 * SGR colours and hyperlinks are taken out; everything else that a terminal would obey, or that would mislead the eye,
 * is made visible.
 */

/** A part of a line that is drawn alike. */
export interface StyledSpan {
  /** Safe to draw. */
  readonly text: string;
  readonly style: TextStyle;
}

/** The same as it came. */
interface StyledRun {
  readonly text: string;
  readonly style: TextStyle;
}

/** A replacement of one character. */
interface Edit {
  readonly at: number;
  readonly character: string;
  readonly shown: string;
}

const escapeCharacter = String.fromCharCode(0x1b);
const bell = String.fromCharCode(0x07);

/**
 * SGR, with its parameters as the group, and OSC 8, which begins or ends a hyperlink. Both end before the next control
 * character, or are none: nothing that follows is swallowed.
 */
const sequence = new RegExp(
  `${escapeCharacter}(?:\\[([0-9;:]*)m|\\]8;[ -:<-~]*;[ -~]*(?:${bell}|${escapeCharacter}\\\\))`,
  'g',
);

/** What is drawn onto the character before it, or belongs to it. */
const mark = '[\\p{M}--[\\p{Default_Ignorable_Code_Point}--[\\ufe0e\\ufe0f]]]';

/**
 * C0, DEL and C1; line and paragraph separators; what formats text, or is drawn as nothing (bidi controls, zero-width
 * characters, tags, and signs that we measure as nothing and terminals draw), but for the joiners, variation selectors and
 * skin tones of emoji; and combining marks above four.
 */
const dangerous = new RegExp(
  [
    '[[\\p{Cc}\\p{Cf}\\p{Default_Ignorable_Code_Point}\\u2028\\u2029]--[\\u200d\\ufe0e\\ufe0f]]',
    '(?<!\\p{Extended_Pictographic}[\\ufe0f\\p{Emoji_Modifier}]?)\\u200d',
    '\\u200d(?!\\p{Extended_Pictographic})',
    '(?<!\\p{Extended_Pictographic}\\ufe0f?)\\p{Emoji_Modifier}',
    '(?<!\\p{Extended_Pictographic}|[0-9#*](?=[\\ufe0e\\ufe0f]\\u20e3))[\\ufe0e\\ufe0f]',
    `(?<=${mark}{4})${mark}`,
  ].join('|'),
  'gv',
);

const emojiRest = /^(?:\p{Emoji_Modifier}|\ufe0f|\u200d\p{Extended_Pictographic})+/u;
const printableAscii = /^[ -~]*$/;
const tabWidth = 8;

/** One line, safe to draw: newlines become spaces, tabs single spaces. */
export function sanitiseLine(text: string): string {
  return show(withoutSequences(text.toWellFormed()).replace(/\r?\n|\t/g, ' '));
}

/** The lines of an output, each safe to draw, with tabs expanded. A final newline makes no further line. */
export function sanitiseLines(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  // Colours take no cells: they go before tabs are measured.
  return lines.map((line) => show(withoutSequences(line.toWellFormed())));
}

/**
 * One line of an output, without its newline, in the colours that it asks for itself. The texts of the spans, joined,
 * are what `sanitiseLines` makes of it; none is empty.
 */
export function sanitiseStyledLine(line: string): StyledSpan[] {
  const runs = styledRuns(line.toWellFormed());
  // What is dangerous depends on what is beside it, whatever the colours.
  const edits = editsOf(runs.map(({ text }) => text).join('')).values();
  let edit = edits.next().value;
  let start = 0;
  const spans: StyledSpan[] = [];
  for (const { text, style } of runs) {
    const own: Edit[] = [];
    for (; edit !== undefined && edit.at < start + text.length; edit = edits.next().value) {
      own.push({ ...edit, at: edit.at - start });
    }
    spans.push({ text: apply(text, own), style });
    start += text.length;
  }
  return spans;
}

/** A text as it came but for SGR colours and hyperlinks. For reading and comparing: it is not safe to draw. */
export function withoutSequences(text: string): string {
  return text.includes(escapeCharacter) ? text.replace(sequence, '') : text;
}

/** The text between the sequences; neighbours differ in style. Ink draws the parts of an emoji in one, or loses some. */
function styledRuns(line: string): StyledRun[] {
  const runs: StyledRun[] = [];
  let style = plainStyle;
  const add = (text: string) => {
    const last = runs.at(-1);
    if (text === '') return;
    if (!last) {
      runs.push({ text, style });
      return;
    }
    const own = isSameStyle(last.style, style) ? text.length : (emojiRest.exec(text)?.[0].length ?? 0);
    runs.splice(-1, 1, { text: last.text + text.slice(0, own), style: last.style });
    if (own < text.length) runs.push({ text: text.slice(own), style });
  };
  let from = 0;
  for (const match of line.matchAll(sequence)) {
    add(line.slice(from, match.index));
    from = match.index + match[0].length;
    const parameters = match[1];
    if (parameters !== undefined) style = applySgr(style, parameters);
  }
  add(line.slice(from));
  return runs;
}

/** A line without sequences, safe to draw. */
function show(line: string): string {
  return apply(line, editsOf(line));
}

/** What must be drawn otherwise in a line without sequences, in its order. */
function editsOf(line: string): Edit[] {
  if (printableAscii.test(line)) return [];
  const edits: Edit[] = [];
  let from = 0;
  let column = 0;
  let sinceTab = '';
  for (const { 0: character, index: at } of line.matchAll(dangerous)) {
    sinceTab += line.slice(from, at);
    from = at + character.length;
    let shown = visible(character);
    if (character === '\t') {
      const cells = column + stringWidth(sinceTab);
      shown = ' '.repeat(tabWidth - (cells % tabWidth));
      column = cells + shown.length;
      sinceTab = '';
    } else {
      sinceTab += shown;
    }
    edits.push({ at, character, shown });
  }
  return edits;
}

function apply(text: string, edits: readonly Edit[]): string {
  let from = 0;
  let result = '';
  for (const { at, character, shown } of edits) {
    result += text.slice(from, at) + shown;
    from = at + character.length;
  }
  return result + text.slice(from);
}

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  // Of these only controls are dangerous.
  if (code < 0x80) return `^${String.fromCharCode(code ^ 0x40)}`;
  if (code < 0xa0) return `M-^${String.fromCharCode(code - 0x40)}`;
  return `\\u{${code.toString(16)}}`;
}
