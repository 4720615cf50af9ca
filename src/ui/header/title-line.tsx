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

/** What is wrong, and when the next try is. */
export function ProblemLine({ problem }: { problem: string }): ReactElement {
  return (
    <Text wrap="truncate" color="yellow">
      {' '}
      ! {sanitiseLine(problem)}
    </Text>
  );
}
