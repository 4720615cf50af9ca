import { Box, Text } from 'ink';
import { memo, type ReactElement } from 'react';
import { formatAge, formatCount } from '../../domain/format.ts';
import {
  type CommandSummary,
  completedText,
  failedCount,
  targetsText,
} from '../../domain/recent-commands.ts';
import { sanitiseLine } from '../../domain/sanitise.ts';
import { isTerminal, phaseOf } from '../../domain/status.ts';
import { glyphOf } from '../../domain/tone.ts';
import { drawCell } from '../list/columns.ts';
import { textTone } from '../theme.ts';
import type { CommandColumn, CommandColumnId } from './command-columns.ts';

export interface CommandTableProps {
  /** The visible commands only. */
  readonly commands: readonly CommandSummary[];
  readonly columns: readonly CommandColumn[];
  /** ID of the command under the cursor, or null. */
  readonly cursor: string | null;
  /** Epoch milliseconds. */
  readonly awsTime: number;
  /** What to say in place of commands; null when there are some, visible or not. */
  readonly emptyText: string | null;
}

/** The recent commands, one line each. */
export function CommandTable(props: CommandTableProps): ReactElement {
  const { commands, columns, cursor, awsTime, emptyText } = props;
  return (
    <Box flexDirection="column" flexGrow={1} overflow="hidden">
      <Text wrap="truncate" dimColor>
        {'    '}
        {columns.map((column) => drawCell(column.title, column))}
      </Text>
      {commands.map((command) => (
        <CommandLine
          key={command.commandId}
          command={command}
          columns={columns}
          underCursor={command.commandId === cursor}
          age={command.requestedAt === null ? '—' : formatAge(awsTime - command.requestedAt)}
        />
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

interface CommandLineProps {
  readonly command: CommandSummary;
  readonly columns: readonly CommandColumn[];
  readonly underCursor: boolean;
  readonly age: string;
}

const CommandLine = memo(function CommandLine(props: CommandLineProps): ReactElement {
  const { command, columns, underCursor, age } = props;
  const tone = textTone(phaseOf(command));
  return (
    <Text wrap="truncate" bold={underCursor}>
      {underCursor ? '❯ ' : '  '}
      <Text {...tone}>{glyphOf(command)}</Text>{' '}
      {columns.map((column) => {
        const { id } = column;
        const text = drawCell(cellText(id, command, age), column);
        return id === 'status' ? (
          <Text key={id} {...tone}>
            {text}
          </Text>
        ) : (
          text
        );
      })}
    </Text>
  );
});

function cellText(column: CommandColumnId, command: CommandSummary, age: string): string {
  switch (column) {
    case 'status':
      return sanitiseLine(command.statusDetails);
    case 'document':
      return sanitiseLine(command.documentName);
    case 'comment':
      return sanitiseLine(command.comment);
    case 'targets':
      return sanitiseLine(targetsText(command));
    case 'done':
      return completedText(command);
    case 'failed':
      return failedText(command);
    case 'age':
      return age;
  }
}

/** While a command runs, AWS's zero says nothing. */
function failedText(command: CommandSummary): string {
  const failed = failedCount(command);
  return failed === null || (failed === 0 && !isTerminal(command)) ? '' : formatCount(failed);
}
