import type { RemoteError } from './problem.ts';

/** Empty pages come with a token, some of them in a row; so many of them are a list that never ends. */
export const mostEmptyPages = 100;

/**
 * A call has failed for so many times in a row: resolves for one more try, or throws what is to be thrown in its place.
 */
export type WaitOut = (error: RemoteError, failures: number) => Promise<void>;

/** What is done between the calls of a list. One of many pages would otherwise be too much for AWS, or never be whole. */
export interface BetweenPages {
  /** Resolves when the next call may be made. */
  readonly beforePage: () => Promise<void>;
  /** A page behind the first cannot be read. */
  readonly waitOut: WaitOut;
}

/** What fails once is not tried again. */
export const giveUp: WaitOut = (error) => Promise.reject(error);

/** One call right after the other, and none twice. */
export const inOneGo: BetweenPages = { beforePage: async () => {}, waitOut: giveUp };
