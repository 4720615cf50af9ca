import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import stringWidth from 'string-width';
import { sanitiseLine } from '../../domain/sanitise.ts';

export interface TitleLineProps {
  readonly title: string;
  /** Region, profile and account, as far as they are known. */
  readonly place: readonly string[];
  /** How old the data is, and why; it is always whole. */
  readonly age: string;
  /** How much sooner the place gives way than the title. */
  readonly placeShrink: number;
  readonly screenWidth: number;
}

/** Cells between the parts of the line. */
const gap = 2;

/** The first line of every screen. */
export function TitleLine(props: TitleLineProps): ReactElement {
  const { title, age } = props;
  const place = placeText(props);
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

/** As much of the place as there is room for; half a region or account would be worse than none. */
function placeText({ title, place, age, placeShrink, screenWidth }: TitleLineProps): string {
  const titleWidth = stringWidth(` ssm-watch ${sanitiseLine(title)}`);
  const texts = place.map((_, index) => sanitiseLine(place.slice(0, place.length - index).join(' · ')));
  const whole = stringWidth(texts[0] ?? '');
  const missing = titleWidth + whole + stringWidth(`${age} `) + 2 * gap - screenWidth;
  const share = whole - (Math.max(0, missing) * placeShrink * whole) / (titleWidth + placeShrink * whole);
  return texts.find((text) => stringWidth(text) <= share) ?? '';
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
