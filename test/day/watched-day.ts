import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { render } from 'ink';
import { createElement } from 'react';
import { readNodes } from '../../src/aws/instance-information.ts';
import { SsmRolloutReader } from '../../src/aws/ssm-rollout-reader.ts';
import { createOutputReaders } from '../../src/commands/aws-output-readers.ts';
import { charactersIn } from '../../src/commands/characters.ts';
import { DebugLog } from '../../src/commands/debug-log.ts';
import { everything } from '../../src/domain/rows.ts';
import { parseArguments, type WatchOptions } from '../../src/options.ts';
import { jsonEventLine } from '../../src/output/json.ts';
import { random } from '../../src/simulator/model/random.ts';
import { App } from '../../src/ui/app.tsx';
import { ScreenController } from '../../src/ui/controller.ts';
import { NodeLookup } from '../../src/watch/node-lookup.ts';
import { OutputStore } from '../../src/watch/outputs/output-store.ts';
import { Poller } from '../../src/watch/poller.ts';
import { onScreen } from '../../src/watch/polling-policy.ts';
import { RolloutStore } from '../../src/watch/store.ts';
import { commandId } from '../bench/standing-rollout.ts';
import { connectTo } from '../helpers/connect-to.ts';
import { TemporaryFolder } from '../helpers/environment.ts';
import { withKeyboard } from '../ui/with-keyboard.ts';
import { CountingStdout, TypedKeys } from './fake-terminal.ts';
import { FaultyEndpoint } from './faulty-endpoint.ts';
import { type Holdings, LeakWatch } from './leaks.ts';
import { VirtualTime } from './virtual-time.ts';

export interface DaySetup {
  readonly rows: number;
  /** Between rounds. Virtual milliseconds. */
  readonly interval: number;
  /** After each of these there is a look at what is held. Virtual milliseconds. */
  readonly period: number;
  readonly periods: number;
  readonly seed: number;
}

/** What a day of watching came to. */
export interface WatchedDay {
  readonly before: Holdings;
  /** After each period. */
  readonly meanwhile: readonly Holdings[];
  readonly after: Holdings;
  readonly calls: number;
  readonly faults: number;
  readonly faultKinds: number;
  readonly problems: number;
  /** Rows that are known at the end, and problems that stand. */
  readonly rows: number;
  readonly standing: readonly string[];
  readonly keys: number;
  readonly drawnBytes: number;
  readonly logBytes: number;
  /** What node warned of: too many listeners, for one. */
  readonly warnings: readonly string[];
}

const begin = Date.UTC(2026, 8, 27);
/** Nothing goes wrong at first, or that would end the watch, nor shortly before the end, when all must be well again. */
const calm = 60_000;
const faultRate = 0.1;
const callLimit = 2_000;
/** What is pressed at random: every pane is opened and left again and again. */
const keys = [
  ...['j', 'k', 'g', 'G', ' ', 'b', '\r', '\r', '\r', '\u001b', '\u001b', 'f', 'v', 'v', '>', '<', 'I', '?'],
  ...['a', 'P', 'w', 'F', '\t', 'p', 'r', 'y', '/', 'i-0\r', 'q'],
] as const;

/**
 * Watches a restless rollout over HTTP while much goes wrong and somebody presses keys, in virtual time: the reader, the
 * poller, the store, the screen with its panes, the outputs that are looked at, the nodes, and the debug log.
 */
export async function watchDay({ rows, interval, period, periods, seed }: DaySetup): Promise<WatchedDay> {
  using leaks = new LeakWatch();
  using folder = new TemporaryFolder();
  const log = join(folder.path, 'debug.jsonl');
  const warnings: string[] = [];
  const warned = ({ name, message }: Error) => void warnings.push(`${name}: ${message}`);
  process.on('warning', warned);
  const before = await leaks.count();
  const meanwhile: Holdings[] = [];
  const figures = await watchFor(periods * period, async () => {
    meanwhile.push(await leaks.count());
  });
  // Sockets, and their timers, are let go of a moment later.
  let after = await leaks.count();
  for (let tries = 0; tries < 100 && isMore(after, before); tries++) {
    await delay(50);
    after = await leaks.count();
  }
  process.off('warning', warned);
  return { before, meanwhile, after, warnings, ...figures, logBytes: statSync(log).size };

  async function watchFor(length: number, onPeriod: () => Promise<void>) {
    const time = new VirtualTime(begin);
    const chance = random(seed, 'keys');
    const isStormy = () => time.elapsed() > calm && time.elapsed() < length - period / 2;
    const setup = { rows, seed, elapsed: time.elapsed, faultRate: () => (isStormy() ? faultRate : 0) };
    await using endpoint = new FaultyEndpoint(setup);
    const debugLog = DebugLog.open(log, watchOptions(), 'tui', charactersIn({}));
    const connection = connectTo(await endpoint.listen(), {
      now: time.now,
      callLimit,
      onCall: debugLog.onCall,
    });
    const clocks = { monotonic: time.now, awsTime: time.now };
    const store = new RolloutStore(clocks);
    debugLog.follow(store, commandId);
    let problems = 0;
    store.onEvent((event) => {
      if (event.type === 'problem') problems += 1;
      jsonEventLine(event, time.now(), 'eu-west-1', everything, store.circumstances);
    });
    // Time stands still while it is paused.
    store.subscribe(() => {
      if (store.activity.kind === 'paused') setImmediate(() => poller.resume());
    });
    const over = new AbortController();
    const nodes = new NodeLookup(store, (ids, signal) => readNodes(connection, ids, signal));
    let pressed = 0;
    let nextLook = period;
    const poller = new Poller(
      new SsmRolloutReader(connection, { commandId, instanceId: null, pageSize: 50 }),
      store,
      { interval, pageSize: 50, policy: onScreen },
      {
        random: () => chance.next(),
        delay: async (milliseconds, signal) => {
          await nextTurn(undefined, { signal });
          time.pass(milliseconds);
          typed.type(chance.pick(keys));
          pressed += 1;
          if (time.elapsed() >= nextLook && nextLook <= length) {
            nextLook += period;
            await leavePanes(typed, controller);
            await screen.waitUntilRenderFlush();
            await onPeriod();
          }
          // A call that hangs does so in real time: what it was made for may be long over in ours.
          const isWell = store.getSnapshot().problems.length === 0 || time.elapsed() >= 2 * length;
          if (nextLook > length && isWell) over.abort();
        },
      },
    );
    const services = {
      store,
      outputs: new OutputStore(createOutputReaders(connection), time.sleep, over.signal),
      clocks,
      commandId,
      place: () => ({ region: 'eu-west-1', profile: null, account: null }),
      cliOptions: '--region eu-west-1',
      interval,
      duration: time.elapsed,
      polling: poller,
      copy: () => {},
      save: async () => 'saved',
      back: null,
      others: () => {},
      leave: () => {},
    };
    const controller = new ScreenController(services, everything);
    const stdout = new CountingStdout();
    const typed = new TypedKeys();
    const screen = render(withKeyboard(createElement(App, { services, controller }), controller), {
      stdout: stdout as never,
      stdin: typed as never,
      stderr: new CountingStdout() as never,
      incrementalRendering: true,
      exitOnCtrlC: false,
      patchConsole: false,
      interactive: true,
    });
    await poller.run(over.signal).catch((error: unknown) => {
      if (!over.signal.aborted) throw error;
    });
    screen.unmount();
    await screen.waitUntilExit();
    nodes.close();
    connection.close();
    debugLog.end(
      { outcome: 'interrupted', exitCode: 130, message: null, counts: {}, commandStatus: null },
      null,
    );
    return {
      calls: endpoint.calls,
      faults: [...endpoint.struck.values()].reduce((sum, count) => sum + count, 0),
      faultKinds: endpoint.struck.size,
      problems,
      rows: store.getSnapshot().rows.length,
      standing: store.getSnapshot().problems.map(({ problem }) => problem.message),
      keys: pressed,
      drawnBytes: stdout.bytes,
    };
  }
}

/** Back to the list, where the least is drawn: what is open differs from one look to the next. */
async function leavePanes(typed: TypedKeys, controller: ScreenController): Promise<void> {
  const isInList = () => {
    const { mode, prompt } = controller.frame().state;
    return mode.kind === 'list' && prompt === null;
  };
  while (!isInList()) {
    const state = controller.frame().state;
    typed.type('\u001b');
    // Ink waits whether an escape sequence follows, and takes two for one.
    for (let tries = 0; tries < 1_000 && controller.frame().state === state; tries++) await delay(1);
  }
  typed.type('g');
}

/** A timer can be the test runner's. */
function isMore(held: Holdings, before: Holdings): boolean {
  return held.resources > before.resources || held.timers > before.timers + 1 || held.abortListeners > 0;
}

function watchOptions(): WatchOptions {
  const request = parseArguments([commandId], '0', () => {});
  if (request.kind !== 'watch') throw new Error('a watch was asked for');
  return request.options;
}
