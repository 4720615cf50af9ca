import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import stringWidth from 'string-width';
import { sanitiseLine } from '../../domain/sanitise.ts';
import { type Place, placeText } from './place-text.ts';

export interface TitleLineProps {
  readonly title: string;
  readonly place: Place;
  /** How old the data is, and why; it is always whole. */
  readonly age: string;
  /** Cells of the title that region and profile leave it. */
  readonly leastTitle: number;
  readonly screenWidth: number;
}

/** Cells between the parts of the line. */
const gap = 2;

/** The first line of every screen. */
export function TitleLine(props: TitleLineProps): ReactElement {
  const { title, age, leastTitle, screenWidth } = props;
  const accountRoom = screenWidth - stringWidth(`${age} `) - 2 * gap;
  const titleWidth = stringWidth(` ssm-watch ${sanitiseLine(title).slice(0, leastTitle)}`);
  const place = placeText(props.place, accountRoom - titleWidth, accountRoom);
  return (
    <Box columnGap={gap}>
      <Box flexGrow={1} flexShrink={1}>
        <Text wrap="truncate">
          {' '}
          <Text bold>ssm-watch</Text> {sanitiseLine(title)}
        </Text>
      </Box>
      {place === '' ? null : (
        <Box flexShrink={0}>
          <Text wrap="truncate">{place}</Text>
        </Box>
      )}
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
