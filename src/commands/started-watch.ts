import type { Connection } from '../aws/connection.ts';
import type { Conclusion } from '../domain/conclusion.ts';
import { KeptOutputs } from '../watch/kept-outputs.ts';
import type { Poller } from '../watch/poller.ts';
import { onScreen } from '../watch/polling-policy.ts';
import { RolloutWatch } from './rollout-watch.ts';
import type { Run } from './run.ts';

/** What goes on before the screen is there: without a command ID nothing but the connection. */
export interface SessionStart {
  readonly connection: Connection;
  readonly started: StartedWatch | null;
}

/** A watch for the screen, which polls from the start and until it is left. */
export class StartedWatch {
  readonly watch: RolloutWatch;
  readonly poller: Poller;
  /** Aborted when the watch is left, or the whole run stopped. */
  readonly signal: AbortSignal;
  /** Never rejects. */
  readonly concluded: Promise<Conclusion>;
  readonly #left = new AbortController();

  constructor(run: Run, connection: Connection, commandId: string, instanceId: string | null) {
    this.watch = new RolloutWatch(run, commandId, instanceId, new KeptOutputs());
    const reader = this.watch.createReader(connection);
    this.poller = this.watch.createPoller(reader, onScreen);
    this.signal = AbortSignal.any([run.stop.signal, this.#left.signal]);
    this.watch.lookUpNodes(reader);
    this.concluded = this.watch.conclude(() => this.watch.poll(this.poller, connection, this.signal));
  }

  leave(): void {
    this.watch.close();
    this.#left.abort();
  }
}
