// biome-ignore lint/correctness/noUnresolvedImports: its types are an ambient module, which Biome cannot see
import { type IPty, spawn } from '@lydell/node-pty';
import { Watched } from '../helpers/condition.ts';
import { cleanEnvironment, TemporaryFolder } from '../helpers/environment.ts';
import type { Program } from './process-run.ts';

/** What ends each frame: the program draws in synchronised updates. */
export const frameEnd = '\u001b[?2026l';

/**
 * A program in a pty whose frames are timed as their bytes come. Nothing draws them: an emulator would take the time of
 * the processor from what is measured.
 */
export class TimedTerminal implements Disposable {
  readonly #folder = new TemporaryFolder();
  readonly #pty: IPty;
  readonly #watched = new Watched();
  #output = '';
  #ended = false;

  constructor({ command: [file = '', ...args] }: Program, size: { columns: number; rows: number }) {
    this.#pty = spawn(file, args, {
      cols: size.columns,
      rows: size.rows,
      cwd: this.#folder.path,
      env: cleanEnvironment(this.#folder.path, { TERM: 'xterm-256color', AWS_PAGER: '' }),
    });
    this.#pty.onData((data) => {
      this.#output += data;
      this.#watched.changed();
    });
    this.#pty.onExit(() => {
      this.#ended = true;
    });
  }

  get pid(): number {
    return this.#pty.pid;
  }

  /** Everything that was written so far. */
  get output(): string {
    return this.#output;
  }

  /** Types, and times until the end of the frame that has `mark` in it. Milliseconds. */
  async press(keys: string, mark: string): Promise<number> {
    const from = this.#output.length;
    const startedAt = performance.now();
    this.#pty.write(keys);
    await this.#waitFor(from, mark, frameEnd);
    return performance.now() - startedAt;
  }

  /** Types what need not be answered. */
  write(keys: string): void {
    this.#pty.write(keys);
  }

  /** Waits for a text in what is written. @throws Error after 30 s, or when the program has ended without it */
  async waitFor(text: string): Promise<void> {
    await this.#waitFor(0, text, '');
  }

  /** Types what leaves the program, and waits until it has ended. */
  async leave(keys: string): Promise<void> {
    this.#pty.write(keys);
    await this.#watched.waitFor(
      () => this.#ended || undefined,
      () => false,
      () => 'the program was left in vain',
    );
  }

  async #waitFor(from: number, mark: string, end: string): Promise<void> {
    await this.#watched.waitFor(
      () => {
        const at = this.#output.indexOf(mark, from);
        return (at >= 0 && this.#output.indexOf(end, at) >= 0) || undefined;
      },
      () => this.#ended,
      () =>
        `waited in vain for ${JSON.stringify(mark)} in ${JSON.stringify(this.#output.slice(from).slice(-2000))}`,
    );
  }

  [Symbol.dispose](): void {
    if (!this.#ended) process.kill(this.#pty.pid, 'SIGKILL');
    this.#folder[Symbol.dispose]();
  }
}
