import stringWidth from 'string-width';
import type { Action } from './actions.ts';
import type { KeyLabels } from './key-labels.ts';
import { bindingsIn, type KeyContext } from './keymap.ts';

/** A key, and what it does in a word. */
export interface FooterHint {
  readonly id: Action | 'move';
  readonly label: string;
  readonly word: string;
}

/** How one learns of the other keys, and how one gets away, are the last to give way. */
const lasting: ReadonlySet<FooterHint['id']> = new Set(['help', 'back', 'quit', 'accept', 'cancel']);

/** Cells between two hints. */
export const hintGap = 2;

/** The hints of a context that there are so many cells for, whole; the others give way from the right to the left. */
export function footerHints(context: KeyContext, labels: KeyLabels, room: number): readonly FooterHint[] {
  const move: FooterHint = { id: 'move', label: labels.move, word: 'move' };
  const keys = bindingsIn(context).flatMap(({ action, labels: [label = ''], footer }): FooterHint[] =>
    footer === undefined ? [] : [{ id: action, label: labels.of(label), word: footer }],
  );
  let hints = context === 'prompt' ? keys : [move, ...keys];
  while (hints.length > 0 && widthOf(hints) > room) {
    const last = hints.findLastIndex(({ id }) => !lasting.has(id));
    const least =
      last >= 0
        ? last
        : Math.max(
            0,
            hints.findIndex(({ id }) => id === 'help'),
          );
    hints = hints.toSpliced(least, 1);
  }
  return hints;
}

function widthOf(hints: readonly FooterHint[]): number {
  const widths = hints.map(({ label, word }) => stringWidth(`${label} ${word}`) + hintGap);
  return widths.reduce((sum, width) => sum + width, 0) - hintGap;
}
