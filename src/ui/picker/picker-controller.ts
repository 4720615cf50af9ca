import { type CommandSummary, commandMatches } from '../../domain/recent-commands.ts';
import type { CommandListSnapshot } from '../../watch/command-list.ts';
import { pasteable } from '../clipboard.ts';
import { problemHeight } from '../header/problem-lines.ts';
import { type HelpLine, helpLinesFor } from '../help-lines.ts';
import { editLine } from '../keys/key-names.ts';
import { type Action, actionFor, type KeyContext } from '../keys/keymap.ts';
import { Listeners } from '../listeners.ts';
import { cursorIndex } from '../state.ts';
import type { ScreenSize } from '../view-model.ts';
import type { PickerServices } from './picker-services.ts';
import {
  initialPickerState,
  type PickerDrawn,
  type PickerEvent,
  type PickerState,
  reducePicker,
} from './picker-state.ts';

/** All that the picker draws, derived from what was read, its own state and the size of the screen. */
export interface PickerView extends PickerDrawn {
  /** All commands that were read, but the one that is watched below. */
  readonly listed: readonly CommandSummary[];
  /** The commands that pass the filter, newest first. */
  readonly commands: readonly CommandSummary[];
}

const headerLines = 2;
const titleLines = 1;
const footerLines = 1;

/** What takes the picker's keys now. */
export function pickerContext(
  { prompt, helpTop }: PickerState,
  { back }: Pick<PickerServices, 'back'>,
): KeyContext {
  if (prompt) return 'prompt';
  if (helpTop !== null) return 'help';
  return pickerPlace(back);
}

function pickerPlace(back: PickerServices['back']): 'commands' | 'others' {
  return back === null ? 'commands' : 'others';
}

/** The help that the picker shows. */
export function pickerHelp({ back }: Pick<PickerServices, 'back'>): readonly HelpLine[] {
  return helpLinesFor(pickerPlace(back));
}

/** Owner of the picker's own truth: turns keys into actions, and is the one place where these have effects. */
export class PickerController {
  readonly #services: PickerServices;
  readonly #listeners = new Listeners();
  #state = initialPickerState;
  #size: ScreenSize = { columns: 80, rows: 24 };
  #filtered: {
    readonly of: readonly unknown[];
    readonly listed: readonly CommandSummary[];
    readonly passing: readonly CommandSummary[];
  } = { of: [], listed: [], passing: [] };

  constructor(services: PickerServices) {
    this.#services = services;
  }

  readonly getState = (): PickerState => this.#state;

  readonly subscribe = this.#listeners.subscribe;

  /** Whether there is a line of input to paste into. */
  readonly takesPaste = (): boolean => this.#state.prompt !== null;

  /** What is to be drawn on a screen of a size. Filtered anew only when commands or filter changed. */
  view({ commands, problems }: CommandListSnapshot, size: ScreenSize): PickerView {
    const { text } = this.#state;
    const { except } = this.#services;
    const of = [commands, text];
    if (of.some((part, index) => part !== this.#filtered.of[index])) {
      const listed = commands.filter(({ commandId }) => commandId !== except);
      const passing = listed.filter((command) => commandMatches(text, command));
      this.#filtered = { of, listed, passing };
    }
    const { listed, passing } = this.#filtered;
    const body = Math.max(0, size.rows - headerLines - problemHeight({ problems }, size) - footerLines);
    return {
      listed,
      commands: passing,
      rowKeys: passing.map(({ commandId }) => commandId),
      listHeight: Math.max(0, body - titleLines),
      helpLineCount: pickerHelp(this.#services).length,
      helpHeight: body,
    };
  }

  /** Something was read, or the screen has another size: an unfiltered list fills the screen. */
  drawn(size: ScreenSize): void {
    this.#size = size;
    const { rowKeys, listHeight } = this.#view();
    this.#dispatch({ type: 'listed', commandIds: rowKeys });
    if (this.#state.text === '' && rowKeys.length < listHeight) this.#services.list.loadMore();
  }

  /** A key, by name. Gives the action that it asked for, or null. */
  press(key: string): Action | null {
    const context = pickerContext(this.#state, this.#services);
    const action = actionFor(key, context);
    this.#dispatch({ type: 'notice', notice: null });
    if (action) {
      const { text } = this.#state;
      this.#dispatch({ type: 'action', action, drawn: this.#view() });
      const leadsBack = action === 'clear' ? text === '' : action === 'back' && context === 'others';
      if (leadsBack) this.#services.back?.();
      else this.#perform(action);
    } else if (context === 'prompt') {
      const text = editLine(this.#state.text, key);
      if (text !== null) this.#dispatch({ type: 'edit', text });
    }
    return action;
  }

  /** Text pasted into the line of input. */
  paste(text: string): void {
    if (this.#state.prompt) this.#dispatch({ type: 'edit', text: this.#state.text + text });
  }

  #perform(action: Action): void {
    const { list, leave, watch, copy } = this.#services;
    const commandId = this.#underCursor();
    switch (action) {
      case 'quit':
      case 'leave':
        leave();
        break;
      case 'watch':
        if (commandId !== null) watch(commandId);
        break;
      case 'lineDown':
      case 'pageDown':
      case 'halfPageDown':
      case 'bottom':
        this.#readAhead();
        break;
      case 'pause':
        if (list.paused) list.resume();
        else list.pause();
        break;
      case 'refresh':
        list.refresh();
        break;
      case 'copyId':
        if (commandId === null) break;
        copy(pasteable(commandId));
        this.#tell(`copied ${commandId} to the clipboard of the terminal (OSC 52)`);
        break;
      default:
    }
  }

  /** Older commands are read when the cursor comes within a page of the last one. */
  #readAhead(): void {
    const { rowKeys, listHeight } = this.#view();
    if (
      this.#state.helpTop === null &&
      cursorIndex(this.#state, rowKeys) >= rowKeys.length - 1 - listHeight
    ) {
      this.#services.list.loadMore();
    }
  }

  #underCursor(): string | null {
    const { rowKeys } = this.#view();
    return rowKeys[cursorIndex(this.#state, rowKeys)] ?? null;
  }

  #tell(notice: string): void {
    this.#dispatch({ type: 'notice', notice });
  }

  #view(): PickerView {
    return this.view(this.#services.list.getSnapshot(), this.#size);
  }

  #dispatch(event: PickerEvent): void {
    const next = reducePicker(this.#state, event);
    if (next === this.#state) return;
    this.#state = next;
    this.#listeners.tell();
  }
}
