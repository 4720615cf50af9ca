/**
 * Whole rollouts in virtual time: the real poller and the real reader, whose calls the simulator's own list operations
 * answer without HTTP between them. What is counted is what would have gone over the wire.
 */
import { SsmRolloutReader } from '../../src/aws/ssm-rollout-reader.ts';
import { manualClock } from '../../src/simulator/model/clock.ts';
import { type Rollout, startRollout } from '../../src/simulator/model/rollout.ts';
import { onScreen } from '../../src/watch/polling-policy.ts';
import { SimulatedConnection } from '../helpers/simulated-connection.ts';
import { startedAt, watchVirtually } from '../helpers/virtual-watch.ts';
import { byTag, fate, planOf, stepFate } from '../simulator/fixtures.ts';
import { Freshness } from './freshness.ts';

export interface VirtualRolloutSetup {
  readonly nodes: number;
  /** MaxConcurrency. Default 50. */
  readonly concurrency?: number;
  /** How long a node takes. Default 60. */
  readonly secondsEach?: number;
  /** Pause between rounds. Default 5,000. */
  readonly intervalMs?: number;
  /** The watch is left after so many calls. */
  readonly mostCalls: number;
}

/** What a watch of a rollout came to. Times are virtual milliseconds. */
export interface VirtualRolloutRun {
  readonly calls: number;
  /** Of the answers' bodies. */
  readonly bytes: number;
  /** How long was watched. */
  readonly duration: number;
  /** Whether the verdict was reached. */
  readonly ended: boolean;
  /** From the rollout's end to the verdict. NaN when that was not reached. */
  readonly endSeenAfter: number;
  /** The longest that any row was not as AWS listed it. */
  readonly longestStale: number;
}

export const usualInterval = 5_000;
const longest = 24 * 3_600_000;
const shortestLook = 1_000;
const output = Array.from(
  { length: 12 },
  (_, line) => `[${line}] Upgrading acme-agent-${line}.4.2-1.el9.x86_64 ... verified, done\n`,
).join('');
const failing = {
  exitCode: 127,
  output: () => ({ stdout: output, stderr: 'line 4: yum: command not found\n' }),
};

/** Calls of polling without a thought: all pages of 50, every interval. */
export function naiveCalls(nodes: number, durationMs: number, intervalMs = usualInterval): number {
  return Math.ceil(durationMs / intervalMs) * Math.ceil(nodes / 50);
}

/**
 * Watches a rollout to its end; one node in 100 fails. Answers take no time, so that slowness does not pass for thrift.
 */
export async function watchRollout(setup: VirtualRolloutSetup): Promise<VirtualRolloutRun> {
  const { intervalMs = usualInterval, mostCalls } = setup;
  const clock = manualClock(startedAt);
  const rollout = rolloutOf(setup);
  const enough = new AbortController();
  const connection = new SimulatedConnection(rollout, clock, {
    onCall: () => {
      if (connection.calls >= mostCalls) enough.abort(new EnoughCalls());
    },
  });
  const query = { commandId: rollout.plan.commandId, instanceId: null, pageSize: 50 };
  const freshness = new Freshness(rollout, () => watch.store.getSnapshot().rows);
  const watch = watchVirtually(
    new SsmRolloutReader(connection, query),
    {
      interval: intervalMs,
      policy: onScreen,
      patience: longest,
      awsTime: clock.now,
      // The snapshot is looked at as it stands between two rounds; within one, calls are a fraction of a second apart.
      onDelay: (milliseconds) => milliseconds >= shortestLook && freshness.look(clock.now()),
    },
    clock,
  );
  const ended = await watch.run(enough.signal).then(
    () => true,
    (error: unknown) => {
      if (error instanceof EnoughCalls) return false;
      throw error;
    },
  );
  freshness.look(clock.now());
  connection.close();
  return {
    calls: connection.calls,
    bytes: connection.bytes,
    duration: watch.elapsed(),
    ended,
    endSeenAfter: ended ? clock.now() - rollout.endsAt : Number.NaN,
    longestStale: freshness.longestStale,
  };
}

class EnoughCalls extends Error {}

function rolloutOf({ nodes, concurrency = 50, secondsEach = 60 }: VirtualRolloutSetup): Rollout {
  const fates = Array.from({ length: nodes }, (_, index) =>
    fate({
      steps: [
        stepFate(
          secondsEach,
          index % 100 === 42 ? failing : { output: () => ({ stdout: output, stderr: '' }) },
        ),
      ],
    }),
  );
  return startRollout(
    planOf(fates, {
      sentAt: startedAt,
      addressed: byTag,
      maxConcurrency: String(concurrency),
      maxErrors: '100%',
      timeoutSeconds: 36_000,
    }),
  );
}
