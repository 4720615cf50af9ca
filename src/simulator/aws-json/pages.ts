import { createHash } from 'node:crypto';
import { random } from '../model/random.ts';
import { modelledError } from './service-error.ts';

/** Where an item stands in the list that is paged: in which rollout, counted from the oldest, and where in that. */
export type Position = readonly [rollout: number, index: number];

/** An item and where it stands. */
export interface Placed<T> {
  readonly item: T;
  readonly position: Position;
}

/** Which page of which list is asked for. */
export interface PageRequest {
  /** Everything that decides what is listed; a token is good only for the query that it came from. */
  readonly query: unknown;
  readonly maxResults: number;
  readonly nextToken?: string | undefined;
  /** Short, empty and overlapping pages. */
  readonly pagingTricks: boolean;
  readonly seed: number;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Absent on the last page. */
  readonly nextToken?: string;
}

/** What a NextToken says. */
interface Token {
  /** The number of the page that it asks for; the first one, which needs no token, is 0. */
  readonly page: number;
  /** Epoch milliseconds. */
  readonly issuedAt: number;
  /** Where the page begins. Undefined: the list is exhausted, and one more page says so. */
  readonly next: Position | undefined;
  /** Whether the page that it came with was empty. */
  readonly afterEmpty: boolean;
}

const tokenLifetimeMs = 3_600_000;
const sealLength = 16;

const sealOf = (payload: string, query: string, seed: number) =>
  createHash('sha256').update(`${seed}\0${query}\0${payload}`).digest('hex').slice(0, sealLength);

function encode(token: Token, query: string, seed: number): string {
  const payload = JSON.stringify([token.page, token.issuedAt, token.next ?? null, token.afterEmpty]);
  return Buffer.from(`${sealOf(payload, query, seed)}${payload}`).toString('base64');
}

/** @throws ServiceError InvalidNextToken for a token that is garbled, expired, or of another query */
function decode(text: string, query: string, { seed, now }: PageRequest): Token {
  const decoded = Buffer.from(text, 'base64').toString();
  const payload = decoded.slice(sealLength);
  if (decoded.slice(0, sealLength) !== sealOf(payload, query, seed)) {
    throw modelledError('InvalidNextToken', 'The specified token is not valid.');
  }
  const [page, issuedAt, next, afterEmpty] = JSON.parse(payload) as [
    number,
    number,
    Position | null,
    boolean,
  ];
  if (now - issuedAt > tokenLifetimeMs) {
    throw modelledError('InvalidNextToken', 'The specified token has expired.');
  }
  return { page, issuedAt, next: next ?? undefined, afterEmpty };
}

/** What one page does that a client might not expect; drawn for each page of each query. */
interface PageTricks {
  /** It holds nothing, and has a token all the same. */
  readonly isEmpty: boolean;
  /** How many items it holds at most. */
  readonly size: number;
  /** How many of its last items the next page repeats. */
  readonly repeats: number;
  /** Where it is the last one: it has a token all the same, for a page that is empty. */
  readonly endsWithToken: boolean;
}

function tricksOf({ pagingTricks, maxResults, seed }: PageRequest, query: string, page: number): PageTricks {
  if (!pagingTricks) return { isEmpty: false, size: maxResults, repeats: 0, endsWithToken: false };
  const source = random(seed, 'page', query, page);
  return {
    isEmpty: source.chance(0.15),
    size: source.chance(0.35) ? source.int(Math.ceil(maxResults / 3), maxResults) : maxResults,
    repeats: source.chance(0.3) ? source.int(1, 3) : 0,
    endsWithToken: source.chance(0.3),
  };
}

/**
 * One page of a list. `itemsFrom` gives the items from a position on (undefined: from the start), in order and lazily.
 * @throws ServiceError InvalidNextToken
 */
export function pageOf<T>(
  itemsFrom: (start: Position | undefined) => Iterable<Placed<T>>,
  request: PageRequest,
): Page<T> {
  const { nextToken, seed, now } = request;
  const query = JSON.stringify(request.query);
  const token = nextToken === undefined ? undefined : decode(nextToken, query, request);
  if (token !== undefined && token.next === undefined) return { items: [] };
  const page = token?.page ?? 0;
  const { isEmpty, size, repeats, endsWithToken } = tricksOf(request, query, page);
  // Two empty pages in a row would look like a list that never ends.
  const capacity = isEmpty && token?.afterEmpty !== true ? 0 : size;

  const taken: Placed<T>[] = [];
  let next: Position | undefined;
  for (const placed of itemsFrom(token?.next)) {
    if (taken.length === capacity) {
      next = placed.position;
      break;
    }
    taken.push(placed);
  }
  const items = taken.map(({ item }) => item);
  const tokenFor = (position: Position | undefined) =>
    encode({ page: page + 1, issuedAt: now, next: position, afterEmpty: taken.length === 0 }, query, seed);
  if (next === undefined) {
    return endsWithToken && taken.length > 0 ? { items, nextToken: tokenFor(undefined) } : { items };
  }
  // Going back by less than the page is long, a sweep still comes to its end.
  const repeated = Math.min(repeats, taken.length - 1);
  const resume = repeated > 0 ? taken[taken.length - repeated]?.position : undefined;
  return { items, nextToken: tokenFor(resume ?? next) };
}
