import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ProblemKind } from '../../src/domain/problem.ts';
import { type ManualClock, manualClock } from '../../src/simulator/model/clock.ts';
import type { WatchEvent } from '../../src/watch/events.ts';
import { listedStatusOf } from '../../src/watch/listed-status.ts';
import { Poller, type PollerOptions } from '../../src/watch/poller.ts';
import { type Ending, inLines } from '../../src/watch/polling-policy.ts';
import type { RolloutReader } from '../../src/watch/rollout-reader.ts';
import { RolloutStore } from '../../src/watch/store.ts';
import { requestedAt } from './fixtures.ts';

export interface VirtualSetup extends Partial<PollerOptions> {
  readonly instanceId?: string;
  /** What chance gives the back-off. Default 0.5. */
  readonly random?: () => number;
  /** Virtual milliseconds after which a watch that has not ended is aborted with `NoEnd`. Default 2 hours. */
  readonly patience?: number;
  /** Called before each virtual wait, with its length. */
  readonly onDelay?: (milliseconds: number) => void;
  /** AWS's time; default that of the clock. */
  readonly awsTime?: () => number;
}

/** The reason for which a watch is aborted that goes on and on. */
export class NoEnd extends Error {}

/** A poller and its store on a clock that moves only in their waits. */
export interface VirtualWatch {
  readonly clock: ManualClock;
  readonly store: RolloutStore;
  readonly poller: Poller;
  /** All events so far, in order. */
  readonly events: readonly WatchEvent[];
  /** The kinds of the problems told so far, in order. */
  readonly problemKinds: () => ProblemKind[];
  /** The waits so far, in virtual milliseconds. */
  readonly delays: readonly number[];
  /** Virtual milliseconds since the start. */
  readonly elapsed: () => number;
  /** Polls to the end. Rejects with NoEnd when there is none. */
  run(signal?: AbortSignal): Promise<Ending>;
}

/** When the watches of the tests begin, in epoch milliseconds. */
export const startedAt = requestedAt;

/** Puts a reader behind a poller in virtual time. */
export function watchVirtually(
  reader: RolloutReader,
  setup: VirtualSetup = {},
  clock: ManualClock = manualClock(startedAt),
): VirtualWatch {
  const { interval = 2_000, pageSize = 50, policy = inLines, patience = 7_200_000 } = setup;
  const clocks = { monotonic: clock.now, awsTime: setup.awsTime ?? clock.now };
  const store = new RolloutStore(clocks, setup.instanceId ?? null);
  const events: WatchEvent[] = [];
  store.onEvent((event) => events.push(event));
  const delays: number[] = [];
  const endless = new AbortController();
  const poller = new Poller(
    reader,
    store,
    { interval, pageSize, policy },
    {
      random: setup.random ?? (() => 0.5),
      delay: async (milliseconds, signal) => {
        delays.push(milliseconds);
        setup.onDelay?.(milliseconds);
        await nextTurn(undefined, { signal });
        clock.advance(milliseconds);
        if (clock.now() - startedAt > patience) endless.abort(new NoEnd(`no end after ${patience} ms`));
      },
    },
  );
  return {
    clock,
    store,
    poller,
    events,
    problemKinds: () => events.flatMap((event) => (event.type === 'problem' ? [event.problem.kind] : [])),
    delays,
    elapsed: () => clock.now() - startedAt,
    run: (signal) => poller.run(signal ? AbortSignal.any([signal, endless.signal]) : endless.signal),
  };
}

/** A reader that answers from functions. What they throw is thrown. */
export function readerOf(answers: {
  readonly command: () =>
    | ReturnType<RolloutReader['readCommand']>
    | Awaited<ReturnType<RolloutReader['readCommand']>>;
  readonly pages: () => readonly (readonly Parameters<RolloutStore['pageRead']>[0][number][])[];
  readonly invocation?: (instanceId: string) => Awaited<ReturnType<RolloutReader['readInvocation']>>;
}): RolloutReader {
  return {
    readCommand: async () => answers.command(),
    async *list({ status }) {
      for (const page of answers.pages()) {
        yield status === null ? page : page.filter((row) => listedStatusOf(row) === status);
      }
    },
    readInvocation: async (instanceId) => answers.invocation?.(instanceId) ?? null,
  };
}
