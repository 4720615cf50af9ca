import { mapCells } from '../../domain/fleet-map.ts';
import type { Invocation } from '../../domain/invocation.ts';
import { type SortOrder, worstFirst } from '../../domain/rows.ts';
import { clamp } from '../../domain/viewport.ts';
import { cursorIndex, type Drawn, type MapLayout, type Mode, type ScreenState } from '../state.ts';

/** Title, legend and what is said of the cell under the cursor. */
const otherLines = 3;
const margin = 1;

/** The rows as a map between header and footer, which are so many lines apart. */
export function mapLayout(rows: readonly Invocation[], columns: number, body: number): MapLayout {
  const lineCount = Math.max(1, body - otherLines);
  const cellsPerLine = Math.max(1, columns - 2 * margin);
  const known = layouts.get(rows);
  if (known?.lineCount === lineCount && known.cellsPerLine === cellsPerLine) return known;
  const layout = { cells: mapCells(rows, lineCount * cellsPerLine), cellsPerLine, lineCount };
  layouts.set(rows, layout);
  return layout;
}

/** A layout is asked for at every key and every frame, and changes with the rows and the size only. */
const layouts = new WeakMap<readonly Invocation[], MapLayout>();

/** The order of the rows that are shown; null for the order in which AWS listed them. */
export function shownOrder({
  mode,
  order,
  mapOrder,
}: Pick<ScreenState, 'mode' | 'order' | 'mapOrder'>): SortOrder | null {
  if (!isOnMap(mode)) return order;
  if (mapOrder === 'worst-first') return worstFirst;
  // A list that has the worst first, too, would give the same map: there the order is the one without any sorting.
  return order.column === worstFirst.column && order.inverted === worstFirst.inverted ? null : order;
}

/** The order of the map, in words. */
export function orderText(state: ScreenState): string {
  if (state.mapOrder === 'worst-first') return 'worst first';
  const order = shownOrder(state);
  return order === null ? 'as AWS lists them' : `by ${order.column}${order.inverted ? ', inverted' : ''}`;
}

/** Whether the map is what is shown, or what one comes back to. */
function isOnMap(mode: Mode): boolean {
  if (mode.kind === 'help') return isOnMap(mode.under);
  return mode.kind === 'map' || (mode.kind === 'detail' && mode.from === 'map');
}

/** Index of the cell under the cursor; −1 when there are none. */
export function cellIndex(state: ScreenState, { rowKeys, map: { cells } }: Drawn): number {
  const [full] = cells;
  return full ? Math.floor(cursorIndex(state, rowKeys) / full.count) : -1;
}

/** Index of the row that keys are about: the one under the cursor; of a cell of several, its worst. */
export function pointedRow(state: ScreenState, drawn: Drawn): number {
  const row = cursorIndex(state, drawn.rowKeys);
  return state.mode.kind === 'map' ? (drawn.map.cells[cellIndex(state, drawn)]?.worst ?? -1) : row;
}

/** The state with the cursor so many cells further. */
export function movedByCells(state: ScreenState, drawn: Drawn, by: number): ScreenState {
  return atCell(state, drawn, cellIndex(state, drawn) + by);
}

/** The state with the cursor so many lines of cells further, in the same column; ±∞ lead to the ends. */
export function movedByLines(state: ScreenState, drawn: Drawn, by: number): ScreenState {
  const { cells, cellsPerLine } = drawn.map;
  const index = cellIndex(state, drawn);
  if (!Number.isFinite(by)) return atCell(state, drawn, by);
  const lastLine = Math.ceil(cells.length / cellsPerLine) - 1;
  const line = clamp(Math.floor(index / cellsPerLine) + by, 0, lastLine);
  return atCell(state, drawn, line * cellsPerLine + (index % cellsPerLine));
}

function atCell(state: ScreenState, { rowKeys, map: { cells } }: Drawn, index: number): ScreenState {
  const selectedIndex = cells[clamp(index, 0, cells.length - 1)]?.worst;
  if (selectedIndex === undefined) return state;
  return { ...state, selectedKey: rowKeys[selectedIndex] ?? null, selectedIndex };
}
