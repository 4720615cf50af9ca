import { Box, Text } from 'ink';
import { memo, type ReactElement, useContext } from 'react';
import { sanitiseLine } from '../domain/sanitise.ts';
import { KeyLabelsContext } from './keys/key-labels.ts';
import { bindingsIn, type KeyContext } from './keys/keymap.ts';
import type { Prompt } from './state.ts';

export interface FooterProps {
  readonly context: KeyContext;
  readonly prompt: Prompt | null;
  /** The text in the prompt. */
  readonly input: string;
  /** What was just done, or could not be done; null when there is nothing to say. */
  readonly notice: string | null;
  /** Where one is: lines, matches, rows shown. */
  readonly position: string;
}

/** The keys that help here, or the line of input. */
export const Footer = memo(function Footer(props: FooterProps): ReactElement {
  const { context, prompt, input, notice, position } = props;
  return (
    <Box justifyContent="space-between" columnGap={2} flexShrink={0}>
      <Text wrap="truncate">
        {' '}
        {prompt ? (
          <Input input={input} />
        ) : notice === null ? (
          <Keys context={context} />
        ) : (
          sanitiseLine(notice)
        )}
      </Text>
      <Box flexShrink={0}>
        <Text wrap="truncate" dimColor>
          {sanitiseLine(position)}{' '}
        </Text>
      </Box>
    </Box>
  );
});

function Input({ input }: { input: string }): ReactElement {
  return (
    <Text>
      /{sanitiseLine(input)}
      <Text inverse> </Text>
    </Text>
  );
}

function Keys({ context }: { context: KeyContext }): ReactElement {
  const keyLabels = useContext(KeyLabelsContext);
  const named = bindingsIn(context).filter(({ footer }) => footer !== undefined);
  return (
    <Text>
      {context === 'prompt' ? null : (
        <Text>
          <Text bold>{keyLabels.move}</Text> move{'  '}
        </Text>
      )}
      {named.map(({ action, labels, footer }) => (
        <Text key={action}>
          <Text bold>{keyLabels.of(labels[0] ?? '')}</Text> {footer}
          {'  '}
        </Text>
      ))}
    </Text>
  );
}
