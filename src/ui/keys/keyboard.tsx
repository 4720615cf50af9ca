import { useSyncExternalStore } from 'react';
import type { Action } from './actions.ts';
import { useJobControl } from './use-job-control.ts';
import { useKeys } from './use-keys.ts';
import { useResize } from './use-resize.ts';

/** What the keys go to: the controller of what is shown. */
export interface KeyTarget {
  /** A key, by name. Gives the action that it asked for, or null. */
  press(key: string): Action | null;
  /** Text pasted into the line of input. */
  paste(text: string): void;
  /** Whether there is a line of input to paste into. */
  readonly takesPaste: () => boolean;
  readonly subscribe: (listener: () => void) => () => void;
}

/** Hears the keys, and of a new size of the terminal; draws nothing. It outlives what is shown, so that no key is lost between two screens. */
export function Keyboard({ target, redraw }: { target: KeyTarget; redraw: () => void }): null {
  const { suspend, repaint, isHandedOver } = useJobControl();
  useResize(() => {
    if (!isHandedOver()) redraw();
  });
  const takesPaste = useSyncExternalStore(target.subscribe, target.takesPaste);
  useKeys(
    (key) => {
      const action = target.press(key);
      if (action === 'suspend') suspend();
      if (action === 'repaint') repaint();
    },
    takesPaste ? (text) => target.paste(text) : null,
  );
  return null;
}
