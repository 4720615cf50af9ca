import type { Connection } from '../aws/connection.ts';
import { clipboardSequence } from '../ui/clipboard.ts';
import type { Place } from '../ui/header/place-text.ts';
import type { ScreenServices } from '../ui/services.ts';
import type { OutputReaders } from '../watch/outputs/output-readers.ts';
import { OutputStore } from '../watch/outputs/output-store.ts';
import type { Poller } from '../watch/poller.ts';
import { realWaiting } from '../watch/waiting.ts';
import { cliOptions } from './cli-options.ts';
import type { OutputSaver } from './output-saver.ts';
import type { RolloutWatch } from './rollout-watch.ts';
import type { Run } from './run.ts';

/** What the screen of a watch needs beyond what the whole run has. */
export interface WatchScreenParts {
  readonly watch: RolloutWatch;
  readonly poller: Poller;
  readonly connection: Connection;
  readonly readers: OutputReaders;
  readonly saver: OutputSaver;
  /** Aborted when the watch is left. */
  readonly signal: AbortSignal;
  readonly back: ScreenServices['back'];
  readonly others: ScreenServices['others'];
}

/** What the screen of a watch shows, and can do. */
export function watchServices(run: Run, parts: WatchScreenParts): ScreenServices {
  const { watch, poller, connection, readers, saver, signal, back, others } = parts;
  return {
    store: watch.store,
    outputs: new OutputStore(readers, realWaiting.delay, signal),
    clocks: run.clocks,
    commandId: watch.commandId,
    place: () => placeOf(connection),
    cliOptions: cliOptions(connection.session),
    interval: run.options.interval,
    duration: () => watch.duration,
    polling: poller,
    copy: copyToClipboard,
    save: (invocations, onProgress) => saver.save(invocations, onProgress),
    back,
    others,
    leave: () => run.stop.throw({ kind: 'signal', signal: 'SIGINT' }),
  };
}

/** Region, profile and account, as far as they are known. */
export function placeOf({ session, account }: Connection): Place {
  return { region: session.region, profile: session.profile, account };
}

/** Puts a text into the clipboard of the terminal. */
export function copyToClipboard(text: string): void {
  process.stdout.write(clipboardSequence(text));
}
