import { random } from './random.ts';
import type { DispatchHistory } from './rollout-history.ts';
import type { Quirks, RolloutPlan } from './rollout-plan.ts';

/** How the history is shown by the list calls: late, in some order, and not always consistent. */
export interface Listing {
  /** From when ListCommands knows the command. */
  readonly visibleAt: number;
  /** From when TargetCount is right; 0 before. */
  readonly countedAt: number;
  /** When the command turns terminal. */
  readonly endedAt: number;
  /** By instance: when its row appears. */
  readonly listedAt: readonly number[];
  /** By instance: milliseconds by which its row shows its end late. */
  readonly lag: readonly number[];
  /** By instance: RequestedDateTime of its row. */
  readonly requestedAt: readonly number[];
  /** Indices of the instances in the order of the rows. */
  readonly order: readonly number[];
  /** From when nothing changes any more. */
  readonly settledAt: number;
}

function quirksOf(plan: RolloutPlan): Omit<Quirks, 'logEvents'> {
  const source = random(plan.seed, 'quirks');
  const many = plan.instances.length >= 30 && plan.addressed.by === 'targets';
  const listing = source.chance(0.5) && many ? 'growing' : 'at-once';
  const fewEndings = ['prompt', 'prompt', 'hasty'] as const;
  const endings = ['prompt', 'prompt', 'prompt', 'hasty', 'late-row'] as const;
  const ending = source.pick(plan.instances.length >= 3 ? endings : fewEndings);
  const order = source.pick(['newest-first', 'shuffled'] as const);
  return { listing, ending, order, ...plan.quirks };
}

function plannedListing(plan: RolloutPlan, quirks: Pick<Quirks, 'listing' | 'order'>): number[] {
  const count = plan.instances.length;
  const source = random(plan.seed, 'listing');
  const byTargets = plan.addressed.by === 'targets';
  const base = plan.sentAt + (byTargets ? source.int(2400, 3200) : source.int(300, 1800));
  if (quirks.listing === 'at-once') return plan.instances.map(() => base);
  const growMs = Math.min(30_000, Math.max(4000, count * 20));
  const ranks = source.shuffle(plan.instances.map((_, index) => index));
  const listedAt: number[] = [];
  for (const [rank, index] of ranks.entries()) listedAt[index] = base + Math.round((rank / count) * growMs);
  return listedAt;
}

function orderOf(
  plan: RolloutPlan,
  quirks: Pick<Quirks, 'listing' | 'order'>,
  requestedAt: readonly number[],
): number[] {
  const indices = plan.instances.map((_, index) => index);
  if (quirks.order === 'shuffled') return random(plan.seed, 'order').shuffle(indices);
  return indices.sort((left, right) => (requestedAt[right] ?? 0) - (requestedAt[left] ?? 0));
}

/** Decides how `history` is shown. What is shown up to some time never depends on a cancel after it. */
export function listingOf(plan: RolloutPlan, history: DispatchHistory): Listing {
  const quirks = quirksOf(plan);
  const source = random(plan.seed, 'ending');
  const { sentAt, instances } = plan;
  const countedAt = sentAt + (plan.addressed.by === 'targets' ? source.int(2700, 3100) : 0);
  const ends = history.invocations.map((invocation) => invocation.endedAt);
  const lastEnd = ends.length === 0 ? sentAt + 3000 : ends.reduce((latest, end) => Math.max(latest, end));
  const lastToEnd = ends.indexOf(lastEnd);
  const endedAt = lastEnd + (quirks.ending === 'prompt' ? source.int(0, 3000) : source.int(0, 400));
  const requestedAt = instances.map(
    (_, index) =>
      sentAt + random(plan.seed, 'requested', index).int(20, plan.addressed.by === 'ids' ? 90 : 2400),
  );

  const lag = instances.map(() => 0);
  if (quirks.ending === 'hasty' && lastToEnd >= 0) lag[lastToEnd] = source.int(1000, 2600);

  const listedAt = plannedListing(plan, quirks).map((planned, index) => {
    // A row that ran is soon listed, however slowly the list grows.
    const dispatchedAt = history.invocations[index]?.dispatchedAt ?? Number.POSITIVE_INFINITY;
    return Math.min(planned, Math.max(sentAt + 300, dispatchedAt + 800));
  });
  const late = source.int(0, Math.max(0, instances.length - 1));
  if (quirks.ending === 'late-row' && instances.length > 0) listedAt[late] = endedAt + source.int(1000, 4000);

  const settledAt = Math.max(
    endedAt,
    countedAt,
    listedAt.reduce((latest, at) => Math.max(latest, at), 0),
    lastToEnd < 0 ? 0 : lastEnd + (lag[lastToEnd] ?? 0),
  );
  const order = orderOf(plan, quirks, requestedAt);
  return { visibleAt: sentAt + 40, countedAt, endedAt, listedAt, lag, requestedAt, order, settledAt };
}
