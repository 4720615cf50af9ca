import { createHash } from 'node:crypto';
import { random } from '../model/random.ts';
import { modelledError } from './service-error.ts';

/** Where a page begins, in the terms of the list that is paged. */
export type Position = readonly [group: number, index: number];

/** An item and where it stands. */
export interface Placed<T> {
  readonly item: T;
  readonly position: Position;
}

export interface PageRequest {
  /** Everything that decides what is listed; a token is good only for the query that it came from. */
  readonly query: unknown;
  readonly maxResults: number;
  readonly nextToken?: string | undefined;
  /** Short, empty and overlapping pages. */
  readonly tricks: boolean;
  readonly seed: number;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken?: string;
}

interface Token {
  readonly page: number;
  readonly issuedAt: number;
  /** Undefined: the list is exhausted, and one more page says so. */
  readonly next: Position | undefined;
  readonly wasEmpty: boolean;
}

const lifetimeMs = 3_600_000;

const seal = (payload: string, query: string, seed: number) =>
  createHash('sha256').update(`${seed}\0${query}\0${payload}`).digest('hex').slice(0, 16);

function encode(token: Token, query: string, seed: number): string {
  const payload = JSON.stringify([token.page, token.issuedAt, token.next ?? null, token.wasEmpty]);
  return Buffer.from(`${seal(payload, query, seed)}${payload}`).toString('base64');
}

/** @throws ServiceError InvalidNextToken for a token that is garbled, expired, or of another query */
function decode(text: string, query: string, { seed, now }: PageRequest): Token {
  const decoded = Buffer.from(text, 'base64').toString();
  const payload = decoded.slice(16);
  if (decoded.slice(0, 16) !== seal(payload, query, seed)) {
    throw modelledError('InvalidNextToken', 'The specified token is not valid.');
  }
  const [page, issuedAt, next, wasEmpty] = JSON.parse(payload) as [number, number, Position | null, boolean];
  if (now - issuedAt > lifetimeMs)
    throw modelledError('InvalidNextToken', 'The specified token has expired.');
  return { page, issuedAt, next: next ?? undefined, wasEmpty };
}

/**
 * One page of a list. `from` gives the items from a position on (undefined: from the start), in order and lazily.
 * @throws ServiceError InvalidNextToken
 */
export function pageOf<T>(
  from: (start: Position | undefined) => Iterable<Placed<T>>,
  request: PageRequest,
): Page<T> {
  const { maxResults, nextToken, tricks, seed, now } = request;
  const query = JSON.stringify(request.query);
  const token = nextToken === undefined ? undefined : decode(nextToken, query, request);
  const page = token?.page ?? 0;
  const source = random(seed, 'page', query, page);
  const continued = (next: Position | undefined, wasEmpty: boolean) =>
    encode({ page: page + 1, issuedAt: now, next, wasEmpty }, query, seed);
  if (token !== undefined && token.next === undefined) return { items: [] };

  const empty = tricks && source.chance(0.15) && token?.wasEmpty !== true;
  const size = tricks && source.chance(0.35) ? source.int(Math.ceil(maxResults / 3), maxResults) : maxResults;
  const repeats = tricks && source.chance(0.3) ? source.int(1, 3) : 0;
  const tail = tricks && source.chance(0.3);

  const taken: Placed<T>[] = [];
  let next: Position | undefined;
  for (const placed of from(token?.next)) {
    if (empty || taken.length === size) {
      next = placed.position;
      break;
    }
    taken.push(placed);
  }
  const items = taken.map(({ item }) => item);
  if (next === undefined)
    return tail && taken.length > 0 ? { items, nextToken: continued(undefined, false) } : { items };
  // Going back by less than the page is long, a sweep still comes to its end.
  const again = Math.min(repeats, taken.length - 1);
  const resume = again > 0 ? taken[taken.length - again]?.position : undefined;
  return { items, nextToken: continued(resume ?? next, taken.length === 0) };
}
