import { describe, expect, it } from 'vitest';
import {
  isStructure,
  malformed,
  readList,
  readNumber,
  readSentTime,
  readText,
  readTextOrNull,
  readTime,
} from '../../src/aws/wire.ts';
import { RemoteError } from '../../src/domain/problem.ts';

const nothing = [undefined, null, {}, [], true];

describe('readText', () => {
  it.each(['', 'a', ' \u001b[31m'])('keeps %j as it came', (text) => expect(readText(text)).toBe(text));
  it.each([...nothing, 7])('has no text in %j', (value) => expect(readText(value)).toBe(''));
});

describe('readTextOrNull', () => {
  it('keeps an empty text', () => expect(readTextOrNull('')).toBe(''));
  it.each([...nothing, 7])('has none in %j', (value) => expect(readTextOrNull(value)).toBeNull());
});

describe('readNumber', () => {
  it.each([0, -1, 137, 1.5])('keeps %d', (number) => expect(readNumber(number)).toBe(number));
  it.each([...nothing, '7', Number.NaN, Number.POSITIVE_INFINITY])('has none in %j', (value) => {
    expect(readNumber(value)).toBeNull();
  });
});

describe('readTime', () => {
  it('is epoch milliseconds', () => expect(readTime(new Date(1_790_469_543_112))).toBe(1_790_469_543_112));
  it.each([...nothing, 1_790_469_543, 'yesterday', new Date(Number.NaN)])('has none in %j', (value) => {
    expect(readTime(value)).toBeNull();
  });
});

describe('readSentTime', () => {
  it('is epoch milliseconds', () => expect(readSentTime(1_790_469_543.1119)).toBe(1_790_469_543_112));
  it.each([...nothing, 'yesterday', Number.NaN, 1e300])('has none in %j', (value) => {
    expect(readSentTime(value)).toBeNull();
  });
});

describe('readList', () => {
  it('keeps the elements', () => expect(readList([1, null], 'ListCommands', 'Commands')).toEqual([1, null]));
  it.each([undefined, null, {}, 'none', 3])('refuses %j, naming call and member', (value) => {
    expect(() => readList(value, 'ListCommands', 'Commands')).toThrow(/^ListCommands: .*Commands/);
    expect(() => readList(value, 'ListCommands', 'Commands')).toThrow(RemoteError);
  });
});

it.each([
  [{}, true],
  [{ a: 1 }, true],
  [[], false],
  [null, false],
  [undefined, false],
  ['text', false],
])('isStructure(%j) is %s', (value, expected) => expect(isStructure(value)).toBe(expected));

it('an answer that is malformed can be better the next time', () => {
  expect(malformed('ListCommands', 'no list').problem).toEqual({
    kind: 'response',
    message: 'ListCommands: no list',
    needsAction: false,
  });
});
