const emojiRest = '(?:\\p{Emoji_Modifier}|\\ufe0f|\\u200d\\p{Extended_Pictographic})*';

/**
 * What is looked for, in any case, as a pattern that finds all of it; null for an empty text. An emoji is found with all
 * that belongs to it: Ink would not draw a part of it in another style.
 */
export function searchPattern(text: string): RegExp | null {
  if (text === '') return null;
  return new RegExp(`${text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}${emojiRest}`, 'giu');
}

/** A piece of a line. */
export interface Piece {
  /** Where it begins in the line. */
  readonly at: number;
  readonly text: string;
  readonly isMatch: boolean;
}

/** A line taken apart into matches and what is between them. */
export function splitAtMatches(line: string, text: string): Piece[] {
  const pattern = searchPattern(text);
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of pattern === null ? [] : line.matchAll(pattern)) {
    pieces.push({ at: from, text: line.slice(from, match.index), isMatch: false });
    pieces.push({ at: match.index, text: match[0], isMatch: true });
    from = match.index + match[0].length;
  }
  pieces.push({ at: from, text: line.slice(from), isMatch: false });
  return pieces.filter((piece) => piece.text !== '');
}
