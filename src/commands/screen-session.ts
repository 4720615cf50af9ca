import chalk from 'chalk';
import { createElement } from 'react';
import type { Connection } from '../aws/connection.ts';
import { SsmCommandReader } from '../aws/ssm-command-reader.ts';
import type { Conclusion } from '../domain/conclusion.ts';
import { RemoteError } from '../domain/problem.ts';
import { sanitiseLine } from '../domain/sanitise.ts';
import { App } from '../ui/app.tsx';
import { ScreenController } from '../ui/controller.ts';
import { keySigns, wordLabels } from '../ui/keys/key-labels.ts';
import { colourPainter, plainPainter } from '../ui/painter.ts';
import { Picker } from '../ui/picker/picker.tsx';
import { PickerController } from '../ui/picker/picker-controller.ts';
import { openScreen, type Screen } from '../ui/screen.tsx';
import { listRefusal } from '../watch/command-list.ts';
import type { OutputReaders } from '../watch/outputs/output-readers.ts';
import { RecentCommands } from '../watch/recent-commands.ts';
import { realWaiting } from '../watch/waiting.ts';
import { createOutputReaders } from './aws-output-readers.ts';
import { closingSummary } from './closing-summary.ts';
import { concludeFailure } from './conclude.ts';
import { OutputSaver } from './output-saver.ts';
import type { RolloutWatch } from './rollout-watch.ts';
import type { Run } from './run.ts';
import { copyToClipboard, placeOf, watchServices } from './screen-services.ts';
import { type SessionStart, StartedWatch } from './started-watch.ts';
import { colourLevel } from './terminal.ts';

/** The newest commands are not read more often than this. Milliseconds. */
const leastListInterval = 5_000;

/** How the session ended: its conclusion, and the watch that it is about, or null. */
interface Ended {
  readonly conclusion: Conclusion;
  readonly watch: RolloutWatch | null;
}

/** What a key asked for that leads to another screen. */
type Intent = { readonly kind: 'back' } | { readonly kind: 'others'; readonly instanceId: string };

/**
 * All that happens on the screen, from the watch that was started or, without one, from the list of recent commands on.
 * What `start` rejects with is a conclusion too.
 */
export async function runScreenSession(run: Run, start: Promise<SessionStart>): Promise<Conclusion> {
  let connection: Connection;
  let started: StartedWatch | null;
  try {
    ({ connection, started } = await start);
  } catch (error) {
    return concludeUnwatched(run, error);
  }
  const screen = openTerminal(run);
  const session = new ScreenSession(run, connection, screen);
  const { conclusion, watch } = await session.run(started);
  screen.close();
  await screen.closed.catch(() => {});
  const saveLine = await session.settled();
  if (watch !== null && conclusion.outcome !== 'refused') {
    process.stdout.write(`${closingSummary(watch.viewParts, conclusion, watch.duration)}\n`);
  }
  if (saveLine !== null) process.stdout.write(`${run.characters.spell(sanitiseLine(saveLine))}\n`);
  return conclusion;
}

function openTerminal({ keys, stop, colours, characters }: Run): Screen {
  const keyStream = keys.open();
  if (!keyStream) throw new Error('the screen was chosen without keys');
  // Ink draws with it. The environment stays as it is, for the programs that credentials come from.
  chalk.level = colours ? colourLevel(process.stdout.getColorDepth(withoutNoColor(process.env))) : 0;
  const screen = openScreen(keyStream, characters.drawnOn(process.stdout), {
    keyLabels: characters.utf8 ? keySigns : wordLabels,
    painter: colours ? colourPainter : plainPainter,
  });
  // The terminal is gone when its keys end; SIGHUP says so too, but not everywhere.
  const hungUp = () => stop.throw({ kind: 'signal', signal: 'SIGHUP' });
  keyStream.on('end', hungUp).on('error', hungUp);
  screen.closed.catch((error: unknown) => stop.throw({ kind: 'broken', error }));
  return screen;
}

/** Where colours are wanted all the same, the terminal has as many as it has. */
function withoutNoColor({ NO_COLOR: _, ...environment }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return environment;
}

function concludeUnwatched({ stop, backend }: Run, error: unknown): Conclusion {
  const conclusion = concludeFailure(error, stop.reason, { rows: [] });
  return { ...conclusion, exitCode: backend.exitCode(conclusion) };
}

/** The screens that lie over each other: the calls of the two private functions are the stack. */
class ScreenSession {
  readonly #run: Run;
  readonly #connection: Connection;
  readonly #screen: Screen;
  readonly #readers: OutputReaders;
  readonly #saver: OutputSaver;
  /** The watch that was left last to go back, if it had come to its verdict. */
  #leftBehind: Ended | null = null;

  constructor(run: Run, connection: Connection, screen: Screen) {
    this.#readers = createOutputReaders(connection);
    this.#saver = new OutputSaver(this.#readers, run.clocks, run.stop.signal);
    this.#run = run;
    this.#connection = connection;
    this.#screen = screen;
  }

  /** Resolves when nothing is being saved any more: to what became of a save that no screen tells of, or null. */
  settled(): Promise<string | null> {
    return this.#saver.settled();
  }

  async run(started: StartedWatch | null): Promise<Ended> {
    try {
      const ended =
        started === null
          ? await this.#browse(this.#run.options.instanceId ?? null, null)
          : await this.#watch(started, false);
      if (ended === null) throw new Error('the first screen was left for one below it');
      return ended;
    } catch (error) {
      if (this.#run.stop.reason?.kind === 'signal' && this.#leftBehind) return this.#leftBehind;
      return { conclusion: concludeUnwatched(this.#run, error), watch: null };
    }
  }

  /**
   * The recent commands, and what is picked of them. `from` is the command whose watch lies below; null at the bottom,
   * where a list that is refused ends the session. Gives null when one goes back.
   *
   * @throws RemoteError, or the reason of the stop
   */
  async #browse(instanceId: string | null, from: string | null): Promise<Ended | null> {
    const { stop, options, clocks } = this.#run;
    const connection = this.#connection;
    const interval = Math.max(leastListInterval, options.interval);
    const reader = new SsmCommandReader(connection, { instanceId, pageSize: options.pageSize });
    const list = new RecentCommands(reader, interval, clocks, realWaiting);
    let pick = Promise.withResolvers<string | null>();
    const choose = (commandId: string | null) => {
      this.#screen.holdKeys();
      pick.resolve(commandId);
    };
    const services = {
      list,
      clocks,
      place: () => placeOf(connection),
      instanceId,
      except: from,
      interval,
      copy: copyToClipboard,
      watch: choose,
      back: from === null ? null : () => choose(null),
      leave: () => stop.throw({ kind: 'signal', signal: 'SIGINT' }),
    };
    const controller = new PickerController(services);
    const closed = new AbortController();
    const broken = [
      list.run(AbortSignal.any([stop.signal, closed.signal])),
      ...(from === null ? [refusal(list)] : []),
    ];
    try {
      for (;;) {
        pick = Promise.withResolvers();
        stop.continueTimeout();
        this.#screen.show(createElement(Picker, { services, controller }), controller);
        const commandId = await stop.orStopped(Promise.race([pick.promise, ...broken]));
        if (commandId === null) return null;
        const ended = await pausedMeanwhile(list, () => {
          const picked = new StartedWatch(this.#run, connection, commandId, instanceId);
          return this.#watch(picked, true);
        });
        if (ended) return ended;
      }
    } finally {
      closed.abort();
    }
  }

  /** The watch of a command. Gives null when one goes back. */
  async #watch(started: StartedWatch, canGoBack: boolean): Promise<Ended | null> {
    const { stop } = this.#run;
    const { watch, poller, signal, concluded } = started;
    let asked = Promise.withResolvers<Intent>();
    const ask = (intent: Intent) => {
      this.#screen.holdKeys();
      asked.resolve(intent);
    };
    const services = watchServices(this.#run, {
      watch,
      poller,
      connection: this.#connection,
      readers: this.#readers,
      saver: this.#saver,
      signal,
      back: canGoBack ? () => ask({ kind: 'back' }) : null,
      others: (onInstance) => ask({ kind: 'others', instanceId: onInstance }),
    });
    const controller = new ScreenController(services, watch.viewParts.shown);
    const ended = concluded.then((conclusion) => this.#linger(watch, conclusion));
    try {
      for (;;) {
        asked = Promise.withResolvers();
        if (isOver(watch)) stop.holdTimeout();
        this.#screen.show(createElement(App, { services, controller }), controller);
        const next = await Promise.race([ended, asked.promise]);
        if (!('kind' in next)) return next;
        if (next.kind === 'back') {
          this.#leftBehind = isOver(watch) ? { conclusion: await concluded, watch } : null;
          return null;
        }
        const other = await pausedMeanwhile(poller, () =>
          this.#browse(next.instanceId, watch.commandId),
        ).catch((error: unknown) => {
          if (stop.reason === null) throw error;
          return ended;
        });
        if (other) return other;
      }
    } finally {
      started.leave();
    }
  }

  /** After the end everything stays readable, until the one who watches leaves. */
  async #linger(watch: RolloutWatch, conclusion: Conclusion): Promise<Ended> {
    const { stop, options } = this.#run;
    if (isOver(watch) && !options.exit) {
      stop.holdTimeout();
      await stop.orStopped(new Promise(() => {})).catch(() => {});
    }
    return { conclusion, watch };
  }
}

function isOver({ store }: RolloutWatch): boolean {
  return store.getSnapshot().verdict !== null;
}

/** Rejects when AWS refuses the list before anything of it was read. */
function refusal(list: RecentCommands): Promise<never> {
  return new Promise((_, reject) => {
    list.subscribe(() => {
      const problem = listRefusal(list.getSnapshot());
      if (problem) reject(new RemoteError(problem));
    });
  });
}

interface Pausable {
  readonly paused: boolean;
  pause(): void;
  resume(): void;
}

/** What lies below another screen asks AWS for nothing. */
async function pausedMeanwhile<Value>(polling: Pausable, during: () => Promise<Value>): Promise<Value> {
  const wasPaused = polling.paused;
  polling.pause();
  try {
    return await during();
  } finally {
    if (!wasPaused) polling.resume();
  }
}
