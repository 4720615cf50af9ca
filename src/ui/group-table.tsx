import { format } from 'date-fns/format';
import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import type { FailureGroup } from '../domain/failure-groups.ts';
import { formatCount } from '../domain/format.ts';
import { sanitiseLine } from '../domain/sanitise.ts';
import { glyphs } from '../domain/tone.ts';
import { fitCell } from './columns.ts';
import { textTone } from './theme.ts';

export interface GroupTableProps {
  /** The visible groups only. */
  readonly groups: readonly FailureGroup[];
  /** Key of the group under the cursor, or null. */
  readonly cursor: string | null;
  /** Failures in all groups. */
  readonly failures: number;
  /** What to say in place of groups; null when there are groups, visible or not. */
  readonly emptyText: string | null;
}

const titles =
  `     ${fitCell('COUNT', 6, 'right')} SHARE ${fitCell('STATUS', 17)} EXIT ${fitCell('FIRST', 8)} ${fitCell('LAST', 8)} CAUSE`.slice(
    1,
  );

/** Failures by cause, one line a group: the same columns as the list, with a count for the instance. */
export function GroupTable({ groups, cursor, failures, emptyText }: GroupTableProps): ReactElement {
  return (
    <Box flexDirection="column" flexGrow={1} overflow="hidden">
      <Text wrap="truncate" dimColor>
        {titles}
      </Text>
      {groups.map((group) => (
        <GroupLine key={group.key} group={group} underCursor={group.key === cursor} failures={failures} />
      ))}
      {emptyText === null ? null : (
        <Text wrap="truncate" dimColor>
          {'    '}
          {emptyText}
        </Text>
      )}
    </Box>
  );
}

interface GroupLineProps {
  readonly group: FailureGroup;
  readonly underCursor: boolean;
  readonly failures: number;
}

function GroupLine({ group, underCursor, failures }: GroupLineProps): ReactElement {
  const count = group.invocations.length;
  const share = `${Math.round((count / failures) * 100)}%`;
  return (
    <Text wrap="truncate" bold={underCursor}>
      {underCursor ? '❯ ' : '  '}
      <Text {...textTone('failed')}>{glyphs.failed}</Text> {fitCell(formatCount(count), 6, 'right')}{' '}
      {fitCell(share, 5, 'right')}{' '}
      <Text {...textTone('failed')}>{fitCell(sanitiseLine(group.statusDetails), 17)}</Text>{' '}
      {fitCell(String(group.exitCode ?? ''), 4, 'right')} {timeOf(group.firstAt)} {timeOf(group.lastAt)}{' '}
      {sanitiseLine(group.cause)}
    </Text>
  );
}

function timeOf(at: number | null): string {
  return at === null ? '—       ' : format(at, 'HH:mm:ss');
}
