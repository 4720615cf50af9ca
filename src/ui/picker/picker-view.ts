import { type CommandSummary, commandMatches } from '../../domain/command-summary.ts';
import type { CommandListSnapshot } from '../../watch/command-list.ts';
import { Derived } from '../derived.ts';
import { type HelpLine, helpLinesFor } from '../help-lines.ts';
import { bodyHeight, tableHeight } from '../layout.ts';
import type { ScreenSize } from '../screen-size.ts';
import type { PickerServices } from './picker-services.ts';
import type { PickerDrawn, PickerState } from './picker-state.ts';

/** All that the picker draws, derived from what was read, its own state and the size of the screen. */
export interface PickerView extends PickerDrawn {
  /** All commands that were read, but the one that is watched below. */
  readonly listed: readonly CommandSummary[];
  /** The commands that pass the filter, newest first. */
  readonly commands: readonly CommandSummary[];
  /** All lines of the help. */
  readonly help: readonly HelpLine[];
}

const headerLines = 2;

/** Which list of commands it is: the one at the bottom, or one of those that lie above a watch. */
export function pickerPlace({ back }: Pick<PickerServices, 'back'>): 'commands' | 'others' {
  return back === null ? 'commands' : 'others';
}

/** Derives the view for every frame and every key, and anew only when something is another that it is derived from. */
export class PickerViews {
  readonly #services: Pick<PickerServices, 'back' | 'except'>;
  readonly #view = new Derived<PickerView>();

  constructor(services: Pick<PickerServices, 'back' | 'except'>) {
    this.#services = services;
  }

  view(snapshot: CommandListSnapshot, { text }: PickerState, size: ScreenSize): PickerView {
    return this.#view.of([snapshot, text, size.columns, size.rows], () =>
      pickerView(snapshot, text, size, this.#services),
    );
  }
}

function pickerView(
  { commands, problems }: CommandListSnapshot,
  text: string,
  size: ScreenSize,
  { back, except }: Pick<PickerServices, 'back' | 'except'>,
): PickerView {
  const listed = commands.filter(({ commandId }) => commandId !== except);
  const passing = listed.filter((command) => commandMatches(text, command));
  const help = helpLinesFor(pickerPlace({ back }));
  const body = bodyHeight(headerLines, { problems }, size);
  return {
    listed,
    commands: passing,
    rowKeys: passing.map(({ commandId }) => commandId),
    listHeight: tableHeight(body),
    help,
    helpLineCount: help.length,
    helpHeight: body,
  };
}
