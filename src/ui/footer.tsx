import { Box, Text } from 'ink';
import { memo, type ReactElement, useContext } from 'react';
import stringWidth from 'string-width';
import { sanitiseLine } from '../domain/sanitise.ts';
import { footerHints, hintGap } from './keys/footer-hints.ts';
import { KeyLabelsContext } from './keys/key-labels.ts';
import type { KeyContext } from './keys/keymap.ts';
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
  readonly screenWidth: number;
}

/** Cells between the two sides. */
const gap = 2;

/** The keys that help here, or the line of input. */
export const Footer = memo(function Footer(props: FooterProps): ReactElement {
  const { context, prompt, input, notice, screenWidth } = props;
  const position = sanitiseLine(props.position);
  return (
    <Box justifyContent="space-between" columnGap={gap} flexShrink={0}>
      <Text wrap="truncate">
        {' '}
        {prompt ? (
          <Input input={input} />
        ) : notice === null ? (
          <Keys context={context} room={screenWidth - stringWidth(`  ${position}`) - gap} />
        ) : (
          sanitiseLine(notice)
        )}
      </Text>
      <Box flexShrink={0}>
        <Text wrap="truncate" dimColor>
          {position}{' '}
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

function Keys({ context, room }: { context: KeyContext; room: number }): ReactElement {
  const hints = footerHints(context, useContext(KeyLabelsContext), room);
  return (
    <Text>
      {hints.map(({ id, label, word }, index) => (
        <Text key={id}>
          {' '.repeat(index === 0 ? 0 : hintGap)}
          <Text bold>{label}</Text> {word}
        </Text>
      ))}
    </Text>
  );
}
