import { type Invocation, later } from '../domain/invocation.ts';
import { isTerminal } from '../domain/status.ts';
import type { CommandReading } from './command-reading.ts';
import type { InvocationReading } from './invocation-reading.ts';
import { listedStatusOf } from './listed-status.ts';
import { targetsOf } from './snapshot.ts';
import type { RolloutStore } from './store.ts';
import type { Known, ListedStatus, LoneRow } from './strategy.ts';

/** Longest time for which a change of the command itself goes unseen, in milliseconds and in intervals. */
const commandEvery = 20_000;
const commandIntervals = 5;

/** Where the knowledge is. Times are milliseconds. */
export interface Sources
  extends Pick<Known, 'now' | 'roundAt' | 'callsPerSecond' | 'endsLastRound' | 'sweepWanted'> {
  readonly store: RolloutStore;
  readonly command: Pick<CommandReading, 'askedAt' | 'mayBeAsked'>;
  readonly invocations: Pick<
    InvocationReading,
    'sweptAt' | 'listedAt' | 'sweepEvery' | 'distrustedUntil' | 'askedAt'
  >;
  readonly options: { readonly interval: number; readonly pageSize: number };
  /** IDs of the instances that somebody looks at. */
  readonly visible: ReadonlySet<string>;
}

/** What the next call is chosen by. */
export function knownOf(sources: Sources): Known {
  const { now, roundAt, callsPerSecond, endsLastRound, sweepWanted } = sources;
  const { store, command, invocations, options, visible } = sources;
  const { sweptAt, listedAt, sweepEvery, distrustedUntil } = invocations;
  const lone = ({ instanceId }: Invocation, listedAt: number | null): LoneRow => ({
    instanceId,
    readAt: later(invocations.askedAt(instanceId), listedAt),
    isVisible: visible.has(instanceId),
  });
  return {
    ...{ now, roundAt, callsPerSecond, endsLastRound, sweepWanted },
    ...{ sweptAt, listedAt, sweepEvery },
    filtersHold: now >= distrustedUntil,
    pageSize: options.pageSize,
    commandEvery: Math.min(commandEvery, commandIntervals * options.interval),
    command: {
      askedAt: command.askedAt,
      mayBeAsked: command.mayBeAsked,
      isKnown: store.command !== null,
      terminalAt: store.commandTerminalAt,
      isDenied: store.commandDenied,
      expiresAt: store.expiresAt,
    },
    quietSince: store.quietSince,
    rowsChangedAt: store.rowsChangedAt,
    targets: targetsOf(store),
    rows: {
      all: store.rows.size,
      listed: countListed(store),
      unfinished: store.rows.unfinished,
      unlisted: unlistedRows(store).map((row) => lone(row, store.rows.listedAt(row))),
    },
    awaitedEnds: store.rows.unreadEnds.map(({ row, since }) => ({ ...lone(row, null), since })),
  };
}

function countListed({ rows }: RolloutStore): Record<ListedStatus, number> {
  const listed = { Pending: 0, Delayed: 0, InProgress: 0, Failed: 0, TimedOut: 0, Cancelled: 0 };
  for (const pair of rows.counts) {
    const status = listedStatusOf(pair);
    if (status !== null) listed[status] += pair.count;
  }
  for (const { row } of rows.unreadEnds) {
    const status = listedStatusOf(row);
    if (status !== null) listed[status] -= 1;
  }
  return listed;
}

/** Rows that have not ended, and that no list of one Status has. */
function unlistedRows({ rows }: RolloutStore): Invocation[] {
  const isUnlisted = (pair: Pick<Invocation, 'status' | 'statusDetails'>) =>
    !isTerminal(pair) && listedStatusOf(pair) === null;
  return rows.counts.some(isUnlisted) ? rows.list.filter((row) => isUnlisted(row) && !row.endUnread) : [];
}
