import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import type { Conclusion } from '../domain/conclusion.ts';
import { UsageError, type WatchOptions } from '../options.ts';
import { KeptOutputs } from '../watch/kept-outputs.ts';
import { inLines, once } from '../watch/polling-policy.ts';
import { type Characters, charactersIn } from './characters.ts';
import { concludeFailure } from './conclude.ts';
import type { DebugLog } from './debug-log.ts';
import { openJsonView } from './json-view.ts';
import { noCommandId } from './piped-command-id.ts';
import { openPlainView } from './plain-view.ts';
import { RolloutWatch } from './rollout-watch.ts';
import { type Backend, Run } from './run.ts';
import { type SessionStart, StartedWatch } from './started-watch.ts';
import { connectStops, type StopReason, StopSwitch } from './stop.ts';
import { chooseOutput, hasScreenReader, Keys, type OutputMode, wantsColours } from './terminal.ts';

/**
 * The screen's code takes as long to load as AWS takes to answer, so AWS is asked first; when it takes longer than this
 * until there is something to ask with, the code is loaded meanwhile. Milliseconds.
 */
const headStart = 50;

/**
 * Watches a rollout to its end in the output that the options and the terminal allow; where `findCommandId` gives null the
 * one that is picked on the screen. Gives the exit code.
 *
 * @throws UsageError
 */
export async function runWatch(
  findCommandId: () => Promise<string | null>,
  options: WatchOptions,
  backend: Backend,
): Promise<number> {
  const keys = new Keys(process.stdin);
  const output = chooseOutput(options, {
    stdoutIsTerminal: process.stdout.isTTY === true,
    hasKeys: () => keys.open() !== null,
    term: process.env.TERM,
    hasScreenReader: hasScreenReader(process.env),
  });
  const stop = new StopSwitch();
  connectStops(stop);
  if (options.timeout !== undefined) stop.startTimeout(options.timeout);
  const characters = charactersIn(process.env);
  const colours = wantsColours(options.color, process.env, process.stdout.isTTY === true);
  const open = (debugLog: DebugLog | null) =>
    new Run(options, backend, stop, keys, { colours, characters }, debugLog);
  let commandId: string | null;
  try {
    commandId = await stop.orStopped(findCommandId());
  } catch (error) {
    if (stop.reason === null) throw error;
    return open(null).end(concludeUnfound(error, stop.reason));
  }
  if (commandId === null && output !== 'tui') throw new UsageError(noCommandId);
  const run = open(
    options.debug === undefined ? null : await openDebugLog(options.debug, options, output, characters),
  );
  return commandId === null || output === 'tui'
    ? watchOnScreen(commandId, run)
    : watchInLines(commandId, output, run);
}

/** The conclusion of a run that was ended before it had read its command ID. */
function concludeUnfound(error: unknown, reason: StopReason): Conclusion {
  const conclusion = concludeFailure(error, reason, { rows: [] });
  const message = 'the piped input, in which the command ID is looked for, has not ended';
  return reason.kind === 'timeout' ? { ...conclusion, message } : conclusion;
}

/** What writes it is loaded only when it is asked for. @throws UsageError */
async function openDebugLog(
  path: string,
  options: WatchOptions,
  output: OutputMode,
  characters: Characters,
): Promise<DebugLog> {
  const { DebugLog } = await import('./debug-log.ts');
  return DebugLog.open(path, options, output, characters);
}

async function watchInLines(commandId: string, output: 'plain' | 'json', run: Run): Promise<number> {
  // Where no instance can be opened, nobody reads more of an output than its telling line.
  const outputs = new KeptOutputs(0);
  const watch = new RolloutWatch(run, commandId, run.options.instanceId ?? null, outputs);
  const view =
    output === 'plain'
      ? openPlainView(watch.viewParts)
      : openJsonView(watch.viewParts, () => run.connection?.session.region ?? null);
  const conclusion = await watch.conclude(async () => {
    const connection = await run.signIn();
    const reader = watch.createReader(connection);
    // Nothing that `json` says depends on the nodes, and one sweep is over before they are known.
    if (output === 'plain' && !run.options.once) watch.lookUpNodes(reader);
    const poller = watch.createPoller(reader, run.options.once ? once : inLines);
    return watch.poll(poller, connection, run.stop.signal);
  });
  watch.close();
  await view.close(conclusion, watch.figures(conclusion));
  return run.end(conclusion);
}

async function watchOnScreen(commandId: string | null, run: Run): Promise<number> {
  const start = begin(commandId, run);
  await Promise.race([firstRequest(start), delay(headStart)]).catch(() => {});
  const { runScreenSession } = await import('./screen-session.ts');
  // What AWS has answered meanwhile is read, and drawn with the first frame.
  await nextTurn();
  return run.end(await runScreenSession(run, start));
}

async function begin(commandId: string | null, run: Run): Promise<SessionStart> {
  const connection = await run.signIn();
  const { instanceId = null } = run.options;
  const started = commandId === null ? null : new StartedWatch(run, connection, commandId, instanceId);
  return { connection, started };
}

/** Resolves when AWS is asked for something, or nothing will be before the screen is there. */
async function firstRequest(start: Promise<SessionStart>): Promise<void> {
  const { connection, started } = await start;
  if (started !== null) await connection.firstRequest;
  await nextTurn();
}
