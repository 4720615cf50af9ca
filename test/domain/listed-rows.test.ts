import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nothingKnown } from '../../src/domain/circumstances.ts';
import { failureGroupKey } from '../../src/domain/failure-groups.ts';
import { type Invocation, invocationKey } from '../../src/domain/invocation.ts';
import { ListedRows, type Listing } from '../../src/domain/listed-rows.ts';
import { sortRows } from '../../src/domain/row-order.ts';
import { everything, matches, type RowFilter, sortColumns, worstFirst } from '../../src/domain/rows.ts';
import { invocation } from '../helpers/fixtures.ts';
import { mixedRows } from '../helpers/mixed-rows.ts';
import { watchedRow } from '../helpers/watched-row.ts';

const terminated = invocation({ instanceId: 'i-7', status: 'Failed', statusDetails: 'Terminated' });
const looks = [...mixedRows, terminated];
const nothing: Listing = {
  rows: [],
  circumstances: nothingKnown,
  filter: everything,
  order: worstFirst,
};

/** The same by filtering and sorting everything. */
function fromScratch({ rows, circumstances, filter, order }: Listing): readonly Invocation[] {
  const passing = rows.filter((row) => matches(filter, row, circumstances));
  return order === null ? passing : sortRows(passing, order, circumstances);
}

const anyFilter: fc.Arbitrary<RowFilter> = fc.record({
  statuses: fc.constantFrom([], ['Success'], ['Failed', 'Pending']),
  text: fc.constantFrom('', 'web', 'i-1', '127', 'was exceeded', 'by hand', 'no such'),
  failuresOnly: fc.boolean(),
  group: fc.constantFrom(null, null, ...looks.map(failureGroupKey)),
});
const anyOrder = fc.option(fc.record({ column: fc.constantFrom(...sortColumns), inverted: fc.boolean() }));
const anyCircumstances = fc
  .constantFrom(null, 'stopped by hand')
  .map((stopReason) => ({ ...nothingKnown, stopReason }));

/** What makes the next listing of the one before. */
type Change = (before: Listing) => Listing;

const anyChange: fc.Arbitrary<Change> = fc.oneof(
  // Rows come, and some of them change, as a page brings them.
  fc.array(fc.tuple(fc.nat(30), fc.constantFrom(...looks)), { maxLength: 5 }).map(
    (read): Change =>
      (before) => {
        const rows = [...before.rows];
        for (const [place, look] of read) {
          const index = Math.min(place, rows.length);
          const instanceId = rows[index]?.instanceId ?? `i-${1_000 - index}`;
          rows[index] = { ...look, instanceId };
        }
        return { ...before, rows };
      },
  ),
  anyFilter.map(
    (filter): Change =>
      (before) => ({ ...before, filter }),
  ),
  anyOrder.map(
    (order): Change =>
      (before) => ({ ...before, order }),
  ),
  anyCircumstances.map(
    (circumstances): Change =>
      (before) => ({ ...before, circumstances }),
  ),
  fc.constant<Change>((before) => ({ ...before, rows: [] })),
);

describe('ListedRows', () => {
  it('lists after any changes what filtering and sorting from scratch does', () =>
    fc.assert(
      fc.property(fc.array(anyChange, { maxLength: 25 }), (changes) => {
        const listed = new ListedRows();
        let listing = nothing;
        for (const change of changes) {
          listing = change(listing);
          const { invocations, keys } = listed.list(listing);
          const expected = fromScratch(listing);
          expect(invocations).toEqual(expected);
          invocations.forEach((row, index) => {
            expect(row).toBe(expected[index]);
          });
          expect(keys).toEqual(expected.map(invocationKey));
        }
      }),
      { numRuns: 300 },
    ));

  it('gives the same lists as long as nothing is another', () => {
    const listed = new ListedRows();
    const listing = { ...nothing, rows: mixedRows };
    const before = listed.list(listing);
    expect(listed.list({ ...listing })).toBe(before);
    expect(listed.list({ ...listing, rows: [...mixedRows] })).toBe(before);
    expect(listed.list({ ...listing, circumstances: { ...nothingKnown } })).toBe(before);
  });

  it('never changes a list that it gave', () => {
    const listed = new ListedRows();
    const before = listed.list({ ...nothing, rows: mixedRows });
    const copy = { invocations: [...before.invocations], keys: [...before.keys] };
    listed.list({
      ...nothing,
      rows: [...mixedRows.map((row) => ({ ...row, status: 'Success' })), terminated],
    });
    expect(before).toEqual(copy);
  });

  it('looks at nothing but the rows that changed', () => {
    const listed = new ListedRows();
    const filter = { ...everything, text: 'web' };
    const many = Array.from({ length: 1_000 }, (_, index) => invocation({ instanceId: `i-${index}` }));
    listed.list({ ...nothing, rows: many, filter });
    const looked = new Set<string>();
    const watched = many.map((row) => watchedRow(row, looked));
    const listing = { ...nothing, rows: watched, filter };
    listed.list(listing);
    expect(looked.size).toBe(1_000);
    looked.clear();
    const changed = watchedRow(invocation({ instanceId: 'i-7', status: 'Failed' }), looked);
    listed.list({ ...listing, rows: watched.with(7, changed) });
    expect([...looked]).toEqual(['i-7']);
  });
});
