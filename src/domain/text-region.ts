/** Lines that were read at once. */
export interface TextPiece {
  readonly lines: readonly string[];
  /** Indexes of the lines that are no lines of the text, but go on with the one before; absent where there are none. */
  readonly continued?: ReadonlySet<number>;
  /** How much of the source they are: bytes, or characters where the source has no bytes. */
  readonly size: number;
}

/**
 * A part of a long text: the lines between two places of it. Lines keep their IDs, consecutive numbers, while others are
 * read before and after them, so that what is on the screen stays where it is.
 */
export interface TextRegion {
  readonly pieces: readonly TextPiece[];
  /** ID of the first line; negative where lines were read backwards. */
  readonly firstId: number;
  /** ID of the first line of the whole text; null as long as the beginning has not been seen. */
  readonly zeroId: number | null;
}

/** A region without lines, at the beginning of its text or somewhere in it. */
export function emptyRegion(atBeginning: boolean): TextRegion {
  return { pieces: [], firstId: 0, zeroId: atBeginning ? 0 : null };
}

/** The region of a text that is there as a whole. */
export function wholeRegion(text: string): TextRegion {
  const piece = { ...inParts(splitLines(text)), size: text.length };
  return { pieces: piece.lines.length === 0 ? [] : [piece], firstId: 0, zeroId: 0 };
}

/** With what was read behind its last line. */
export function appended(region: TextRegion, piece: TextPiece): TextRegion {
  return piece.size === 0 ? region : { ...region, pieces: [...region.pieces, piece] };
}

/** With what was read before its first line, and whether that is where the text begins. */
export function prepended(region: TextRegion, piece: TextPiece, atBeginning: boolean): TextRegion {
  const firstId = region.firstId - piece.lines.length;
  const pieces = piece.size === 0 ? region.pieces : [piece, ...region.pieces];
  return { pieces, firstId, zeroId: atBeginning ? firstId : region.zeroId };
}

/** Without the first pieces, as many as make it no larger than `most`; the last one stays. */
export function withoutFirst(region: TextRegion, most: number): TextRegion {
  const [first, ...others] = region.pieces;
  if (!first || others.length === 0 || sizeOf(region) <= most) return region;
  return withoutFirst({ ...region, pieces: others, firstId: region.firstId + first.lines.length }, most);
}

/** Without the last pieces, as many as make it no larger than `most`; the first one stays. */
export function withoutLast(region: TextRegion, most: number): TextRegion {
  if (region.pieces.length <= 1 || sizeOf(region) <= most) return region;
  return withoutLast({ ...region, pieces: region.pieces.slice(0, -1) }, most);
}

/** How much of its text the region is, in the unit of its pieces. */
export function sizeOf({ pieces }: TextRegion): number {
  return pieces.reduce((sum, { size }) => sum + size, 0);
}

export function lineCount({ pieces }: TextRegion): number {
  return pieces.reduce((sum, { lines }) => sum + lines.length, 0);
}

/** The lines of the region as a text. */
export function textOf({ pieces }: TextRegion): string {
  return pieces
    .flatMap(({ lines, continued }) =>
      lines.map((line, index) => (continued?.has(index) ? line : `\n${line}`)),
    )
    .join('')
    .slice(1);
}

/** A line that is longer is shown in parts: no pane can do anything with it. */
const longestLine = 10_000;

/** The lines of a text, without what ends them. A final newline makes no further line. */
export function splitLines(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Lines as they can be shown: those that are too long in parts. */
export function inParts(whole: readonly string[]): Pick<TextPiece, 'lines' | 'continued'> {
  if (!whole.some(({ length }) => length > longestLine)) return { lines: whole };
  const lines: string[] = [];
  const continued = new Set<number>();
  for (const line of whole) {
    const [first = '', ...others] = partsOf(line);
    lines.push(first);
    for (const part of others) continued.add(lines.push(part) - 1);
  }
  return { lines, continued };
}

/** No character is cut in two. */
const linePart = new RegExp(`.{1,${longestLine}}`, 'gsu');

function partsOf(line: string): readonly string[] {
  return line.length <= longestLine ? [line] : (line.match(linePart) ?? []);
}

const newline = 0x0a;
const carriageReturn = 0x0d;

/**
 * The whole lines in bytes that begin where a line does: `size` ends with the last newline, or with the bytes where the
 * text ends. Without a newline it is the beginning of a long line.
 */
export function wholeLinesFrom(bytes: Uint8Array, atEnd: boolean): TextPiece {
  const last = bytes.lastIndexOf(newline);
  const size = atEnd ? bytes.length : last < 0 ? beforeLastCharacter(bytes) : last + 1;
  return { ...inParts(splitLines(decode(bytes.subarray(0, size)))), size };
}

/**
 * The whole lines in bytes that end where a line does: those behind the first newline, or all at the beginning. Without
 * a newline it is the end of a long line.
 */
export function wholeLinesUpTo(bytes: Uint8Array, atBeginning: boolean): TextPiece {
  const first = bytes.indexOf(newline);
  const isWithin = first < 0 || first === bytes.length - 1;
  const skipped = atBeginning ? 0 : isWithin ? firstCharacter(bytes) : first + 1;
  return { ...inParts(splitLines(decode(bytes.subarray(skipped)))), size: bytes.length - skipped };
}

/** Where the last character begins: it is left to what comes next, which so never begins with the end of the line. */
function beforeLastCharacter(bytes: Uint8Array): number {
  let at = bytes.length - 1;
  while (at > 0 && bytes[at] === carriageReturn) at -= 1;
  const most = Math.max(0, at - longestContinuation);
  while (at > most && isContinuation(bytes[at])) at -= 1;
  return at > 0 ? at : bytes.length;
}

/** Where the first whole character begins. */
function firstCharacter(bytes: Uint8Array): number {
  let at = 0;
  while (at < longestContinuation && isContinuation(bytes[at])) at += 1;
  return at < bytes.length ? at : 0;
}

/** A character of UTF-8 has so many bytes behind its first at most. */
const longestContinuation = 3;

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

/** What is no UTF-8 comes out as U+FFFD. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
