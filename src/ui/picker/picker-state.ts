import { clamp } from '../../domain/viewport.ts';
import type { Action } from '../keys/actions.ts';
import { cursorIndex, listTop, type Prompt } from '../state.ts';

/** The picker's own truth: everything that is not read from AWS and cannot be derived. */
export interface PickerState {
  /** First visible line of the help; null while that is not shown. */
  readonly helpTop: number | null;
  readonly prompt: Prompt | null;
  /** Text that the listed commands must contain. */
  readonly text: string;
  /** Key of the row with the cursor, which is the command's ID; null before there is one. */
  readonly selectedKey: string | null;
  /** Index at which the cursor was last, for when its command is filtered away. */
  readonly selectedIndex: number;
  /** First visible row. */
  readonly top: number;
  /** What was just done, or could not be done; until the next key. */
  readonly notice: string | null;
}

/** What the reducer must know of what is derived and drawn. */
export interface PickerDrawn {
  /** IDs of the commands that pass the filter, in order. */
  readonly rowKeys: readonly string[];
  readonly listHeight: number;
  /** Lines of the help in all, and how many of them are visible. */
  readonly helpLineCount: number;
  readonly helpHeight: number;
}

export type PickerEvent =
  | { readonly type: 'action'; readonly action: Action; readonly drawn: PickerDrawn }
  /** Commands that pass the filter are there. */
  | { readonly type: 'listed'; readonly commandIds: readonly string[] }
  /** The text in the prompt after editing. */
  | { readonly type: 'edit'; readonly text: string }
  | { readonly type: 'notice'; readonly notice: string | null };

export const initialPickerState: PickerState = {
  helpTop: null,
  prompt: null,
  text: '',
  selectedKey: null,
  selectedIndex: 0,
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
      return state.selectedKey === null && event.commandIds[0] !== undefined
        ? { ...state, selectedKey: event.commandIds[0] }
        : state;
    case 'edit':
      return { ...state, text: event.text };
    case 'notice':
      return event.notice === state.notice ? state : { ...state, notice: event.notice };
  }
}

/** First line of the help that is visible, of which a larger screen shows more. */
export function visibleHelpTop(
  { helpTop }: PickerState,
  { helpLineCount, helpHeight }: Pick<PickerDrawn, 'helpLineCount' | 'helpHeight'>,
): number {
  return clamp(helpTop ?? 0, 0, Math.max(0, helpLineCount - helpHeight));
}

function acted(state: PickerState, action: Action, drawn: PickerDrawn): PickerState {
  const page = Math.max(1, state.helpTop === null ? drawn.listHeight : drawn.helpHeight);
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
      return { ...state, helpTop: state.helpTop === null ? 0 : null };
    case 'back':
      return { ...state, helpTop: null };
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
  if (state.helpTop !== null) {
    const lowest = Math.max(0, drawn.helpLineCount - drawn.helpHeight);
    return { ...state, helpTop: clamp(visibleHelpTop(state, drawn) + by, 0, lowest) };
  }
  if (drawn.rowKeys.length === 0) return state;
  const selectedIndex = clamp(cursorIndex(state, drawn.rowKeys) + by, 0, drawn.rowKeys.length - 1);
  const next = { ...state, selectedKey: drawn.rowKeys[selectedIndex] ?? null, selectedIndex };
  return { ...next, top: listTop(next, drawn) };
}
