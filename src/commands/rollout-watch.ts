import type { Connection } from '../aws/connection.ts';
import { SsmRolloutReader } from '../aws/ssm-rollout-reader.ts';
import type { Conclusion } from '../domain/conclusion.ts';
import { failuresOf, groupByCause } from '../domain/failure-groups.ts';
import { RemoteError } from '../domain/problem.ts';
import type { EndFigures } from '../output/json.ts';
import type { KeptOutputs } from '../watch/kept-outputs.ts';
import { NodeLookup } from '../watch/node-lookup.ts';
import { Poller } from '../watch/poller.ts';
import type { PollingPolicy } from '../watch/polling-policy.ts';
import type { RolloutReader } from '../watch/rollout-reader.ts';
import { RolloutStore } from '../watch/store.ts';
import { realWaiting } from '../watch/waiting.ts';
import { concludeEnding, concludeFailure, durationOf } from './conclude.ts';
import { holdHeap } from './heap.ts';
import type { Run } from './run.ts';
import type { ViewParts } from './view.ts';

/** The watch of one command, or of one invocation of it: what was read, and what it comes to. */
export class RolloutWatch {
  readonly commandId: string;
  readonly store: RolloutStore;
  readonly #run: Run;
  readonly #instanceId: string | null;
  readonly #startedAt: number;
  #nodes: NodeLookup | null = null;

  /** `outputs`: what is kept of those of all rows. */
  constructor(run: Run, commandId: string, instanceId: string | null, outputs: KeptOutputs) {
    this.#run = run;
    this.commandId = commandId;
    this.#instanceId = instanceId;
    this.#startedAt = run.clocks.awsTime();
    this.store = new RolloutStore(run.clocks, instanceId, outputs);
    run.debugLog?.follow(this.store, commandId);
  }

  get viewParts(): ViewParts {
    const { options, clocks, colours, characters } = this.#run;
    return {
      commandId: this.commandId,
      store: this.store,
      clocks,
      shown: {
        statuses: options.status,
        text: options.filter,
        failuresOnly: options.failures,
        group: null,
      },
      colours,
      characters,
    };
  }

  /** Milliseconds. */
  get duration(): number {
    return durationOf(this.store.getSnapshot(), this.#startedAt, this.#run.clocks.awsTime());
  }

  /** What reads the rollout, for the poller and the nodes: what AWS shows of it to whom counts for both. */
  createReader(connection: Connection): SsmRolloutReader {
    const { pageSize } = this.#run.options;
    const { commandId } = this;
    return new SsmRolloutReader(connection, { commandId, instanceId: this.#instanceId, pageSize });
  }

  createPoller(reader: RolloutReader, policy: PollingPolicy): Poller {
    const { pageSize, interval } = this.#run.options;
    return new Poller(reader, this.store, { interval, pageSize, policy }, realWaiting);
  }

  /** Asks, until `close`, when the nodes of invocations that were not delivered were last seen. */
  lookUpNodes(reader: Pick<SsmRolloutReader, 'readNodes'>): void {
    this.#nodes = new NodeLookup(this.store, (ids, signal) => reader.readNodes(ids, signal));
  }

  /** Ends what goes on beside the polling. */
  close(): void {
    this.#nodes?.close();
  }

  /** The ending of the poller as a conclusion. */
  async poll(poller: Poller, connection: Connection, signal: AbortSignal): Promise<Conclusion> {
    // A single sweep is over before it matters, and takes less time without.
    if (!this.#run.options.once) holdHeap();
    const ending = await this.#run.stop.orStopped(poller.run(signal));
    const { commandId } = this;
    const { session, account } = connection;
    return concludeEnding(ending, this.store.getSnapshot(), { commandId, session, account });
  }

  /** What the watch comes to; whatever ends it is a conclusion. */
  async conclude(watching: () => Promise<Conclusion>): Promise<Conclusion> {
    const { stop, backend } = this.#run;
    let conclusion: Conclusion;
    try {
      conclusion = await watching();
    } catch (error) {
      if (error instanceof RemoteError) this.store.problemMet('sweep', error.problem, null);
      else if (stop.reason === null) this.#run.debugLog?.broke(error);
      conclusion = concludeFailure(error, stop.reason, this.store.getSnapshot());
    }
    const concluded = { ...conclusion, exitCode: backend.exitCode(conclusion) };
    this.#run.debugLog?.watchEnded(concluded, this.figures(concluded));
    return concluded;
  }

  figures({ outcome }: Conclusion): EndFigures {
    const { rows, circumstances } = this.store.getSnapshot();
    return {
      commandId: this.commandId,
      durationMs: this.duration,
      apiCalls: this.#run.connection?.requests ?? 0,
      failures: groupByCause(failuresOf(rows, outcome), circumstances),
    };
  }
}
