import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import type { FailureGroup } from '../../domain/failure-groups.ts';
import { formatCount, formatTime } from '../../domain/format.ts';
import { sanitiseLine } from '../../domain/sanitise.ts';
import { glyphs } from '../../domain/tone.ts';
import { fitCell } from '../table/cells.ts';
import { TableFrame } from '../table/table-frame.tsx';
import { textTone } from '../theme.ts';

export interface GroupTableProps {
  /** The visible groups only. */
  readonly groups: readonly FailureGroup[];
  /** Key of the group under the cursor, or null. */
  readonly cursorKey: string | null;
  /** Failures in all groups. */
  readonly failures: number;
  /** Epoch milliseconds. */
  readonly awsTime: number;
  /** Lines below the titles. */
  readonly height: number;
  /** What to say in place of groups; null when there are groups, visible or not. */
  readonly emptyText: string | null;
}

const idsTold = 2;

const narrowestTime = 8;

/** Lines that tell more of the group under the cursor, on a screen that has them. */
const infoLines = 2;
const groupsBesideInfo = 3;

/** Lines for groups in a table of so many lines without its titles. */
export function groupLines(height: number): number {
  return height >= groupsBesideInfo + infoLines ? height - infoLines : height;
}

/**
 * Failures by cause, one line a group: the same columns as the list, with a count for the instance; and the whole cause
 * of the one under the cursor.
 */
export function GroupTable(props: GroupTableProps): ReactElement {
  const { groups, cursorKey, failures, awsTime, height, emptyText } = props;
  const underCursor = groups.find(({ key }) => key === cursorKey);
  const times = groups.map((group) => timesOf(group, awsTime));
  const firstWidth = Math.max(narrowestTime, ...times.map(([first]) => first.length));
  const lastWidth = Math.max(narrowestTime, ...times.map(([, last]) => last.length));
  const timeCells = (first: string, last: string) =>
    `${fitCell(first, firstWidth)} ${fitCell(last, lastWidth)}`;
  return (
    <TableFrame
      titles={`    ${fitCell('COUNT', 6, 'right')} SHARE ${fitCell('STATUS', 17)} EXIT ${timeCells('FIRST', 'LAST')} CAUSE`}
      emptyText={emptyText}
    >
      {groups.map((group, index) => (
        <GroupLine
          key={group.key}
          group={group}
          underCursor={group.key === cursorKey}
          failures={failures}
          times={timeCells(...(times[index] ?? ['', '']))}
        />
      ))}
      {underCursor && groupLines(height) < height ? <GroupInfo group={underCursor} /> : null}
    </TableFrame>
  );
}

/** What the line of a group has no room for: its plugin, some of its instances, and all of its cause. */
function GroupInfo({ group: { plugin, invocations, cause } }: { group: FailureGroup }): ReactElement {
  const ids = invocations.slice(0, idsTold).map(({ instanceId }) => instanceId);
  const more = invocations.length - ids.length;
  return (
    <Box flexDirection="column" flexGrow={1} justifyContent="flex-end">
      <Text wrap="truncate" dimColor>
        {' '}
        {plugin === null ? '' : `plugin ${sanitiseLine(plugin)} on `}
        {sanitiseLine(ids.join(', '))}
        {more > 0 ? ` and ${formatCount(more)} more` : ''}
      </Text>
      <Text wrap="truncate"> {sanitiseLine(cause)}</Text>
    </Box>
  );
}

interface GroupLineProps {
  readonly group: FailureGroup;
  readonly underCursor: boolean;
  readonly failures: number;
  /** When the first and the last failed, as wide as these columns are. */
  readonly times: string;
}

function GroupLine({ group, underCursor, failures, times }: GroupLineProps): ReactElement {
  const count = group.invocations.length;
  const percent = Math.round((count / failures) * 100);
  const share = percent === 0 ? '<1%' : `${percent}%`;
  return (
    <Text wrap="truncate" bold={underCursor}>
      {underCursor ? '❯ ' : '  '}
      <Text {...textTone('failed')}>{glyphs.failed}</Text> {fitCell(formatCount(count), 6, 'right')}{' '}
      {fitCell(share, 5, 'right')}{' '}
      <Text {...textTone('failed')}>{fitCell(sanitiseLine(group.statusDetails), 17)}</Text>{' '}
      {fitCell(String(group.exitCode ?? ''), 4, 'right')} {times} {sanitiseLine(group.cause)}
    </Text>
  );
}

/** The last is of the day of the first, unless its own is told. */
function timesOf({ firstAt, lastAt }: FailureGroup, now: number): readonly [first: string, last: string] {
  return [
    firstAt === null ? '—' : formatTime(firstAt, now),
    lastAt === null ? '—' : formatTime(lastAt, firstAt ?? now),
  ];
}
