import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from '../aws/connection.ts';
import type { Session } from '../aws/session.ts';
import { createPaint } from '../output/paint.ts';
import { summaryLines } from '../output/summary.ts';
import { clipboardSequence } from '../ui/clipboard.ts';
import { openScreen } from '../ui/screen.tsx';
import { OutputStore } from '../watch/outputs.ts';
import type { Poller } from '../watch/poller.ts';
import { durationOf } from './conclude.ts';
import { createOutputReaders } from './output-readers.ts';
import { OutputSaver } from './output-saver.ts';
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
  const readers = createOutputReaders(connection);
  const outputs = new OutputStore(
    readers,
    (milliseconds, signal) => delay(milliseconds, undefined, { signal }),
    stop.signal,
  );
  const saver = new OutputSaver(readers, clocks.awsTime, stop.signal);
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
      save: (invocations, onProgress) => saver.save(invocations, onProgress),
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
      await saver.settled();
      if (conclusion.outcome === 'refused') return;
      const { command, rows, circumstances } = store.getSnapshot();
      const lines = summaryLines(
        { conclusion, commandId, command, rows, circumstances, durationMs },
        createPaint(colours),
      );
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
