import { arch, release } from 'node:os';
import manifest from '../../package.json' with { type: 'json' };
import type { Session } from '../aws/session.ts';
import type { CallListener } from '../domain/call-event.ts';
import type { Conclusion } from '../domain/conclusion.ts';
import { UsageError, type WatchOptions } from '../options.ts';
import { DebugFile, DebugFileError } from '../output/debug/debug-file.ts';
import {
  activityEntry,
  callEntry,
  type DebugEntry,
  eventEntry,
  stepEntry,
} from '../output/debug/debug-lines.ts';
import {
  brokenEntry,
  endEntry,
  type RunEnvironment,
  resizeEntry,
  sessionEntry,
  startEntry,
  type TerminalSize,
  watchBegunEntry,
  watchEndEntry,
} from '../output/debug/run-lines.ts';
import { type EndFigures, jsonLine } from '../output/json.ts';
import type { RolloutStore } from '../watch/store.ts';
import type { Characters } from './characters.ts';
import { messageLine } from './error-line.ts';
import type { StopReason } from './stop.ts';
import type { OutputMode } from './terminal.ts';

/** What `--debug` keeps: every call and every change of what is known, as JSON lines that can go into a bug report. */
export class DebugLog {
  /** What became of the file, until it is told. */
  #failure: string | null = null;
  readonly #file: DebugFile;
  readonly #resized = () => this.#write(resizeEntry(terminalSize()));
  #watches = 0;

  /** Opens the log and says what runs where. @throws UsageError when the file cannot be had */
  static open(path: string, options: WatchOptions, output: OutputMode, characters: Characters): DebugLog {
    const log = new DebugLog(path, output, characters);
    log.#write(startEntry(runEnvironment(options, output)));
    if (process.stdout.isTTY) process.stdout.on('resize', log.#resized);
    return log;
  }

  private constructor(path: string, output: OutputMode, characters: Characters) {
    try {
      this.#file = new DebugFile(path, (message) => this.#failed(message, output, characters));
    } catch (error) {
      throw error instanceof DebugFileError ? new UsageError(error.message) : error;
    }
  }

  readonly onCall: CallListener = (event) => this.#write(callEntry(event));

  /** Says where the calls go. */
  signedIn(session: Session): void {
    this.#write(sessionEntry(session));
  }

  /** Writes what the store tells, from now on. Each line says which watch of the run it is about. */
  follow(store: RolloutStore, commandId: string): void {
    const watch = ++this.#watches;
    const write = (entry: DebugEntry) => this.#write({ ...entry, watch });
    write(watchBegunEntry(commandId, store.instanceId));
    store.onEvent((event) => write(eventEntry(event)));
    store.steps.subscribe((step) => write(stepEntry(step)));
    let before = store.getSnapshot();
    store.subscribe(() => {
      const snapshot = store.getSnapshot();
      const entry = activityEntry(snapshot, before, store.clocks.monotonic());
      before = snapshot;
      if (entry) write(entry);
    });
  }

  watchEnded(conclusion: Conclusion, figures: EndFigures): void {
    this.#write(watchEndEntry(conclusion, figures));
  }

  /** A mistake of ours. */
  broke(error: unknown): void {
    this.#write(brokenEntry(error));
  }

  /** Writes the last line. Gives what went wrong with the log and was not told yet; null when nothing did. */
  end(conclusion: Conclusion, reason: StopReason | null): string | null {
    process.stdout.off('resize', this.#resized);
    if (reason?.kind === 'broken') this.broke(reason.error);
    const stopped = reason?.kind === 'signal' ? reason.signal : (reason?.kind ?? null);
    this.#write(endEntry(conclusion, stopped, Math.round(process.resourceUsage().maxRSS / 1024)));
    this.#file.close();
    return this.#failure;
  }

  #write({ event, ...members }: DebugEntry): void {
    this.#file.write(jsonLine(event, Date.now(), members));
  }

  /** Said at once, unless that would be drawn into the screen; then it waits for the end. */
  #failed(message: string, output: OutputMode, characters: Characters): void {
    if (output === 'tui') this.#failure = message;
    else process.stderr.write(`${messageLine(message, characters)}\n`);
  }
}

function runEnvironment(options: WatchOptions, output: OutputMode): RunEnvironment {
  const { env, platform, version: node, pid, stdin, stdout } = process;
  return {
    program: { version: manifest.version, node, platform, system: release(), arch: arch(), pid },
    output,
    terminal: {
      stdinIsTerminal: stdin.isTTY === true,
      stdoutIsTerminal: stdout.isTTY === true,
      ...terminalSize(),
      colourBits: stdout.isTTY ? stdout.getColorDepth() : null,
    },
    environment: env,
    options,
  };
}

function terminalSize(): TerminalSize {
  const { columns, rows } = process.stdout;
  return { columns: columns ?? null, rows: rows ?? null };
}
