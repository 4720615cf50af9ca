import type { ProblemKind } from '../domain/problem.ts';
import type { Evidence, Verdict } from '../domain/verdict.ts';

/** What the watch does, for those who want to know why it does it. Durations are milliseconds. */
export type WatchStep =
  | { readonly type: 'sweep-begun'; readonly details: boolean }
  | {
      readonly type: 'sweep-ended';
      readonly listed: number;
      readonly durationMs: number;
      /** After so long there is the next, if nothing asks for one before. */
      readonly nextAfterMs: number;
    }
  /** The Status filter has not kept what it promises. */
  | { readonly type: 'filter-distrusted'; readonly durationMs: number }
  | {
      readonly type: 'round-ended';
      readonly durationMs: number;
      /** What cut it short; null where nothing did. */
      readonly problem: ProblemKind | null;
      /** What AWS bears, as far as throttling has told. */
      readonly callsPerSecond: number;
      readonly rows: number;
    }
  | {
      readonly type: 'verdict';
      readonly verdict: Verdict;
      readonly evidence: Evidence;
      /** Now, on the clock of the evidence. */
      readonly monotonicNow: number;
      /** Now, in AWS's epoch milliseconds. */
      readonly awsNow: number;
    };
