/**
 * Reads members of an answer. The SDK trusts the wire: a wrong type or a missing member arrives here as it was sent,
 * and must neither crash us nor be taken for something else.
 */

import { RemoteError, retryable } from '../domain/problem.ts';
import type { Target } from '../domain/targets.ts';

/** The text; empty where the value is none. */
export function readText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The text as it came, also when empty; null when there is none. */
export function readTextOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** The number; null where the value is none, or is not finite. */
export function readNumber(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** Epoch milliseconds, or null when the SDK could not make a date of it. */
export function readTime(value: unknown): number | null {
  const time = value instanceof Date ? value.getTime() : Number.NaN;
  return Number.isNaN(time) ? null : time;
}

/** Epoch milliseconds of a time as AWS sends it, in seconds; null when it is none. */
export function readSentTime(value: unknown): number | null {
  const seconds = readNumber(value);
  return seconds === null ? null : readTime(new Date(Math.round(seconds * 1000)));
}

/** The elements of a list. @throws RemoteError (`response`) when there is no list */
export function readList(value: unknown, operation: string, member: string): unknown[] {
  if (!Array.isArray(value)) throw malformed(operation, `the answer has no list ${member}`);
  return value;
}

/** The structures in a list; none where there is no list. */
export function readStructures(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isStructure) : [];
}

/** The texts in a list; none where there is no list. */
export function readTexts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((element) => typeof element === 'string') : [];
}

/** What a command was sent to by tags and the like; none where there is no list. Members that are no texts are empty. */
export function readTargets(value: unknown): Target[] {
  return readStructures(value).map(({ Key, Values }) => ({ key: readText(Key), values: readTexts(Values) }));
}

/** Whether the value is an object of named members; a list is none. */
export function isStructure(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The error (`response`, to be tried again) of an answer that is not what AWS documents. `what`: what is wrong with it, one
 * line to follow the name of the operation.
 */
export function malformed(operation: string, what: string): RemoteError {
  return new RemoteError(retryable('response', `${operation}: ${what}`));
}
