import { Box, Text } from 'ink';
import { type ReactElement, useContext } from 'react';
import type { HelpLine } from './help-lines.ts';
import { KeyLabelsContext } from './keys/key-labels.ts';
import { fitCell } from './table/cells.ts';

/** The visible lines of the help. */
export function HelpPane({ lines }: { lines: readonly HelpLine[] }): ReactElement {
  const keyLabels = useContext(KeyLabelsContext);
  return (
    <Box flexDirection="column" flexGrow={1} overflow="hidden">
      {lines.map(({ index, labels, text }) => (
        <Text key={index} wrap="truncate" bold={labels === null}>
          {' '}
          {labels && `  ${fitCell(labels.map(keyLabels.of).join(' '), 20)} `}
          {text}
        </Text>
      ))}
    </Box>
  );
}
