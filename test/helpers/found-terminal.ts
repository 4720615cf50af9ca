import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Environment, programFile } from './environment.ts';
import { TestTerminal } from './terminal.ts';

const sabotage = new URL('./sabotage.ts', import.meta.url).href;

/** It outlives the terminal, to tell what became of the program, which has the signals as ever. */
const script = [
  'trap : HUP INT QUIT',
  'stty -g > before',
  'sh -c \'echo $$ > pid; exec "$@" 2> errors\' sh "$@"',
  'echo $? > code',
  'stty -g > after',
  'echo yes > told',
].join('; ');

/** The built program in a terminal that is looked at before and after, with a way to make it break in itself. */
export class FoundTerminal extends TestTerminal {
  constructor(args: readonly string[], breaks: string, env: Environment = {}) {
    super('sh', ['-c', script, 'sh', process.execPath, programFile, ...args], {
      env: { NODE_OPTIONS: `--import=${sabotage}`, SABOTAGE: breaks, ...env },
    });
  }

  /** Sends the program a signal. */
  signal(signal: NodeJS.Signals): void {
    process.kill(Number(this.file('pid')), signal);
  }

  /** What was written to a file in its folder; '' when there is none. */
  file(name: string): string {
    try {
      return readFileSync(join(this.folder.path, name), 'utf8').trim();
    } catch {
      return '';
    }
  }

  override [Symbol.dispose](): void {
    try {
      if (this.file('code') === '') this.signal('SIGKILL');
    } catch {
      // It never started, or is gone.
    }
    super[Symbol.dispose]();
  }
}
