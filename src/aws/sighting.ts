import { final, RemoteError, retryable } from '../domain/problem.ts';
import type { SharedCredentials } from './shared-credentials.ts';

/** An answer of AWS, and the access key ID of the credentials that it was given to. */
export interface Attributed<Answer> {
  readonly answer: Answer;
  /** Null when nothing was asked for it. */
  readonly accessKeyId: string | null;
}

/**
 * What AWS has shown of one thing that is watched, and as which account: several can be watched, one above the other,
 * while the credentials of the connection change. To another account a command is unknown, and lists of it are empty, as
 * if all rows had ended.
 */
export class Sighting {
  readonly #credentials: SharedCredentials;
  #isSeen = false;
  /** What `generation` of the credentials was when AWS last showed it to those of their account; null before. */
  #generation: number | null = null;
  /** The access key ID to which the last answer was given that was joined to others. */
  #joinedTo: string | null = null;

  constructor(credentials: SharedCredentials) {
    this.#credentials = credentials;
  }

  /** Makes calls. It throws what these throw. */
  ask<Answer>(calls: () => Promise<Answer>): Promise<Attributed<Answer>> {
    return this.#credentials.attribute(calls);
  }

  /** Whether those with this access key ID are of the account that has shown it. Before anything was shown they are. */
  isVouchedFor(accessKeyId: string | null): boolean {
    return (
      !this.#isSeen ||
      (this.#generation === this.#credentials.generation && this.#credentials.isOf(accessKeyId))
    );
  }

  /** AWS has shown something of it to those with this access key ID. */
  shown(accessKeyId: string | null): void {
    if (accessKeyId === null) return;
    const credentials = this.#credentials;
    // Another thing than the one before, which those have not been shown: its account is theirs.
    const isOther = this.#generation !== credentials.generation && accessKeyId === credentials.inUse;
    if (isOther && !credentials.isOf(accessKeyId)) credentials.startOver();
    credentials.prove(accessKeyId);
    this.#isSeen = true;
    if (credentials.isOf(accessKeyId)) this.#generation = credentials.generation;
  }

  /**
   * An answer that leaves something out counts only when those to whom it was given are of the account that has shown it,
   * or are shown it themselves: `isShown` asks AWS for that, where it is to be found out.
   *
   * @throws RemoteError (`credentials`) when they are not: they are discarded, so that others are looked for; or when
   * others are in use by now, who have to ask for it again
   */
  async confirm(accessKeyId: string | null, isShown: () => Promise<boolean>): Promise<void> {
    if (this.isVouchedFor(accessKeyId)) return;
    const { renewals, inUse } = this.#credentials;
    if (accessKeyId !== inUse) throw new RemoteError(changedMeanwhile);
    const shown = await this.ask(isShown);
    if (shown.answer) {
      this.shown(shown.accessKeyId);
      if (shown.accessKeyId !== accessKeyId) throw new RemoteError(changedMeanwhile);
      return;
    }
    this.#credentials.discard(renewals);
    throw new RemoteError(unknownToThese);
  }

  /**
   * AWS has answered with what those with this access key ID may see, whosever it is: that proves nothing of those which
   * are not proven. Gives whether it is of one account with what was joined before, as far as is known.
   */
  join(accessKeyId: string | null): boolean {
    const credentials = this.#credentials;
    const isAlike =
      accessKeyId === this.#joinedTo || (this.isVouchedFor(this.#joinedTo) && this.isVouchedFor(accessKeyId));
    if (accessKeyId !== null && credentials.isOf(accessKeyId)) credentials.prove(accessKeyId);
    this.#isSeen = true;
    this.#generation = credentials.generation;
    this.#joinedTo = accessKeyId;
    return isAlike;
  }
}

/** An answer to credentials that are no longer in use, of which nobody knows whether they were of the same account. */
export const changedMeanwhile = retryable(
  'credentials',
  'the credentials have changed, and may be those of another account',
);

const unknownToThese = final(
  'credentials',
  'the credentials have changed, and AWS shows them nothing of this command: change back to its account',
);
