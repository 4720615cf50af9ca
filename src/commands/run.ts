import type { Connection } from '../aws/connection.ts';
import type { MfaPrompt } from '../aws/credentials.ts';
import type { CallListener } from '../domain/call-event.ts';
import { type Conclusion, exitCodes, signalExitCodes } from '../domain/conclusion.ts';
import type { WatchOptions } from '../options.ts';
import type { Clocks } from '../watch/clocks.ts';
import { brokenMessage } from './broken-message.ts';
import type { Characters } from './characters.ts';
import type { DebugLog } from './debug-log.ts';
import { messageLine } from './error-line.ts';
import { flushStdout } from './flush.ts';
import { MfaQuestion } from './mfa.ts';
import type { StopSwitch } from './stop.ts';
import type { Keys } from './terminal.ts';

/** Where the commands are, and what the end of a watch means to the shell. */
export interface Backend {
  /** Signs in. `onCall` is told of each call, where somebody wants to know. @throws RemoteError */
  connect(mfaPrompt: MfaPrompt, onCall: CallListener | null): Promise<Connection>;
  /** This machine's time in epoch milliseconds, until AWS's is known. */
  now(): number;
  exitCode(conclusion: Conclusion): number;
}

/** What is there once in a run, however many commands it watches. */
export class Run {
  readonly options: WatchOptions;
  readonly backend: Backend;
  readonly stop: StopSwitch;
  readonly keys: Keys;
  readonly clocks: Clocks;
  readonly colours: boolean;
  readonly characters: Characters;
  /** Null where none was asked for. */
  readonly debugLog: DebugLog | null;
  #connection: Connection | null = null;

  constructor(
    options: WatchOptions,
    backend: Backend,
    stop: StopSwitch,
    keys: Keys,
    drawing: Pick<Run, 'colours' | 'characters'>,
    debugLog: DebugLog | null = null,
  ) {
    this.debugLog = debugLog;
    this.options = options;
    this.backend = backend;
    this.stop = stop;
    this.keys = keys;
    this.clocks = {
      monotonic: () => performance.now(),
      awsTime: () => this.#connection?.awsTime() ?? backend.now(),
    };
    this.colours = drawing.colours;
    this.characters = drawing.characters;
  }

  /** The connection; null until signed in. */
  get connection(): Connection | null {
    return this.#connection;
  }

  /** Asks for an MFA code on the terminal where one is needed. @throws RemoteError, or the reason of the stop */
  async signIn(): Promise<Connection> {
    const mfa = new MfaQuestion(() => this.keys.open(), this.characters);
    const connection = await this.stop.orStopped(
      this.backend.connect(mfa.ask, this.debugLog?.onCall ?? null),
    );
    this.#connection = connection;
    this.debugLog?.signedIn(connection.session);
    mfa.stopAsking();
    return connection;
  }

  /** Ends the run: says why, where the outcome alone does not. Gives the exit code, when what was written has been read. */
  async end(conclusion: Conclusion): Promise<number> {
    this.#tell(conclusion.message ?? this.#brokenSince());
    this.#connection?.close();
    this.keys.close();
    // What is over may be read for as long as one likes.
    this.stop.holdTimeout();
    const wasStopped = this.stop.reason !== null;
    await flushStdout(this.stop);
    const exitCode = wasStopped ? conclusion.exitCode : this.#exitCodeSince(conclusion);
    this.#tell(this.debugLog?.end({ ...conclusion, exitCode }, this.stop.reason) ?? null);
    return exitCode;
  }

  #tell(line: string | null): void {
    if (line !== null) process.stderr.write(`${messageLine(line, this.characters)}\n`);
  }

  /** The exit code where nobody has read the last of what was written, or somebody had no patience for it. */
  #exitCodeSince({ exitCode }: Conclusion): number {
    const { reason } = this.stop;
    if (reason?.kind === 'signal') return signalExitCodes[reason.signal];
    if (reason?.kind !== 'closed-output') return exitCode;
    this.#tell(reason.message);
    return exitCodes.closedOutput;
  }

  /** What broke after the verdict, which stands all the same. */
  #brokenSince(): string | null {
    const { reason } = this.stop;
    return reason?.kind === 'broken' ? brokenMessage(reason.error) : null;
  }
}
