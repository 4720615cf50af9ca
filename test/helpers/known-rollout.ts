import { type AwaitedEnd, type Call, type Known, nextCall } from '../../src/watch/strategy.ts';

export const now = 100_000;
export const nothingListed: Known['listedAt'] = {
  ...{ Pending: null, Delayed: null, InProgress: null },
  ...{ Failed: null, TimedOut: null, Cancelled: null },
};
export const none: Known['rows']['listed'] = {
  ...{ Pending: 0, Delayed: 0, InProgress: 0 },
  ...{ Failed: 0, TimedOut: 0, Cancelled: 0 },
};

export const answered: Known['command'] = {
  askedAt: now - 1_000,
  mayBeAsked: true,
  isKnown: true,
  terminalAt: null,
  isDenied: false,
  expiresAt: null,
};

/** Lists of what has ended and did not succeed. */
export const unsuccessful: Call[] = (['Failed', 'TimedOut', 'Cancelled'] as const).map((status) => ({
  kind: 'status',
  status,
  details: false,
}));

/** A round that has just begun, in a rollout of so many nodes of which 50 run and the others wait. */
export function known(nodes: number, overrides: Partial<Known> = {}): Known {
  return {
    now,
    roundAt: now,
    pageSize: 50,
    commandEvery: 20_000,
    callsPerSecond: 20,
    command: answered,
    targets: nodes,
    quietSince: now - 1_000,
    rowsChangedAt: now - 1_000,
    rows: {
      all: nodes,
      listed: { ...none, InProgress: 50, Pending: nodes - 50 },
      unlisted: [],
      unfinished: 0,
    },
    awaitedEnds: [],
    sweptAt: now - 5_000,
    listedAt: nothingListed,
    endsLastRound: 0,
    sweepEvery: 20_000,
    filtersHold: true,
    sweepWanted: false,
    ...overrides,
  };
}

export const row = (index: number, overrides: Partial<AwaitedEnd> = {}): AwaitedEnd => ({
  instanceId: `i-${index}`,
  since: now - 1_000,
  readAt: null,
  isVisible: false,
  ...overrides,
});
export const rows = (count: number, overrides: Partial<AwaitedEnd> = {}) =>
  Array.from({ length: count }, (_, index) => row(index, overrides));

/** The lists have been read in this round. */
export const read = {
  Pending: now,
  Delayed: now,
  InProgress: now,
  Failed: now,
  TimedOut: now,
  Cancelled: now,
};
export const ended = (nodes: number) => ({ all: nodes, listed: none, unlisted: [], unfinished: 0 });

/** What all calls of a round are, as long as nothing that they read changes what is known. */
export function callsOf(start: Known): Call[] {
  const calls: Call[] = [];
  let state = start;
  for (let call = nextCall(state); call !== null && calls.length < 100; call = nextCall(state)) {
    calls.push(call);
    state = afterCall(state, call);
  }
  return calls;
}

function afterCall(state: Known, call: Call): Known {
  const asked = <Row extends { readonly instanceId: string }>(other: Row) =>
    call.kind === 'instance' && other.instanceId === call.instanceId ? { ...other, readAt: now } : other;
  switch (call.kind) {
    case 'command':
      return { ...state, command: { ...state.command, askedAt: now } };
    case 'sweep':
      return { ...state, sweptAt: now, awaitedEnds: call.details ? [] : state.awaitedEnds };
    case 'status':
      return { ...state, listedAt: { ...state.listedAt, [call.status]: now } };
    case 'instance': {
      const unlisted = state.rows.unlisted.map(asked);
      return { ...state, awaitedEnds: state.awaitedEnds.map(asked), rows: { ...state.rows, unlisted } };
    }
  }
}
