import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Watched } from './condition.ts';
import { cleanEnvironment, type Environment, programFile, TemporaryFolder } from './environment.ts';

export interface RunOptions {
  /** What is piped in; nothing is, by default. */
  readonly input?: string;
  /** Added to `cleanEnvironment`. */
  readonly env?: Environment;
  /** What stdout is piped through, for a shell. The program's exit code is then told as the last line of stderr. */
  readonly through?: string;
}

/** A run that has ended. */
export interface Run {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built program to its end, without a terminal. */
export async function runProgram(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  using program = new RunningProgram(args, options);
  return await program.ended;
}

/** The built program without a terminal, while it runs. */
export class RunningProgram implements Disposable {
  readonly ended: Promise<Run>;
  readonly #folder = new TemporaryFolder();
  readonly #child: ChildProcess;
  readonly #watched = new Watched();
  #stdout = '';
  #stderr = '';
  #hasEnded = false;

  constructor(args: readonly string[], { input = '', env, through }: RunOptions = {}) {
    const command = [process.execPath, programFile, ...args];
    const script = `{ "$@"; echo "exit $?" >&2; } | ${through}`;
    const [file = '', ...rest] = through === undefined ? command : ['sh', '-c', script, 'sh', ...command];
    this.#child = spawn(file, rest, {
      // A session of its own: there is no controlling terminal to be found, whoever starts the tests.
      detached: true,
      cwd: this.#folder.path,
      env: cleanEnvironment(this.#folder.path, env),
    });
    const { stdin, stdout, stderr } = this.#child;
    stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text;
      this.#watched.changed();
    });
    stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
    });
    // It need not read what is piped in.
    stdin?.on('error', () => {}).end(input);
    this.ended = once(this.#child, 'close').then(([exitCode, signal]) => {
      this.#hasEnded = true;
      return {
        exitCode: typeof exitCode === 'number' ? exitCode : null,
        signal,
        stdout: this.#stdout,
        stderr: this.#stderr,
      };
    });
  }

  /** What it has written to stdout so far. */
  get stdout(): string {
    return this.#stdout;
  }

  /** Whether it has ended, and all that it wrote was read. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /**
   * @throws Error that shows what was written instead, after `patience` milliseconds (30 s) or as soon as the program has
   * ended
   */
  async waitForOutput(wanted: RegExp | ((stdout: string) => boolean), patience?: number): Promise<void> {
    const holds = () => (wanted instanceof RegExp ? wanted.test(this.#stdout) : wanted(this.#stdout));
    await this.#watched.waitFor(
      () => holds() || undefined,
      () => this.#hasEnded,
      () => `waited in vain for ${wanted}; stdout:\n${this.#stdout}\nstderr:\n${this.#stderr}`,
      patience,
    );
  }

  [Symbol.dispose](): void {
    if (this.#child.exitCode === null) this.#child.kill('SIGKILL');
    this.#folder[Symbol.dispose]();
  }
}
