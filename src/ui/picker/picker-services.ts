import type { Clocks } from '../../watch/clocks.ts';
import type { RecentCommands } from '../../watch/recent-commands.ts';
import type { Place } from '../header/place-text.ts';

/** What the picker shows, and everything that it can do beyond drawing. */
export interface PickerServices {
  readonly list: RecentCommands;
  readonly clocks: Clocks;
  /** Region, profile and account, as far as they are known now. */
  readonly place: () => Place;
  /** The instance whose commands are listed; null for all. */
  readonly instanceId: string | null;
  /** ID of the command whose watch lies below, which is not listed; null where there is none. */
  readonly except: string | null;
  /** Pause between two readings of the newest commands, in milliseconds. */
  readonly interval: number;
  /** Puts a text into the terminal's clipboard. */
  readonly copy: (text: string) => void;
  readonly watch: (commandId: string) => void;
  /** Where Esc leads; null where there is nothing to go back to. */
  readonly back: (() => void) | null;
  readonly leave: () => void;
}
