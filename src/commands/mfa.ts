import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import type { MfaPrompt } from '../aws/credentials.ts';
import { final, RemoteError } from '../domain/problem.ts';
import { sanitiseLine } from '../domain/sanitise.ts';
import type { Characters } from './characters.ts';

/** Asks for MFA codes on the terminal, until the screen is drawn on it. */
export class MfaQuestion {
  readonly #openKeys: () => NodeJS.ReadStream | null;
  readonly #characters: Characters;
  #terminalIsFree = true;

  constructor(openKeys: () => NodeJS.ReadStream | null, characters: Characters) {
    this.#openKeys = openKeys;
    this.#characters = characters;
  }

  /** From now on the terminal is taken: an MFA code that is needed is a problem, not a question. */
  stopAsking(): void {
    this.#terminalIsFree = false;
  }

  /** @throws RemoteError (`credentials`) when there is no terminal to ask on, or no answer */
  readonly ask: MfaPrompt = async (serialNumber) => {
    if (!this.#terminalIsFree) throw unanswerable('an MFA code is needed again: leave and start anew');
    const keys = this.#openKeys();
    if (!keys) throw unanswerable('an MFA code is needed, and there is no terminal to ask for it');
    const question = createInterface({ input: keys, output: process.stderr, terminal: false });
    // Ctrl-D closes it, and what was asked is then never answered.
    const unanswered = once(question, 'close').then(() => {
      throw unanswerable('an MFA code is needed, and none was given');
    });
    const name = this.#characters.spell(sanitiseLine(serialNumber));
    try {
      return (await Promise.race([question.question(`MFA code for ${name}: `), unanswered])).trim();
    } finally {
      question.close();
    }
  };
}

function unanswerable(message: string): RemoteError {
  return new RemoteError(final('credentials', message));
}
