import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import type { Invocation } from '../../domain/invocation.ts';
import { sanitiseLine } from '../../domain/sanitise.ts';
import type { FieldLine } from './fields-content.ts';

export interface FieldsPaneProps {
  readonly of: 'invocation' | 'command';
  readonly invocation: Invocation;
  /** The visible lines only. */
  readonly lines: readonly FieldLine[];
}

/** Every other field that AWS gave, of one invocation or of its command. */
export function FieldsPane({ of, invocation, lines }: FieldsPaneProps): ReactElement {
  const { commandId, instanceId, instanceName } = invocation;
  return (
    <Box flexDirection="column" flexGrow={1} overflow="hidden">
      <Text wrap="truncate">
        {' '}
        {of === 'command' ? (
          <Text bold>Fields of the command {sanitiseLine(commandId)}</Text>
        ) : (
          <>
            <Text bold>Fields of {sanitiseLine(instanceId)}</Text> {sanitiseLine(instanceName)}
          </>
        )}
      </Text>
      {lines.map((line) => (
        <Line key={line.index} line={line} />
      ))}
    </Box>
  );
}

function Line({ line: { kind, name, text } }: { line: FieldLine }): ReactElement {
  switch (kind) {
    case 'heading':
      return (
        <Text wrap="truncate" bold underline>
          {text}
        </Text>
      );
    case 'notice':
      return (
        <Text wrap="truncate" color="yellow">
          {text}
        </Text>
      );
    case 'field':
      return (
        <Text wrap="truncate">
          {' '}
          <Text dimColor>{name}</Text>
          {'  '}
          {text}
        </Text>
      );
  }
}
