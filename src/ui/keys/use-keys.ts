import { useInput, usePaste } from 'ink';
import { sanitiseLine } from '../../domain/sanitise.ts';
import { keyNames } from './key-names.ts';

/** Calls back with each key by name, and with pasted text as long as there is a line of input to take it. */
export function useKeys(onKey: (key: string) => void, onPaste: ((text: string) => void) | null): void {
  useInput((input, key) => {
    for (const name of keyNames(input, key)) onKey(name);
  });
  usePaste((text) => onPaste?.(sanitiseLine(text.trim())), { isActive: onPaste !== null });
}
