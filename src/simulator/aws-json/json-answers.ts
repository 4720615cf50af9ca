import type { ServerResponse } from 'node:http';
import type { Fault } from '../faults/faults.ts';
import { drip, intercept, retryAfterOf } from '../transport.ts';
import { ServiceError } from './service-error.ts';
import type { WireObject } from './wire.ts';

/**
 * Sends the result or the error as JSON, as the faults of transport let it.
 * @returns the HTTP status; 0 when there is no answer
 */
export function sendJson(
  response: ServerResponse,
  outcome: WireObject | ServiceError,
  faults: readonly Fault[],
): number {
  const intercepted = intercept(response, faults);
  if (intercepted !== undefined) return intercepted;
  const has = (kind: Fault['kind']) => faults.some((fault) => fault.kind === kind);
  const failed = outcome instanceof ServiceError;
  const status = failed ? outcome.status : 200;
  const text = JSON.stringify(failed ? outcome.toWire() : outcome);
  const body = has('cut-json') ? text.slice(0, Math.ceil(text.length / 2)) : text;
  const wait = retryAfterOf(faults);
  if (failed && wait !== undefined) response.setHeader('retry-after', String(wait));
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.1',
    'content-length': Buffer.byteLength(body),
  });
  if (has('slow-drip')) drip(response, [Buffer.from(body)]);
  else response.end(body);
  return status;
}
