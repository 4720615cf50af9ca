import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { groupByCause } from '../../../src/domain/failure-groups.ts';
import type { Invocation } from '../../../src/domain/invocation.ts';
import { GroupTable } from '../../../src/ui/list/group-table.tsx';
import { hostileIn, invocation, plugin, requestedAt } from '../../helpers/fixtures.ts';
import { hostile } from '../../helpers/ui-fixtures.ts';
import { frameOf } from '../frame.ts';

const nodes = (count: number, output: string, responseCode = 127, from = 0): Invocation[] =>
  Array.from({ length: count }, (_, index) => {
    const finishedAt = requestedAt + (from + index) * 1_000;
    const step = plugin({ status: 'Failed', responseCode, output, finishedAt });
    return invocation({ instanceId: `i-${output}-${index}`, status: 'Failed', plugins: [step] });
  });
const late = invocation({ instanceId: 'i-late', status: 'TimedOut', statusDetails: 'DeliveryTimedOut' });
const few = [...nodes(2, 'bash: yum: command not found'), late];

const lines = (
  failures: readonly Invocation[],
  cursor = 0,
  width = 100,
  height = 0,
  awsTime = requestedAt + 60_000,
) => {
  const groups = groupByCause(failures);
  const key = groups[cursor]?.key ?? null;
  const empty = failures.length === 0 ? 'nothing has failed' : null;
  const table = (
    <GroupTable
      groups={groups}
      cursorKey={key}
      failures={failures.length}
      awsTime={awsTime}
      height={height}
      emptyText={empty}
    />
  );
  return frameOf(table, width).split('\n');
};

describe('the table of failures by cause', () => {
  it('has a line for each group, below titles', () =>
    expect(lines(few).map((line) => line.trimEnd())).toEqual([
      '     COUNT SHARE STATUS            EXIT FIRST    LAST     CAUSE',
      '❯ ✗      2   67% Failed             127 00:39:03 00:39:04 bash: yum: command not found',
      '  ✗      1   33% DeliveryTimedOut       —        —        not delivered before the timeout',
    ]));

  it('begins each cell below its title, whatever is in it', () => {
    const [titles = '', ...rows] = lines([...nodes(2, 'no'), ...nodes(1, 'yes', -1_073_741_819), late]);
    const at = (title: string) => titles.indexOf(title);
    for (const row of rows) {
      expect(row.slice(at('STATUS')), row).toMatch(/^(Failed|DeliveryTimedOut) /);
      expect(row.slice(at('FIRST')), row).toMatch(/^(\d\d:\d\d:\d\d|— {7}) (\d\d:\d\d:\d\d|— {7}) \S/);
      expect(row.slice(at('CAUSE')), row).toMatch(/^(no|yes|not delivered)/);
      expect(row.slice(0, at('COUNT') + 'COUNT'.length), row).toMatch(/\d$/);
    }
  });

  it('tells the day where it is not today, and of the last where it is not that of the first', () => {
    const old = [...nodes(2, 'no'), ...nodes(1, 'yes'), ...nodes(1, 'yes', 127, 86_400), late];
    expect(
      lines(old, 0, 120, 0, requestedAt + 3 * 86_400_000).map((line) => line.slice(35).trimEnd()),
    ).toEqual([
      'EXIT FIRST          LAST           CAUSE',
      ' 127 09-27 00:39:03 00:39:04       no',
      ' 127 09-27 00:39:03 09-28 00:39:03 yes',
      '     —              —              not delivered before the timeout',
    ]);
  });

  it('marks the group under the cursor', () => {
    expect(lines(few, 1).map((line) => line.startsWith('❯'))).toEqual([false, false, true]);
    expect(lines(few, 9).some((line) => line.includes('❯'))).toBe(false);
  });

  it('tells more of the group under the cursor where there is room', () => {
    const told = lines(nodes(4, 'yum: command not found'), 0, 100, 10).map((line) => line.trim());
    expect(told.slice(2)).toEqual([
      'plugin aws:runShellScript on i-yum: command not found-0, i-yum: command not found-1 and 2 more',
      'yum: command not found',
    ]);
    expect(lines(few, 1, 100, 10).at(-1)?.trim()).toBe('not delivered before the timeout');
    expect(lines(few, 0, 100, 4)).toHaveLength(3);
  });

  it('calls no share nothing', () =>
    expect(lines([...nodes(300, 'no'), late])[2]).toMatch(/1 {3}<1% DeliveryTimedOut/));

  it('counts thousands', () => expect(lines(nodes(1_234, 'no'))[1]).toMatch(/^❯ ✗ {2}1,234 {2}100% Failed /));

  it('says so when nothing has failed', () =>
    expect(lines([]).map((line) => line.trim())).toEqual([
      expect.stringContaining('CAUSE'),
      'nothing has failed',
    ]));

  it.each([1, 4, 24, 40, 80, 100])(
    'is nowhere wider than %i cells, nor taller, whatever is in it',
    (width) => {
      const bad = nodes(1, hostile).map((row) => ({ ...row, statusDetails: hostile }));
      const wide = nodes(1, '日'.repeat(500));
      const drawn = lines([...bad, ...wide, ...nodes(2, 'no', -2_147_024_891)], 0, width);
      expect(drawn).toHaveLength(4);
      expect(hostileIn(drawn.join(''))).toEqual([]);
      for (const line of drawn) expect(stringWidth(line)).toBeLessThanOrEqual(width);
    },
  );

  it('leaves room for the beginning of a cause at 80 columns', () =>
    expect(lines(few, 0, 80)[1]).toMatch(/bash: yum: command.*…$/));
});
