import { Box, Text } from 'ink';
import type { PropsWithChildren, ReactElement } from 'react';

export interface TableFrameProps {
  /** The titles of the columns, in one line. */
  readonly titles: string;
  /** What to say in place of lines; null when there are some, visible or not. */
  readonly emptyText: string | null;
}

/** Titles, and the lines below them. */
export function TableFrame({
  titles,
  emptyText,
  children,
}: PropsWithChildren<TableFrameProps>): ReactElement {
  return (
    <Box flexDirection="column" flexGrow={1} overflow="hidden">
      <Text wrap="truncate" dimColor>
        {titles}
      </Text>
      {children}
      {emptyText === null ? null : (
        <Text wrap="truncate" dimColor>
          {'    '}
          {emptyText}
        </Text>
      )}
    </Box>
  );
}
