import type { Invocation } from '../domain/invocation.ts';
import type { Clocks } from '../watch/clocks.ts';
import type { OutputStore } from '../watch/outputs/output-store.ts';
import type { RolloutStore } from '../watch/store.ts';
import type { Place } from './header/place-text.ts';

/** What the screen shows, and everything that it can do beyond drawing. */
export interface ScreenServices {
  readonly store: RolloutStore;
  /** Reads more of an output than the list holds. */
  readonly outputs: OutputStore;
  readonly clocks: Clocks;
  readonly commandId: string;
  /** Region, profile and account, as far as they are known now. */
  readonly place: () => Place;
  /** Options with which the AWS CLI reaches the same account: `--region eu-west-1 --profile prod`. */
  readonly cliOptions: string;
  /** Pause between polls, in milliseconds. */
  readonly interval: number;
  /** How long the rollout took, or has been going on. Milliseconds. */
  readonly duration: () => number;
  readonly polling: {
    readonly paused: boolean;
    pause(): void;
    resume(): void;
    refresh(): void;
    /** What happens to these instances is read first. */
    setVisible(instanceIds: readonly string[]): void;
  };
  /** Puts a text into the terminal's clipboard. */
  readonly copy: (text: string) => void;
  /** Saves the outputs of invocations. Gives a line that says what became of it; `onProgress` is given others before. */
  readonly save: (invocations: readonly Invocation[], onProgress: (line: string) => void) => Promise<string>;
  /** Where Esc leads when the list has nothing left to clear; null where there is nothing to go back to. */
  readonly back: (() => void) | null;
  /** Lists the other commands that were sent to an instance. */
  readonly others: (instanceId: string) => void;
  readonly leave: () => void;
}
