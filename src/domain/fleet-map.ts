import type { Invocation } from './invocation.ts';
import { badnessOf } from './rows.ts';
import { type Phase, phaseOf } from './status.ts';
import { glyphOf } from './tone.ts';

/** A cell of the map: rows that follow on each other, shown as the worst of them. */
export interface MapCell {
  /** Index of its first row. */
  readonly first: number;
  /** How many rows it stands for; at least one. */
  readonly count: number;
  /** Index of its worst row; of several that are as bad, the first. */
  readonly worst: number;
  /** Phase and glyph of the worst row. */
  readonly phase: Phase;
  readonly glyph: string;
}

/**
 * The rows, in their order, as at most `room` cells. Each cell stands for as many rows as the one before, and no cell
 * for none; only the last one can stand for fewer.
 */
export function mapCells(rows: readonly Invocation[], room: number): MapCell[] {
  const perCell = Math.max(1, Math.ceil(rows.length / Math.max(1, room)));
  return Array.from({ length: Math.ceil(rows.length / perCell) }, (_, index) =>
    toCell(rows, index * perCell, Math.min(rows.length, (index + 1) * perCell)),
  );
}

function toCell(rows: readonly Invocation[], first: number, end: number): MapCell {
  let worst = first;
  let row = rows[first] as Invocation;
  for (let index = first + 1; index < end; index++) {
    const other = rows[index] as Invocation;
    if (badnessOf(other) < badnessOf(row)) {
      worst = index;
      row = other;
    }
  }
  return { first, count: end - first, worst, phase: phaseOf(row), glyph: glyphOf(row) };
}

/** How many rows have a StatusDetails, and how a cell of it looks. */
export interface LegendEntry {
  readonly statusDetails: string;
  readonly phase: Phase;
  readonly glyph: string;
  readonly count: number;
}

/** What the rows are, by phase and StatusDetails; the worst first. */
export function legendOf(rows: readonly Invocation[]): LegendEntry[] {
  const alike = Map.groupBy(rows, (row) => `${phaseOf(row)} ${row.statusDetails}`);
  return [...alike.values()]
    .flatMap(([first, ...others]) => (first ? [{ first, count: 1 + others.length }] : []))
    .sort((a, b) => (badnessOf(a.first) < badnessOf(b.first) ? -1 : 1))
    .map(({ first, count }) => ({
      statusDetails: first.statusDetails,
      phase: phaseOf(first),
      glyph: glyphOf(first),
      count,
    }));
}
