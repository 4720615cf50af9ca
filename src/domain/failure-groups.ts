import { causeOf } from './cause.ts';
import { type Circumstances, nothingKnown } from './circumstances.ts';
import type { Outcome } from './conclusion.ts';
import { decisivePlugin, earlier, exitCodeOf, finishedAt, type Invocation, later } from './invocation.ts';
import { phaseOf } from './status.ts';

/** Invocations that did not succeed for the same cause. Times are epoch milliseconds. */
export interface FailureGroup {
  /** Identity: what its invocations have in common. */
  readonly key: string;
  readonly statusDetails: string;
  /** Name of the plugin that failed; null where none is known. */
  readonly plugin: string | null;
  readonly exitCode: number | null;
  /** The telling line with what differs from node to node masked. */
  readonly cause: string;
  /** By instance ID. */
  readonly invocations: readonly Invocation[];
  /** When the first and the last of them finished; null where AWS gives no time. */
  readonly firstAt: number | null;
  readonly lastAt: number | null;
}

/** What did not succeed of a rollout that ended so. Once it is over, that is also what never ended. */
export function failuresOf(rows: readonly Invocation[], outcome: Outcome): Invocation[] {
  return rows.filter((row) => {
    const phase = phaseOf(row);
    return phase === 'failed' || (outcome === 'failure' && phase !== 'succeeded');
  });
}

/** Failures by cause; the largest group first. The order of rows never changes the groups. */
export function groupByCause(
  failures: readonly Invocation[],
  circumstances: Circumstances = nothingKnown,
): FailureGroup[] {
  const groups = [...Map.groupBy(failures, failureGroupKey)].map(([key, invocations]) =>
    toGroup(key, invocations, circumstances),
  );
  return groups.sort((a, b) => b.invocations.length - a.invocations.length || compare(a.key, b.key));
}

/** Invocations are immutable, and masking a line is dear: each is done once. */
const knownKeys = new WeakMap<Invocation, string>();

/**
 * The key of the group that a row belongs to. Circumstances have no part in it: they say the same of all rows of a group,
 * and a group stays itself when they become known.
 */
export function failureGroupKey(row: Invocation): string {
  const known = knownKeys.get(row);
  if (known !== undefined) return known;
  const key = JSON.stringify([row.statusDetails, failingPlugin(row), exitCodeOf(row), causeOf(row)]);
  knownKeys.set(row, key);
  return key;
}

function toGroup(
  key: string,
  invocations: readonly Invocation[],
  circumstances: Circumstances,
): FailureGroup {
  const [first] = invocations;
  let firstAt: number | null = null;
  let lastAt: number | null = null;
  for (const row of invocations) {
    const at = finishedAt(row);
    firstAt = earlier(firstAt, at);
    lastAt = later(lastAt, at);
  }
  return {
    key,
    statusDetails: first?.statusDetails ?? '',
    plugin: first ? failingPlugin(first) : null,
    exitCode: first ? exitCodeOf(first) : null,
    cause: first ? causeOf(first, circumstances) : '',
    invocations: invocations.toSorted((a, b) => compare(a.instanceId, b.instanceId)),
    firstAt,
    lastAt,
  };
}

function failingPlugin(row: Invocation): string | null {
  const plugin = decisivePlugin(row);
  return plugin && phaseOf(plugin) === 'failed' ? plugin.name : null;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
