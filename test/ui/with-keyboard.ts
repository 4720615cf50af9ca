import { createElement, type ReactElement, type ReactNode } from 'react';
import { Keyboard, type KeyTarget } from '../../src/ui/keys/keyboard.tsx';

/** What is shown, with a keyboard whose keys go to its controller. */
export function withKeyboard(element: ReactElement, target: KeyTarget): ReactElement {
  return createElement(Siblings, null, createElement(Keyboard, { target, redraw: () => {} }), element);
}

function Siblings({ children }: { children?: ReactNode }): ReactNode {
  return children;
}
