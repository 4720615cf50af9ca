import { clamp } from '../../domain/viewport.ts';
import type { Action } from '../keys/keymap.ts';
import { cursorIndex, listTop, type Prompt } from '../state.ts';

/** The picker's own truth: everything that is not read from AWS and cannot be derived. */
export interface PickerState {
  /** First visible line of the help; null while that is not shown. */
  readonly help: number | null;
  readonly prompt: Prompt | null;
  /** Text that the listed commands must contain. */
  readonly text: string;
  /** ID of the command with the cursor; null before there is one. */
  readonly selected: string | null;
  /** Index at which the cursor was last, for when its command is filtered away. */
  readonly cursor: number;
  /** First visible row. */
  readonly top: number;
  /** What was just done, or could not be done; until the next key. */
  readonly notice: string | null;
}

/** What the reducer must know of what is derived and drawn. */
export interface PickerDrawn {
  /** IDs of the commands that pass the filter, in order. */
  readonly rows: readonly string[];
  readonly listHeight: number;
  /** Lines of the help in all, and how many of them are visible. */
  readonly helpLines: number;
  readonly helpHeight: number;
}

export type PickerEvent =
  | { readonly type: 'action'; readonly action: Action; readonly drawn: PickerDrawn }
  /** Commands that pass the filter are there. */
  | { readonly type: 'listed'; readonly rows: readonly string[] }
  /** The text in the prompt after editing. */
  | { readonly type: 'edit'; readonly text: string }
  | { readonly type: 'notice'; readonly notice: string | null };

export const initialPickerState: PickerState = {
  help: null,
  prompt: null,
  text: '',
  selected: null,
  cursor: 0,
  top: 0,
  notice: null,
};

/** The state after an event. Effects (watching, leaving, copying) are not its business. */
export function reducePicker(state: PickerState, event: PickerEvent): PickerState {
  switch (event.type) {
    case 'action':
      return acted(state, event.action, event.drawn);
    case 'listed':
      // Bound from the start: a command that is sent meanwhile must not slip under the finger on Enter.
      return state.selected === null && event.rows[0] !== undefined
        ? { ...state, selected: event.rows[0] }
        : state;
    case 'edit':
      return { ...state, text: event.text };
    case 'notice':
      return event.notice === state.notice ? state : { ...state, notice: event.notice };
  }
}

/** First visible line of the help, of which a larger screen shows more. */
export function helpTop(
  { help }: PickerState,
  { helpLines, helpHeight }: Pick<PickerDrawn, 'helpLines' | 'helpHeight'>,
): number {
  return clamp(help ?? 0, 0, Math.max(0, helpLines - helpHeight));
}

function acted(state: PickerState, action: Action, drawn: PickerDrawn): PickerState {
  const page = Math.max(1, state.help === null ? drawn.listHeight : drawn.helpHeight);
  switch (action) {
    case 'lineUp':
      return moved(state, drawn, -1);
    case 'lineDown':
      return moved(state, drawn, 1);
    case 'pageUp':
      return moved(state, drawn, -page);
    case 'pageDown':
      return moved(state, drawn, page);
    case 'halfPageUp':
      return moved(state, drawn, -Math.ceil(page / 2));
    case 'halfPageDown':
      return moved(state, drawn, Math.ceil(page / 2));
    case 'top':
      return moved(state, drawn, Number.NEGATIVE_INFINITY);
    case 'bottom':
      return moved(state, drawn, Number.POSITIVE_INFINITY);
    case 'help':
      return { ...state, help: state.help === null ? 0 : null };
    case 'back':
      return { ...state, help: null };
    case 'filter':
      return { ...state, prompt: { purpose: 'filter', before: state.text } };
    case 'accept':
      return { ...state, prompt: null };
    case 'cancel':
      return state.prompt ? { ...state, text: state.prompt.before, prompt: null } : state;
    case 'clear':
      return { ...state, text: '' };
    default:
      return state;
  }
}

function moved(state: PickerState, drawn: PickerDrawn, by: number): PickerState {
  if (state.help !== null) {
    const lowest = Math.max(0, drawn.helpLines - drawn.helpHeight);
    return { ...state, help: clamp(helpTop(state, drawn) + by, 0, lowest) };
  }
  if (drawn.rows.length === 0) return state;
  const cursor = clamp(cursorIndex(state, drawn.rows) + by, 0, drawn.rows.length - 1);
  const next = { ...state, selected: drawn.rows[cursor] ?? null, cursor };
  return { ...next, top: listTop(next, drawn) };
}
