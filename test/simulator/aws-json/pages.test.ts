import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Page,
  type PageRequest,
  type Placed,
  type Position,
  pageOf,
} from '../../../src/simulator/aws-json/pages.ts';

const listOf = (count: number) =>
  function* (start: Position | undefined): Iterable<Placed<number>> {
    for (let index = start?.[1] ?? 0; index < count; index++) yield { item: index, position: [0, index] };
  };

const request = (overrides: Partial<PageRequest> = {}): PageRequest => ({
  query: ['ListCommandInvocations', {}],
  maxResults: 10,
  pagingTricks: false,
  seed: 1,
  now: 0,
  ...overrides,
});

function sweep(count: number, overrides: Partial<PageRequest>): Page<number>[] {
  const pages: Page<number>[] = [];
  for (let nextToken: string | undefined; pages.length === 0 || nextToken !== undefined; ) {
    const page = pageOf(listOf(count), request({ ...overrides, nextToken }));
    pages.push(page);
    nextToken = page.nextToken;
  }
  return pages;
}

describe('a sweep', () => {
  test('without tricks has full pages, and a token exactly where more follows', () => {
    expect(sweep(25, {}).map(({ items }) => items.length)).toEqual([10, 10, 5]);
    expect(sweep(20, {}).map(({ items }) => items.length)).toEqual([10, 10]);
    expect(sweep(0, {})).toEqual([{ items: [] }]);
  });

  test('with tricks comes to its end and misses nothing', () => {
    void fc.assert(
      fc.property(fc.nat(120), fc.integer({ min: 1, max: 50 }), fc.nat(), (count, maxResults, seed) => {
        const pages = sweep(count, { maxResults, seed, pagingTricks: true });
        const items = pages.flatMap((page) => page.items);
        expect([...new Set(items)]).toEqual(Array.from({ length: count }, (_, index) => index));
        expect(pages.every((page) => page.items.length <= maxResults)).toBe(true);
      }),
    );
  });

  test('with tricks has short pages, empty pages with a token, and repeated rows', () => {
    const pages = Array.from({ length: 20 }, (_, seed) => sweep(60, { seed, pagingTricks: true }));
    const all = pages.flat();
    const continued = all.filter(({ nextToken }) => nextToken !== undefined);
    expect(continued.some(({ items }) => items.length === 0)).toBe(true);
    expect(continued.some(({ items }) => items.length > 0 && items.length < 10)).toBe(true);
    expect(pages.some((swept) => swept.flatMap(({ items }) => items).length > 60)).toBe(true);
  });
});

describe('a token', () => {
  const token = pageOf(listOf(30), request()).nextToken ?? '';
  test.each([
    ['garbled', { nextToken: 'not a token' }],
    ['empty', { nextToken: '' }],
    ['with a character changed', { nextToken: `${token.slice(0, -6)}AAAA==` }],
    ['of another query', { nextToken: token, query: ['ListCommands', {}] }],
    ['of another simulator', { nextToken: token, seed: 2 }],
    ['older than an hour', { nextToken: token, now: 3_600_001 }],
  ])('%s is InvalidNextToken', (_, overrides) => {
    expect(() => pageOf(listOf(30), request(overrides))).toThrow(
      expect.objectContaining({ type: 'InvalidNextToken', status: 400 }),
    );
  });

  test('can be used twice', () => {
    const again = () => pageOf(listOf(30), request({ nextToken: token })).items;
    expect(again()).toEqual(again());
  });
});
