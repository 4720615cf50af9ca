import type { ProblemKind } from './problem.ts';

/** What of a request says which part of a list or an object it asks for. Members that it does not have are absent. */
export interface AskedFor {
  /** Whether it has a token; the token itself is nobody's business. */
  readonly hasToken: boolean;
  readonly maxResults?: number;
  readonly details?: boolean;
  readonly instanceId?: string;
  readonly pluginName?: string;
  /** Value of the filter by Status. */
  readonly status?: string;
  readonly range?: string;
}

/** Why a call failed: as it is told to people, and by the names of the error and its causes. */
interface CallFailure {
  readonly kind: ProblemKind;
  readonly message: string;
  readonly needsAction: boolean;
  /** Names, and codes of sockets; never their messages, which can quote what was sent or answered. */
  readonly errors: readonly string[];
}

/**
 * What happens to a call to AWS, as it happens: one `request` for each attempt, its `answer` when the head of that is
 * there, and `call` when the call is over. `call` numbers the calls of a connection. Durations are milliseconds; sizes are
 * bytes of bodies, null where they are not known.
 */
export type CallEvent =
  | {
      readonly type: 'request';
      readonly call: number;
      /** From 1. */
      readonly attempt: number;
      readonly service: string;
      readonly operation: string;
      readonly askedFor: AskedFor;
      readonly bytes: number | null;
    }
  | {
      readonly type: 'answer';
      readonly call: number;
      readonly attempt: number;
      readonly durationMs: number;
      readonly httpStatus: number | null;
      readonly requestId: string | null;
      /** As the head of the answer announces it. */
      readonly bytes: number | null;
      /** Where there was no answer: the error's name, or the code of its socket. */
      readonly error: string | null;
    }
  | {
      readonly type: 'call';
      readonly call: number;
      readonly operation: string;
      readonly attempts: number;
      readonly durationMs: number;
      /** Of all answers, as they were read. */
      readonly bytes: number;
      readonly result: 'ok' | 'failed' | 'abandoned';
      readonly failure: CallFailure | null;
    }
  | CredentialsFound;

/** Credentials were looked for, with another result than before. */
export interface CredentialsFound {
  readonly type: 'credentials';
  readonly durationMs: number;
  /** Epoch milliseconds; null where they do not expire, or were not found. */
  readonly expiresAt: number | null;
  /** Where the SDK says that it found them. */
  readonly sources: readonly string[];
  readonly error: string | null;
}

export type CallListener = (event: CallEvent) => void;
