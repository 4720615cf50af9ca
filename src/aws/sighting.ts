import { final, RemoteError } from '../domain/problem.ts';
import type { SharedCredentials } from './shared-credentials.ts';

/** An answer of AWS, and what it is worth. */
export interface Attributed<Answer> {
  readonly answer: Answer;
  /**
   * The access key ID of the credentials that were in use when the call began. An answer to newer ones counts as theirs,
   * too: it proves too little rather than too much. Null before the first were found.
   */
  readonly accessKeyId: string | null;
  /** Whether the credentials, before and after the call, were of the account that has shown what is watched. */
  readonly isVouched: boolean;
}

/**
 * What AWS has shown of one thing that is watched, and as which account: several can be watched, one above the other,
 * while the credentials of the connection change. To another account a command is unknown, and lists of it are empty, as
 * if all rows had ended.
 */
export class Sighting {
  readonly #credentials: SharedCredentials;
  #isSeen = false;
  /** The era of the credentials in which AWS has shown it last to those in use; null before. */
  #era: number | null = null;
  /** The access key ID that was in use at the last answer that was joined to others. */
  #joinedBy: string | null = null;

  constructor(credentials: SharedCredentials) {
    this.#credentials = credentials;
  }

  /** Makes a call. It throws what the call throws. */
  async ask<Answer>(call: () => Promise<Answer>): Promise<Attributed<Answer>> {
    const { inUse: accessKeyId } = this.#credentials;
    const wasVouched = this.#isVouched;
    const answer = await call();
    return { answer, accessKeyId, isVouched: wasVouched && this.#isVouched };
  }

  /** AWS has shown something of it to those with this access key ID. */
  shown(accessKeyId: string | null): void {
    const credentials = this.#credentials;
    // Another thing than the one before, which those have not been shown: its account is theirs.
    const isOther = this.#era !== credentials.era && accessKeyId === credentials.inUse;
    if (isOther && !credentials.isProven) credentials.startOver();
    credentials.prove(accessKeyId);
    this.#isSeen = true;
    if (credentials.isProven) this.#era = credentials.era;
  }

  /**
   * An answer that leaves something out counts only when the credentials are of the account that has shown it, or are
   * shown it themselves: `isShown` asks AWS for that, where it is to be found out.
   *
   * @throws RemoteError (`credentials`) when they are not; they are discarded, so that others are looked for
   */
  async confirm(isShown: () => Promise<boolean>): Promise<void> {
    if (this.#isVouched) return;
    const { renewals } = this.#credentials;
    const { answer, accessKeyId } = await this.ask(isShown);
    if (answer) return this.shown(accessKeyId);
    this.#credentials.discard(renewals);
    throw new RemoteError(unknownToThese);
  }

  /**
   * AWS has answered with what those in use may see, whosever it is: that proves nothing of credentials which are not
   * proven. Gives whether it is of one account with what was joined before, as far as is known.
   */
  join(accessKeyId: string | null): boolean {
    const credentials = this.#credentials;
    if (credentials.isProven) credentials.prove(accessKeyId);
    const isAlike = this.#isVouched || this.#joinedBy === credentials.inUse;
    this.#isSeen = true;
    this.#era = credentials.era;
    this.#joinedBy = credentials.inUse;
    return isAlike;
  }

  /** Whether the credentials in use are of the account that has shown it. Before anything was shown they are. */
  get #isVouched(): boolean {
    return !this.#isSeen || (this.#era === this.#credentials.era && this.#credentials.isProven);
  }
}

const unknownToThese = final(
  'credentials',
  'the credentials have changed, and AWS shows them nothing of this command: change back to its account',
);
