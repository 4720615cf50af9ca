import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Exchange, ExchangeRecord } from '../exchange.ts';
import type { Fault } from '../faults/faults.ts';
import { sendObject } from './object-answers.ts';
import { ObjectError, objectFaultError } from './object-error.ts';
import {
  getObject,
  type ObjectAnswer,
  type ObjectRequest,
  objectRegionOf,
  readObjectRequest,
} from './object-requests.ts';

/** Whether a request is one for S3: the other services know no path but the root. */
export function isObjectRequest({ url = '/' }: IncomingMessage): boolean {
  return url.split('?')[0] !== '/';
}

/** Answers one request for S3. */
export function exchangeObject(
  request: IncomingMessage,
  response: ServerResponse,
  exchange: Exchange,
): ExchangeRecord {
  const { account, now, requestId } = exchange;
  request.resume();
  response.setHeader('x-amz-request-id', requestId);
  response.setHeader('x-amz-id-2', 'simulator');
  let input: ObjectRequest | undefined;
  let faults: readonly Fault[] = [];
  let outcome: ObjectAnswer | ObjectError;
  try {
    const asked = readObjectRequest(request);
    input = asked;
    const region = objectRegionOf(request.headers.authorization);
    faults = exchange.strike('GetObject');
    const error = faults
      .map((fault) => objectFaultError(fault, asked.bucket, asked.key))
      .find((found) => found !== undefined);
    if (error !== undefined) throw error;
    outcome = getObject(account, asked, region, now);
  } catch (error) {
    // Anything else is a mistake in the simulator: better seen in the answer than hidden.
    outcome = error instanceof ObjectError ? error : new ObjectError(500, 'InternalError', String(error));
  }
  return {
    operation: input === undefined ? undefined : 'GetObject',
    input: input ?? request.url,
    status: sendObject(response, outcome, requestId, faults),
  };
}
