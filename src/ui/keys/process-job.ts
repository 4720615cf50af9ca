/** A process group that was told to stop has stopped before this time is over; if nothing stopped it, we go on. */
const stopGrace = 50;
/** The SIGCONT that ends our own stop comes within this time after we go on, if it has not come before. */
const continueGrace = 100;

/** How the terminal is handed over and taken back. */
export interface TerminalHandover {
  /** Gives the terminal back until the function has ended, and draws the screen anew. */
  readonly suspendTerminal: (meanwhile: () => Promise<void>) => Promise<void>;
  readonly wrapLines: () => void;
  readonly cutLines: () => void;
}

/** This process as a job of the shell: suspends and comes back, with the terminal given back meanwhile. */
export class ProcessJob {
  readonly #terminal: TerminalHandover;
  #isHandedOver = false;
  /** Whether the SIGCONT that ends our own stop is still to come: it asks for nothing more. */
  #awaitsContinue = false;
  #grace: NodeJS.Timeout | undefined;
  /** Whether a stop was asked for while the screen was drawn anew. */
  #stopAsked = false;

  constructor(terminal: TerminalHandover) {
    this.#terminal = terminal;
  }

  /** Whether the terminal is not ours for the moment; it is drawn anew when it is. */
  get isHandedOver(): boolean {
    return this.#isHandedOver;
  }

  /** Gives the terminal back and stops the whole process group, as the terminal does for Ctrl-Z; `fg` goes on. */
  readonly suspend = (): void => void this.#suspend();

  /** Sets the terminal's modes and draws the screen, both anew. */
  readonly repaint = (): void => void this.#repaint();

  readonly #continued = (): void => {
    if (!this.#awaitsContinue) this.repaint();
    this.#awaitsContinue = false;
  };

  /** Heeds SIGTSTP from outside, and SIGCONT after a SIGSTOP that gave no warning, until the returned function is called. */
  heedSignals(): () => void {
    process.on('SIGTSTP', this.suspend);
    process.on('SIGCONT', this.#continued);
    return () => {
      process.off('SIGTSTP', this.suspend);
      process.off('SIGCONT', this.#continued);
    };
  }

  async #suspend(): Promise<void> {
    if (this.#isHandedOver) {
      this.#stopAsked = true;
      return;
    }
    clearTimeout(this.#grace);
    this.#awaitsContinue = true;
    await this.#handOver(() => this.#stopProcessGroup());
    this.#grace = setTimeout(() => {
      this.#awaitsContinue = false;
    }, continueGrace).unref();
    // Of several stops in a row the terminal makes one, too.
    this.#stopAsked = false;
  }

  async #repaint(): Promise<void> {
    if (this.#isHandedOver) return;
    await this.#handOver(async () => {});
    if (this.#stopAsked) this.suspend();
    this.#stopAsked = false;
  }

  async #handOver(meanwhile: () => Promise<void>): Promise<void> {
    const { suspendTerminal, wrapLines, cutLines } = this.#terminal;
    this.#isHandedOver = true;
    try {
      await suspendTerminal(async () => {
        wrapLines();
        await meanwhile();
        cutLines();
        // A stopped job gets no SIGWINCH: let the stream look at the size that the terminal has now.
        process.emit('SIGWINCH', 'SIGWINCH');
      });
    } finally {
      this.#isHandedOver = false;
    }
  }

  /** With our handler in place the signal would only call us: its default action has to be back first. */
  async #stopProcessGroup(): Promise<void> {
    process.off('SIGTSTP', this.suspend);
    process.kill(0, 'SIGTSTP');
    await new Promise((resolve) => setTimeout(resolve, stopGrace));
    process.on('SIGTSTP', this.suspend);
  }
}
