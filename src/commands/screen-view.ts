import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from '../aws/connection.ts';
import { readPluginOutput } from '../aws/get-invocation.ts';
import { LogReader } from '../aws/get-log-events.ts';
import { ObjectReader } from '../aws/get-object.ts';
import type { Session } from '../aws/session.ts';
import { splitOutput } from '../domain/plugin-output.ts';
import { createPaint } from '../output/paint.ts';
import { saveOutputs } from '../output/save.ts';
import { summaryLines } from '../output/summary.ts';
import { clipboardSequence } from '../ui/clipboard.ts';
import { openScreen } from '../ui/screen.tsx';
import { OutputStore } from '../watch/outputs.ts';
import type { Poller } from '../watch/poller.ts';
import { durationOf } from './conclude.ts';
import type { StopSwitch } from './stop.ts';
import type { Keys } from './terminal.ts';
import type { View, ViewParts } from './view.ts';

/** What the screen needs beyond what every view does. */
export interface ScreenParts {
  readonly poller: Poller;
  readonly connection: Connection;
  readonly keys: Keys;
  readonly stop: StopSwitch;
  /** Pause between polls, in milliseconds. */
  readonly interval: number;
}

/** Opens the live screen. */
export function openScreenView(parts: ViewParts, screenParts: ScreenParts): View {
  const { commandId, store, clocks, shown, colours } = parts;
  const { poller, connection, keys, stop, interval } = screenParts;
  const { region, profile } = connection.session;
  const openedAt = clocks.awsTime();
  const keyStream = keys.open();
  if (!keyStream) throw new Error('the screen was chosen without keys');
  const objects = new ObjectReader(connection);
  const logs = new LogReader(connection);
  const outputs = new OutputStore(
    {
      readObject: (location, range, signal) => objects.read(location, range, signal),
      readEvents: (location, place, signal) => logs.read(location, place, signal),
      readPluginOutput: ({ instanceId }, plugin, signal) =>
        readPluginOutput(connection, { commandId, instanceId, plugin }, signal),
    },
    (milliseconds, signal) => delay(milliseconds, undefined, { signal }),
    stop.signal,
  );
  const screen = openScreen(
    {
      store,
      outputs,
      clocks,
      commandId,
      place: () => [region, profile, connection.account].filter((part) => part !== null),
      cliOptions: cliOptions(connection.session),
      interval,
      duration: () => durationOf(store.getSnapshot(), openedAt, clocks.awsTime()),
      polling: poller,
      copy: (text) => process.stdout.write(clipboardSequence(text)),
      save: (invocation) => {
        const best = invocation.plugins.map(({ output }) => splitOutput(output));
        return saveOutputs(invocation, best, process.cwd());
      },
      leave: () => stop.throw({ kind: 'signal', signal: 'SIGINT' }),
    },
    shown,
    keyStream,
  );
  // The terminal is gone when its keys end; SIGHUP says so too, but not everywhere.
  const hungUp = () => stop.throw({ kind: 'signal', signal: 'SIGHUP' });
  keyStream.on('end', hungUp).on('error', hungUp);
  screen.closed.catch((error: unknown) => stop.throw({ kind: 'broken', error }));
  return {
    linger: () => screen.closed,
    close: async (conclusion, { durationMs }) => {
      screen.close();
      await screen.closed.catch(() => {});
      if (conclusion.outcome === 'refused') return;
      const { command, rows } = store.getSnapshot();
      const lines = summaryLines({ conclusion, commandId, command, rows, durationMs }, createPaint(colours));
      process.stdout.write(`${lines.join('\n')}\n`);
    },
  };
}

function cliOptions({ region, profile, endpointUrls }: Session): string {
  const options = [`--region ${region}`];
  if (profile !== null) options.push(`--profile ${profile}`);
  if (endpointUrls.ssm !== null) options.push(`--endpoint-url ${endpointUrls.ssm}`);
  return options.join(' ');
}
