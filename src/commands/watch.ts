import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from '../aws/connection.ts';
import type { MfaPrompt } from '../aws/credentials.ts';
import { readNodes } from '../aws/instance-information.ts';
import { SsmRolloutReader } from '../aws/rollout-reader.ts';
import type { Conclusion } from '../domain/conclusion.ts';
import { failuresOf, groupByCause } from '../domain/failure-groups.ts';
import { RemoteError } from '../domain/problem.ts';
import { sanitiseLine } from '../domain/sanitise.ts';
import type { WatchOptions } from '../options.ts';
import { NodeLookup, type ReadNodes } from '../watch/nodes.ts';
import { Poller } from '../watch/poller.ts';
import { type Clocks, RolloutStore } from '../watch/store.ts';
import { brokenMessage, concludeEnding, concludeFailure, durationOf } from './conclude.ts';
import { openJsonView } from './json-view.ts';
import { MfaQuestion } from './mfa.ts';
import { openPlainView } from './plain-view.ts';
import { connectStops, StopSwitch } from './stop.ts';
import { chooseOutput, Keys, type OutputMode, wantsColours } from './terminal.ts';
import type { View, ViewParts } from './view.ts';

/** Where the rollout is, and what its end means to the shell. */
export interface Backend {
  /** Signs in. @throws RemoteError */
  connect(mfaPrompt: MfaPrompt): Promise<Connection>;
  /** This machine's time in epoch milliseconds, until AWS's is known. */
  now(): number;
  exitCode(conclusion: Conclusion): number;
}

/**
 * Watches a rollout to its end in the output that the options and the terminal allow. Gives the exit code.
 *
 * @throws UsageError
 */
export async function runWatch(commandId: string, options: WatchOptions, backend: Backend): Promise<number> {
  const keys = new Keys(process.stdin);
  const output = chooseOutput(options, {
    stdoutIsTerminal: process.stdout.isTTY === true,
    hasKeys: () => keys.open() !== null,
    term: process.env.TERM,
  });
  const stop = new StopSwitch();
  connectStops(stop);
  if (options.timeout !== undefined) stop.startTimeout(options.timeout);
  const run = new WatchRun(commandId, options, backend, stop, keys);
  return run.toExitCode(output);
}

/** One watch from sign-in to exit code. */
class WatchRun {
  readonly #commandId: string;
  readonly #options: WatchOptions;
  readonly #backend: Backend;
  readonly #stop: StopSwitch;
  readonly #keys: Keys;
  readonly #clocks: Clocks;
  readonly #store: RolloutStore;
  #connection: Connection | null = null;
  #nodes: NodeLookup | null = null;
  #view: View | null = null;

  constructor(commandId: string, options: WatchOptions, backend: Backend, stop: StopSwitch, keys: Keys) {
    this.#commandId = commandId;
    this.#options = options;
    this.#backend = backend;
    this.#stop = stop;
    this.#keys = keys;
    this.#clocks = {
      monotonic: () => performance.now(),
      awsTime: () => this.#connection?.awsTime() ?? backend.now(),
    };
    this.#store = new RolloutStore(this.#clocks, options.instanceId ?? null);
  }

  async toExitCode(output: OutputMode): Promise<number> {
    const startedAt = this.#clocks.awsTime();
    const conclusion = await this.#conclude(output);
    const snapshot = this.#store.getSnapshot();
    if (snapshot.verdict) await this.#linger();
    this.#nodes?.close();
    await this.#view?.close(conclusion, {
      commandId: this.#commandId,
      durationMs: durationOf(snapshot, startedAt, this.#clocks.awsTime()),
      apiCalls: this.#connection?.requests ?? 0,
      failures: groupByCause(failuresOf(snapshot.rows, conclusion.outcome), snapshot.circumstances),
    });
    const message = conclusion.message ?? this.#brokenSince();
    if (message !== null) process.stderr.write(`ssm-watch: ${sanitiseLine(message)}\n`);
    this.#connection?.close();
    this.#keys.close();
    return conclusion.exitCode;
  }

  async #conclude(output: OutputMode): Promise<Conclusion> {
    let conclusion: Conclusion;
    try {
      conclusion = await this.#watch(output);
    } catch (error) {
      if (error instanceof RemoteError) this.#store.problemMet('sweep', error.problem, null);
      conclusion = concludeFailure(error, this.#stop.reason, this.#store.getSnapshot());
    }
    return { ...conclusion, exitCode: this.#backend.exitCode(conclusion) };
  }

  async #watch(output: OutputMode): Promise<Conclusion> {
    const colours = wantsColours(this.#options.color, process.env, process.stdout.isTTY === true);
    const parts = this.#viewParts(colours);
    if (output === 'plain') this.#view = openPlainView(parts);
    if (output === 'json') this.#view = openJsonView(parts, () => this.#connection?.session.region ?? null);
    const loadingScreen = output === 'tui' ? loadScreen(colours) : null;
    const mfa = new MfaQuestion(() => this.#keys.open());
    const connection = await this.#stop.orStopped(this.#backend.connect(mfa.ask));
    this.#connection = connection;
    mfa.stopAsking();
    const poller = this.#createPoller(connection, output);
    // Nothing that `json` says depends on the nodes, and one sweep is over before they are known.
    if (output !== 'json' && !this.#options.once) this.#nodes = this.#lookUpNodes(connection);
    const screen = await loadingScreen;
    if (screen) {
      const { interval } = this.#options;
      this.#view = screen.openScreenView(parts, {
        poller,
        connection,
        keys: this.#keys,
        stop: this.#stop,
        interval,
      });
    }
    const ending = await this.#stop.orStopped(poller.run(this.#stop.signal));
    return concludeEnding(ending, this.#store.getSnapshot(), {
      commandId: this.#commandId,
      session: connection.session,
      account: connection.account,
    });
  }

  #createPoller(connection: Connection, output: OutputMode): Poller {
    const { instanceId = null, pageSize, interval, once } = this.#options;
    return new Poller(
      new SsmRolloutReader(connection, { commandId: this.#commandId, instanceId, pageSize }),
      this.#store,
      { interval, once, givesUpUnreachable: output !== 'tui' },
      {
        monotonic: this.#clocks.monotonic,
        delay: (milliseconds, signal) => delay(milliseconds, undefined, { signal }),
        random: Math.random,
      },
    );
  }

  #lookUpNodes(connection: Connection): NodeLookup {
    const read: ReadNodes = (instanceIds, signal) => readNodes(connection, instanceIds, signal);
    return new NodeLookup(this.#store, read, this.#clocks);
  }

  #viewParts(colours: boolean): ViewParts {
    const { status, filter, failures } = this.#options;
    return {
      commandId: this.#commandId,
      store: this.#store,
      clocks: this.#clocks,
      shown: { statuses: status, text: filter, failuresOnly: failures, group: null },
      colours,
    };
  }

  /** What broke after the verdict, which stands all the same. */
  #brokenSince(): string | null {
    const { reason } = this.#stop;
    return reason?.kind === 'broken' ? brokenMessage(reason.error) : null;
  }

  /** After the end everything stays readable, until the one who watches leaves. */
  async #linger(): Promise<void> {
    this.#stop.cancelTimeout();
    if (this.#options.exit || !this.#view) return;
    await this.#stop.orStopped(this.#view.linger()).catch(() => {});
  }
}

/** The screen's code, loaded while the credentials are looked for. Ink's colours are decided when it is loaded. */
function loadScreen(colours: boolean): Promise<typeof import('./screen-view.ts')> {
  delete process.env.NO_COLOR;
  process.env.FORCE_COLOR = colours ? '1' : '0';
  return import('./screen-view.ts');
}
