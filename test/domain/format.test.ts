import { describe, expect, it } from 'vitest';
import {
  countOf,
  formatAge,
  formatCount,
  formatEstimate,
  formatSpan,
  formatTime,
} from '../../src/domain/format.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('formatSpan', () => {
  it.each([
    [-5 * second, '0s'],
    [0, '0s'],
    [999, '0s'],
    [second, '1s'],
    [8.9 * second, '8s'],
    [minute - 1, '59s'],
    [minute, '1m 00s'],
    [3 * minute + 12 * second, '3m 12s'],
    [hour - 1, '59m 59s'],
    [hour, '1h 00m'],
    [2 * hour + 5 * minute + 59 * second, '2h 05m'],
    [day - 1, '23h 59m'],
    [day, '1d 0h'],
    [3 * day + 4 * hour + 59 * minute, '3d 4h'],
    [45 * day, '45d 0h'],
    [400 * day + 23 * hour, '400d 23h'],
  ])('%d ms: %s', (milliseconds, text) => expect(formatSpan(milliseconds)).toBe(text));
});

const at = Date.UTC(2026, 10, 20, 1, 39, 37);

it.each([
  ['01:39:37', at],
  ['01:39:37', Date.UTC(2026, 10, 20, 23, 59, 59)],
  ['01:39:37', Date.UTC(2026, 10, 20)],
  ['11-20 01:39:37', Date.UTC(2026, 10, 19, 23, 59, 59)],
  ['11-20 01:39:37', Date.UTC(2026, 10, 21)],
  ['11-20 01:39:37', Date.UTC(2025, 10, 20, 1, 39, 37)],
])('formatTime: %s beside %d', (text, other) => expect(formatTime(at, other)).toBe(text));

it.each([
  [-5 * second, '0 s'],
  [999, '0 s'],
  [59.9 * second, '59 s'],
  [minute, '1m 00s'],
  [day, '1d 0h'],
])('formatAge(%d): %s', (milliseconds, text) => expect(formatAge(milliseconds)).toBe(text));

it.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [1_234_567, '1,234,567'],
])('formatCount(%d): %s', (count, text) => expect(formatCount(count)).toBe(text));

it.each([
  [0, '0 errors'],
  [1, '1 error'],
  [2, '2 errors'],
  [1000, '1,000 errors'],
])('countOf(%d): %s', (count, text) => expect(countOf(count, 'error')).toBe(text));

it.each([
  [0, 'about 5 s'],
  [12_400, 'about 10 s'],
  [54_000, 'about 55 s'],
  [55_000, 'about 1 min'],
  [130_000, 'about 2 min'],
  [89 * 60_000, 'about 89 min'],
  [95 * 60_000, 'about 2 h'],
])('an estimate of %i ms is %s', (milliseconds, text) => expect(formatEstimate(milliseconds)).toBe(text));
