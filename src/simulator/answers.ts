import type { ServerResponse } from 'node:http';
import type { Fault } from './faults.ts';
import { ServiceError } from './service-error.ts';
import type { WireObject } from './wire.ts';

const loginPage =
  '<!DOCTYPE html>\n<html><head><title>Sign in to continue</title></head><body>Hotel WiFi</body></html>\n';

/** Real time between two bytes of a slow answer: slow enough to be seen, and never to be waited for in a test. */
const dripMs = 50;

function drip(response: ServerResponse, body: string): void {
  const bytes = Buffer.from(body);
  let sent = 0;
  const timer = setInterval(() => {
    response.write(bytes.subarray(sent, ++sent));
    if (sent >= bytes.length) {
      clearInterval(timer);
      response.end();
    }
  }, dripMs);
  response.once('close', () => clearInterval(timer));
}

/**
 * Sends the result or the error, as the faults of transport let it.
 * @returns the HTTP status; 0 when there is no answer
 */
export function send(
  response: ServerResponse,
  outcome: WireObject | ServiceError,
  faults: readonly Fault[],
): number {
  const has = (kind: Fault['kind']) => faults.some((fault) => fault.kind === kind);
  if (has('hang')) return 0;
  if (has('reset')) {
    response.socket?.resetAndDestroy();
    return 0;
  }
  if (has('html')) {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(loginPage);
    return 200;
  }
  const failed = outcome instanceof ServiceError;
  const status = failed ? outcome.status : 200;
  const text = JSON.stringify(failed ? outcome.toWire() : outcome);
  const body = has('cut-json') ? text.slice(0, Math.ceil(text.length / 2)) : text;
  const wait = faults.find(({ retryAfterSeconds }) => retryAfterSeconds !== undefined)?.retryAfterSeconds;
  if (failed && wait !== undefined) response.setHeader('retry-after', String(wait));
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.1',
    'content-length': Buffer.byteLength(body),
  });
  if (has('slow-drip')) drip(response, body);
  else response.end(body);
  return status;
}
