import type { MapCell } from '../domain/fleet-map.ts';
import { everything, type RowFilter, type SortOrder, worstFirst } from '../domain/rows.ts';
import { clamp, topFor } from '../domain/viewport.ts';
import type { LinePlace } from './detail/output-document.ts';
import type { OutputTop, OutputView } from './detail/output-view.ts';
import type { Action } from './keys/actions.ts';

/** What fills the screen. */
export type Mode =
  | { readonly kind: 'list' }
  | { readonly kind: 'groups' }
  | { readonly kind: 'map' }
  | {
      readonly kind: 'detail';
      /** invocationKey of the row that was opened. */
      readonly invocationKey: string;
      /** Index of the plugin whose output was asked for; null for the one that tells most. */
      readonly pluginIndex: number | null;
      /** First visible row of the output. */
      readonly top: OutputTop;
      /** From which end the output is read. */
      readonly end: 'start' | 'end';
      /** Where it was opened, and where one comes back to. */
      readonly from: 'list' | 'map';
    }
  | {
      /** What AWS gave beside the output. */
      readonly kind: 'fields';
      readonly of: 'invocation' | 'command';
      readonly top: number;
      /** Whether the command's parameters, which may hold secrets, were asked for. */
      readonly showsParameters: boolean;
      /** The output to which one goes back. */
      readonly under: Extract<Mode, { kind: 'detail' }>;
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
  /** Whether the map has the worst first, or the order of the list. */
  readonly mapOrder: 'worst-first' | 'list';
  /** invocationKey of the row with the cursor; null as long as the cursor has not been moved: it is on the first row. */
  readonly selectedKey: string | null;
  /** Index at which the cursor was last, for when its row is filtered away. */
  readonly selectedIndex: number;
  /** First visible row. */
  readonly top: number;
  /** Key of the failure group with the cursor; null as long as the cursor has not been moved. */
  readonly selectedGroupKey: string | null;
  /** Text looked for in outputs. */
  readonly search: string;
  /** The match that `n` goes on from; null where one has scrolled since. */
  readonly match: LinePlace | null;
  readonly wrap: boolean;
  /** Whether the output is kept at its end. */
  readonly follow: boolean;
  /** What was just done, or could not be done; until the next key. */
  readonly notice: string | null;
}

/** The map as it is drawn. */
export interface MapLayout {
  /** None where the map is not shown. */
  readonly cells: readonly MapCell[];
  /** Cells a line, and lines that there is room for; at least one each. */
  readonly cellsPerLine: number;
  readonly lineCount: number;
}

/** What the reducer must know of what is derived and drawn. */
export interface Drawn {
  /** Keys of the rows that pass the filter, in order. */
  readonly rowKeys: readonly string[];
  /** Keys of the failure groups, in order. */
  readonly groupKeys: readonly string[];
  readonly map: MapLayout;
  /** Lines for rows, or groups. */
  readonly listHeight: number;
  /** The output that is open. */
  readonly output: OutputView;
  /** Lines that the pane of the help or of the fields has in all, and how many of them are visible. */
  readonly paneLineCount: number;
  readonly paneHeight: number;
  /** Plugins of the invocation that is open, and the index of the one whose output is shown. */
  readonly pluginCount: number;
  readonly shownPluginIndex: number;
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
    mapOrder: 'worst-first',
    selectedKey: null,
    selectedIndex: 0,
    top: 0,
    selectedGroupKey: null,
    search: '',
    match: null,
    wrap: false,
    follow: false,
    notice: null,
  };
}

/** Where the cursor of a list is. */
type ListCursor = Pick<ScreenState, 'selectedKey' | 'selectedIndex'>;

/** Index of the cursor among the drawn rows; −1 when there are none. */
export function cursorIndex({ selectedKey, selectedIndex }: ListCursor, rowKeys: readonly string[]): number {
  if (rowKeys.length === 0) return -1;
  if (selectedKey === null) return 0;
  // Among ten thousand it is seldom another than the last time.
  const index = rowKeys[selectedIndex] === selectedKey ? selectedIndex : rowKeys.indexOf(selectedKey);
  return index >= 0 ? index : clamp(selectedIndex, 0, rowKeys.length - 1);
}

/** Index of the cursor among the failure groups; −1 when there are none. */
export function groupIndex({ selectedGroupKey }: ScreenState, groupKeys: readonly string[]): number {
  if (groupKeys.length === 0) return -1;
  return selectedGroupKey === null ? 0 : Math.max(0, groupKeys.indexOf(selectedGroupKey));
}

/** First visible row, so that the cursor is in sight. */
export function listTop(
  state: ListCursor & Pick<ScreenState, 'top'>,
  { rowKeys, listHeight }: Pick<Drawn, 'rowKeys' | 'listHeight'>,
): number {
  return topFor(cursorIndex(state, rowKeys), { top: state.top, height: listHeight }, rowKeys.length);
}

/** First visible line of the help, or of the fields. */
export function paneTop(
  { mode }: ScreenState,
  { paneLineCount, paneHeight }: Pick<Drawn, 'paneLineCount' | 'paneHeight'>,
): number {
  if (mode.kind !== 'help' && mode.kind !== 'fields') return 0;
  return clamp(mode.top, 0, Math.max(0, paneLineCount - paneHeight));
}

/** First visible row of the output, which is kept at its end while it is followed. */
export function outputTop({ mode, follow }: ScreenState): OutputTop {
  if (mode.kind !== 'detail') return 'start';
  return follow ? 'end' : mode.top;
}

/** The detail pane, also under its fields and under the help; null when it is not open. */
export function openDetail({ mode }: Pick<ScreenState, 'mode'>): Extract<Mode, { kind: 'detail' }> | null {
  const shown = mode.kind === 'help' ? mode.under : mode;
  if (shown.kind === 'fields') return shown.under;
  return shown.kind === 'detail' ? shown : null;
}

/** Whether the mode shows the rollout as a whole: instances, groups or map. */
export function isOverview(mode: Mode): mode is Extract<Mode, { kind: 'list' | 'groups' | 'map' }> {
  return mode.kind === 'list' || mode.kind === 'groups' || mode.kind === 'map';
}
