// biome-ignore lint/correctness/noUnresolvedImports: its types are an ambient module, which Biome cannot see
import { type IPty, spawn } from '@lydell/node-pty';
// biome-ignore lint/correctness/noUnresolvedImports: CommonJS, whose names node does not find; the default is all of it
import xterm from '@xterm/headless';
import { type Cell, cellsOf } from './cells.ts';
import { Watched } from './condition.ts';
import { cleanEnvironment, type Environment, programFile, TemporaryFolder } from './environment.ts';

export interface TerminalOptions {
  readonly columns?: number;
  readonly rows?: number;
  /** Added to `cleanEnvironment`. */
  readonly env?: Environment;
}

export interface Exit {
  readonly exitCode: number;
  /** Number of the signal that ended it, 0 when none did. */
  readonly signal: number;
}

/** The built program with these arguments, in a terminal of its own. */
export function openTerminal(args: readonly string[], options: TerminalOptions = {}): TestTerminal {
  return new TestTerminal(process.execPath, [programFile, ...args], options);
}

/** An interactive shell in a terminal of its own, for what needs job control or a look at the terminal's modes. */
export function openShell(options: TerminalOptions = {}): TestTerminal {
  return new TestTerminal('sh', ['-i'], { ...options, env: { PS1: '$ ', ENV: undefined, ...options.env } });
}

/** A command line that starts the built program from a shell. */
export function shellCommand(args: readonly string[]): string {
  return [process.execPath, programFile, ...args].map((arg) => `'${arg}'`).join(' ');
}

/** A process in a real pty, whose output a terminal emulator draws. */
export class TestTerminal implements Disposable {
  /** Settles after everything that was written last is drawn. */
  readonly exit: Promise<Exit>;
  /** Its working directory and HOME. */
  readonly folder = new TemporaryFolder();
  readonly #pty: IPty;
  readonly #emulator: InstanceType<typeof xterm.Terminal>;
  readonly #watched = new Watched();
  #output = '';
  /** How much had been written when the size was last changed: what stands there then was drawn for another size. */
  #writtenAtResize = -1;
  #ended: Exit | null = null;

  constructor(file: string, args: readonly string[], { columns = 100, rows = 30, env }: TerminalOptions) {
    this.#emulator = new xterm.Terminal({ cols: columns, rows, scrollback: 5000, allowProposedApi: true });
    this.#pty = spawn(file, [...args], {
      cols: columns,
      rows,
      cwd: this.folder.path,
      env: cleanEnvironment(this.folder.path, { TERM: 'xterm-256color', ...env }),
    });
    this.#pty.onData((data) => {
      this.#output += data;
      this.#emulator.write(data, () => this.#watched.changed());
    });
    this.exit = new Promise((resolve) => {
      this.#pty.onExit(({ exitCode, signal = 0 }) => {
        this.#emulator.write('', () => {
          this.#ended = { exitCode, signal };
          resolve(this.#ended);
          this.#watched.changed();
        });
      });
    });
  }

  get pid(): number {
    return this.#pty.pid;
  }

  /** Everything that was written so far, as it came. */
  get output(): string {
    return this.#output;
  }

  /** Types. */
  write(keys: string): void {
    this.#pty.write(keys);
  }

  resize(columns: number, rows: number): void {
    this.#writtenAtResize = this.#output.length;
    this.#emulator.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  /** Closes the terminal, as the one does who closes its window. */
  hangUp(): void {
    (this.#pty as IPty & { destroy(): void }).destroy();
  }

  get hasEnded(): boolean {
    return this.#ended !== null;
  }

  kill(signal: NodeJS.Signals): void {
    process.kill(this.#pty.pid, signal);
  }

  /** The visible lines, without the spaces at their ends. */
  screen(): string[] {
    const { active } = this.#emulator.buffer;
    return this.#lines().map(
      (y) => active.getLine(y)?.translateToString(true, 0, this.#emulator.cols).trimEnd() ?? '',
    );
  }

  /** The visible cells, line by line. */
  cells(): Cell[][] {
    const { active } = this.#emulator.buffer;
    return this.#lines().map((y) => cellsOf(active.getLine(y), this.#emulator.cols));
  }

  /** What the terminal keeps above and on its normal screen, without empty lines at the end. */
  scrollback(): string {
    const { normal } = this.#emulator.buffer;
    return Array.from({ length: normal.length }, (_, y) => {
      const line = normal.getLine(y);
      return `${line?.isWrapped ? '' : '\n'}${line?.translateToString(true) ?? ''}`;
    })
      .join('')
      .trim();
  }

  get onAlternateScreen(): boolean {
    return this.#emulator.buffer.active.type === 'alternate';
  }

  get cursorIsShown(): boolean {
    return this.#output.lastIndexOf('\u001b[?25h') >= this.#output.lastIndexOf('\u001b[?25l');
  }

  /** The column that what is written next begins in, from 0. */
  get cursorColumn(): number {
    return this.#emulator.buffer.active.cursorX;
  }

  /** Names of the modes that are not as a terminal has them at first. */
  get modesSet(): string[] {
    const { modes } = this.#emulator;
    const others = Object.entries(modes).filter(([name, value]) => value === (name !== 'wraparoundMode'));
    return [...others.map(([name]) => name), ...(modes.mouseTrackingMode === 'none' ? [] : ['mouse'])];
  }

  get wrapsLines(): boolean {
    return this.#emulator.modes.wraparoundMode;
  }

  get pastesInBrackets(): boolean {
    return this.#emulator.modes.bracketedPasteMode;
  }

  /**
   * Waits until the screen is as wanted, and gives its lines as they were then. Neither half-drawn frames are looked at
   * nor what a new size made of an old one.
   *
   * @throws Error that shows the screen, after `patience` milliseconds (30 s) or as soon as the process has ended
   */
  waitFor(
    wanted: RegExp | ((screen: string[]) => boolean),
    what?: string,
    patience?: number,
  ): Promise<string[]> {
    const holds = (screen: string[]) =>
      wanted instanceof RegExp ? wanted.test(screen.join('\n')) : wanted(screen);
    return this.#watched.waitFor(
      () => {
        const stale = this.#output.length <= this.#writtenAtResize;
        if (stale || this.#emulator.modes.synchronizedOutputMode) return undefined;
        const screen = this.screen();
        return holds(screen) ? screen : undefined;
      },
      () => this.#ended !== null,
      () => this.#failure(what ?? String(wanted)),
      patience,
    );
  }

  [Symbol.dispose](): void {
    try {
      if (this.#ended === null) this.kill('SIGKILL');
    } catch {
      // It is gone, and was not yet said to be.
    }
    this.folder[Symbol.dispose]();
  }

  #lines(): number[] {
    const { baseY } = this.#emulator.buffer.active;
    return Array.from({ length: this.#emulator.rows }, (_, row) => baseY + row);
  }

  #failure(what: string): string {
    const end = this.#ended ? `ended with ${JSON.stringify(this.#ended)}` : 'still running';
    const screen = this.screen().map((line) => `| ${line}`);
    return [`waited in vain for ${what}; the process is ${end}; the screen:`, ...screen].join('\n');
  }
}
