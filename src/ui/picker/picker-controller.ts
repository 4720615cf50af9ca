import type { CommandListSnapshot } from '../../watch/command-list.ts';
import { Listeners } from '../../watch/listeners.ts';
import { pasteable } from '../clipboard.ts';
import { Derived } from '../derived.ts';
import { everyChange } from '../frame-pace.ts';
import type { Action } from '../keys/actions.ts';
import { editLine } from '../keys/key-names.ts';
import { actionFor, type KeyContext } from '../keys/keymap.ts';
import { type Moment, Moments } from '../moments.ts';
import type { ScreenSize } from '../screen-size.ts';
import { cursorIndex } from '../state.ts';
import type { PickerServices } from './picker-services.ts';
import { initialPickerState, type PickerEvent, type PickerState, reducePicker } from './picker-state.ts';
import { type PickerView, PickerViews, pickerPlace } from './picker-view.ts';

/** What one frame of the picker draws, and what every key until the next one meets. */
export interface PickerFrame {
  readonly moment: Moment<CommandListSnapshot>;
  readonly state: PickerState;
  readonly view: PickerView;
}

/** What takes the picker's keys now. */
export function pickerContext(
  { prompt, helpTop }: PickerState,
  services: Pick<PickerServices, 'back'>,
): KeyContext {
  if (prompt) return 'prompt';
  if (helpTop !== null) return 'help';
  return pickerPlace(services);
}

/** Owner of the picker's own truth: turns keys into actions, and is the one place where these have effects. */
export class PickerController {
  readonly #services: PickerServices;
  readonly #moments: Moments<CommandListSnapshot>;
  readonly #listeners: Listeners = new Listeners(() => this.#moments.subscribe(this.#listeners.tell));
  readonly #views: PickerViews;
  readonly #frame = new Derived<PickerFrame>();
  #state = initialPickerState;
  #size: ScreenSize = { columns: 80, rows: 24 };

  constructor(services: PickerServices) {
    this.#services = services;
    this.#moments = new Moments(services.list, services.clocks, everyChange);
    this.#views = new PickerViews(services);
  }

  /** Calls back whenever there is another frame, until the returned function is called. */
  readonly subscribe = this.#listeners.subscribe;

  /** Whether there is a line of input to paste into. */
  readonly takesPaste = (): boolean => this.#state.prompt !== null;

  /** What is to be drawn, on a screen of a size; the same as long as nothing of it has changed. */
  frame(size: ScreenSize = this.#size): PickerFrame {
    const state = this.#state;
    const moment = this.#moments.get();
    const view = this.#views.view(moment.snapshot, state, size);
    return this.#frame.of([moment, state, view], () => ({ moment, state, view }));
  }

  resize(size: ScreenSize): void {
    this.#size = size;
  }

  /** Sees to it that an unfiltered list fills the screen, and that the cursor is on a row as soon as there is one. */
  fillScreen(): void {
    this.#dispatch({ type: 'listed', commandIds: this.#view().rowKeys });
    const { rowKeys, listHeight } = this.#present();
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
    const { rowKeys, listHeight } = this.#present();
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

  /** The view with what has come since the frame was drawn: what is there need not be read. */
  #present(): PickerView {
    return this.#views.view(this.#services.list.getSnapshot(), this.#state, this.#size);
  }

  #view(): PickerView {
    return this.frame().view;
  }

  #dispatch(event: PickerEvent): void {
    const next = reducePicker(this.#state, event);
    if (next === this.#state) return;
    this.#state = next;
    this.#listeners.tell();
  }
}
