import { createHash } from 'node:crypto';
import { type LogEvent, type LogEvents, logEventsOf } from '../model/log-events.ts';
import { firstWhere } from '../model/log-uploads.ts';
import { findByLogStream, logGroupOf } from '../model/output-places.ts';
import { random } from '../model/random.ts';
import type { GetLogEventsRequest } from './requests.ts';
import { invalidParameter, ServiceError } from './service-error.ts';
import type { Situation } from './situation.ts';
import type { WireObject } from './wire.ts';

interface Token {
  readonly direction: 'f' | 'b';
  /** Forward the event to begin with, backward the one to end before. */
  readonly position: number;
  /** The page before was empty though there were events; this one is not. */
  readonly afterEmpty: boolean;
}

const pageBytes = 1_048_576;
/** What AWS counts for an event besides its message. */
const eventBytes = 26;

const notFound = (what: string) =>
  new ServiceError('ResourceNotFoundException', `The specified log ${what} does not exist.`);

/** Ten digits that belong to the stream, so that a token of another one is known. */
const sealOf = (stream: string) =>
  String(createHash('sha256').update(stream).digest().readUInt32BE()).padStart(10, '0');

function encode({ direction, position, afterEmpty }: Token, stream: string): string {
  const place = String(2 * position + (afterEmpty ? 1 : 0)).padStart(46, '0');
  return `${direction}/${place}${sealOf(stream)}/s`;
}

/** @throws ServiceError InvalidParameterException for a token that is garbled or of another stream */
function decode(text: string, stream: string): Token {
  const [, direction, place, seal] = /^([fb])\/(\d{46})(\d{10})\/s$/.exec(text) ?? [];
  if (direction === undefined || seal !== sealOf(stream)) {
    throw invalidParameter('The specified nextToken is invalid.');
  }
  const number = Number(place);
  return {
    direction: direction === 'f' ? 'f' : 'b',
    position: Math.floor(number / 2),
    afterEmpty: number % 2 === 1,
  };
}

/** @throws ServiceError ResourceNotFoundException, also for what does not exist yet */
function eventsOf({ account, now }: Situation, group: string, stream: string): LogEvents {
  const rollouts = account.rollouts(now);
  const found = findByLogStream(rollouts, group, stream);
  const events = found === undefined ? undefined : logEventsOf(found, now);
  if (events !== undefined) return events;
  throw notFound(rollouts.some(({ plan }) => logGroupOf(plan) === group) ? 'stream' : 'group');
}

/** The events from `start` by steps of `step` until `end`, as many as a page holds; at least one if there is any. */
function pageFrom(events: LogEvents, start: number, end: number, step: 1 | -1, limit: number): LogEvent[] {
  const page: LogEvent[] = [];
  let bytes = 0;
  for (let index = start; index !== end && page.length < limit; index += step) {
    const event = events.event(index);
    bytes += Buffer.byteLength(event.message) + eventBytes;
    if (bytes > pageBytes && page.length > 0) break;
    page.push(event);
  }
  return page;
}

/** @throws ServiceError InvalidParameterException when none is named, or both ways are used */
function groupOf({ logGroupName: name, logGroupIdentifier: identifier }: GetLogEventsRequest): string {
  const group = name ?? identifier?.replace(/^arn:aws[\w-]*:logs:[\w-]*:\d*:log-group:/, '');
  if (group === undefined || (name !== undefined && identifier !== undefined)) {
    throw invalidParameter('Either logGroupName or logGroupIdentifier is required, but not both.');
  }
  return group;
}

/** @throws ServiceError InvalidParameterException or ResourceNotFoundException */
export function getLogEvents(situation: Situation, request: GetLogEventsRequest): WireObject {
  const { logStreamName: stream, startFromHead = false, limit = 10_000 } = request;
  const events = eventsOf(situation, groupOf(request), stream);
  const { startTime = 0, endTime = Number.POSITIVE_INFINITY } = request;
  const first = firstWhere(events.count, (index) => events.timestampOf(index) >= startTime);
  const end = Math.max(
    first,
    firstWhere(events.count, (index) => events.timestampOf(index) >= endTime),
  );
  const given = request.nextToken === undefined ? undefined : decode(request.nextToken, stream);
  const { direction, position, afterEmpty } = given ?? {
    direction: startFromHead ? 'f' : 'b',
    position: startFromHead ? first : end,
    afterEmpty: false,
  };
  const start = Math.min(end, Math.max(first, position));

  const source = random(situation.seed, 'log page', stream, start);
  const empty =
    situation.pagingTricks && direction === 'f' && !afterEmpty && start < end && source.chance(0.2);
  const ahead = direction === 'f' && !empty ? pageFrom(events, start, end, 1, limit) : [];
  const behind = direction === 'b' ? pageFrom(events, start - 1, first - 1, -1, limit).reverse() : [];
  const token = (way: 'f' | 'b', place: number, again = false) =>
    encode({ direction: way, position: place, afterEmpty: again }, stream);
  return {
    events: [...behind, ...ahead].map((event) => ({ ...event })),
    nextForwardToken: token('f', start + ahead.length, empty),
    nextBackwardToken: token('b', start - behind.length),
  };
}
