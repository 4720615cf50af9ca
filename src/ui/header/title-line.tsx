import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { sanitiseLine } from '../../domain/sanitise.ts';

export interface TitleLineProps {
  readonly title: string;
  /** Region, profile and account, as far as they are known. */
  readonly place: readonly string[];
  /** How old the data is, and why; it is always whole. */
  readonly age: string;
  /** How much sooner the place gives way than the title. */
  readonly placeShrink: number;
}

/** The first line of every screen. */
export function TitleLine({ title, place, age, placeShrink }: TitleLineProps): ReactElement {
  return (
    <Box columnGap={2}>
      <Box flexGrow={1} flexShrink={1}>
        <Text wrap="truncate">
          {' '}
          <Text bold>ssm-watch</Text> {sanitiseLine(title)}
        </Text>
      </Box>
      <Box flexShrink={placeShrink}>
        <Text wrap="truncate">{sanitiseLine(place.join(' · '))}</Text>
      </Box>
      <Box flexShrink={0}>
        <Text wrap="truncate">{age} </Text>
      </Box>
    </Box>
  );
}

/** What is wrong, and when the next try is, in lines that are safe to draw. */
export function ProblemLines({ lines }: { lines: readonly string[] }): ReactElement | null {
  if (lines.length === 0) return null;
  return (
    <Box flexDirection="column">
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is what its place makes it
        <Text key={index} wrap="truncate" color="yellow">
          {index === 0 ? ' ! ' : '   '}
          {line}
        </Text>
      ))}
    </Box>
  );
}
