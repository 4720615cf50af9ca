import { sanitiseLines } from '../../domain/sanitise.ts';
import {
  emptyRegion,
  inParts,
  lineCount,
  splitLines,
  type TextPiece,
  type TextRegion,
} from '../../domain/text-region.ts';
import { searchPattern } from './search.ts';

export type LineKind = 'heading' | 'stdout' | 'stderr' | 'notice';

/** Lines of one kind that follow one another. */
export interface Block {
  /** Its name in the document. */
  readonly name: string;
  readonly kind: LineKind;
  readonly region: TextRegion;
}

/** A line of a document; it stays the same line while others are read before and after it. */
export interface LinePlace {
  readonly block: string;
  /** ID of the line in the region of the block. */
  readonly id: number;
}

/** A block of lines that are there from the start. */
export function fixedBlock(name: string, kind: LineKind, text: readonly string[]): Block {
  const lines = text.flatMap((line) => (line === '' ? [''] : splitLines(line)));
  return { name, kind, region: { ...emptyRegion(true), pieces: [{ ...inParts(lines), size: 0 }] } };
}

/** What the output pane shows: blocks of lines, one below the other, as they came. Lines are counted from 0. */
export class OutputDocument {
  readonly blocks: readonly Block[];
  readonly length: number;
  readonly #starts: readonly number[];

  constructor(blocks: readonly Block[]) {
    this.blocks = blocks;
    let length = 0;
    this.#starts = blocks.map(({ region }) => {
      const start = length;
      length += lineCount(region);
      return start;
    });
    this.length = length;
  }

  /** The line and what it is; null behind the last. */
  lineAt(index: number): { readonly kind: LineKind; readonly text: string } | null {
    const at = this.#blockAt(index);
    const block = this.blocks[at];
    let offset = index - (this.#starts[at] ?? 0);
    for (const { lines } of block?.region.pieces ?? []) {
      const text = lines[offset];
      if (block && text !== undefined) return { kind: block.kind, text };
      offset -= lines.length;
    }
    return null;
  }

  placeOf(index: number): LinePlace | null {
    const at = this.#blockAt(index);
    const block = this.blocks[at];
    return block ? { block: block.name, id: block.region.firstId + index - (this.#starts[at] ?? 0) } : null;
  }

  /** Where the line is now, or the nearest one that is still there. */
  indexOf({ block: name, id }: LinePlace): number {
    const at = this.blocks.findIndex((block) => block.name === name);
    const block = this.blocks[at];
    if (!block) return 0;
    const last = Math.max(0, lineCount(block.region) - 1);
    return (this.#starts[at] ?? 0) + Math.max(0, Math.min(last, id - block.region.firstId));
  }

  /** Indexes of the first line of a block and of the one behind its last; both the end where there is no such block. */
  rangeOf(name: string): { readonly start: number; readonly end: number } {
    const at = this.blocks.findIndex((block) => block.name === name);
    if (at < 0) return { start: this.length, end: this.length };
    return { start: this.#starts[at] ?? this.length, end: this.#starts[at + 1] ?? this.length };
  }

  #blockAt(index: number): number {
    return this.#starts.findLastIndex(
      (start, at) => start <= index && lineCount(this.blocks[at]?.region ?? emptyRegion(true)) > 0,
    );
  }
}

/** Where a text occurs in a document. */
export interface Matches {
  /** Indexes of the lines that contain it. */
  readonly lines: readonly number[];
  /** How often it occurs in all. */
  readonly count: number;
}

export const noMatches: Matches = { lines: [], count: 0 };

/** Where a text occurs, in any case; headings are not looked at. */
export function findMatches(document: OutputDocument, text: string): Matches {
  const pattern = searchPattern(text);
  if (pattern === null) return noMatches;
  const lines: number[] = [];
  let count = 0;
  let start = 0;
  for (const { kind, region } of document.blocks) {
    for (const piece of region.pieces) {
      if (kind !== 'heading') {
        for (const found of matchesInPiece(piece, text, pattern)) {
          lines.push(start + found.line);
          count += found.count;
        }
      }
      start += piece.lines.length;
    }
  }
  return { lines, count };
}

/** Whether a text occurs in lines that were read, in any case. */
export function pieceMatches(piece: TextPiece, text: string): boolean {
  const pattern = searchPattern(text);
  return pattern !== null && matchesInPiece(piece, text, pattern).length > 0;
}

interface PieceMatch {
  readonly line: number;
  readonly count: number;
}

/** Pieces are immutable, and large: each is searched once for a text, as it is drawn. */
const searched = new WeakMap<TextPiece, { readonly text: string; readonly matches: readonly PieceMatch[] }>();

function matchesInPiece(piece: TextPiece, text: string, pattern: RegExp): readonly PieceMatch[] {
  const known = searched.get(piece);
  if (known?.text === text) return known.matches;
  const loose = searchPattern(text.replaceAll(/ +/g, ' ')) ?? pattern;
  const matches: PieceMatch[] = [];
  const look = (index: number) => {
    const count = countIn(piece.lines[index] ?? '', text, pattern, loose);
    if (count > 0) matches.push({ line: index, count });
  };
  // While one types on, only what had the beginning of the text can have all of it.
  if (known && text.startsWith(known.text)) for (const { line } of known.matches) look(line);
  else for (let index = 0; index < piece.lines.length; index += 1) look(index);
  searched.set(piece, { text, matches });
  return matches;
}

/** How often the text is in the line as it is drawn, without its colours. */
function countIn(line: string, text: string, pattern: RegExp, loose: RegExp): number {
  if (/^[ -~]*$/.test(line)) return line.match(pattern)?.length ?? 0;
  if (!line.includes('\t')) return sanitiseLines(line).join('').match(pattern)?.length ?? 0;
  // How wide a tab is takes long to find out, and seldom matters.
  const drawn = sanitiseLines(line.replaceAll('\t', ' ')).join('');
  const squeezed = drawn.replaceAll(/ +/g, ' ');
  const count = squeezed.match(loose)?.length ?? 0;
  return count === 0 || !text.includes(' ')
    ? count
    : (sanitiseLines(line).join('').match(pattern)?.length ?? 0);
}
