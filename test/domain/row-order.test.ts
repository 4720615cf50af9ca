import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Invocation } from '../../src/domain/invocation.ts';
import { sortRows } from '../../src/domain/row-order.ts';
import { type SortOrder, sortColumns, worstFirst } from '../../src/domain/rows.ts';
import { mixedRows } from '../helpers/mixed-rows.ts';

const rows = [...mixedRows];
const ids = (list: readonly Invocation[]) => list.map(({ instanceId }) => instanceId.slice(2)).join('');

describe('sortRows', () => {
  it.each<[string, SortOrder, string]>([
    ['worst first', worstFirst, '256431'],
    ['best first', { column: 'status', inverted: true }, '134652'],
    ['the highest exit code first', { column: 'exit', inverted: false }, '214635'],
    ['the highest exit code last', { column: 'exit', inverted: true }, '463512'],
    ['the longest first', { column: 'time', inverted: false }, '124635'],
    ['the shortest first', { column: 'time', inverted: true }, '463521'],
    ['by detail, the empty last', { column: 'detail', inverted: false }, '532146'],
    ['by instance', { column: 'instance', inverted: false }, '123456'],
    ['by instance, backwards', { column: 'instance', inverted: true }, '654321'],
    ['by name, the empty last', { column: 'name', inverted: false }, '213465'],
  ])('%s', (_, order, sorted) => expect(ids(sortRows(rows, order))).toBe(sorted));

  it.each<[string, SortOrder, string]>([
    ['exit codes', { column: 'exit', inverted: false }, '215364'],
    ['times', { column: 'time', inverted: false }, '125364'],
  ])('%s: those without one stay last and as they came, here the other way round', (_, order, sorted) => {
    expect(ids(sortRows(rows.toReversed(), order))).toBe(sorted);
  });

  const anyRows = fc
    .array(fc.tuple(fc.constantFrom(...rows), fc.nat(4)), { maxLength: 12 })
    .map((list) => list.map(([row, twin]) => ({ ...row, comment: `${twin}` })));
  const anyOrder = fc.record({ column: fc.constantFrom(...sortColumns), inverted: fc.boolean() });

  it('keeps every row, and the order of those that compare equal', () =>
    fc.assert(
      fc.property(anyRows, anyOrder, (list, order) => {
        const sorted = sortRows(list, order);
        expect(sorted.toSorted((a, b) => list.indexOf(a) - list.indexOf(b))).toEqual(list);
        for (const { instanceId } of rows) {
          const same = (row: Invocation) => row.instanceId === instanceId;
          expect(sorted.filter(same)).toEqual(list.filter(same));
        }
      }),
    ));

  it('does not depend on the order in which different rows came', () =>
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), fc.boolean(), (list, inverted) => {
        const order: SortOrder = { column: 'instance', inverted };
        expect(sortRows(list, order)).toEqual(sortRows(rows, order));
        expect(sortRows(list, worstFirst)).toEqual(sortRows(rows, worstFirst));
      }),
    ));

  it('leaves the given list as it was', () => {
    const list = Object.freeze([...rows]);
    sortRows(list, worstFirst);
    expect(list).toEqual(rows);
  });
});
