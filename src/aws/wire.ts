/**
 * Reads members of an answer. The SDK trusts the wire: a wrong type or a missing member arrives here as it was sent,
 * and must neither crash us nor be taken for something else.
 */

import { RemoteError } from '../domain/problem.ts';

export function readText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The text as it came, also when empty; null when there is none. */
export function readTextOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

export function readNumber(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** Epoch milliseconds, or null when the SDK could not make a date of it. */
export function readTime(value: unknown): number | null {
  const time = value instanceof Date ? value.getTime() : Number.NaN;
  return Number.isNaN(time) ? null : time;
}

/** The elements of a list. @throws RemoteError (`response`) when there is no list */
export function readList(value: unknown, operation: string, member: string): unknown[] {
  if (!Array.isArray(value)) throw malformed(operation, `the answer has no list ${member}`);
  return value;
}

export function isStructure(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An answer that is not what AWS documents. */
export function malformed(operation: string, what: string): RemoteError {
  return new RemoteError({ kind: 'response', message: `${operation}: ${what}`, needsAction: false });
}
