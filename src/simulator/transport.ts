import type { ServerResponse } from 'node:http';
import type { Fault } from './faults/faults.ts';

const loginPage =
  '<!DOCTYPE html>\n<html><head><title>Sign in to continue</title></head><body>Hotel WiFi</body></html>\n';

/** Real time between two bytes of a slow answer: slow enough to be seen, and never to be waited for in a test. */
const dripMs = 50;

/** Sends the body a byte at a time, and ends the answer. */
export function drip(response: ServerResponse, body: Iterable<Buffer>): void {
  function* bytes() {
    for (const piece of body) for (let at = 0; at < piece.length; at++) yield piece.subarray(at, at + 1);
  }
  const left = bytes();
  let next = left.next();
  const timer = setInterval(() => {
    if (next.value !== undefined) response.write(next.value);
    next = left.next();
    if (next.done === true) {
      clearInterval(timer);
      response.end();
    }
  }, dripMs);
  response.once('close', () => clearInterval(timer));
}

/**
 * The faults that let no answer through: no answer at all, a cut connection, somebody else's page.
 * @returns the HTTP status, 0 when there is none; undefined when no such fault strikes
 */
export function intercept(response: ServerResponse, faults: readonly Fault[]): number | undefined {
  const has = (kind: Fault['kind']) => faults.some((fault) => fault.kind === kind);
  if (has('hang')) return 0;
  if (has('reset')) {
    response.socket?.resetAndDestroy();
    return 0;
  }
  if (!has('html')) return undefined;
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(loginPage);
  return 200;
}

/** The seconds of a Retry-After header, where a fault gives them. */
export function retryAfterOf(faults: readonly Fault[]): number | undefined {
  return faults.find(({ retryAfterSeconds }) => retryAfterSeconds !== undefined)?.retryAfterSeconds;
}
