import stringWidth from 'string-width';
import { type StyledSpan, sanitiseStyledLine } from '../../domain/sanitise.ts';
import { clamp } from '../../domain/viewport.ts';
import { Derived } from '../derived.ts';
import type { LineKind, LinePlace, Matches, OutputDocument } from './output-document.ts';

/** First visible row of the output: an end of it, or a line and which of its rows where it is wrapped. */
export type OutputTop = 'start' | 'end' | (LinePlace & { readonly row: number });

/** A row of the pane. */
export interface OutputRow {
  /** Identity on the screen. */
  readonly key: string;
  /** Index of the line that it is, or is a part of. */
  readonly line: number;
  readonly kind: LineKind;
  readonly spans: readonly StyledSpan[];
}

/** A row of a document: the index of its line, and which of the line's rows. */
interface RowPlace {
  readonly line: number;
  readonly row: number;
}

/** What is missing, and how to get it, comes last in a notice. */
const mostNoticeRows = 3;

const nothing = { kind: 'notice', text: '' } as const;

/** The part of a document that a pane shows. Only lines near to it are ever laid out: there may be a million others. */
export class OutputView {
  readonly document: OutputDocument;
  readonly matches: Matches;
  readonly height: number;
  /** Cells at which lines are wrapped; null when they are cut. */
  readonly wrapWidth: number | null;
  /** Cells of a line that matter when lines are cut, as `cutWidth` tells; Ink cuts what is drawn at the edge. */
  readonly #cutWidth: number;
  /** Cells at which notices are wrapped where other lines are cut. */
  readonly #noticeWidth: number;
  readonly #rows = new Derived<readonly OutputRow[]>();

  constructor(
    document: OutputDocument,
    matches: Matches,
    height: number,
    wrapWidth: number | null,
    cutWidth: number,
    noticeWidth: number,
  ) {
    this.document = document;
    this.matches = matches;
    this.height = height;
    this.wrapWidth = wrapWidth;
    this.#cutWidth = cutWidth;
    this.#noticeWidth = noticeWidth;
  }

  /** The rows that are visible. */
  rows(top: OutputTop): readonly OutputRow[] {
    return this.#rows.of([top], () => this.#rowsFrom(top));
  }

  #rowsFrom(top: OutputTop): OutputRow[] {
    const rows: OutputRow[] = [];
    const first = this.#resolve(top);
    for (let line = first.line; rows.length < this.height && line < this.document.length; line += 1) {
      const { kind, text } = this.document.lineAt(line) ?? nothing;
      const place = this.document.placeOf(line);
      const laidOut = this.#layOut(kind, text).map((spans, row) => ({
        key: `${place?.block} ${place?.id} ${row}`,
        line,
        kind,
        spans,
      }));
      rows.push(...laidOut.slice(line === first.line ? first.row : 0));
    }
    return rows.slice(0, this.height).map((row) => ({ ...row, spans: row.spans.map(copied) }));
  }

  /** The top after moving by so many rows. */
  moved(top: OutputTop, by: number): OutputTop {
    if (by === Number.NEGATIVE_INFINITY) return 'start';
    if (by === Number.POSITIVE_INFINITY) return 'end';
    const from = this.#resolve(top);
    return this.#topAt(by < 0 ? this.#up(from, -by) : this.#down(from, by));
  }

  /** The top that shows a line first, as far as the last page lets it. */
  topAtLine(line: number): OutputTop {
    return this.#topAt(this.#notBelowLast({ line, row: 0 }));
  }

  /** The top as a line, so that what is read later does not move it. */
  anchored(top: OutputTop): OutputTop {
    return this.#topAt(this.#resolve(top));
  }

  /** Index of the first visible line. */
  firstLine(top: OutputTop): number {
    return this.#resolve(top).line;
  }

  #resolve(top: OutputTop): RowPlace {
    if (top === 'start') return { line: 0, row: 0 };
    if (top === 'end') return this.#lastTop();
    const line = this.document.indexOf(top);
    return this.#notBelowLast({ line, row: clamp(top.row, 0, this.#rowsOf(line) - 1) });
  }

  #topAt({ line, row }: RowPlace): OutputTop {
    const place = this.document.placeOf(line);
    return place ? { ...place, row } : 'start';
  }

  #notBelowLast(place: RowPlace): RowPlace {
    // Far from the end nothing needs to be laid out to know it.
    if (this.document.length - place.line > this.height) return place;
    const last = this.#lastTop();
    return place.line > last.line || (place.line === last.line && place.row > last.row) ? last : place;
  }

  /** The top with which the last row is at the bottom. */
  #lastTop(): RowPlace {
    const line = this.document.length - 1;
    if (line < 0) return { line: 0, row: 0 };
    return this.#up({ line, row: this.#rowsOf(line) - 1 }, Math.max(0, this.height - 1));
  }

  #up({ line, row }: RowPlace, by: number): RowPlace {
    if (by <= row) return { line, row: row - by };
    if (line === 0) return { line: 0, row: 0 };
    return this.#upFrom(line, by - row);
  }

  #upFrom(below: number, by: number): RowPlace {
    let left = by;
    for (let line = below - 1; line >= 0; line -= 1) {
      const rows = this.#rowsOf(line);
      if (left <= rows) return { line, row: rows - left };
      left -= rows;
    }
    return { line: 0, row: 0 };
  }

  #down({ line, row }: RowPlace, by: number): RowPlace {
    let left = by + row;
    for (let at = line; at < this.document.length; at += 1) {
      const rows = this.#rowsOf(at);
      if (left < rows) return this.#notBelowLast({ line: at, row: left });
      left -= rows;
    }
    return this.#lastTop();
  }

  #rowsOf(line: number): number {
    const { kind, text } = this.document.lineAt(line) ?? nothing;
    return this.wrapWidth === null && kind !== 'notice' ? 1 : this.#layOut(kind, text).length;
  }

  /** The rows of one line. */
  #layOut(kind: LineKind, text: string): StyledSpan[][] {
    const spans = sanitiseStyledLine(text);
    if (this.wrapWidth !== null) return wrapSpans(spans, this.wrapWidth);
    const rows = kind === 'notice' ? wrapWords(spans, this.#noticeWidth, mostNoticeRows) : [spans];
    return rows.map((row) => cutSpans(row, this.#cutWidth));
  }
}

/**
 * With a text of its own. A part of a string keeps all of that alive, and Ink remembers thousands of the texts that it
 * drew: each would keep the whole chunk that its line was read in. What is drawn is well-formed, so UTF-8 has all of it.
 */
function copied({ text, style }: StyledSpan): StyledSpan {
  return { text: Buffer.from(text).toString(), style };
}

/**
 * Cells of a cut line on a screen of so many columns that tell how it is drawn: those that are seen, and what a match
 * that begins there can have behind them. A character is at most two cells wide.
 */
export function cutWidth(columns: number, search: string): number {
  return columns + 2 * search.length;
}

/** The first spans of a line, a character wider than so many cells where it goes on: it is seen that it does. */
export function cutSpans(spans: readonly StyledSpan[], width: number): StyledSpan[] {
  const plain = spans.map(({ text }) => text).join('');
  return sliceSpans(spans, 0, endBehind(plain, width)).map(({ text, style }) => ({ text, style }));
}

/** Where the first character ends that is not within so many cells. */
function endBehind(text: string, width: number): number {
  if (text.length <= width / 2) return text.length;
  let cells = 0;
  for (const { segment, index } of characters.segment(text)) {
    cells += widthOf(segment);
    if (cells > width) return index + segment.length;
  }
  return text.length;
}

/** Spans in rows of at most so many cells; a character that is wider still has a row to itself. */
export function wrapSpans(spans: readonly StyledSpan[], width: number): StyledSpan[][] {
  const plain = spans.map(({ text }) => text).join('');
  const starts = rowStarts(plain, Math.max(1, width));
  return starts.map((start, row) => sliceSpans(spans, start, starts[row + 1] ?? plain.length));
}

/** Spans in so many rows at most, between words where there are any; the last has all the rest. */
export function wrapWords(spans: readonly StyledSpan[], width: number, most: number): StyledSpan[][] {
  const plain = spans.map(({ text }) => text).join('');
  const rows: StyledSpan[][] = [];
  let start = 0;
  while (rows.length < most - 1) {
    const end = start + fittingLength(plain.slice(start, start + enoughToWrap), Math.max(1, width));
    if (end >= plain.length) break;
    const space = plain.lastIndexOf(' ', end);
    const isBetweenWords = space > start && plain.slice(start, space).trim() !== '';
    rows.push(sliceSpans(spans, start, isBetweenWords ? space : end));
    start = isBetweenWords ? space + 1 : end;
  }
  return [...rows, sliceSpans(spans, start, plain.length)];
}

/** More characters than these fill any row. */
const enoughToWrap = 10_000;

/** How many characters of the text are within so many cells, at least one. */
function fittingLength(text: string, width: number): number {
  let cells = 0;
  for (const { segment, index } of characters.segment(text)) {
    cells += widthOf(segment);
    if (cells > width) return index || segment.length;
  }
  return text.length;
}

const characters = new Intl.Segmenter();

/** Where the rows of a text begin. wrap-ansi normalises what it wraps: nothing would be found again in its rows. */
function rowStarts(text: string, width: number): number[] {
  if (/^[ -~]*$/.test(text)) {
    return Array.from({ length: Math.max(1, Math.ceil(text.length / width)) }, (_, row) => row * width);
  }
  const starts = [0];
  let cells = 0;
  for (const { segment, index } of characters.segment(text)) {
    const more = widthOf(segment);
    if (cells + more > width && cells > 0) {
      starts.push(index);
      cells = 0;
    }
    cells += more;
  }
  return starts;
}

/** Cells of the characters that were met: finding them out takes longer than all else. */
const widths = new Map<string, number>();
const mostWidths = 10_000;

function widthOf(character: string): number {
  const known = widths.get(character);
  if (known !== undefined) return known;
  if (widths.size >= mostWidths) widths.clear();
  const width = stringWidth(character);
  widths.set(character, width);
  return width;
}

/** A span, and where it begins in the text. */
export type PlacedSpan = StyledSpan & { readonly at: number };

/** The spans of a part of the text. */
export function sliceSpans(spans: readonly StyledSpan[], from: number, to: number): PlacedSpan[] {
  let end = 0;
  return spans.flatMap((span) => {
    const start = end;
    end += span.text.length;
    const text = span.text.slice(Math.max(0, from - start), Math.max(0, to - start));
    return text === '' ? [] : [{ ...span, text, at: Math.max(from, start) }];
  });
}
