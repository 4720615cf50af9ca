import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Invocation } from '../../src/domain/invocation.ts';
import { sortRows } from '../../src/domain/row-order.ts';
import {
  everything,
  matches,
  type RowFilter,
  type SortOrder,
  sortColumns,
  tookOf,
  worstFirst,
} from '../../src/domain/rows.ts';
import { invocation, plugin } from '../helpers/fixtures.ts';

const failed = invocation({
  instanceId: 'i-2',
  instanceName: 'Web-02',
  status: 'Failed',
  plugins: [
    plugin({ status: 'Failed', responseCode: 127, startedAt: 1_000, finishedAt: 4_000, output: 'no yum\n' }),
  ],
});
const cancelled = invocation({ instanceId: 'i-5', instanceName: '', status: 'Cancelled' });
const running = invocation({
  instanceId: 'i-4',
  instanceName: 'web-04',
  status: 'InProgress',
  plugins: [plugin({ status: 'InProgress', responseCode: -1, startedAt: 1_000 })],
});
const delayed = invocation({
  instanceId: 'i-3',
  instanceName: 'web-03',
  status: 'Pending',
  statusDetails: 'Delayed',
});
const unknown = invocation({ instanceId: 'i-6', instanceName: 'web-06', status: 'Rebooting' });
const done = invocation({
  instanceId: 'i-1',
  instanceName: 'web-01',
  plugins: [plugin({ startedAt: 1_000, finishedAt: 9_000 })],
});
const rows = [done, running, unknown, failed, delayed, cancelled];
const ids = (list: readonly Invocation[]) => list.map(({ instanceId }) => instanceId.slice(2)).join('');

describe('matches', () => {
  it.each<[string, Partial<RowFilter>, string]>([
    ['everything', {}, '146235'],
    ['failures', { failuresOnly: true }, '25'],
    ['a status', { statuses: ['Failed'] }, '2'],
    ['statuses', { statuses: ['Delayed', 'Success'] }, '13'],
    ['the status of nothing', { statuses: ['TimedOut'] }, ''],
    ['an instance ID', { text: 'I-4' }, '4'],
    ['a name in any case', { text: 'wEB-02' }, '2'],
    ['a status as text', { text: 'inprog' }, '4'],
    ['an exit code', { text: '127' }, '2'],
    ['no exit code where none is shown', { text: 'InProgress -1' }, ''],
    ['a detail', { text: 'no yum' }, '2'],
    ['no text of nothing', { text: 'no such text' }, ''],
    ['signs that mean something in a pattern', { text: '.*' }, ''],
    ['all together', { text: 'web', failuresOnly: true, statuses: ['Failed', 'Success'] }, '2'],
    ['all together, for nothing', { text: 'web-01', failuresOnly: true }, ''],
  ])('%s', (_, filter, shown) => {
    expect(ids(rows.filter((row) => matches({ ...everything, ...filter }, row)))).toBe(shown);
  });
});

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

it.each([
  [
    'from the first start to the last finish',
    [plugin({ startedAt: 5, finishedAt: 7 }), plugin({ startedAt: 8, finishedAt: 20 })],
    15,
  ],
  ['not started', [plugin()], null],
  ['not finished', [plugin({ startedAt: 5 })], null],
  ['no start', [plugin({ finishedAt: 5 })], null],
])('tookOf: %s', (_, plugins, took) => expect(tookOf(invocation({ plugins }))).toBe(took));
