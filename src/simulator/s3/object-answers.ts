import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Fault } from '../faults/faults.ts';
import { drip, intercept, retryAfterOf } from '../transport.ts';
import { ObjectError } from './object-error.ts';
import type { ObjectAnswer } from './object-requests.ts';

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function toXml({ code, message, elements }: ObjectError, requestId: string): string {
  const all = { Code: code, Message: message, ...elements, RequestId: requestId, HostId: 'simulator' };
  const xml = Object.entries(all).map(([name, value]) => `<${name}>${escaped(value)}</${name}>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${xml.join('')}</Error>`;
}

/** The first half of the body; the connection then ends before the length that was promised. */
function* firstHalf(body: Iterable<Buffer>, bytes: number): Generator<Buffer> {
  let left = Math.floor(bytes / 2);
  for (const piece of body) {
    yield piece.subarray(0, left);
    left -= piece.length;
    if (left <= 0) break;
  }
  throw new Error('cut');
}

/**
 * Sends the object or the error, to a HEAD without its body, as the faults of transport let it.
 * @returns the HTTP status; 0 when there is no answer
 */
export function sendObject(
  response: ServerResponse,
  outcome: ObjectAnswer | ObjectError,
  requestId: string,
  faults: readonly Fault[],
): number {
  const intercepted = intercept(response, faults);
  if (intercepted !== undefined) return intercepted;
  const has = (kind: Fault['kind']) => faults.some((fault) => fault.kind === kind);
  const failed = outcome instanceof ObjectError;
  const xml = failed ? Buffer.from(toXml(outcome, requestId)) : undefined;
  const { bytes, body } = failed
    ? { bytes: xml?.length ?? 0, body: xml === undefined ? [] : [xml] }
    : outcome;
  const wait = retryAfterOf(faults);
  if (failed && wait !== undefined) response.setHeader('retry-after', String(wait));
  response.writeHead(outcome.status, {
    ...(failed ? { 'content-type': 'application/xml' } : {}),
    ...outcome.headers,
    'content-length': bytes,
  });
  if (response.req.method === 'HEAD') response.end();
  else if (has('slow-drip')) drip(response, body);
  else {
    // A client that goes away ends the pipeline with an error, and that is all there is to do about it.
    pipeline(Readable.from(has('cut-json') ? firstHalf(body, bytes) : body), response).catch(() => {});
  }
  return outcome.status;
}
