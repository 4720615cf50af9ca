import prettyBytes from 'pretty-bytes';
import type { Invocation } from '../domain/invocation.ts';
import type { OutputReading } from '../domain/output-reading.ts';
import { limits, type RowFilter } from '../domain/rows.ts';
import { textOf } from '../domain/text-region.ts';
import { Listeners } from '../watch/listeners.ts';
import type { Direction } from '../watch/outputs/stream-readers.ts';
import type { Snapshot } from '../watch/snapshot.ts';
import { pasteable } from './clipboard.ts';
import { Derived } from './derived.ts';
import { matchAbove, matchBelow } from './detail/matches.ts';
import { unreadStream, wantedTexts } from './detail/output-reach.ts';
import { OutputSearch } from './detail/output-search.ts';
import { rolloutPace } from './frame-pace.ts';
import { instancesInSight } from './in-sight.ts';
import type { Action } from './keys/actions.ts';
import { editLine } from './keys/key-names.ts';
import { actionFor, type KeyContext } from './keys/keymap.ts';
import { pointedRow } from './list/map-state.ts';
import { type Moment, Moments } from './moments.ts';
import { reduce } from './reduce.ts';
import type { ScreenSize } from './screen-size.ts';
import type { ScreenServices } from './services.ts';
import { initialState, openDetail, outputTop, type ScreenEvent, type ScreenState } from './state.ts';
import { type ViewModel, ViewModels } from './view-model.ts';

/** Terminals refuse, or cut, what is larger. Bytes. */
const mostCopied = 75_000;

/** Where the keys for matches go. */
const searchDirections: ReadonlyMap<Action, Direction> = new Map([
  ['nextMatch', 'after'],
  ['previousMatch', 'before'],
]);

/** What one frame draws, and what every key until the next one meets. */
export interface Frame {
  readonly moment: Moment<Snapshot>;
  readonly state: ScreenState;
  readonly view: ViewModel;
}

/** What takes the keys now. */
export function contextOf({ prompt, mode }: ScreenState): KeyContext {
  return prompt ? 'prompt' : mode.kind;
}

/** The text in the line of input. */
export function promptText({ prompt, search, filter }: ScreenState): string {
  return prompt?.purpose === 'search' ? search : filter.text;
}

/**
 * Owner of the screen truth: turns keys into actions, and is the one place where actions have effects. Not React's
 * state, since one event can bring several keys, of which each must meet the state that the one before it left.
 */
export class ScreenController {
  readonly #services: ScreenServices;
  readonly #moments: Moments<Snapshot>;
  readonly #search: OutputSearch;
  readonly #listeners: Listeners;
  readonly #views: ViewModels;
  readonly #frame = new Derived<Frame>();
  #state: ScreenState;
  #size: ScreenSize = { columns: 80, rows: 24 };

  constructor(services: ScreenServices, filter: RowFilter) {
    this.#moments = new Moments(services.store, services.clocks, rolloutPace);
    this.#services = services;
    this.#search = new OutputSearch(services.outputs);
    this.#views = new ViewModels(services);
    this.#listeners = new Listeners(() => {
      const leaveMoments = this.#moments.subscribe(this.#listeners.tell);
      const leaveOutputs = services.outputs.subscribe(this.#listeners.tell);
      return () => {
        leaveMoments();
        leaveOutputs();
        // Where nothing is drawn, because another screen lies above it, nobody looks.
        services.outputs.lookAway();
      };
    });
    this.#state = initialState(filter);
  }

  /** Calls back whenever there is another frame, until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => this.#listeners.subscribe(listener);

  /** Whether there is a line of input to paste into. */
  readonly takesPaste = (): boolean => this.#state.prompt !== null;

  resize(size: ScreenSize): void {
    this.#size = size;
  }

  /** What is to be drawn, on a screen of a size; the same as long as nothing of it has changed. */
  frame(size: ScreenSize = this.#size): Frame {
    const state = this.#state;
    const moment = this.#moments.get();
    const view = this.#views.view(moment.snapshot, state, size);
    return this.#frame.of([moment, state, view], () => ({ moment, state, view }));
  }

  /** A key, by name. Gives the action that it asked for, or null. */
  press(key: string): Action | null {
    const context = contextOf(this.#state);
    const action = actionFor(key, context);
    this.#dispatch({ type: 'notice', notice: null });
    const direction = action === null ? undefined : searchDirections.get(action);
    this.#search.end();
    if (direction !== undefined && this.#canSearchOn(direction)) {
      void this.#searchOn(direction);
    } else if (action) {
      const view = this.#view();
      if (action === 'clear' && !limits(this.#state.filter)) this.#services.back?.();
      this.#dispatch({ type: 'action', action, drawn: view });
      this.#perform(action, view);
      this.readInSight();
    } else if (context === 'prompt') {
      const text = editLine(promptText(this.#state), key);
      if (text !== null) this.#edit(text);
    }
    return action;
  }

  /** Sees to it that what is looked at is read: the rows in sight, the output that is open, and on near its ends. */
  readInSight(): void {
    const { outputs, polling } = this.#services;
    const view = this.#view();
    const { opened, shownPluginIndex, output, reading } = view;
    polling.setVisible(instancesInSight(this.#state, view));
    const detail = openDetail(this.#state);
    if (!opened || !detail) {
      outputs.lookAway();
      return;
    }
    outputs.look(opened, shownPluginIndex, detail.end);
    if (!reading) return;
    const searching = this.#state.search !== '';
    for (const { stream, direction } of wantedTexts(output, outputTop(this.#state), reading, searching)) {
      outputs.extend(stream, direction);
    }
  }

  /** Whether the next match in a direction can only be in what has not been read yet. */
  #canSearchOn(direction: Direction): boolean {
    const { output, reading } = this.#view();
    const found = direction === 'after' ? matchBelow(this.#state, output) : matchAbove(this.#state, output);
    return this.#state.search !== '' && found === undefined && unreadStream(reading, direction) !== null;
  }

  /** Reads on until there is a match, or nothing more to read; the screen stays where it is till then. */
  async #searchOn(direction: Direction): Promise<void> {
    this.#tell('searching what is not read yet; any key ends it');
    const end = await this.#search.start(this.#state.search, direction);
    if (end.kind === 'ended') return;
    this.#tell(end.kind === 'nothing' ? end.message : null);
    if (end.kind === 'nothing') return;
    const action = direction === 'after' ? 'nextMatch' : 'previousMatch';
    this.#dispatch({ type: 'action', action, drawn: this.#view() });
  }

  /** Text pasted into the line of input. */
  paste(text: string): void {
    if (this.#state.prompt) this.#edit(promptText(this.#state) + text);
  }

  #perform(action: Action, view: ViewModel): void {
    const { opened, reading, fields, invocations } = view;
    const { polling, leave, store } = this.#services;
    const underCursor = opened ?? invocations[pointedRow(this.#state, view)] ?? null;
    const finished = store.getSnapshot().activity.kind === 'finished';
    switch (action) {
      case 'quit':
      case 'leave':
        leave();
        break;
      case 'pause':
        if (finished) this.#tell('the rollout is over; nothing is polled any more');
        else if (polling.paused) polling.resume();
        else polling.pause();
        break;
      case 'refresh':
        if (finished) this.#tell('the rollout is over; nothing is polled any more');
        else polling.refresh();
        break;
      case 'copyId':
        if (underCursor) this.#copy(pasteable(underCursor.instanceId), underCursor.instanceId);
        break;
      case 'copyOutput':
        if (reading) this.#copyOutput(reading);
        break;
      case 'copyFields':
        if (fields) this.#copyText(fields.copyText, 'the fields');
        break;
      case 'save':
        void this.#save(opened ? [opened] : invocations);
        break;
      case 'others':
        if (opened) this.#services.others(opened.instanceId);
        break;
      default:
    }
  }

  #copy(text: string, what: string): void {
    this.#services.copy(text);
    this.#tell(`copied ${what} to the clipboard of the terminal (OSC 52)`);
  }

  #copyOutput({ stdout, stderr }: OutputReading): void {
    const text = [stdout, stderr].map(({ region }) => textOf(region)).filter((part) => part !== '');
    const unread = Math.max(stdout.total ?? 0, stderr.total ?? 0);
    const isPart = [stdout, stderr].some(({ moreBefore, moreAfter }) => moreBefore || moreAfter);
    this.#copyText(text.join('\n'), isPart ? 'what was read of the output' : 'the output', unread);
  }

  /** `size` is how many bytes it has where not all of it is at hand. */
  #copyText(text: string, what: string, size = 0): void {
    const copied = pasteable(text);
    const bytes = Math.max(Buffer.byteLength(copied), size);
    if (bytes <= mostCopied) this.#copy(copied, what);
    else {
      const most = prettyBytes(mostCopied);
      this.#tell(`not copied: ${prettyBytes(bytes)}, and a clipboard takes ${most}; Ctrl-S saves outputs`);
    }
  }

  async #save(invocations: readonly Invocation[]): Promise<void> {
    if (invocations.length === 0) return;
    this.#tell(await this.#services.save(invocations, (line) => this.#tell(line)));
  }

  #tell(notice: string | null): void {
    this.#dispatch({ type: 'notice', notice });
  }

  #edit(text: string): void {
    this.#dispatch({ type: 'edit', text });
    // What the text finds is known only now.
    if (this.#state.prompt?.purpose === 'search') {
      this.#dispatch({ type: 'action', action: 'firstMatch', drawn: this.#view() });
    }
  }

  #view(): ViewModel {
    return this.frame().view;
  }

  #dispatch(event: ScreenEvent): void {
    const next = reduce(this.#state, event);
    if (next === this.#state) return;
    this.#state = next;
    this.#listeners.tell();
  }
}
