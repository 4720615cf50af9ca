import { everything, type RowFilter, type SortOrder, sortColumns, worstFirst } from '../domain/rows.ts';
import { clamp, topFor } from '../domain/viewport.ts';
import type { Action } from './keymap.ts';

/** What fills the screen. */
export type Mode =
  | { readonly kind: 'list' }
  | {
      readonly kind: 'detail';
      /** invocationKey of the row that was opened. */
      readonly invocation: string;
      /** Index of the plugin whose output was asked for; null for the one that tells most. */
      readonly plugin: number | null;
      /** First visible line of the output. */
      readonly top: number;
    }
  | { readonly kind: 'help'; readonly top: number; readonly under: Exclude<Mode, { kind: 'help' }> };

/** A line of input at the bottom of the screen. */
export interface Prompt {
  readonly purpose: 'filter' | 'search';
  /** What held before; Esc brings it back. */
  readonly before: string;
}

/** The screen truth: everything that is not read from AWS and cannot be derived. */
export interface ScreenState {
  readonly mode: Mode;
  readonly prompt: Prompt | null;
  readonly filter: RowFilter;
  readonly order: SortOrder;
  /** invocationKey of the row with the cursor; null as long as the cursor has not been moved: it is on the first row. */
  readonly selected: string | null;
  /** Index at which the cursor was last, for when its row is filtered away. */
  readonly cursor: number;
  /** First visible row. */
  readonly top: number;
  /** Text looked for in outputs. */
  readonly search: string;
  /** Line of the match that `n` goes on from; null where one has scrolled since. */
  readonly match: number | null;
  readonly wrap: boolean;
  /** Whether the output is kept at its end. */
  readonly follow: boolean;
  /** What was just done, or could not be done; until the next key. */
  readonly notice: string | null;
}

/** What the reducer must know of what is derived and drawn. */
export interface Drawn {
  /** Keys of the rows that pass the filter, in order. */
  readonly rows: readonly string[];
  /** Lines for rows. */
  readonly listHeight: number;
  /** Lines that the pane (output, help) has in all, and how many of them are visible. */
  readonly paneLines: number;
  readonly paneHeight: number;
  /** Plugins of the invocation that is open, and the index of the one whose output is shown. */
  readonly plugins: number;
  readonly chosen: number;
  /** Indexes of the pane's lines that contain the search text. */
  readonly found: readonly number[];
}

export type ScreenEvent =
  | { readonly type: 'action'; readonly action: Action | 'firstMatch'; readonly drawn: Drawn }
  /** The text in the prompt after editing. */
  | { readonly type: 'edit'; readonly text: string }
  | { readonly type: 'notice'; readonly notice: string | null };

export function initialState(filter: RowFilter = everything): ScreenState {
  return {
    mode: { kind: 'list' },
    prompt: null,
    filter,
    order: worstFirst,
    selected: null,
    cursor: 0,
    top: 0,
    search: '',
    match: null,
    wrap: false,
    follow: false,
    notice: null,
  };
}

/** Index of the cursor among the drawn rows; −1 when there are none. */
export function cursorIndex({ selected, cursor }: ScreenState, rows: readonly string[]): number {
  if (rows.length === 0) return -1;
  if (selected === null) return 0;
  const index = rows.indexOf(selected);
  return index >= 0 ? index : clamp(cursor, 0, rows.length - 1);
}

/** First visible row, so that the cursor is in sight. */
export function listTop(
  state: ScreenState,
  { rows, listHeight }: Pick<Drawn, 'rows' | 'listHeight'>,
): number {
  return topFor(cursorIndex(state, rows), { top: state.top, height: listHeight }, rows.length);
}

/** First visible line of a pane, which may have got shorter, or is kept at its end. */
export function paneTop(
  { mode, follow }: ScreenState,
  { paneLines, paneHeight }: Pick<Drawn, 'paneLines' | 'paneHeight'>,
): number {
  const lowest = Math.max(0, paneLines - paneHeight);
  if (mode.kind === 'list') return 0;
  return mode.kind === 'detail' && follow ? lowest : clamp(mode.top, 0, lowest);
}

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
    case 'open':
      return opened(state, drawn);
    case 'back':
      return back(state);
    case 'clear':
      return { ...state, filter: cleared(state.filter) };
    case 'help':
      return state.mode.kind === 'help'
        ? back(state)
        : { ...state, mode: { kind: 'help', top: 0, under: state.mode } };
    case 'filter':
      return { ...state, prompt: { purpose: 'filter', before: state.filter.text } };
    case 'search':
      return { ...state, prompt: { purpose: 'search', before: state.search } };
    case 'accept':
      return { ...state, prompt: null };
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
    case 'nextPlugin':
      return otherPlugin(state, drawn, 1);
    case 'previousPlugin':
      return otherPlugin(state, drawn, -1);
    case 'wrap':
      return { ...state, wrap: !state.wrap };
    case 'follow':
      return followed(state, drawn);
    case 'firstMatch':
      return atLine(state, drawn.found[0]);
    case 'nextMatch':
      return atLine(state, drawn.found.find((line) => line > currentLine(state, drawn)) ?? drawn.found[0]);
    case 'previousMatch':
      return atLine(
        state,
        drawn.found.findLast((line) => line < currentLine(state, drawn)) ?? drawn.found.at(-1),
      );
    default:
      return state;
  }
}

function edited(state: ScreenState, text: string): ScreenState {
  if (state.prompt?.purpose === 'filter') return { ...state, filter: { ...state.filter, text } };
  return state.prompt?.purpose === 'search' ? { ...state, search: text } : state;
}

function pageOf({ mode }: ScreenState, { listHeight, paneHeight }: Drawn): number {
  return Math.max(1, mode.kind === 'list' ? listHeight : paneHeight);
}

function moved(state: ScreenState, drawn: Drawn, by: number): ScreenState {
  if (state.mode.kind !== 'list') return scrolled(state, drawn, by);
  if (drawn.rows.length === 0) return state;
  const cursor = clamp(cursorIndex(state, drawn.rows) + by, 0, drawn.rows.length - 1);
  const next = { ...state, selected: drawn.rows[cursor] ?? null, cursor };
  return { ...next, top: listTop(next, drawn) };
}

function scrolled(state: ScreenState, drawn: Drawn, by: number): ScreenState {
  if (state.mode.kind === 'list') return state;
  const lowest = Math.max(0, drawn.paneLines - drawn.paneHeight);
  const top = clamp(paneTop(state, drawn) + by, 0, lowest);
  const follow = state.mode.kind === 'detail' ? state.follow && by > 0 : state.follow;
  return { ...state, match: null, follow, mode: { ...state.mode, top } };
}

function atLine(state: ScreenState, line: number | undefined): ScreenState {
  if (line === undefined || state.mode.kind === 'list') return state;
  return { ...state, match: line, follow: false, mode: { ...state.mode, top: line } };
}

/** Line that `n` and `N` go on from: the match they came to, which can be below the top of the last page. */
function currentLine(state: ScreenState, drawn: Drawn): number {
  return state.match ?? paneTop(state, drawn);
}

/** Following begins at the end, and ends there. */
function followed(state: ScreenState, drawn: Drawn): ScreenState {
  if (state.mode.kind !== 'detail') return state;
  return { ...state, follow: !state.follow, mode: { ...state.mode, top: paneTop(state, drawn) } };
}

function opened(state: ScreenState, { rows }: Drawn): ScreenState {
  const cursor = cursorIndex(state, rows);
  const invocation = rows[cursor];
  if (invocation === undefined) return state;
  const mode: Mode = { kind: 'detail', invocation, plugin: null, top: 0 };
  return { ...state, selected: invocation, cursor, match: null, follow: false, mode };
}

function back(state: ScreenState): ScreenState {
  const { mode } = state;
  return { ...state, mode: mode.kind === 'help' ? mode.under : { kind: 'list' } };
}

/** Takes away one limit: the text, then `f`, then the statuses. */
function cleared(filter: RowFilter): RowFilter {
  if (filter.text !== '') return { ...filter, text: '' };
  return filter.failuresOnly ? { ...filter, failuresOnly: false } : { ...filter, statuses: [] };
}

function sorted(state: ScreenState, step: number): ScreenState {
  const index = sortColumns.indexOf(state.order.column) + step;
  const column = sortColumns.at(index % sortColumns.length) ?? 'status';
  return { ...state, order: { column, inverted: false } };
}

function otherPlugin(state: ScreenState, { plugins, chosen }: Drawn, step: number): ScreenState {
  if (state.mode.kind !== 'detail' || plugins === 0) return state;
  const plugin = (chosen + step + plugins) % plugins;
  return { ...state, match: null, mode: { ...state.mode, plugin, top: 0 } };
}
