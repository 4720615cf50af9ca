import { type RowFilter, sortColumns } from '../domain/rows.ts';
import { clamp } from '../domain/viewport.ts';
import { nextFields, toggledParameters } from './detail/fields-mode.ts';
import { matchAbove, matchBelow } from './detail/matches.ts';
import type { Action } from './keys/actions.ts';
import { movedByCells, movedByLines, pointedRow } from './list/map-state.ts';
import {
  cursorIndex,
  type Drawn,
  groupIndex,
  isOverview,
  listTop,
  type Mode,
  outputTop,
  paneTop,
  type ScreenEvent,
  type ScreenState,
} from './state.ts';

type DetailMode = Extract<Mode, { kind: 'detail' }>;

/** The state after an action or an edit. Effects (leaving, copying, pausing) are not its business. */
export function reduce(state: ScreenState, event: ScreenEvent): ScreenState {
  switch (event.type) {
    case 'edit':
      return edited(state, event.text);
    case 'notice':
      return event.notice === state.notice ? state : { ...state, notice: event.notice };
    case 'action':
      return acted(state, event.action, event.drawn);
  }
}

function acted(state: ScreenState, action: Action | 'firstMatch', drawn: Drawn): ScreenState {
  switch (action) {
    case 'lineUp':
      return moved(state, drawn, -1);
    case 'lineDown':
      return moved(state, drawn, 1);
    case 'pageUp':
      return moved(state, drawn, -pageOf(state, drawn));
    case 'pageDown':
      return moved(state, drawn, pageOf(state, drawn));
    case 'halfPageUp':
      return moved(state, drawn, -Math.ceil(pageOf(state, drawn) / 2));
    case 'halfPageDown':
      return moved(state, drawn, Math.ceil(pageOf(state, drawn) / 2));
    case 'top':
      return moved(state, drawn, Number.NEGATIVE_INFINITY);
    case 'bottom':
      return moved(state, drawn, Number.POSITIVE_INFINITY);
    case 'cellLeft':
      return movedByCells(state, drawn, -1);
    case 'cellRight':
      return movedByCells(state, drawn, 1);
    case 'open':
      return opened(state, drawn);
    case 'openGroup':
      return narrowed(state, drawn);
    case 'nextOverview':
      return { ...state, mode: { kind: nextOverview(state.mode) } };
    case 'back':
      return back(state);
    case 'clear':
      return cleared(state);
    case 'help':
      return state.mode.kind === 'help'
        ? back(state)
        : { ...state, mode: { kind: 'help', top: 0, under: state.mode } };
    case 'filter':
      return { ...state, prompt: { purpose: 'filter', before: state.filter.text } };
    case 'search':
      return { ...state, search: '', prompt: { purpose: 'search', before: state.search } };
    case 'accept':
      return accepted(state);
    case 'cancel':
      return state.prompt ? { ...edited(state, state.prompt.before), prompt: null } : state;
    case 'failures':
      return { ...state, filter: { ...state.filter, failuresOnly: !state.filter.failuresOnly } };
    case 'sortNext':
      return sorted(state, 1);
    case 'sortPrevious':
      return sorted(state, -1);
    case 'sortInvert':
      return { ...state, order: { ...state.order, inverted: !state.order.inverted } };
    case 'mapOrder':
      return { ...state, mapOrder: state.mapOrder === 'list' ? 'worst-first' : 'list' };
    case 'nextPlugin':
      return otherPlugin(state, drawn, 1);
    case 'previousPlugin':
      return otherPlugin(state, drawn, -1);
    case 'wrap':
      // What is on top is known by its line, and stays there.
      return { ...state, wrap: !state.wrap };
    case 'follow':
      return followed(state, drawn);
    case 'fields':
      return { ...state, mode: nextFields(state.mode) };
    case 'parameters':
      return { ...state, mode: toggledParameters(state.mode) };
    case 'firstMatch':
      return atLine(state, drawn, drawn.output.matches.lines[0]);
    case 'nextMatch':
      return atLine(state, drawn, matchBelow(state, drawn.output) ?? drawn.output.matches.lines[0]);
    case 'previousMatch':
      return atLine(state, drawn, matchAbove(state, drawn.output) ?? drawn.output.matches.lines.at(-1));
    default:
      return state;
  }
}

/** Searching for nothing is searching for the same again, as in less. */
function accepted(state: ScreenState): ScreenState {
  const { prompt, search } = state;
  const again = prompt?.purpose === 'search' && search === '' ? prompt.before : search;
  return { ...state, search: again, prompt: null };
}

function edited(state: ScreenState, text: string): ScreenState {
  if (state.prompt?.purpose === 'filter') return { ...state, filter: { ...state.filter, text } };
  return state.prompt?.purpose === 'search' ? { ...state, search: text } : state;
}

function nextOverview({ kind }: Mode): 'list' | 'groups' | 'map' {
  if (kind === 'list') return 'groups';
  return kind === 'groups' ? 'map' : 'list';
}

function pageOf({ mode }: ScreenState, { listHeight, output, paneHeight, map }: Drawn): number {
  if (mode.kind === 'map') return map.lineCount;
  const height = mode.kind === 'detail' ? output.height : paneHeight;
  return Math.max(1, isOverview(mode) ? listHeight : height);
}

function moved(state: ScreenState, drawn: Drawn, by: number): ScreenState {
  if (state.mode.kind === 'groups') return movedGroup(state, drawn, by);
  if (state.mode.kind === 'map') return movedByLines(state, drawn, by);
  if (state.mode.kind !== 'list') return scrolled(state, drawn, by);
  if (drawn.rowKeys.length === 0) return state;
  const selectedIndex = clamp(cursorIndex(state, drawn.rowKeys) + by, 0, drawn.rowKeys.length - 1);
  const next = { ...state, selectedKey: drawn.rowKeys[selectedIndex] ?? null, selectedIndex };
  return { ...next, top: listTop(next, drawn) };
}

function movedGroup(state: ScreenState, { groupKeys }: Drawn, by: number): ScreenState {
  if (groupKeys.length === 0) return state;
  const index = clamp(groupIndex(state, groupKeys) + by, 0, groupKeys.length - 1);
  return { ...state, selectedGroupKey: groupKeys[index] ?? null };
}

function scrolled(state: ScreenState, drawn: Drawn, by: number): ScreenState {
  const { mode } = state;
  if (mode.kind === 'detail') return scrolledOutput(state, mode, drawn, by);
  if (mode.kind !== 'help' && mode.kind !== 'fields') return state;
  const top = clamp(paneTop(state, drawn) + by, 0, Math.max(0, drawn.paneLineCount - drawn.paneHeight));
  return { ...state, mode: { ...mode, top } };
}

function scrolledOutput(state: ScreenState, mode: DetailMode, { output }: Drawn, by: number): ScreenState {
  const top = output.moved(outputTop(state), by);
  // The ends are those of the whole output, also of what has not been read yet.
  const end = top === 'start' || top === 'end' ? top : mode.end;
  return { ...state, match: null, follow: state.follow && by > 0, mode: { ...mode, top, end } };
}

function atLine(state: ScreenState, { output }: Drawn, line: number | undefined): ScreenState {
  if (line === undefined || state.mode.kind !== 'detail') return state;
  const mode = { ...state.mode, top: output.topAtLine(line) };
  return { ...state, match: output.document.placeOf(line), follow: false, mode };
}

/** Following begins at the end, and ends there. */
function followed(state: ScreenState, { output }: Drawn): ScreenState {
  const { mode } = state;
  if (mode.kind !== 'detail') return state;
  const top = state.follow ? output.anchored('end') : mode.top;
  return { ...state, follow: !state.follow, mode: { ...mode, top, end: state.follow ? mode.end : 'end' } };
}

function opened(state: ScreenState, drawn: Drawn): ScreenState {
  const selectedIndex = pointedRow(state, drawn);
  const invocationKey = drawn.rowKeys[selectedIndex];
  if (invocationKey === undefined) return state;
  const from = state.mode.kind === 'map' ? 'map' : 'list';
  const mode: Mode = { kind: 'detail', invocationKey, pluginIndex: null, top: 'start', end: 'start', from };
  return { ...state, selectedKey: invocationKey, selectedIndex, match: null, follow: false, mode };
}

function back(state: ScreenState): ScreenState {
  const { mode } = state;
  if (mode.kind === 'help' || mode.kind === 'fields') return { ...state, mode: mode.under };
  return { ...state, mode: { kind: mode.kind === 'detail' ? mode.from : 'list' } };
}

/** The list of the instances of the group under the cursor. */
function narrowed(state: ScreenState, { groupKeys }: Drawn): ScreenState {
  const group = groupKeys[groupIndex(state, groupKeys)];
  if (group === undefined) return state;
  const filter = { ...state.filter, group };
  return {
    ...state,
    selectedGroupKey: group,
    filter,
    mode: { kind: 'list' },
    selectedKey: null,
    selectedIndex: 0,
    top: 0,
  };
}

/** Takes away one limit: the text, then the group that was opened, then `f`, then the statuses. */
function cleared(state: ScreenState): ScreenState {
  const { filter } = state;
  if (filter.text === '' && filter.group !== null)
    return { ...state, filter: { ...filter, group: null }, mode: { kind: 'groups' } };
  return { ...state, filter: withoutOneLimit(filter) };
}

function withoutOneLimit(filter: RowFilter): RowFilter {
  if (filter.text !== '') return { ...filter, text: '' };
  return filter.failuresOnly ? { ...filter, failuresOnly: false } : { ...filter, statuses: [] };
}

function sorted(state: ScreenState, step: number): ScreenState {
  const index = sortColumns.indexOf(state.order.column) + step;
  const column = sortColumns.at(index % sortColumns.length) ?? 'status';
  return { ...state, order: { column, inverted: false } };
}

function otherPlugin(
  state: ScreenState,
  { pluginCount, shownPluginIndex }: Drawn,
  step: number,
): ScreenState {
  if (state.mode.kind !== 'detail' || pluginCount === 0) return state;
  const pluginIndex = (shownPluginIndex + step + pluginCount) % pluginCount;
  return { ...state, match: null, mode: { ...state.mode, pluginIndex, top: 'start', end: 'start' } };
}
