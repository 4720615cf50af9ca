import { render } from 'ink';
import { Component, type ReactElement, type ReactNode } from 'react';
import { HeldKeys } from './keys/held-keys.ts';
import { type KeyLabels, KeyLabelsContext } from './keys/key-labels.ts';
import { Keyboard, type KeyTarget } from './keys/keyboard.tsx';
import { type Painter, PainterContext } from './painter.ts';

/** The terminal, while it is ours. */
export interface Screen {
  /** Fills the terminal with something else, which takes the keys. */
  show(element: ReactElement, target: KeyTarget): void;
  /** Keeps the keys from now on for what is shown next. */
  holdKeys(): void;
  /** Settles when the terminal is given back. Rejects when drawing failed. */
  readonly closed: Promise<void>;
  close(): void;
}

/** What is written between them is shown at once. */
const beginSynchronized = '\u001b[?2026h';
const endSynchronized = '\u001b[?2026l';
const eraseScreen = '\u001b[H\u001b[J';

/** What the terminal can show. */
export interface TerminalAbilities {
  readonly keyLabels: KeyLabels;
  readonly painter: Painter;
}

/** Takes over the terminal and draws on its alternate screen through `stdout`, as far as it can, with keys from `keys`. */
export function openScreen(
  keys: NodeJS.ReadStream,
  stdout: NodeJS.WriteStream,
  { keyLabels, painter }: TerminalAbilities,
): Screen {
  let crash: { readonly error: unknown } | null = null;
  let shown = 0;
  let content: ReactElement | null = null;
  const heldKeys = new HeldKeys();
  const frame = () => (
    <CrashGuard
      onCrash={(error) => {
        crash = { error };
        unmount();
      }}
    >
      <Keyboard target={heldKeys} redraw={() => redraw()} />
      <KeyLabelsContext value={keyLabels}>
        <PainterContext value={painter}>
          <Shown key={shown}>{content}</Shown>
        </PainterContext>
      </KeyLabelsContext>
    </CrashGuard>
  );
  // `interactive`: a CI variable in someone's shell would otherwise blank the screen.
  const { unmount, rerender, clear, waitUntilExit } = render(frame(), {
    stdin: keys,
    stdout,
    alternateScreen: true,
    incrementalRendering: true,
    // A key does not wait for longer than this behind a frame that something else asked for.
    maxFps: 120,
    exitOnCtrlC: false,
    interactive: true,
  });
  // Ink writes only what it takes to be different.
  const redraw = () => {
    stdout.write(beginSynchronized);
    clear();
    stdout.write(eraseScreen);
    try {
      rerender(frame());
    } finally {
      // Ink ends it with its frame, and writes none where nothing fits or it is paused.
      stdout.write(endSynchronized);
    }
  };
  const closed = waitUntilExit()
    .finally(() => stdout.write(endSynchronized))
    .then(() => {
      if (crash) throw crash.error;
    });
  return {
    show: (element, target) => {
      shown += 1;
      content = element;
      rerender(frame());
      heldKeys.release(target);
    },
    holdKeys: () => heldKeys.hold(),
    closed,
    close: unmount,
  };
}

/** With a key of its own, so that nothing of what was shown before stays in what is shown next. */
function Shown({ children }: { children: ReactNode }): ReactNode {
  return children;
}

/** Ink's own error screen shows source code, on a screen that is about to go. */
class CrashGuard extends Component<
  { children: ReactNode; onCrash: (error: unknown) => void },
  { crashed: boolean }
> {
  override state = { crashed: false };

  static getDerivedStateFromError(): { crashed: boolean } {
    return { crashed: true };
  }

  override componentDidCatch(error: unknown): void {
    this.props.onCrash(error);
  }

  override render(): ReactNode {
    return this.state.crashed ? null : this.props.children;
  }
}
