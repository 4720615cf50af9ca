import type { Fault } from './faults/faults.ts';
import type { Account } from './model/account.ts';
import type { Operation } from './operations.ts';

/** What a request is answered from, whatever its protocol. */
export interface Exchange {
  readonly account: Account;
  /** Epoch milliseconds, virtual. */
  readonly now: number;
  readonly seed: number;
  readonly pagingTricks: boolean;
  readonly requestId: string;
  /** The faults that strike the call. */
  strike(operation: Operation): readonly Fault[];
  /** Counts the answers that came so far that a fault could have changed. */
  turn(): number;
}

/** What is kept of a request that was answered, for tests. */
export interface ExchangeRecord {
  /** Undefined when the request named none that is known. */
  readonly operation: Operation | undefined;
  /** The body as JSON, or as text where it is none; of S3's what path and headers say. */
  readonly input: unknown;
  /** The HTTP status; 0 where a fault gave no answer. */
  readonly status: number;
}
