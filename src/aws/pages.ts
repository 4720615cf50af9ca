import { RemoteError } from '../domain/problem.ts';
import { malformed } from './wire.ts';

/** Empty pages come with a token, some of them in a row; so many of them are an endpoint that never ends. */
const mostEmptyPages = 100;

/** One page of a list: its elements as they came, and what the answer gave as NextToken. */
export interface Page {
  readonly elements: readonly unknown[];
  readonly nextToken: unknown;
}

/**
 * What to do about a page that could not be read: resolve for one more try, or throw to give the list up. A list of
 * many pages would otherwise never be read whole where some of the calls are throttled.
 */
export type WaitOut = (error: RemoteError) => Promise<void>;

/** Gives up at the first error. */
export const giveUp: WaitOut = (error) => Promise.reject(error);

/**
 * The pages of a list call, each as it comes. `readPage` is given the token of the page, undefined for the first, which
 * is never tried again.
 *
 * @throws RemoteError; what was yielded before is good
 */
export async function* readPages(
  operation: string,
  readPage: (nextToken: string | undefined) => Promise<Page>,
  waitOut: WaitOut,
): AsyncGenerator<readonly unknown[], void, void> {
  const seenTokens = new Set<string>();
  let emptyPages = 0;
  let nextToken: string | undefined;
  do {
    const page =
      nextToken === undefined ? await readPage(undefined) : await readPatiently(readPage, nextToken, waitOut);
    yield page.elements;
    emptyPages = page.elements.length === 0 ? emptyPages + 1 : 0;
    if (emptyPages > mostEmptyPages) throw malformed(operation, 'AWS gives empty pages without end');
    nextToken = readToken(operation, page.nextToken);
    if (nextToken === undefined) return;
    if (seenTokens.has(nextToken)) {
      throw malformed(operation, 'AWS gave the same NextToken twice, so that the list is incomplete');
    }
    seenTokens.add(nextToken);
  } while (true);
}

async function readPatiently(
  readPage: (nextToken: string) => Promise<Page>,
  nextToken: string,
  waitOut: WaitOut,
): Promise<Page> {
  for (;;) {
    try {
      return await readPage(nextToken);
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      await waitOut(error);
    }
  }
}

/** Only an absent or empty token is the end: anything else that is no text would make a part pass for the whole. */
export function readToken(operation: string, token: unknown): string | undefined {
  if (token === undefined || token === null || token === '') return undefined;
  if (typeof token !== 'string') throw malformed(operation, 'the NextToken is not a text');
  return token;
}
