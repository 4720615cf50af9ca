import type { ComponentProps } from 'react';
import { describe, expect, it } from 'vitest';
import { nothingKnown } from '../../../src/domain/circumstances.ts';
import { invocationKey } from '../../../src/domain/invocation.ts';
import { sortColumns, worstFirst } from '../../../src/domain/rows.ts';
import { layoutColumns } from '../../../src/ui/list/columns.ts';
import { InstanceTable } from '../../../src/ui/list/instance-table.tsx';
import { invocation, requestedAt } from '../../helpers/fixtures.ts';
import { frameOf } from '../frame.ts';

const rows = ['i-1', 'i-2', 'i-3'].map((instanceId) => invocation({ instanceId }));
const [, second] = rows;

const lines = (change: Partial<ComponentProps<typeof InstanceTable>> = {}) =>
  frameOf(
    <InstanceTable
      rows={rows}
      circumstances={nothingKnown}
      columns={layoutColumns(100)}
      cursorKey={second ? invocationKey(second) : null}
      order={worstFirst}
      awsTime={requestedAt}
      emptyText={null}
      {...change}
    />,
  ).split('\n');

describe('the table', () => {
  it('has its titles above, and a line for each row in the order given', () => {
    expect(lines()[0]).toBe('    INSTANCE             NAME       STATUS ↓           EXIT    TIME DETAIL');
    expect(lines().map((line) => line.slice(0, 7))).toEqual(['    INS', '  ✓ i-1', '❯ ✓ i-2', '  ✓ i-3']);
  });

  it('marks no row when the cursor is on none of these', () => {
    expect(lines({ cursorKey: null }).join('')).not.toContain('❯');
    expect(lines({ cursorKey: 'another command i-2' }).join('')).not.toContain('❯');
  });

  it('begins each cell below its title', () => {
    const [titles = '', row = ''] = lines();
    for (const [title, text] of [
      ['INSTANCE', 'i-1'],
      ['NAME', 'web-eu-01'],
      ['STATUS', 'Success'],
    ] as const) {
      expect(row.indexOf(text), title).toBe(titles.indexOf(title));
    }
    expect(row.indexOf('—')).toBe(titles.indexOf('TIME') + 3);
  });

  it.each(sortColumns)('says that it is sorted by %s, and how', (column) => {
    const title = column === 'exit' ? 'EXIT' : `${column.toUpperCase()} `;
    expect(lines({ order: { column, inverted: false } })[0]).toContain(`${title}↓`);
    const [inverted] = lines({ order: { column, inverted: true } });
    expect(inverted).toContain(`${title}↑`);
    expect(inverted).not.toContain('↓');
  });

  it('says why it is empty', () =>
    expect(lines({ rows: [], emptyText: 'nothing yet' }).map((line) => line.trim())).toEqual([
      expect.stringContaining('INSTANCE'),
      'nothing yet',
    ]));

  it('says nothing where rows there are have no line to be on', () =>
    expect(lines({ rows: [] }).map((line) => line.trim())).toEqual([expect.stringContaining('INSTANCE')]));
});
