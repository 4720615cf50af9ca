import { pairedRatio, type Sample, sampleOf } from './statistics.ts';

export type Unit = 'ms' | 'MiB' | '%' | '% of a core' | 'bytes' | 'B' | 'calls' | 's';

/** What is to be reached: at most so many times the peer, or at most so much. */
export type Target =
  | { readonly kind: 'ratio'; readonly most: number }
  | { readonly kind: 'value'; readonly most: number };

/** One line of the table. */
export interface Figure {
  /** Names it in the JSON and in the baseline. */
  readonly id: string;
  readonly what: string;
  readonly unit: Unit;
  readonly ours: Sample;
  readonly peer: { readonly name: string; readonly sample: Sample } | null;
  /** Ours by the peer's; null without a peer. */
  readonly ratio: number | null;
  /** Null where the figure is only for information. */
  readonly target: Target | null;
}

/** What a figure is about. */
export type Subject = Pick<Figure, 'id' | 'what' | 'unit'> & { readonly target?: Target };

/** A figure without a peer, from the values of its runs. */
export function figureOf(subject: Subject, ours: readonly number[]): Figure {
  return { target: null, ...subject, ours: sampleOf(ours), peer: null, ratio: null };
}

/** A figure beside its peer's, whose runs were made in turn with ours. */
export function comparedFigure(
  subject: Subject,
  ours: readonly number[],
  peerName: string,
  peers: readonly number[],
): Figure {
  return {
    ...figureOf(subject, ours),
    peer: { name: peerName, sample: sampleOf(peers) },
    ratio: pairedRatio(ours, peers),
  };
}

/** Whether the target is reached; null where there is none. */
export function isMet({ ours, ratio, target }: Figure): boolean | null {
  if (target === null) return null;
  const value = target.kind === 'ratio' ? ratio : ours.median;
  return value !== null && value <= target.most;
}
