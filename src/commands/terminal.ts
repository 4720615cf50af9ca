import { openSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { UsageError, type WatchOptions } from '../options.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const controllingTerminal = process.platform === 'win32' ? '\\\\.\\CONIN$' : '/dev/tty';

/** Where keys come from: stdin when it is a terminal, else the controlling terminal. Opened when first needed. */
export class Keys {
  readonly #stdin: NodeJS.ReadStream;
  #opened: NodeJS.ReadStream | null | undefined;

  constructor(stdin: NodeJS.ReadStream) {
    this.#stdin = stdin;
  }

  /** The stream of keys, or null when there is no terminal. */
  open(): NodeJS.ReadStream | null {
    this.#opened ??= this.#stdin.isTTY ? this.#stdin : openControllingTerminal();
    return this.#opened;
  }

  close(): void {
    this.#opened?.destroy();
  }
}

function openControllingTerminal(): NodeJS.ReadStream | null {
  try {
    return new ReadStream(openSync(controllingTerminal, 'r'));
  } catch {
    return null;
  }
}

export type OutputMode = 'tui' | 'plain' | 'json';

/** The terminal as far as the choice of output depends on it. */
export interface Surroundings {
  readonly stdoutIsTerminal: boolean;
  readonly hasKeys: () => boolean;
  readonly term: string | undefined;
  /** Whether a screen reader reads it aloud. */
  readonly hasScreenReader: boolean;
}

/**
 * The output to use. A screen reader gets lines, which are read once each, not a screen that is drawn anew every second;
 * with `-o tui` it gets the screen all the same, as lines without a layout, which Ink draws for it.
 *
 * @throws UsageError when `-o tui` was asked for and cannot be had
 */
export function chooseOutput(
  { output, once }: Pick<WatchOptions, 'output' | 'once'>,
  surroundings: Surroundings,
): OutputMode {
  if (output === 'plain' || output === 'json') return output;
  const obstacle = once ? 'does not go with --once' : obstacleToScreen(surroundings);
  if (output === 'tui' && obstacle !== null)
    throw new UsageError(`-o tui ${obstacle}; use -o plain or -o json`);
  if (output === 'tui') return 'tui';
  return obstacle === null && !surroundings.hasScreenReader ? 'tui' : 'plain';
}

function obstacleToScreen({ stdoutIsTerminal, hasKeys, term }: Surroundings): string | null {
  if (!stdoutIsTerminal) return 'needs a terminal to draw on';
  if (term === 'dumb') return 'needs a terminal that can do more than TERM=dumb';
  return hasKeys() ? null : 'needs a terminal to read keys from';
}

/** Whether a screen reader is in use, as Ink is told, too. */
export function hasScreenReader(env: Environment): boolean {
  return env.INK_SCREEN_READER === 'true';
}

/** Colours of so many bits as chalk counts them: 16, 256 or all. */
export function colourLevel(bits: number): 1 | 2 | 3 {
  if (bits >= 24) return 3;
  return bits >= 8 ? 2 : 1;
}

/** Whether to use colours: what `--color` says, else NO_COLOR, else FORCE_COLOR, else whether there is a terminal. */
export function wantsColours(color: WatchOptions['color'], env: Environment, isTerminal: boolean): boolean {
  if (color !== 'auto') return color === 'always';
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return !['0', 'false'].includes(env.FORCE_COLOR);
  return isTerminal && env.TERM !== 'dumb';
}
