import { memo, type ReactElement } from 'react';
import { type CommandSummary, completedText, failedCount } from '../../domain/command-summary.ts';
import { formatAge, formatCount } from '../../domain/format.ts';
import { sanitiseLine } from '../../domain/sanitise.ts';
import { isTerminal } from '../../domain/status.ts';
import { shortTargetsText } from '../../domain/targets.ts';
import { drawCell } from '../table/cells.ts';
import { StatusRow } from '../table/status-row.tsx';
import { TableFrame } from '../table/table-frame.tsx';
import type { CommandColumn, CommandColumnId } from './command-columns.ts';

export interface CommandTableProps {
  /** The visible commands only. */
  readonly commands: readonly CommandSummary[];
  readonly columns: readonly CommandColumn[];
  /** ID of the command under the cursor, or null. */
  readonly cursorId: string | null;
  /** Epoch milliseconds. */
  readonly awsTime: number;
  /** What to say in place of commands; null when there are some, visible or not. */
  readonly emptyText: string | null;
}

/** The recent commands, one line each. */
export function CommandTable(props: CommandTableProps): ReactElement {
  const { commands, columns, cursorId, awsTime, emptyText } = props;
  return (
    <TableFrame
      titles={`    ${columns.map((column) => drawCell(column.title, column)).join('')}`}
      emptyText={emptyText}
    >
      {commands.map((command) => (
        <CommandLine
          key={command.commandId}
          command={command}
          columns={columns}
          underCursor={command.commandId === cursorId}
          age={command.requestedAt === null ? '—' : formatAge(awsTime - command.requestedAt)}
        />
      ))}
    </TableFrame>
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
  return (
    <StatusRow
      status={command}
      columns={columns}
      underCursor={underCursor}
      textOf={({ id }) => cellText(id, command, age)}
    />
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
      return sanitiseLine(shortTargetsText(command));
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
