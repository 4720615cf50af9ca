import { type BetweenPages, mostEmptyPages } from '../domain/paging.ts';
import { RemoteError } from '../domain/problem.ts';
import { malformed } from './wire.ts';

/** One page of a list: its elements as they came, and what the answer gave as NextToken. */
export interface Page {
  readonly elements: readonly unknown[];
  readonly nextToken: unknown;
}

/**
 * The pages of a list call, each as it comes. `readPage` is given the token of the page, undefined for the first, which
 * is never tried again.
 *
 * @throws RemoteError; what was yielded before is good
 */
export async function* readPages(
  operation: string,
  readPage: (nextToken: string | undefined) => Promise<Page>,
  between: BetweenPages,
): AsyncGenerator<readonly unknown[], void, void> {
  const seenTokens = new Set<string>();
  let emptyPages = 0;
  let nextToken: string | undefined;
  do {
    await between.beforePage();
    const page =
      nextToken === undefined ? await readPage(undefined) : await readPatiently(readPage, nextToken, between);
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
  { beforePage, waitOut }: BetweenPages,
): Promise<Page> {
  for (let failures = 1; ; failures++) {
    try {
      return await readPage(nextToken);
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      await waitOut(error, failures);
      await beforePage();
    }
  }
}

/** Only an absent or empty token is the end: anything else that is no text would make a part pass for the whole. */
export function readToken(operation: string, token: unknown): string | undefined {
  if (token === undefined || token === null || token === '') return undefined;
  if (typeof token !== 'string') throw malformed(operation, 'the NextToken is not a text');
  return token;
}
