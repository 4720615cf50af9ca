import { render } from 'ink';
import { Component, type ReactNode } from 'react';
import type { RowFilter } from '../domain/rows.ts';
import { App } from './app.tsx';
import { ScreenController } from './controller.ts';
import type { ScreenServices } from './services.ts';

/** The screen while it is shown. */
export interface Screen {
  /** Settles when the terminal is given back. Rejects when drawing failed. */
  readonly closed: Promise<void>;
  close(): void;
}

/** Takes over the terminal and draws on its alternate screen, with keys from `keys`. */
export function openScreen(services: ScreenServices, filter: RowFilter, keys: NodeJS.ReadStream): Screen {
  const controller = new ScreenController(services, filter);
  let crash: { readonly error: unknown } | null = null;
  const { unmount, waitUntilExit } = render(
    <CrashGuard
      onCrash={(error) => {
        crash = { error };
        unmount();
      }}
    >
      <App services={services} controller={controller} />
    </CrashGuard>,
    // `interactive`: a CI variable in someone's shell would otherwise blank the screen.
    {
      stdin: keys,
      alternateScreen: true,
      incrementalRendering: true,
      exitOnCtrlC: false,
      interactive: true,
    },
  );
  const closed = waitUntilExit().then(() => {
    if (crash) throw crash.error;
  });
  return { closed, close: unmount };
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
