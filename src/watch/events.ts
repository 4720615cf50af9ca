import type { CommandOverview } from '../domain/command.ts';
import type { Invocation } from '../domain/invocation.ts';
import type { Problem } from '../domain/problem.ts';

/** What the watch tells as it happens, in order. */
export type WatchEvent =
  | { readonly type: 'command'; readonly command: CommandOverview }
  | { readonly type: 'invocation'; readonly invocation: Invocation; readonly previous: Invocation | null }
  | { readonly type: 'problem'; readonly problem: Problem; readonly retryInMs: number | null }
  | { readonly type: 'recovered'; readonly afterMs: number };

export type WatchListener = (event: WatchEvent) => void;
