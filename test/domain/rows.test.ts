import { describe, expect, it } from 'vitest';
import type { Invocation } from '../../src/domain/invocation.ts';
import { everything, limits, matches, type RowFilter, tookOf } from '../../src/domain/rows.ts';
import { invocation, plugin } from '../helpers/fixtures.ts';
import { mixedRows } from '../helpers/mixed-rows.ts';

const rows = mixedRows;
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

it.each<[string, Partial<RowFilter>, boolean]>([
  ['nothing', {}, false],
  ['a status', { statuses: ['Failed'] }, true],
  ['a text', { text: 'x' }, true],
  ['failures', { failuresOnly: true }, true],
  ['a group', { group: 'x' }, true],
])('limits: %s', (_, filter, holdsBack) => expect(limits({ ...everything, ...filter })).toBe(holdsBack));
